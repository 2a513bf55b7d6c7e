#include "state/settings.h"

#include "base/files.h"

#include <catch2/catch.hpp>

#include <unistd.h>

using namespace calfscope;

namespace {

// A folder of its own that goes again.
struct Folder {
  std::filesystem::path path;
  Folder() {
    char name[] = "/tmp/calfscope-settings-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

void write(const std::filesystem::path& file, std::string_view text) {
  IssueList issues;
  REQUIRE(write_atomic(file, text, issues));
}

std::string text_of(const std::filesystem::path& file) {
  IssueList issues;
  return read_text(file, issues).value_or("");
}

} // namespace

TEST_CASE("settings that are saved come back the same") {
  const Folder folder;
  const auto file = folder.path / "deep" / "settings.json";
  Settings settings;
  settings.theme = ThemeChoice::light;
  settings.ui_scale = 1.5f;
  settings.reduced_motion = true;
  settings.quality = RenderQuality::fine;
  settings.last_model = "models/böse \"leg\"";
  IssueList issues;
  REQUIRE(save_settings(settings, file, issues));
  CHECK(load_settings(file, issues) == settings);
  CHECK(issues.empty());
}

TEST_CASE("a path that is no UTF-8 costs its own bytes and no other setting") {
  const Folder folder;
  const auto file = folder.path / "settings.json";
  Settings settings;
  settings.theme = ThemeChoice::light;
  settings.last_model = "leg\xff\xfe.obj";
  IssueList issues;
  REQUIRE(save_settings(settings, file, issues));
  const Settings back = load_settings(file, issues);
  CHECK(issues.empty());
  CHECK(back.theme == ThemeChoice::light);
  CHECK(back.last_model.starts_with("leg"));
}

TEST_CASE("no settings file means the defaults, silently") {
  const Folder folder;
  IssueList issues;
  CHECK(load_settings(folder.path / "settings.json", issues) == Settings{});
  CHECK(load_settings({}, issues) == Settings{});
  CHECK(issues.empty());
}

TEST_CASE("a broken settings file is set aside under a new name each time, and nothing of it is lost") {
  const Folder folder;
  const auto file = folder.path / "settings.json";
  int n = 0;
  for (const char* broken : {"{ \"theme\": ", "[1, 2]", "\"dark\""}) {
    ++n;
    write(file, broken);
    IssueList issues;
    CHECK(load_settings(file, issues) == Settings{});
    CHECK_FALSE(issues.empty());
    CHECK_FALSE(issues.has_errors()); // the program starts all the same
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK(text_of(folder.path / ("settings.json.broken-" + std::to_string(n))) == broken);
    CHECK(to_string(issues).find("broken-" + std::to_string(n)) != std::string::npos);
  }
}

TEST_CASE("one wrong value is named with its line and the others are used") {
  const Folder folder;
  const auto file = folder.path / "settings.json";
  write(file, "{\n  \"theme\": \"light\",\n  \"ui_scale\": 40,\n  \"quality\": {},\n  \"invert_zoom\": true\n}\n");
  IssueList issues;
  const Settings settings = load_settings(file, issues);
  CHECK(settings.theme == ThemeChoice::light);
  CHECK(settings.ui_scale == Settings{}.ui_scale);
  CHECK(settings.invert_zoom);
  REQUIRE(issues.all().size() == 2);
  CHECK(issues.all()[0].line == 3);
  CHECK(issues.all()[0].key == "ui_scale");
  CHECK(issues.all()[1].line == 4);
  CHECK(std::filesystem::exists(file));
}

TEST_CASE("keys of another version stay in the file") {
  const Folder folder;
  const auto file = folder.path / "settings.json";
  write(file, "{ \"theme\": \"light\", \"hologram\": { \"depth\": 3 } }");
  IssueList issues;
  Settings settings = load_settings(file, issues);
  settings.theme = ThemeChoice::dark;
  REQUIRE(save_settings(settings, file, issues));
  CHECK(text_of(file).find("hologram") != std::string::npos);
  CHECK(load_settings(file, issues).theme == ThemeChoice::dark);
  CHECK(issues.empty());
}

TEST_CASE("settings that cannot be written are an issue, not a crash") {
  const Folder folder;
  const auto file = folder.path / "settings.json";
  std::filesystem::create_directories(file / "in_the_way");
  IssueList issues;
  CHECK_FALSE(save_settings({}, file, issues));
  CHECK(issues.has_errors());
  IssueList none;
  CHECK_FALSE(save_settings({}, {}, none));
  CHECK(none.has_errors());
}
