#pragma once
// The measure of everything that is written into a picture (Label, Marker).

#include <algorithm>

namespace calfscope::render {

inline constexpr float smallest_line_px = 13;

// Pixels of a line in a picture of this height: 3 % of it.
inline float line_px(int picture_height) {
  return std::max(smallest_line_px, 0.03f * static_cast<float>(picture_height));
}

} // namespace calfscope::render
