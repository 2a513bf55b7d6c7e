#pragma once
// Scalar fields on a regular grid. By custom a field is negative inside a body and grows outwards, in mm.

#include "geometry/trimesh.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace calfscope {

// Where the nodes of a grid stand. Nodes lie on multiples of step_mm in every axis, so that two grids of one step share
// their nodes wherever they overlap.
struct GridFrame {
  glm::ivec3 first{0}; // node (0,0,0) stands at first * step_mm
  glm::ivec3 size{0};  // nodes along each axis
  float step_mm = 1;

  // The smallest grid that covers the box grown by margin_mm.
  static GridFrame around(const Bounds& box, float step_mm, float margin_mm);

  std::size_t node_count() const;
  std::size_t index(int i, int j, int k) const {
    return static_cast<std::size_t>(i) +
           static_cast<std::size_t>(size.x) * (static_cast<std::size_t>(j) + static_cast<std::size_t>(size.y) * k);
  }
  glm::vec3 position(int i, int j, int k) const { return step_mm * glm::vec3(first + glm::ivec3(i, j, k)); }
  Bounds box() const;
  bool operator==(const GridFrame&) const = default;
};

struct ScalarGrid {
  GridFrame frame;
  std::vector<float> values; // x fastest, then y, then z

  ScalarGrid() = default;
  explicit ScalarGrid(const GridFrame& where, float value = 0) : frame(where), values(where.node_count(), value) {}

  float& at(int i, int j, int k) { return values[frame.index(i, j, k)]; }
  float at(int i, int j, int k) const { return values[frame.index(i, j, k)]; }

  // Trilinear; outside the grid the value at the nearest point of its border plus the distance to it, so that a
  // distance field goes on growing.
  float sample(glm::vec3 p) const;
  // Slope by central differences of sample(), half a step each way.
  glm::vec3 gradient(glm::vec3 p) const;
};

// Calls value(position) at every node, on several threads.
ScalarGrid fill_grid(const GridFrame& frame, const std::function<float(glm::vec3)>& value);

// Gaussian blur; the border is continued by its own values.
void blur(ScalarGrid& grid, float sigma_mm);

// Turns any field with a clean zero level (negative inside) into signed distance from that level in mm: sub-voxel near
// the surface, within about a third of a step beyond. Values are limited to +-limit_mm.
ScalarGrid signed_distance(const ScalarGrid& field, float limit_mm = 1e6f);

// Signed distance of a triangle mesh, negative inside. A node is inside if the majority of the three axis-parallel
// lines through it cross the mesh an odd number of times before it, so that small holes do no harm.
ScalarGrid signed_distance(const TriMesh& mesh, const GridFrame& frame, float limit_mm = 1e6f);

// Smooth maximum and minimum: differ from the plain ones by at most k/4, and only where |p - q| < k.
inline float smooth_max(float p, float q, float k) {
  const float overlap = glm::max(k - glm::abs(p - q), 0.0f);
  return glm::max(p, q) + (k > 0 ? overlap * overlap / (4 * k) : 0.0f);
}
inline float smooth_min(float p, float q, float k) {
  return -smooth_max(-p, -q, k);
}

// 0 below `low`, 1 above `high`, smooth between; works with low > high too.
inline float smooth_between(float low, float high, float x) {
  const float t = glm::clamp((x - low) / (high - low), 0.0f, 1.0f);
  return t * t * (3 - 2 * t);
}

} // namespace calfscope
