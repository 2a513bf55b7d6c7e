#include "import/fibre_directions.h"

#include "geometry/scalar_grid.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// Medial (positive) or lateral offset from the straight midline, mm.
float offset_from_midline(glm::vec3 p, const FibreOptions& options) {
  const float height = options.midline_lower.y - options.midline_upper.y;
  const float t = std::abs(height) > 1 ? (p.y - options.midline_upper.y) / height : 0.0f;
  return p.x - glm::mix(options.midline_upper.x, options.midline_lower.x, t);
}

// Which way round the normal the fibres lean at each vertex, -1..1.
std::vector<float> lean_of(const TriMesh& mesh, const FibreOptions& options) {
  constexpr float feather_mm = 12; // half the width over which the two sides of a feather meet
  std::vector<float> lean;
  double sum = 0;
  double size = 0;
  for (const glm::vec3& p : mesh.positions) {
    const float offset = offset_from_midline(p, options);
    lean.push_back(2 * smooth_between(-feather_mm, feather_mm, offset) - 1);
    sum += static_cast<double>(offset);
    size += static_cast<double>(std::abs(offset));
  }
  if (std::abs(sum) > 0.7 * size)
    std::fill(lean.begin(), lean.end(), sum > 0 ? 1.0f : -1.0f);
  return lean;
}

} // namespace

std::vector<glm::vec3> slope_of(const TriMesh& mesh, const VertexNeighbours& neighbours,
                                const std::vector<double>& value, glm::vec3 fallback) {
  TriMesh smooth = mesh;
  compute_normals(smooth);
  std::vector<glm::vec3> slope(mesh.positions.size(), glm::vec3(0));
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::vec3 a = mesh.positions[t.x];
    const glm::vec3 b = mesh.positions[t.y];
    const glm::vec3 c = mesh.positions[t.z];
    const glm::vec3 normal = glm::cross(b - a, c - a);
    const float square = glm::dot(normal, normal);
    if (!(square > 1e-12f))
      continue;
    const glm::vec3 gradient =
        glm::cross(normal, static_cast<float>(value[t.x]) * (c - b) + static_cast<float>(value[t.y]) * (a - c) +
                               static_cast<float>(value[t.z]) * (b - a)) /
        square;
    const float length = glm::length(gradient);
    // By area, but as a direction: a steep tendon must not outweigh the belly beside it.
    if (length > 0)
      for (int k = 0; k < 3; ++k)
        slope[t[k]] += gradient / length * std::sqrt(square);
  }
  const auto in_surface = [&](std::size_t i, glm::vec3 direction) {
    direction -= glm::dot(direction, smooth.normals[i]) * smooth.normals[i];
    const float length = glm::length(direction);
    return length > 1e-6f ? direction / length : glm::vec3(0);
  };
  for (std::size_t i = 0; i < slope.size(); ++i) {
    slope[i] = in_surface(i, slope[i]);
    if (slope[i] == glm::vec3(0))
      slope[i] = in_surface(i, fallback);
  }
  for (int round = 0; round < 4; ++round) {
    std::vector<glm::vec3> next = slope;
    for (std::size_t i = 0; i < slope.size(); ++i) {
      for (const std::uint32_t other : neighbours.of(i))
        next[i] += slope[other];
      next[i] = in_surface(i, next[i]);
      if (next[i] == glm::vec3(0))
        next[i] = slope[i];
    }
    slope = std::move(next);
  }
  return slope;
}

std::vector<glm::vec3> along_line(const TriMesh& smooth, const std::vector<double>& value, const CentreLine& line,
                                  const Frames& frames, const std::vector<glm::vec3>& slope) {
  std::vector<glm::vec3> out = slope;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const glm::vec3 tangent = glm::cross(line.at(frames.first, value[i]), line.at(frames.second, value[i]));
    glm::vec3 direction = tangent - glm::dot(tangent, smooth.normals[i]) * smooth.normals[i];
    const float length = glm::length(direction);
    // Near a blunt end the line runs square into the surface and says nothing.
    const float trust = smooth_between(0.25f, 0.6f, length);
    direction = (length > 0 ? trust / length * direction : glm::vec3(0)) + (1 - trust) * slope[i];
    if (glm::length(direction) > 1e-3f)
      out[i] = glm::normalize(direction);
  }
  return out;
}

void lean_to_midline(std::vector<glm::vec3>& directions, const TriMesh& smooth, const FibreOptions& options) {
  const auto lean = lean_of(smooth, options);
  for (std::size_t i = 0; i < directions.size(); ++i) {
    const float angle = lean[i] * glm::radians(options.pennation_deg);
    directions[i] = std::cos(angle) * directions[i] + std::sin(angle) * glm::cross(smooth.normals[i], directions[i]);
  }
}

} // namespace calfscope
