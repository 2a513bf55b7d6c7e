#include "base/files.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace calfscope {
namespace fs = std::filesystem;
namespace {

std::string system_reason(int error) {
  return std::strerror(error);
}

fs::path xdg_folder(const char* variable, const char* below_home) {
  if (const char* value = std::getenv(variable); value && value[0] == '/')
    return fs::path(value) / "calfscope";
  if (const char* home = std::getenv("HOME"); home && home[0] == '/')
    return fs::path(home) / below_home / "calfscope";
  return {};
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR)
        continue;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A link stays a link: what it leads to is written, even if that is still to come.
fs::path end_of_links(fs::path path) {
  constexpr int most_links = 40; // as the system counts them
  std::error_code error;
  for (int n = 0; n < most_links && fs::is_symlink(path, error); ++n)
    path = path.parent_path() / fs::read_symlink(path, error);
  return path;
}

// What is no plain file (a device, a pipe) cannot be replaced by one: renaming over /dev/null would take it away.
bool write_into(const fs::path& path, std::string_view bytes, IssueList& issues) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  int reason = descriptor < 0 || !write_all(descriptor, bytes) ? errno : 0;
  if (descriptor >= 0 && ::close(descriptor) != 0 && reason == 0)
    reason = errno;
  if (reason == 0)
    return true;
  issues.error(path.string(), 0, "", "cannot be written: " + system_reason(reason));
  return false;
}

} // namespace

std::optional<std::string> read_text(const fs::path& path, IssueList& issues, std::size_t max_bytes) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    issues.error(path.string(), 0, "", "cannot be opened: " + system_reason(errno));
    return std::nullopt;
  }
  struct stat status {};
  std::string text;
  std::string fault;
  if (::fstat(descriptor, &status) != 0)
    fault = "cannot be read: " + system_reason(errno);
  else if (S_ISDIR(status.st_mode))
    fault = "is a folder, a file was expected";
  else if (static_cast<std::size_t>(status.st_size) > max_bytes)
    fault = "is larger than the limit of " + std::to_string(max_bytes >> 20) + " MiB";
  while (fault.empty()) {
    char buffer[65536];
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count == 0)
      break;
    if (count < 0) {
      if (errno != EINTR)
        fault = "cannot be read: " + system_reason(errno);
      continue;
    }
    text.append(buffer, static_cast<std::size_t>(count));
    if (text.size() > max_bytes)
      fault = "is larger than the limit of " + std::to_string(max_bytes >> 20) + " MiB";
  }
  ::close(descriptor);
  if (!fault.empty()) {
    issues.error(path.string(), 0, "", fault);
    return std::nullopt;
  }
  return text;
}

bool write_atomic(const fs::path& path, std::string_view bytes, IssueList& issues) {
  std::error_code error;
  if (path.has_parent_path())
    fs::create_directories(path.parent_path(), error);
  if (error) {
    issues.error(path.parent_path().string(), 0, "", "folder cannot be made: " + error.message());
    return false;
  }
  const fs::path target = end_of_links(path);
  if (const auto status = fs::status(target, error); fs::exists(status) && !fs::is_regular_file(status))
    return write_into(target, bytes, issues);
  std::string temporary = target.string() + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) {
    issues.error(path.string(), 0, "", "cannot be written: " + system_reason(errno));
    return false;
  }
  const bool whole = write_all(descriptor, bytes) && ::fsync(descriptor) == 0;
  int reason = whole ? 0 : errno;
  // mkstemp makes files 0600; give the mode an ordinary new file would have.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(descriptor, 0666 & ~mask);
  if (::close(descriptor) != 0 && reason == 0)
    reason = errno;
  if (reason == 0 && ::rename(temporary.c_str(), target.c_str()) != 0)
    reason = errno;
  if (reason != 0) {
    ::unlink(temporary.c_str());
    issues.error(path.string(), 0, "", "cannot be written: " + system_reason(reason));
    return false;
  }
  return true;
}

fs::path config_folder() {
  return xdg_folder("XDG_CONFIG_HOME", ".config");
}
fs::path data_folder() {
  return xdg_folder("XDG_DATA_HOME", ".local/share");
}
fs::path cache_folder() {
  return xdg_folder("XDG_CACHE_HOME", ".cache");
}

std::optional<fs::path> find_program_root() {
  std::error_code error;
  const auto holds_shaders = [&](const fs::path& folder) { return fs::is_directory(folder / "shaders", error); };
  if (const char* root = std::getenv("CALFSCOPE_ROOT"); root && holds_shaders(root))
    return fs::path(root);
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = executable.parent_path(); !folder.empty() && folder != folder.root_path();
       folder = folder.parent_path()) {
    if (holds_shaders(folder))
      return folder;
    if (holds_shaders(folder / "share/calfscope"))
      return folder / "share/calfscope";
  }
  if (holds_shaders(CALFSCOPE_BUILT_FROM))
    return fs::path(CALFSCOPE_BUILT_FROM);
  return std::nullopt;
}

} // namespace calfscope
