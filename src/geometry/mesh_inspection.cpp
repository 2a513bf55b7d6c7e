#include "geometry/mesh_inspection.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace calfscope {
namespace {

struct EdgeUse {
  int forward = 0; // triangles that run from the smaller to the larger index
  int backward = 0;
};

std::uint64_t edge_key(std::uint32_t a, std::uint32_t b) {
  return (static_cast<std::uint64_t>(std::min(a, b)) << 32) | std::max(a, b);
}

// A vertex is sound if its triangles, walked across shared edges, are reached from any one of them.
std::size_t count_pinched(const TriMesh& mesh) {
  std::vector<std::vector<std::uint32_t>> around(mesh.positions.size());
  for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i)
    for (int k = 0; k < 3; ++k)
      around[mesh.triangles[i][k]].push_back(i);
  std::size_t pinched = 0;
  for (std::uint32_t vertex = 0; vertex < around.size(); ++vertex) {
    const auto& fan = around[vertex];
    if (fan.size() < 2)
      continue;
    std::vector<bool> seen(fan.size(), false);
    std::vector<std::size_t> open{0};
    seen[0] = true;
    std::size_t reached = 1;
    while (!open.empty()) {
      const glm::uvec3 here = mesh.triangles[fan[open.back()]];
      open.pop_back();
      for (std::size_t other = 0; other < fan.size(); ++other) {
        if (seen[other])
          continue;
        const glm::uvec3 there = mesh.triangles[fan[other]];
        int shared = 0;
        for (int i = 0; i < 3; ++i)
          for (int j = 0; j < 3; ++j)
            shared += here[i] == there[j] && here[i] != vertex;
        if (shared > 0) {
          seen[other] = true;
          ++reached;
          open.push_back(other);
        }
      }
    }
    pinched += reached < fan.size();
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

} // namespace calfscope
