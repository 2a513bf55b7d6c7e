#include "props/figure.h"

#include "props/mesh_forms.h"

#include <array>

namespace calfscope {
namespace {

// Sizes are design choices.
TriMesh chair(glm::vec3 under, float seat_y, float s) {
  constexpr float seat = 36, leg = 34, wide = 420, deep = 410, back = 420;
  TriMesh out = rounded_box(under + glm::vec3(0, seat_y - 0.5f * seat, 20 * s), {wide, seat, deep}, 15);
  for (const float x : {-1.0f, 1.0f})
    for (const float z : {-1.0f, 1.0f}) {
      const float height = seat_y - 0.5f * seat + (z < 0 ? back + 0.5f * seat : 0);
      append(out, rounded_box(under + glm::vec3(x * (0.5f * wide - leg), 0.5f * height,
                                                20 * s + z * (0.5f * deep - 0.5f * leg) - (z < 0 ? 20.0f : 0.0f)),
                              {leg, height, leg}, 12));
    }
  append(out, rounded_box(under + glm::vec3(0, seat_y + 0.76f * back, 20 * s - 0.5f * deep - 4),
                          {wide - 40, 0.36f * back, 26}, 12));
  return out;
}

// What one stands on; its top is the floor.
TriMesh floor_mat(float x, float z, float wide, float deep) {
  return rounded_box({x, -5, z}, {wide, 10, deep}, 4.9f);
}

TriMesh glass(glm::vec3 middle, glm::vec3 up, float s) {
  constexpr float high = glass_high_mm, wide = glass_wide_mm, narrow = 31, thick = 3;
  const std::array<glm::vec2, 6> profile{{{-high / 2, 0},
                                          {-high / 2, narrow},
                                          {high / 2, wide},
                                          {high / 2, wide - thick},
                                          {-high / 2 + 2 * thick, narrow - thick},
                                          {-high / 2 + 2 * thick, 0}}};
  TriMesh mesh = turned_about_x(profile, 32);
  const glm::vec3 x(1, 0, 0), z = glm::cross(x, up);
  return moved(std::move(mesh), {glm::vec4(s * up, 0), glm::vec4(-s * x, 0), glm::vec4(s * z, 0), {middle, 1}});
}

// Soles, thin on the floor: ball, waist and heel.
TriMesh footprints(const FigureJoints& joints) {
  constexpr float thick = 1.2f;
  TriMesh out;
  for (const FigureJoints::Footprint& print : joints.prints) {
    const glm::vec3 z = print.way, x = glm::cross(glm::vec3(0, 1, 0), z);
    const auto add = [&](float ahead, float wide, float deep) {
      const float s = joints.scale * joints.prints_size;
      const std::array<glm::vec2, 4> profile{{{0, 0}, {0, 1}, {thick, 0.96f}, {thick, 0}}};
      // Turned about the upright, then drawn out lengthwise.
      append(out, moved(turned_about_x(profile, 28),
                        {glm::vec4(0, 1, 0, 0), glm::vec4(s * wide * x, 0), glm::vec4(s * deep * z, 0),
                         glm::vec4(print.ball + joints.scale * ahead * z, 1)}));
    };
    add(8, 44, 62);
    add(-60, 30, 60);
    add(-118, 32, 36);
  }
  out.normals.assign(out.positions.size(), {0, 1, 0}); // flat
  return out;
}

std::vector<PropPart> of_posture(Posture posture, const FigureJoints& joints) {
  const float s = joints.scale;
  const glm::vec3 under(joints.pelvis.x, 0, joints.pelvis.z);
  switch (posture) {
  case Posture::floor_sit:
  case Posture::floor_sit_crossed:
    // Long enough to roll the whole calf.
    return {{"mat", floor_mat(joints.pelvis.x, -280 * s, 780 * s, 2300 * s)}};
  case Posture::chair:
  case Posture::ankle_on_knee:
    return {{"chair", chair(under, joints.seat_y.value_or(chair_seat_mm * s), s)},
            {"mat", floor_mat(under.x, under.z + 330 * s, 1000 * s, 1500 * s)}};
  case Posture::wall_lunge: {
    const float wall = joints.wall_z.value_or(770 * s);
    return {{"wall", rounded_box({joints.pelvis.x, 1000 * s, wall + 20}, {1150 * s, 2000 * s, 40}, 6)},
            {"mat", floor_mat(joints.pelvis.x, wall - 650 * s, 1150 * s, 1300 * s)}};
  }
  case Posture::standing:
    return {{"mat", floor_mat(under.x, under.z - 100 * s, 900 * s, 3000 * s)}}; // a way to walk
  }
  return {};
}

} // namespace

std::vector<PropPart> furniture(Posture posture, const FigureJoints& joints) {
  std::vector<PropPart> parts = of_posture(posture, joints);
  if (joints.glass)
    parts.push_back({"glass", glass(*joints.glass, joints.glass_up, joints.scale)});
  if (!joints.prints.empty())
    parts.push_back({"prints", footprints(joints)});
  return parts;
}

} // namespace calfscope
