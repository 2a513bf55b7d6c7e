#include "base/files.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <unistd.h>

using namespace calfscope;
namespace fs = std::filesystem;

namespace {

struct TemporaryFolder {
  fs::path path = fs::temp_directory_path() / ("calfscope_files_" + std::to_string(::getpid()));
  TemporaryFolder() { fs::create_directories(path); }
  ~TemporaryFolder() { fs::remove_all(path); }
};

} // namespace

TEST_CASE("what is written is read again, and nothing is left beside it") {
  const TemporaryFolder folder;
  IssueList issues;
  const fs::path file = folder.path / "new/deep/file.txt";
  REQUIRE(write_atomic(file, "first", issues));
  REQUIRE(write_atomic(file, "second", issues));
  CHECK(read_text(file, issues).value() == "second");
  CHECK(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()) == 1);
  CHECK(issues.empty());
}

TEST_CASE("a missing file, a folder and a file beyond the limit are named with their reason") {
  const TemporaryFolder folder;
  IssueList issues;
  CHECK_FALSE(read_text(folder.path / "absent", issues));
  CHECK_FALSE(read_text(folder.path, issues));
  REQUIRE(write_atomic(folder.path / "long", std::string(2000, 'x'), issues));
  CHECK_FALSE(read_text(folder.path / "long", issues, 1000));
  CHECK_FALSE(read_text("/dev/zero", issues, 1000));
  REQUIRE(issues.all().size() == 4);
  CHECK(issues.all()[0].file == (folder.path / "absent").string());
}

TEST_CASE("a full disk and a folder that takes no files are named, and what was there stays") {
  IssueList issues;
  CHECK_FALSE(write_atomic("/dev/full", "x", issues));
  CHECK(fs::is_character_file("/dev/full"));
  CHECK_FALSE(write_atomic("/proc/calfscope.txt", "x", issues));
  REQUIRE(issues.all().size() == 2);
  CHECK(issues.all()[0].file == "/dev/full");
}

TEST_CASE("a device is written into, never replaced") {
  IssueList issues;
  CHECK(write_atomic("/dev/null", "x", issues));
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(issues.empty());
}

TEST_CASE("a link to a file stays a link, also where the file is still to come") {
  const TemporaryFolder folder;
  IssueList issues;
  fs::create_symlink(folder.path / "real.txt", folder.path / "link.txt");
  for (const char* text : {"first", "second"}) {
    REQUIRE(write_atomic(folder.path / "link.txt", text, issues));
    CHECK(fs::is_symlink(folder.path / "link.txt"));
    CHECK(read_text(folder.path / "real.txt", issues).value() == text);
  }
}

TEST_CASE("folders follow the XDG variables and fall back to HOME") {
  const std::string home = std::getenv("HOME") ? std::getenv("HOME") : "";
  ::setenv("HOME", "/nowhere", 1);
  ::unsetenv("XDG_CONFIG_HOME");
  CHECK(config_folder() == "/nowhere/.config/calfscope");
  ::setenv("XDG_CONFIG_HOME", "/elsewhere", 1);
  CHECK(config_folder() == "/elsewhere/calfscope");
  ::setenv("XDG_CONFIG_HOME", "relative", 1);
  CHECK(config_folder() == "/nowhere/.config/calfscope");
  ::unsetenv("XDG_CONFIG_HOME");
  ::setenv("HOME", home.c_str(), 1);
}

TEST_CASE("the program finds its own shaders and models from where it was built") {
  CHECK(find_program_root());
}
