#include "render/streak_place.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace calfscope::render {
namespace {

// How place (turns around, share along) changes over a triangle, per mm.
struct PlaceSlope {
  glm::vec3 around{0};
  glm::vec3 along{0};
  float area_mm2 = 0;
};

std::optional<PlaceSlope> slope_of(const SurfaceMesh& mesh, const glm::uvec3& t) {
  const glm::vec3 a = mesh.surface.positions[t.x];
  const glm::vec3 e1 = mesh.surface.positions[t.y] - a, e2 = mesh.surface.positions[t.z] - a;
  const glm::vec3 normal = glm::cross(e1, e2);
  const float twice = glm::length(normal);
  const glm::vec2 p1 = mesh.muscle_place[t.y] - mesh.muscle_place[t.x];
  const glm::vec2 p2 = mesh.muscle_place[t.z] - mesh.muscle_place[t.x];
  // Slivers say nothing, and where belly and cord meet the place may jump.
  if (!(twice > 1e-4f) || std::abs(p1.x) > 0.3f || std::abs(p2.x) > 0.3f)
    return std::nullopt;
  const glm::vec3 n = normal / twice;
  const glm::vec3 b1 = glm::cross(e2, n) / twice, b2 = glm::cross(n, e1) / twice; // gradients of the two corner weights
  return PlaceSlope{p1.x * b1 + p2.x * b2, p1.y * b1 + p2.y * b2, 0.5f * twice};
}

constexpr std::size_t bins = 12;

std::size_t bin_of(float turns) {
  const float fraction = turns - std::floor(turns);
  return std::min(static_cast<std::size_t>(fraction * bins), bins - 1);
}

// Value of a periodic table between the middles of its bins.
float between_bins(const std::array<float, bins>& table, float turns) {
  const float at = (turns - std::floor(turns)) * bins - 0.5f;
  const float floor_at = std::floor(at);
  const std::size_t low = static_cast<std::size_t>(static_cast<int>(floor_at) + static_cast<int>(bins)) % bins;
  return glm::mix(table[low], table[(low + 1) % bins], at - floor_at);
}

} // namespace

StreakPlaces unroll(const SurfaceMesh& mesh) {
  const std::size_t count = mesh.surface.positions.size();
  if (mesh.muscle_place.size() != count || mesh.fibre.size() != count)
    return {};
  float area = 0, around = 0, along = 0;
  // Fibres cross from turn to turn: how fast, by least squares, on each side of the muscle.
  std::array<float, bins> drift{}, run{};
  for (const glm::uvec3& t : mesh.surface.triangles) {
    if (t.x >= count || t.y >= count || t.z >= count)
      continue;
    const auto slope = slope_of(mesh, t);
    if (!slope)
      continue;
    area += slope->area_mm2;
    around += slope->area_mm2 * glm::length(slope->around);
    along += slope->area_mm2 * glm::length(slope->along);
    const glm::vec3 fibre = mesh.fibre[t.x] + mesh.fibre[t.y] + mesh.fibre[t.z];
    const float dx = glm::dot(slope->around, fibre), dy = glm::dot(slope->along, fibre);
    const std::size_t bin = bin_of(mesh.muscle_place[t.x].x);
    drift[bin] += slope->area_mm2 * dx * dy;
    run[bin] += slope->area_mm2 * dy * dy;
  }
  if (!(area > 0) || !(around > 0) || !(along > 0))
    return {};
  StreakPlaces out;
  out.around_mm = area / around;
  const float length_mm = area / along;
  std::array<float, bins> shear{};
  for (std::size_t i = 0; i < bins; ++i) {
    const std::size_t before = (i + bins - 1) % bins, after = (i + 1) % bins;
    const float sum = run[before] + 2 * run[i] + run[after];
    shear[i] = sum > 0 ? (drift[before] + 2 * drift[i] + drift[after]) / sum : 0.0f;
    shear[i] = std::clamp(shear[i], -1.5f * length_mm / out.around_mm, 1.5f * length_mm / out.around_mm);
  }
  out.places.reserve(count);
  for (const glm::vec2& place : mesh.muscle_place)
    out.places.emplace_back(place.x - between_bins(shear, place.x) * place.y, place.y * length_mm);
  return out;
}

} // namespace calfscope::render
