#include "geometry/skinning.h"

namespace calfscope {
namespace {

glm::vec3 offset(const std::vector<Bend>& bends, std::size_t vertex, const BendShares& shares,
                 const BendOffsets Bend::*what) {
  if (vertex >= bends.size())
    return glm::vec3(0);
  const Bend& bend = bends[vertex];
  const BendOffsets& offsets = bend.*what;
  const glm::vec4& share = shares[bend.joint];
  return share.x * offsets[0] + share.y * offsets[1] + share.z * offsets[2] + share.w * offsets[3];
}

SkinBinding binding_of(const SurfaceMesh& mesh, std::size_t vertex) {
  return vertex < mesh.binding.size() ? mesh.binding[vertex] : SkinBinding{};
}

} // namespace

glm::mat4 blended_matrix(const SkinBinding& binding, std::span<const glm::mat4> segments) {
  glm::mat4 sum(0);
  int total = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    if (binding.weight[k] == 0 || binding.segment[k] >= segments.size())
      continue;
    sum += static_cast<float>(binding.weight[k]) * segments[binding.segment[k]];
    total += binding.weight[k];
  }
  return total > 0 ? sum / static_cast<float>(total) : glm::mat4(1);
}

std::vector<glm::vec3> posed_positions(const SurfaceMesh& mesh, std::span<const glm::mat4> segments,
                                       const BendShares& bends) {
  std::vector<glm::vec3> out(mesh.surface.positions.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const glm::vec3 at_rest = mesh.surface.positions[i] + offset(mesh.bends, i, bends, &Bend::position_mm);
    out[i] = glm::vec3(blended_matrix(binding_of(mesh, i), segments) * glm::vec4(at_rest, 1));
  }
  return out;
}

std::vector<glm::vec3> posed_normals(const SurfaceMesh& mesh, std::span<const glm::mat4> segments,
                                     const BendShares& bends) {
  std::vector<glm::vec3> out(mesh.surface.normals.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const glm::vec3 at_rest = mesh.surface.normals[i] + offset(mesh.bends, i, bends, &Bend::normal);
    out[i] = glm::mat3(blended_matrix(binding_of(mesh, i), segments)) * at_rest;
    if (const float length = glm::length(out[i]); length > 0)
      out[i] /= length;
  }
  return out;
}

} // namespace calfscope
