#include "painmap/skin_places.h"

#include "geometry/scalar_grid.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// The sole faces the ground and lies near it; the arch rises higher than the rest (design choice).
constexpr float sole_faces_from = -0.05f, sole_faces_fully = -0.45f;
constexpr float sole_height_mm = 34;
// The inner side wall reaches up to about the navicular bone, the outer one to the cuboid.
constexpr float wall_height_mm = 42;
constexpr float wall_faces_from = 0.35f, wall_faces_fully = 0.65f;
// The flat cap where the thigh was cut is no skin of a person.
constexpr float cap_level_s = -0.355f;
constexpr float cap_faces_up = 0.8f;

// Below the ankle most of a level's section is foot, and its middle lies far forward of the heel. For regions the leg's
// axis goes on straight there, down through the heel (design choice).
constexpr float ankle_s = 0.90f;

glm::vec3 axis_at(const LegCoordinates& leg, float s) {
  if (s <= ankle_s)
    return leg.axis_point(s);
  return leg.axis_point(ankle_s) + (s - ankle_s) * leg.length_mm() * leg.long_axis();
}

std::optional<LegPlace> below_ankle(const LegCoordinates& leg, glm::vec3 p) {
  const float s = leg.level_of(p);
  if (s <= ankle_s)
    return std::nullopt;
  const glm::vec3 out = p - axis_at(leg, s);
  return LegPlace{
      s, glm::degrees(std::atan2(glm::dot(out, leg.direction(ankle_s, 90)), glm::dot(out, leg.direction(ankle_s, 0))))};
}

} // namespace

SkinPlaces skin_places(const Atlas& atlas, const LegCoordinates& coordinates) {
  SkinPlaces out;
  out.skin = atlas.find("skin")->mesh;
  out.length_mm = coordinates.length_mm();
  out.side = atlas.side;
  const TriMesh& surface = out.skin->surface;
  out.vertices.resize(surface.positions.size());

  float lowest = surface.positions.front().y;
  for (const glm::vec3& p : surface.positions)
    lowest = std::min(lowest, p.y);
  const float to_medial = atlas.side == Side::right ? 1.0f : -1.0f;
  for (std::size_t v = 0; v < out.vertices.size(); ++v) {
    const glm::vec3 p = surface.positions[v];
    const glm::vec3 normal = surface.normals[v];
    SkinPlace& place = out.vertices[v];
    place.leg = below_ankle(coordinates, p).value_or(coordinates.place_of(p));
    place.radius_mm = glm::distance(p, axis_at(coordinates, place.leg.s));
    const auto foot = coordinates.foot_place_of(p);
    if (!foot)
      continue;
    place.foot = *foot;
    const float height = p.y - lowest;
    place.sole =
        smooth_between(sole_faces_from, sole_faces_fully, normal.y) * smooth_between(sole_height_mm, 22, height);
    const float low = (1 - place.sole) * smooth_between(wall_height_mm, wall_height_mm - 10, height);
    place.medial_wall = low * smooth_between(wall_faces_from, wall_faces_fully, normal.x * to_medial);
    place.lateral_wall = low * smooth_between(wall_faces_from, wall_faces_fully, -normal.x * to_medial);
  }
  for (const glm::uvec3& t : surface.triangles) {
    const glm::vec3 a = surface.positions[t.x], b = surface.positions[t.y], c = surface.positions[t.z];
    const glm::vec3 normal = glm::cross(b - a, c - a);
    const float area = glm::length(normal) / 2;
    const bool cap = normal.y > cap_faces_up * 2 * area && out.vertices[t.x].leg.s < cap_level_s;
    if (!cap)
      for (int k = 0; k < 3; ++k)
        out.vertices[t[k]].area_mm2 += area / 3;
  }
  if (coordinates.has_foot()) {
    const auto heel = coordinates.sole_point({0.15f, 0.5f});
    const auto toe = coordinates.sole_point({0.85f, 0.5f});
    const auto inner = coordinates.sole_point({0.7f, 0.02f});
    const auto outer = coordinates.sole_point({0.7f, 0.98f});
    if (heel && toe)
      out.foot_length_mm = glm::distance(heel->position, toe->position) / 0.7f;
    if (inner && outer)
      out.foot_width_mm = glm::distance(inner->position, outer->position) / 0.96f;
  }
  return out;
}

} // namespace calfscope
