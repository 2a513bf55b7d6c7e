#include "import/refine.h"

#include <algorithm>
#include <map>

namespace calfscope {
namespace {

// Middle of the edge curve. Across a crease the two normals disagree and the curve would overshoot: there the edge
// stays straight.
glm::vec3 middle(glm::vec3 a, glm::vec3 b, glm::vec3 normal_a, glm::vec3 normal_b) {
  constexpr float most_bend = 0.12f; // of the edge's length
  const glm::vec3 straight = 0.5f * (a + b);
  if (glm::dot(normal_a, normal_b) < 0.75f)
    return straight;
  glm::vec3 bend = -0.125f * (glm::dot(b - a, normal_a) * normal_a + glm::dot(a - b, normal_b) * normal_b);
  const float length = glm::length(bend);
  const float limit = most_bend * glm::distance(a, b);
  if (length > limit)
    bend *= limit / length;
  return straight + bend;
}

} // namespace

TriMesh refined(const TriMesh& mesh) {
  TriMesh smooth = mesh;
  compute_normals(smooth);
  TriMesh out;
  out.positions = mesh.positions;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
  const auto middle_of = [&](std::uint32_t a, std::uint32_t b) {
    const auto [found, is_new] = middles.emplace(std::minmax(a, b), static_cast<std::uint32_t>(out.positions.size()));
    if (is_new)
      out.positions.push_back(middle(mesh.positions[a], mesh.positions[b], smooth.normals[a], smooth.normals[b]));
    return found->second;
  };
  for (const glm::uvec3& t : mesh.triangles) {
    const std::uint32_t xy = middle_of(t.x, t.y);
    const std::uint32_t yz = middle_of(t.y, t.z);
    const std::uint32_t zx = middle_of(t.z, t.x);
    out.triangles.emplace_back(t.x, xy, zx);
    out.triangles.emplace_back(xy, t.y, yz);
    out.triangles.emplace_back(zx, yz, t.z);
    out.triangles.emplace_back(xy, yz, zx);
  }
  return out;
}

} // namespace calfscope
