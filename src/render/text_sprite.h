#pragma once
// A line of text as coverage values.

#include <glm/glm.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace calfscope::render {

struct TextSprite {
  glm::ivec2 size{0};              // 0 0 if there is no font
  std::vector<std::uint8_t> pairs; // per pixel the letters' coverage and that of their surround; rows from the bottom
};

// One line of UTF-8 in semibold, `size_px` high from line to line.
TextSprite write_sprite(std::string_view text, int size_px);

} // namespace calfscope::render
