#pragma once
// A piece of skin as the tool sees it: found quickly above any place below it.

#include "geometry/indentation.h"

#include <optional>
#include <vector>

namespace calfscope {

class SkinSheet {
public:
  // Positions and triangles of the skin near one tool, world mm, wound outwards. Both are copied from.
  SkinSheet(const ContactFrame& frame, std::span<const glm::vec3> positions, std::span<const glm::uvec3> triangles);

  // How far a point lies outside this skin, mm; 0 inside. Asked only where the skin is at hand: far from it, 0.
  float outside_mm(glm::vec3 point) const;

private:
  struct Cells {
    glm::ivec2 from, to; // both belong to them
  };
  glm::ivec2 cell_of(glm::vec2 at) const;
  Cells around(glm::vec2 lower, glm::vec2 upper) const;

  ContactFrame frame_;
  std::vector<glm::vec3> local_; // across, along, into; mm from the frame's origin
  std::vector<glm::uvec3> triangles_;
  std::vector<char> faces_tool_; // by triangle
  float turned_ = 1;             // -1: the frame is a left-handed one
  glm::vec2 lower_{0};
  glm::ivec2 size_{0};
  std::vector<std::uint32_t> first_, listed_; // triangles of each cell
};

} // namespace calfscope
