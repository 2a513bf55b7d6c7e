#include "ui/fonts.h"

#include "base/font_files.h"

#include <imgui_freetype.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

// Latin with its accents, Greek, punctuation (– — ’ “ ” … •), superscripts, arrows, mathematical signs (≥ ≤ ≈ −),
// shapes.
constexpr std::array<ImWchar, 19> glyph_ranges{0x0020, 0x00FF, 0x0100, 0x017F, 0x0391, 0x03C9, 0x2010,
                                               0x2027, 0x2030, 0x203A, 0x2070, 0x209C, 0x2190, 0x21FF,
                                               0x2200, 0x2265, 0x2300, 0x2328, 0};

ImFont* add_font(ImFontAtlas& atlas, const std::optional<std::filesystem::path>& file, float size_px) {
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

Fonts build_fonts(const FontSizes& sizes, IssueList& issues) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  const auto regular = find_font_file(FontWeight::regular), semibold = find_font_file(FontWeight::semibold);
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
