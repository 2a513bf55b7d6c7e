#pragma once
// The uniform block that every shader of a frame shares (shaders/frame_block.glsl).

#include "render/plan.h"

#include <array>

namespace calfscope::render {

inline constexpr unsigned int frame_block_slot = 0;

// std140 layout; members in the order of the shader's.
struct FrameBlock {
  glm::mat4 clip_from_world{1};
  glm::mat4 view_from_world{1};
  glm::mat4 view_from_clip{1};
  glm::vec4 target_size{0};
  glm::vec4 key_light{0};
  glm::vec4 fill_light{0};
  glm::vec4 rim_light{0};
  glm::vec4 surroundings{0};
  glm::vec4 clip_plane{0};
  glm::vec4 depth_range{0};
  glm::vec4 essential{0};
  glm::vec4 spillover{0};
  glm::vec4 forbidden{0};
  glm::vec4 caution{0};
  glm::vec4 marked{0};
  glm::vec4 keyhole{0};
  glm::vec4 keyhole_edge{0};
  std::array<glm::vec4, 6 * max_contacts> contacts{};
  BendShares bends{};
  std::array<glm::mat4, max_segments> segments{};
};

FrameBlock make_frame_block(const Frame& frame, const Plan& plan);

} // namespace calfscope::render
