#include "geometry/mesh_inspection.h"

#include "geometry/triangle.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace calfscope {
namespace {

struct EdgeUse {
  int forward = 0; // triangles that run from the smaller to the larger index
  int backward = 0;
};

// A vertex is sound if the edges opposite to it, one per triangle, hang together. Counted by joining their ends, so
// that a tip shared by a hundred thousand triangles costs no more than as many tips.
std::size_t count_pinched(const TriMesh& mesh) {
  std::vector<std::vector<glm::uvec2>> opposite(mesh.positions.size());
  for (const glm::uvec3& t : mesh.triangles)
    for (int k = 0; k < 3; ++k)
      opposite[t[k]].emplace_back(t[(k + 1) % 3], t[(k + 2) % 3]);
  std::size_t pinched = 0;
  std::vector<std::uint32_t> ring;
  std::vector<std::size_t> parent;
  for (const auto& edges : opposite) {
    if (edges.size() < 2)
      continue;
    ring.clear();
    for (const glm::uvec2& edge : edges)
      ring.insert(ring.end(), {edge.x, edge.y});
    std::sort(ring.begin(), ring.end());
    ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
    parent.resize(ring.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root_of = [&](std::uint32_t vertex) {
      auto at = static_cast<std::size_t>(std::lower_bound(ring.begin(), ring.end(), vertex) - ring.begin());
      while (parent[at] != at)
        at = parent[at] = parent[parent[at]];
      return at;
    };
    std::size_t parts = ring.size();
    for (const glm::uvec2& edge : edges) {
      const std::size_t from = root_of(edge.x), to = root_of(edge.y);
      parts -= from != to;
      parent[from] = to;
    }
    pinched += parts > 1;
  }
  return pinched;
}

} // namespace

MeshInspection inspect(const TriMesh& mesh) {
  MeshInspection result;
  result.vertices = mesh.positions.size();
  result.triangles = mesh.triangles.size();
  for (const glm::vec3& p : mesh.positions)
    result.non_finite_positions += !(std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z));

  TriMesh sound; // only triangles that can be followed
  sound.positions = mesh.positions;
  for (const glm::uvec3& t : mesh.triangles) {
    if (std::max({t.x, t.y, t.z}) >= mesh.positions.size()) {
      ++result.out_of_range_indices;
      continue;
    }
    const double area = 0.5 * glm::length(glm::cross(glm::dvec3(mesh.positions[t.y] - mesh.positions[t.x]),
                                                     glm::dvec3(mesh.positions[t.z] - mesh.positions[t.x])));
    const bool repeated = t.x == t.y || t.y == t.z || t.z == t.x;
    result.degenerate_triangles += repeated || !(area > 1e-10);
    if (!repeated)
      sound.triangles.push_back(t);
  }

  std::unordered_map<std::uint64_t, EdgeUse> edges;
  edges.reserve(sound.triangles.size() * 2);
  for (const glm::uvec3& t : sound.triangles)
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t a = t[k], b = t[(k + 1) % 3];
      EdgeUse& use = edges[edge_key(a, b)];
      ++(a < b ? use.forward : use.backward);
    }
  for (const auto& [key, use] : edges) {
    const int total = use.forward + use.backward;
    result.boundary_edges += total == 1;
    result.crowded_edges += total > 2;
    result.flipped_edges += total == 2 && use.forward != 1;
  }
  result.pinched_vertices = count_pinched(sound);
  for (const int piece : connected_pieces(sound))
    result.pieces = std::max(result.pieces, piece + 1);
  result.volume_mm3 = signed_volume_mm3(sound);
  return result;
}

std::vector<float> smallest_angles_deg(const TriMesh& mesh) {
  std::vector<float> angles;
  angles.reserve(mesh.triangles.size());
  for (const glm::uvec3& t : mesh.triangles) {
    float smallest = 180;
    for (int k = 0; k < 3; ++k) {
      const glm::vec3 corner = mesh.positions[t[k]];
      const glm::vec3 one = mesh.positions[t[(k + 1) % 3]] - corner;
      const glm::vec3 other = mesh.positions[t[(k + 2) % 3]] - corner;
      // By both products: an arc cosine alone is blunt for small angles.
      const float angle = std::atan2(glm::length(glm::cross(one, other)), glm::dot(one, other));
      smallest = std::min(smallest, glm::degrees(angle));
    }
    angles.push_back(smallest);
  }
  std::sort(angles.begin(), angles.end());
  return angles;
}

} // namespace calfscope
