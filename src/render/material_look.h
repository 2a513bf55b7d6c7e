#pragma once
// How each material looks, in numbers for shaders/surface.frag.

#include "frame/frame.h"

#include <cstdint>

namespace calfscope::render {

enum class Tissue : std::uint8_t { fibrous, hard, soft }; // which patterns of surface_patterns.glsl

enum class CutStyle : std::uint8_t { plain, muscle, tendon, bone, fat, vessel, nerve }; // variants of cap.frag

struct MaterialLook {
  Tissue tissue = Tissue::soft;
  glm::vec3 second_colour{1}; // sRGB: tendinous parts, cavities, flushed parts
  float specular = 0.1f;
  float roughness = 0.5f;
  float sheen = 0;
  float anisotropy = 0;
  glm::vec3 scatter{0}; // light creeping into the shadow, per colour
  float pattern_mm = 1; // width of its finest clear feature
  float contrast = 0;   // of the pattern's brightness
  float relief_mm = 0;  // height of the pattern
  float mottle = 0;     // slow changes of tint
  CutStyle cut = CutStyle::plain;
  float rim_mm = 0.6f;    // of its wall, sheath or cortex where it is cut
  bool two_sided = false; // its back faces may be seen
};

const MaterialLook& look_of(Material material);

} // namespace calfscope::render
