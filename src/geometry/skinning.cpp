#include "geometry/skinning.h"

namespace calfscope {
namespace {

template <typename Move>
std::vector<glm::vec3> blended(const SurfaceMesh& mesh, const std::vector<glm::vec3>& values,
                               std::span<const glm::mat4> segments, Move move) {
  std::vector<glm::vec3> out(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const SkinBinding binding = i < mesh.binding.size() ? mesh.binding[i] : SkinBinding{};
    glm::vec3 sum(0);
    int total = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      if (binding.weight[k] == 0 || binding.segment[k] >= segments.size())
        continue;
      sum += static_cast<float>(binding.weight[k]) * move(segments[binding.segment[k]], values[i]);
      total += binding.weight[k];
    }
    out[i] = total > 0 ? sum / static_cast<float>(total) : values[i];
  }
  return out;
}

} // namespace

std::vector<glm::vec3> posed_positions(const SurfaceMesh& mesh, std::span<const glm::mat4> segments) {
  return blended(mesh, mesh.surface.positions, segments,
                 [](const glm::mat4& m, glm::vec3 p) { return glm::vec3(m * glm::vec4(p, 1)); });
}

std::vector<glm::vec3> posed_normals(const SurfaceMesh& mesh, std::span<const glm::mat4> segments) {
  std::vector<glm::vec3> out =
      blended(mesh, mesh.surface.normals, segments, [](const glm::mat4& m, glm::vec3 n) { return glm::mat3(m) * n; });
  for (glm::vec3& normal : out)
    if (const float length = glm::length(normal); length > 0)
      normal /= length;
  return out;
}

} // namespace calfscope
