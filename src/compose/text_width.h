#pragma once
// How wide a line of the program's semibold letters becomes, at most, known without any font.

#include <string>
#include <string_view>

namespace calfscope {

// Pixels, for letters of `line_px` from line to line; never less than what render/text_sprite.h writes (a test
// compares them).
float widest_text_px(std::string_view text, float line_px);

// The text, or as much of it as fits with … behind.
std::string shortened_to(std::string text, float line_px, float width_px);

} // namespace calfscope
