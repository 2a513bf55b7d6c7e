#include "ui/fonts.h"

#include "base/files.h"

#include <imgui_freetype.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace fs = std::filesystem;

namespace calfscope {
namespace {

// Latin with its accents, Greek, punctuation (– — ’ “ ” … •), superscripts, arrows, mathematical signs (≥ ≤ ≈ −),
// shapes.
constexpr std::array<ImWchar, 19> glyph_ranges{0x0020, 0x00FF, 0x0100, 0x017F, 0x0391, 0x03C9, 0x2010,
                                               0x2027, 0x2030, 0x203A, 0x2070, 0x209C, 0x2190, 0x21FF,
                                               0x2200, 0x2265, 0x2300, 0x2328, 0};

enum class Weight : std::uint8_t { regular, semibold };

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

std::optional<fs::path> font_file(Weight weight) {
  if (const auto folder = find_font_folder())
    if (auto file = existing(*folder / (weight == Weight::regular ? "Inter-Regular" : "Inter-SemiBold")))
      return file;
  std::error_code error;
  for (const auto& pair : substitutes)
    if (fs::path file = pair[static_cast<std::size_t>(weight)]; fs::is_regular_file(file, error))
      return file;
  return std::nullopt;
}

ImFont* add_font(ImFontAtlas& atlas, const std::optional<fs::path>& file, float size_px) {
  ImFontConfig config;
  config.OversampleH = 1; // glyphs are drawn at their own size and placed on whole pixels
  config.PixelSnapH = true;
  config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  const float size = std::max(std::round(size_px), 6.0f);
  if (file)
    if (ImFont* font = atlas.AddFontFromFileTTF(file->c_str(), size, &config, glyph_ranges.data()))
      return font;
  config.SizePixels = size;
  return atlas.AddFontDefault(&config);
}

} // namespace

std::optional<fs::path> find_font_folder() {
  for (const fs::path& folder : folders_with_inter())
    if (existing(folder / "Inter-Regular"))
      return folder;
  return std::nullopt;
}

Fonts build_fonts(const FontSizes& sizes, IssueList& issues) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  const auto regular = font_file(Weight::regular), semibold = font_file(Weight::semibold);
  if (!find_font_folder())
    issues.warning("", 0, "", "the font Inter is not installed (Debian: fonts-inter); another one stands in for it");
  Fonts fonts;
  fonts.text = add_font(atlas, regular, sizes.text_px);
  fonts.text_strong = add_font(atlas, semibold, sizes.text_px);
  fonts.small = add_font(atlas, regular, sizes.small_px);
  fonts.small_strong = add_font(atlas, semibold, sizes.small_px);
  fonts.title = add_font(atlas, semibold, sizes.title_px);
  fonts.display = add_font(atlas, semibold, sizes.display_px);
  atlas.Build();
  return fonts;
}

} // namespace calfscope
