#include "app/model_loader.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace calfscope;

namespace {

// Lets the test decide when a model is ready.
struct Gate {
  std::mutex mutex;
  std::condition_variable changed;
  std::string open_for;

  void open(const std::string& path) {
    const std::lock_guard lock(mutex);
    open_for = path;
    changed.notify_all();
  }
  void wait_for(const std::string& path) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return open_for == path || open_for == "all"; });
  }
};

std::optional<ModelLoader::Outcome> wait_for_outcome(ModelLoader& loader) {
  for (int i = 0; i < 2000; ++i) {
    if (auto outcome = loader.take())
      return outcome;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return std::nullopt;
}

void wait_until_idle(const ModelLoader& loader) {
  for (int i = 0; i < 2000 && loader.any_running(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

} // namespace

TEST_CASE("a model is opened beside the window, which is woken when it is ready") {
  std::atomic<int> woken = 0;
  const auto caller = std::this_thread::get_id();
  ModelLoader loader(
      [caller](const std::string& path, const std::string& unit, IssueList&) {
        CHECK(std::this_thread::get_id() != caller);
        Atlas atlas;
        atlas.title = path + " in " + unit;
        return std::optional(atlas);
      },
      [&woken] { ++woken; });
  CHECK_FALSE(loader.busy());
  loader.begin("a leg", "mm");
  const auto outcome = wait_for_outcome(loader);
  REQUIRE(outcome);
  REQUIRE(outcome->atlas);
  CHECK(outcome->atlas->title == "a leg in mm");
  CHECK_FALSE(loader.take());
  wait_until_idle(loader);
  CHECK(woken == 1);
}

TEST_CASE("what cannot be opened comes back with its faults, and so does what throws") {
  ModelLoader loader(
      [](const std::string& path, const std::string&, IssueList& issues) -> std::optional<Atlas> {
        if (path == "throws")
          throw std::runtime_error("out of memory, say");
        issues.error(path, 3, "", "is broken");
        return std::nullopt;
      },
      [] {});
  for (const char* path : {"broken", "throws"}) {
    loader.begin(path, "");
    const auto outcome = wait_for_outcome(loader);
    REQUIRE(outcome);
    CHECK_FALSE(outcome->atlas);
    CHECK(outcome->issues.has_errors());
    CHECK(outcome->path == path);
  }
}

TEST_CASE("of two requests the newer one wins, even if the older one ends later") {
  Gate gate;
  ModelLoader loader(
      [&gate](const std::string& path, const std::string&, IssueList&) {
        if (path == "slow")
          gate.wait_for("slow");
        Atlas atlas;
        atlas.title = path;
        return std::optional(atlas);
      },
      [] {});
  loader.begin("slow", "");
  loader.begin("quick", "");
  const auto outcome = wait_for_outcome(loader);
  REQUIRE(outcome);
  CHECK(outcome->atlas->title == "quick");
  CHECK_FALSE(loader.busy());
  CHECK(loader.any_running());
  gate.open("slow");
  wait_until_idle(loader);
  CHECK_FALSE(loader.take());
}
