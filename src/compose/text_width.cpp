#include "compose/text_width.h"

namespace calfscope {
namespace {

// Widths in line heights, rounded up from Inter SemiBold.
constexpr float around_lines = 0.45f; // for the surround at both ends

float sign_width(char sign) {
  constexpr std::string_view slim = "ijl.,'| I", narrow = "frt()-", wide = "mwMW";
  if (slim.find(sign) != std::string_view::npos)
    return 0.31f;
  if (narrow.find(sign) != std::string_view::npos)
    return 0.42f;
  if (wide.find(sign) != std::string_view::npos)
    return 0.95f;
  return sign >= 'A' && sign <= 'Z' ? 0.76f : 0.63f;
}

bool continues(char sign) {
  return (static_cast<unsigned char>(sign) & 0xC0) == 0x80;
}

} // namespace

float widest_text_px(std::string_view text, float line_px) {
  float width = around_lines;
  for (const char sign : text)
    if (!continues(sign))
      width += sign_width(sign);
  return width * line_px;
}

std::string shortened_to(std::string text, float line_px, float width_px) {
  if (widest_text_px(text, line_px) <= width_px)
    return text;
  const float room = width_px - line_px;
  while (!text.empty() && widest_text_px(text, line_px) > room) {
    while (text.size() > 1 && continues(text.back()))
      text.pop_back();
    text.pop_back();
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == ','))
    text.pop_back();
  return text + "…";
}

} // namespace calfscope
