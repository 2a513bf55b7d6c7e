#include "app/desktop_watch.h"
#include "platform/desktop_theme.h"
#include "platform/run_program.h"

#include <catch2/catch.hpp>

#include <future>

using namespace calfscope;

TEST_CASE("a program's output comes back, and its absence, fault or slowness is no output") {
  CHECK(run_program({"echo", "two words", "$HOME"}, 60) == "two words $HOME\n"); // no shell reads it
  CHECK(run_program({"cat"}, 60) == "");                                         // it has no input to wait for
  CHECK_FALSE(run_program({"no-such-program-here"}, 60));
  CHECK_FALSE(run_program({"false"}, 60));
  CHECK_FALSE(run_program({"sleep", "1000"}, 0.05));
}

TEST_CASE("what a program leaves in the background is not waited for") {
  const std::string child = run_program({"sh", "-c", "sleep 1000 & echo $!"}, 60).value_or("");
  REQUIRE(child.size() > 1);
  CHECK(run_program({"kill", child.substr(0, child.size() - 1)}, 60));
}

TEST_CASE("the desktop's answers mean dark, light, or nothing") {
  CHECK(dark_from_portal("(<<uint32 1>>,)\n") == true);
  CHECK(dark_from_portal("(<<uint32 2>>,)\n") == false);
  CHECK_FALSE(dark_from_portal("(<<uint32 0>>,)\n"));
  CHECK_FALSE(dark_from_portal(""));
  CHECK(dark_from_gsettings("'prefer-dark'\n") == true);
  CHECK(dark_from_gsettings("'prefer-light'\n") == false);
  CHECK_FALSE(dark_from_gsettings("'default'\n"));
}

TEST_CASE("the window is not kept waiting for the desktop, and hears its answer once") {
  std::promise<std::optional<bool>> desktop;
  std::promise<void> woken;
  DesktopWatch watch([&] { return desktop.get_future().get(); }, [&] { woken.set_value(); });
  CHECK_FALSE(watch.take_dark());
  watch.begin();
  watch.begin(); // asks once
  CHECK_FALSE(watch.take_dark());
  desktop.set_value(false);
  woken.get_future().wait();
  CHECK(watch.take_dark() == false);
  CHECK_FALSE(watch.take_dark());
}
