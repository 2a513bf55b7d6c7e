#pragma once
// Assimp's vectors and matrices as ours.

#include <assimp/types.h>
#include <glm/glm.hpp>

namespace calfscope {

inline glm::vec3 vec(const aiVector3D& v) {
  return {v.x, v.y, v.z};
}

inline glm::mat4 mat(const aiMatrix4x4& m) {
  return {m.a1, m.b1, m.c1, m.d1, m.a2, m.b2, m.c2, m.d2, m.a3, m.b3, m.c3, m.d3, m.a4, m.b4, m.c4, m.d4};
}

// What a transform does to normals: they stay square to the surface under uneven scaling. Lengths are not kept.
inline glm::mat3 normal_matrix(const glm::mat4& transform) {
  const glm::mat3 turn(transform);
  // The cofactor matrix: the inverse's transpose without its division, so flat transforms give no infinities.
  const glm::mat3 cofactors(glm::cross(turn[1], turn[2]), glm::cross(turn[2], turn[0]), glm::cross(turn[0], turn[1]));
  return glm::determinant(turn) < 0 ? -cofactors : cofactors;
}

inline glm::vec3 unit_or_zero(glm::vec3 v) {
  const float length = glm::length(v);
  return length > 0 ? v / length : glm::vec3(0); // NaN becomes zero too
}

// A mirroring transform turns surfaces inside out, so its triangles must be walked the other way round.
inline bool mirrors(const glm::mat4& transform) {
  return glm::determinant(glm::mat3(transform)) < 0;
}

} // namespace calfscope
