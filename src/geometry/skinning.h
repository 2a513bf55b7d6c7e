#pragma once
// Surfaces that follow rigid segments, and flesh that gives way where segments meet.

#include "geometry/trimesh.h"

#include <span>

namespace calfscope {

// How much of each of a vertex's offsets counts in a pose, by the joint that the vertex is near to (Bend::joint).
using BendShares = std::array<glm::vec4, bend_joints>;
inline constexpr BendShares no_bends{};

// Vertex positions and normals: the offsets that the pose calls for, then the matrices of the segments blended by their
// weights (linear blend skinning). Meshes without binding follow segment 0. shaders/pose.glsl holds the same formula.
std::vector<glm::vec3> posed_positions(const SurfaceMesh& mesh, std::span<const glm::mat4> segments,
                                       const BendShares& bends = no_bends);
std::vector<glm::vec3> posed_normals(const SurfaceMesh& mesh, std::span<const glm::mat4> segments,
                                     const BendShares& bends = no_bends);

// The blended matrix of one vertex.
glm::mat4 blended_matrix(const SkinBinding& binding, std::span<const glm::mat4> segments);

} // namespace calfscope
