#include "render/text_sprite.h"

#include "base/font_files.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cmath>
#include <memory>
#include <type_traits>

namespace calfscope::render {
namespace {

struct CloseLibrary {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
struct CloseFace {
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};
using Library = std::unique_ptr<std::remove_pointer_t<FT_Library>, CloseLibrary>;
using Face = std::unique_ptr<std::remove_pointer_t<FT_Face>, CloseFace>;

// The catalogue is checked to be UTF-8 when it is read; a stray byte becomes a sign of its own.
std::u32string codepoints(std::string_view text) {
  std::u32string out;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if ((byte & 0xC0) == 0x80 && !out.empty())
      out.back() = (out.back() << 6) | (byte & 0x3Fu);
    else if (byte >= 0xF0)
      out.push_back(byte & 0x07u);
    else if (byte >= 0xE0)
      out.push_back(byte & 0x0Fu);
    else
      out.push_back(byte >= 0xC0 ? byte & 0x1Fu : byte);
  }
  return out;
}

struct Coverage {
  glm::ivec2 size{0};
  std::vector<std::uint8_t> values; // rows from the top
  std::uint8_t at(int x, int y) const {
    const bool inside = x >= 0 && y >= 0 && x < size.x && y < size.y;
    return inside ? values[static_cast<std::size_t>(y * size.x + x)] : std::uint8_t{0};
  }
};

Coverage write_line(FT_Face face, std::u32string_view text, int margin_px) {
  const int ascender = static_cast<int>(face->size->metrics.ascender >> 6);
  const int descender = static_cast<int>(-face->size->metrics.descender >> 6);
  FT_Pos width = 0; // 1/64 px, as `pen`
  for (const char32_t sign : text)
    if (FT_Load_Char(face, sign, FT_LOAD_TARGET_LIGHT) == 0)
      width += face->glyph->advance.x;
  Coverage out;
  out.size = {static_cast<int>((width + 63) >> 6) + 2 * margin_px, ascender + descender + 2 * margin_px};
  out.values.resize(static_cast<std::size_t>(out.size.x * out.size.y));
  FT_Pos pen = 0;
  for (const char32_t sign : text) {
    if (FT_Load_Char(face, sign, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) != 0)
      continue;
    const FT_Bitmap& glyph = face->glyph->bitmap;
    const glm::ivec2 corner{margin_px + static_cast<int>(pen >> 6) + face->glyph->bitmap_left,
                            margin_px + ascender - face->glyph->bitmap_top};
    for (int y = 0; y < static_cast<int>(glyph.rows); ++y)
      for (int x = 0; x < static_cast<int>(glyph.width); ++x) {
        const glm::ivec2 at = corner + glm::ivec2(x, y);
        if (at.x < 0 || at.y < 0 || at.x >= out.size.x || at.y >= out.size.y)
          continue;
        std::uint8_t& value = out.values[static_cast<std::size_t>(at.y * out.size.x + at.x)];
        value = std::max(value, glyph.buffer[y * glyph.pitch + x]);
      }
    pen += face->glyph->advance.x;
  }
  return out;
}

// The largest coverage within `reach_px`, fading towards its end.
std::uint8_t surround(const Coverage& letters, int x, int y, float reach_px) {
  const int reach = static_cast<int>(std::ceil(reach_px));
  float most = 0;
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) {
      const float distance = std::sqrt(static_cast<float>(dx * dx + dy * dy));
      const float share = std::clamp(reach_px + 0.5f - distance, 0.0f, 1.0f);
      most = std::max(most, share * static_cast<float>(letters.at(x + dx, y + dy)));
    }
  return static_cast<std::uint8_t>(std::lround(most));
}

} // namespace

TextSprite write_sprite(std::string_view text, int size_px) {
  const auto file = find_font_file(FontWeight::semibold);
  FT_Library raw_library = nullptr;
  if (!file || FT_Init_FreeType(&raw_library) != 0)
    return {};
  const Library library(raw_library);
  FT_Face raw_face = nullptr;
  if (FT_New_Face(library.get(), file->c_str(), 0, &raw_face) != 0)
    return {};
  const Face face(raw_face);
  FT_Set_Pixel_Sizes(face.get(), 0, static_cast<FT_UInt>(size_px));

  const float reach_px = std::max(1.5f, 0.11f * static_cast<float>(size_px));
  const Coverage letters = write_line(face.get(), codepoints(text), static_cast<int>(std::ceil(reach_px)) + 1);
  TextSprite out;
  out.size = letters.size;
  for (int y = letters.size.y - 1; y >= 0; --y)
    for (int x = 0; x < letters.size.x; ++x)
      out.pairs.insert(out.pairs.end(), {letters.at(x, y), surround(letters, x, y, reach_px)});
  return out;
}

} // namespace calfscope::render
