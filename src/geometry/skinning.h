#pragma once
// Surfaces that follow rigid segments.

#include "geometry/trimesh.h"

#include <span>

namespace calfscope {

// Vertex positions and normals under such matrices (linear blend skinning); meshes without binding follow segment 0.
std::vector<glm::vec3> posed_positions(const SurfaceMesh& mesh, std::span<const glm::mat4> segments);
std::vector<glm::vec3> posed_normals(const SurfaceMesh& mesh, std::span<const glm::mat4> segments);

} // namespace calfscope
