#include "geometry/mesh_smoothing.h"

#include "geometry/mesh_neighbours.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

std::vector<glm::vec3> neighbour_means(const TriMesh& mesh, const VertexNeighbours& neighbours) {
  std::vector<glm::vec3> means(mesh.positions.size());
  for (std::size_t v = 0; v < means.size(); ++v) {
    const auto around = neighbours.of(v);
    if (around.empty()) {
      means[v] = mesh.positions[v];
      continue;
    }
    glm::vec3 sum(0);
    for (const std::uint32_t other : around)
      sum += mesh.positions[other];
    means[v] = sum / static_cast<float>(around.size());
  }
  return means;
}

} // namespace

void smooth_surface(TriMesh& mesh, int rounds) {
  const VertexNeighbours neighbours(mesh);
  // Pass band about 0.1 (Taubin 1995): 1/shrink + 1/grow = 0.1.
  constexpr float shrink = 0.5f;
  constexpr float grow = -0.526f;
  for (int round = 0; round < rounds; ++round)
    for (const float factor : {shrink, grow}) {
      const auto means = neighbour_means(mesh, neighbours);
      for (std::size_t v = 0; v < means.size(); ++v)
        mesh.positions[v] += factor * (means[v] - mesh.positions[v]);
    }
}

void relax_tangentially(TriMesh& mesh, int rounds) {
  const VertexNeighbours neighbours(mesh);
  for (int round = 0; round < rounds; ++round) {
    compute_normals(mesh);
    const auto means = neighbour_means(mesh, neighbours);
    for (std::size_t v = 0; v < means.size(); ++v) {
      const glm::vec3 way = means[v] - mesh.positions[v];
      mesh.positions[v] += 0.5f * (way - mesh.normals[v] * glm::dot(way, mesh.normals[v]));
    }
  }
  compute_normals(mesh);
}

void project_to_level(TriMesh& mesh, const ScalarGrid& field, float level, int rounds, float max_step_mm) {
  for (int round = 0; round < rounds; ++round)
    for (glm::vec3& position : mesh.positions) {
      const glm::vec3 slope = field.gradient(position);
      const float steep = glm::dot(slope, slope);
      if (!(steep > 1e-4f))
        continue;
      glm::vec3 step = slope * ((level - field.sample(position)) / steep);
      const float length = glm::length(step);
      if (length > max_step_mm)
        step *= max_step_mm / length;
      position += step;
    }
}

} // namespace calfscope
