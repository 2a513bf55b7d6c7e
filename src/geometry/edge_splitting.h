#pragma once
// Finer triangles where they are needed, as halves of edges of the surface there is: whatever moves the old vertices
// moves the new ones.

#include "geometry/trimesh.h"

#include <functional>
#include <span>

namespace calfscope {

struct SplitMesh {
  std::size_t kept = 0; // the first vertices are the old ones, in their order
  // Vertex kept + i is the middle of these two, which come before it.
  std::vector<std::array<std::uint32_t, 2>> middle_of;
  std::vector<glm::uvec3> triangles;

  // All vertices, for the old ones' values (positions under a pose, weights …).
  template <typename T>
  std::vector<T> spread(std::span<const T> old) const {
    std::vector<T> out(old.begin(), old.begin() + static_cast<std::ptrdiff_t>(kept));
    out.reserve(kept + middle_of.size());
    for (const auto& [a, b] : middle_of)
      out.push_back(0.5f * (out[a] + out[b]));
    return out;
  }
};

// Halves every edge longer than longest_mm whose middle is wanted, until none is left (six times at most). Closed
// meshes stay closed.
SplitMesh split_long_edges(const TriMesh& mesh, float longest_mm, const std::function<bool(glm::vec3)>& wanted);

// The same surface with the finer triangles: a new vertex has the mean of what its two ends have. Its coarse levels
// stay, because they use old vertices alone.
SurfaceMesh finer_surface(const SurfaceMesh& mesh, const SplitMesh& split);

} // namespace calfscope
