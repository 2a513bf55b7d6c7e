#include "app/requests.h"

#include "base/files.h"
#include "platform/run_program.h"
#include "state/state_file.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <unistd.h>

namespace fs = std::filesystem;

namespace calfscope {
namespace {

fs::path pictures_folder() {
  std::error_code error;
  if (const char* folder = std::getenv("XDG_PICTURES_DIR"); folder && fs::is_directory(folder, error))
    return folder;
  if (const char* home = std::getenv("HOME"); home && fs::is_directory(fs::path(home) / "Pictures", error))
    return fs::path(home) / "Pictures";
  return fs::current_path(error);
}

// What was saved before is old news: only the newest file is named.
void tell(AppState& state, std::string key, std::vector<std::pair<std::string, std::string>> values) {
  std::erase_if(state.notices, [&key](const Notice& notice) { return notice.key == key; });
  notify(state, Severity::note, std::move(key), std::move(values));
}

bool write_or_tell(AppState& state, const Image& image, const fs::path& target) {
  IssueList issues;
  const bool written = write_png(target, image, issues, picture_texts(state));
  if (!written)
    notify(state, Severity::error, "ui.notice.not_saved", {}, to_string(issues));
  return written;
}

// xclip reads the file at once and serves it from the background until something else is copied.
bool to_clipboard(AppState& state, const Image& image) {
  constexpr double patience_s = 3;
  const fs::path file = cache_folder() / fmt::format("clipboard-{}.png", ::getpid());
  IssueList issues; // no place for the file: then there is still the other way
  if (cache_folder().empty() || !write_png(file, image, issues, picture_texts(state)))
    return false;
  const bool copied =
      run_program({"xclip", "-selection", "clipboard", "-t", "image/png", "-i", file.string()}, patience_s).has_value();
  std::error_code error;
  fs::remove(file, error);
  return copied;
}

} // namespace

fs::path new_file_path(const std::string& extension) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 64> stamp{};
  std::strftime(stamp.data(), stamp.size(), "calfscope %Y-%m-%d %H-%M-%S", &local);
  const fs::path folder = pictures_folder();
  fs::path path = folder / (stamp.data() + extension);
  std::error_code error;
  for (int i = 2; fs::exists(path, error); ++i) // two in one second
    path = folder / (std::string(stamp.data()) + " " + std::to_string(i) + extension);
  return path;
}

void save_picture(AppState& state, const Image& image, const std::string& path) {
  const fs::path target = path.empty() ? new_file_path(".png") : fs::path(path);
  if (write_or_tell(state, image, target))
    tell(state, "ui.notice.picture_saved", {{"path", target.string()}});
}

void copy_picture(AppState& state, const Image& image, const std::function<void(const std::string&)>& copy_text) {
  if (to_clipboard(state, image)) {
    tell(state, "ui.notice.picture_copied", {});
    return;
  }
  const fs::path target = new_file_path(".png");
  if (!write_or_tell(state, image, target))
    return;
  copy_text(target.string());
  tell(state, "ui.notice.picture_path_copied", {{"path", target.string()}});
}

void save_state_dump(AppState& state, const std::string& path) {
  const fs::path target = path.empty() ? new_file_path(".json") : fs::path(path);
  IssueList issues;
  if (write_atomic(target, dump_state_text(state), issues))
    tell(state, "ui.notice.state_saved", {{"path", target.string()}});
  else
    notify(state, Severity::error, "ui.notice.not_saved", {}, to_string(issues));
}

} // namespace calfscope
