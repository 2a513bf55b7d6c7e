#include "base/font_files.h"

#include "base/files.h"

#include <array>
#include <cstdlib>
#include <vector>

namespace fs = std::filesystem;

namespace calfscope {
namespace {

std::vector<fs::path> folders_with_inter() {
  std::vector<fs::path> folders;
  if (const auto root = find_program_root())
    folders.push_back(*root / "content/program/fonts");
  folders.insert(folders.end(),
                 {"/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter", "/usr/share/fonts/inter",
                  "/usr/local/share/fonts/inter", "/usr/share/fonts/OTF", "/usr/share/fonts/TTF"});
  if (const char* home = std::getenv("HOME"))
    folders.push_back(fs::path(home) / ".local/share/fonts");
  return folders;
}

std::optional<fs::path> existing(const fs::path& stem) {
  std::error_code error;
  for (const char* extension : {".otf", ".ttf"})
    if (fs::path file = stem.string() + extension; fs::is_regular_file(file, error))
      return file;
  return std::nullopt;
}

// Sans-serif fonts that most systems have, as regular and bold.
constexpr std::array<std::array<const char*, 2>, 4> substitutes{{
    {"/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"},
    {"/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
     "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"},
    {"/System/Library/Fonts/Helvetica.ttc", "/System/Library/Fonts/Helvetica.ttc"},
}};

} // namespace

std::optional<fs::path> find_font_folder() {
  for (const fs::path& folder : folders_with_inter())
    if (existing(folder / "Inter-Regular"))
      return folder;
  return std::nullopt;
}

std::optional<fs::path> find_font_file(FontWeight weight) {
  if (const auto folder = find_font_folder())
    if (auto file = existing(*folder / (weight == FontWeight::regular ? "Inter-Regular" : "Inter-SemiBold")))
      return file;
  std::error_code error;
  for (const auto& pair : substitutes)
    if (fs::path file = pair[static_cast<std::size_t>(weight)]; fs::is_regular_file(file, error))
      return file;
  return std::nullopt;
}

} // namespace calfscope
