#include "app/requests.h"

#include "base/files.h"
#include "state/state_file.h"

#include <array>
#include <cstdlib>
#include <ctime>

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
void tell_saved(AppState& state, std::string key, const fs::path& path) {
  std::erase_if(state.notices, [&key](const Notice& notice) { return notice.key == key; });
  notify(state, Severity::note, std::move(key), {{"path", path.string()}});
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
  IssueList issues;
  if (write_png(target, image, issues, picture_texts(state)))
    tell_saved(state, "ui.notice.picture_saved", target);
  else
    notify(state, Severity::error, "ui.notice.not_saved", {}, to_string(issues));
}

void save_state_dump(AppState& state, const std::string& path) {
  const fs::path target = path.empty() ? new_file_path(".json") : fs::path(path);
  IssueList issues;
  if (write_atomic(target, dump_state_text(state), issues))
    tell_saved(state, "ui.notice.state_saved", target);
  else
    notify(state, Severity::error, "ui.notice.not_saved", {}, to_string(issues));
}

} // namespace calfscope
