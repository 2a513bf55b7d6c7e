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

TriMesh glass(glm::vec3 middle, float s) {
  constexpr float high = 96, wide = 34, narrow = 27, thick = 3;
  const std::array<glm::vec2, 6> profile{{{-high / 2, 0},
                                          {-high / 2, narrow},
                                          {high / 2, wide},
                                          {high / 2, wide - thick},
                                          {-high / 2 + 2 * thick, narrow - thick},
                                          {-high / 2 + 2 * thick, 0}}};
  TriMesh mesh = turned_about_x(profile, 32);
  // Upright.
  return moved(std::move(mesh), {{0, s, 0, 0}, {-s, 0, 0, 0}, {0, 0, s, 0}, {middle, 1}});
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
    return {{"mat", floor_mat(under.x, under.z + 60 * s, 900 * s, 1150 * s)}};
  }
  return {};
}

} // namespace

std::vector<PropPart> furniture(Posture posture, const FigureJoints& joints) {
  std::vector<PropPart> parts = of_posture(posture, joints);
  if (joints.glass)
    parts.push_back({"glass", glass(*joints.glass, joints.scale)});
  return parts;
}

} // namespace calfscope
