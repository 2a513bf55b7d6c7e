#include "painmap/region_weights.h"

#include "geometry/scalar_grid.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float patch_mm = 15;
constexpr float wanders = 0.85f;    // share of a feathered border that mottling takes away where it takes most
constexpr float outside_mm = -1000; // of another part of the body

// Inside both positive: the nearer border. Outside: the straight way to the corner or edge. With a corner radius the
// box has round corners: no one's pain has square ones.
float inside_box_mm(float x, float y, float corner_mm) {
  x -= corner_mm;
  y -= corner_mm;
  if (x >= 0 && y >= 0)
    return corner_mm + std::min(x, y);
  return corner_mm - std::hypot(std::min(x, 0.0f), std::min(y, 0.0f));
}

float inside_span(float value, Span span) {
  return std::min(value - span.from, span.to - value);
}

// Inside an arc, in degrees; works for arcs across 180.
float inside_arc(float a_deg, Span arc) {
  const float half = (arc.to - arc.from) / 2;
  const float away = std::remainder(a_deg - (arc.from + half), 360.0f);
  return half - std::abs(away);
}

float lattice(glm::ivec3 cell) {
  auto h = static_cast<std::uint32_t>(cell.x) * 73856093u ^ static_cast<std::uint32_t>(cell.y) * 19349663u ^
           static_cast<std::uint32_t>(cell.z) * 83492791u;
  h = (h ^ (h >> 15)) * 2246822519u;
  h = (h ^ (h >> 13)) * 3266489917u;
  return static_cast<float>((h ^ (h >> 16)) % 4096) / 2047.5f - 1;
}

// Smooth value noise, -1..1.
float noise(glm::vec3 p) {
  const glm::vec3 base = glm::floor(p);
  const glm::vec3 t = glm::smoothstep(glm::vec3(0), glm::vec3(1), p - base);
  const glm::ivec3 cell(base);
  float sum = 0;
  for (int k = 0; k < 8; ++k) {
    const glm::ivec3 corner(k & 1, (k >> 1) & 1, k >> 2);
    const glm::vec3 w = glm::mix(1.0f - t, t, glm::vec3(corner));
    sum += w.x * w.y * w.z * lattice(cell + corner);
  }
  return sum;
}

} // namespace

float inside_mm(const SkinPlaces& places, std::size_t vertex, const RegionShape& shape, float corner_mm) {
  const SkinPlace& place = places.vertices[vertex];
  if (shape.place == RegionPlace::leg)
    return inside_box_mm(inside_span(place.leg.s, shape.s) * places.length_mm,
                         glm::radians(inside_arc(place.leg.a_deg, shape.a_deg)) * place.radius_mm, corner_mm);
  if (shape.place == RegionPlace::off_model || places.foot_length_mm <= 0)
    return outside_mm;
  // The sole's own border ends it at heel, toes and sides; beyond that the share of the sole does.
  const float behind =
      shape.f.from <= 0 ? places.foot_length_mm : (place.foot.f - shape.f.from) * places.foot_length_mm;
  const float ahead = shape.f.to >= 1 ? places.foot_length_mm : (shape.f.to - place.foot.f) * places.foot_length_mm;
  const float inner = shape.w.from <= 0 ? places.foot_width_mm : (place.foot.w - shape.w.from) * places.foot_width_mm;
  const float outer = shape.w.to >= 1 ? places.foot_width_mm : (shape.w.to - place.foot.w) * places.foot_width_mm;
  return inside_box_mm(std::min(behind, ahead), std::min(inner, outer), corner_mm);
}

std::vector<float> region_weights(const SkinPlaces& places, const RegionShape& shape, float corner_mm) {
  std::vector<float> out(places.vertices.size(), 0.0f);
  for (std::size_t v = 0; v < out.size(); ++v) {
    const SkinPlace& place = places.vertices[v];
    if (place.area_mm2 <= 0)
      continue;
    const float inside = inside_mm(places, v, shape, corner_mm);
    if (inside < -feather_mm)
      continue;
    float weight = smooth_between(-feather_mm, feather_mm, inside);
    if (shape.place == RegionPlace::leg)
      weight *= 1 - place.sole;
    else
      weight *= std::max(
          {place.sole, shape.medial_wall ? place.medial_wall : 0.0f, shape.lateral_wall ? place.lateral_wall : 0.0f});
    out[v] = weight;
  }
  return out;
}

void mottle(const SkinPlaces& places, std::vector<float>& weights) {
  // A left leg is the mirror image of a right one, its mottling too.
  const glm::vec3 unmirrored(places.side == Side::right ? 1 : -1, 1, 1);
  for (std::size_t v = 0; v < weights.size(); ++v)
    if (weights[v] > 0 && weights[v] < 1) {
      const float patch = noise(places.skin->surface.positions[v] * unmirrored / patch_mm);
      weights[v] *= smooth_between(0, 1, 1 + (weights[v] - 1) / (1 - wanders * std::max(0.0f, patch)));
    }
}

float area_cm2(const SkinPlaces& places, const std::vector<float>& weights) {
  double sum_mm2 = 0;
  for (std::size_t v = 0; v < weights.size(); ++v)
    sum_mm2 += static_cast<double>(weights[v]) * places.vertices[v].area_mm2;
  return static_cast<float>(sum_mm2 / 100);
}

} // namespace calfscope
