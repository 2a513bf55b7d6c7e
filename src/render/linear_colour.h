#pragma once
// Colours for the shaders, which reckon in linear light; the same curve as shaders/colour.glsl.

#include <glm/glm.hpp>

#include <cmath>

namespace calfscope::render {

inline glm::vec3 linear_from_srgb(glm::vec3 c) {
  const auto linear = [](float v) { return v <= 0.04045f ? v / 12.92f : std::pow((v + 0.055f) / 1.055f, 2.4f); };
  return {linear(c.x), linear(c.y), linear(c.z)};
}

} // namespace calfscope::render
