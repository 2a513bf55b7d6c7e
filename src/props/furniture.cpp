#include "props/figure.h"

#include "props/mesh_forms.h"

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

} // namespace

std::vector<PropPart> furniture(Posture posture, const FigureJoints& joints) {
  const float s = joints.scale;
  const glm::vec3 under(joints.pelvis.x, 0, joints.pelvis.z);
  switch (posture) {
  case Posture::floor_sit:
  case Posture::floor_sit_crossed:
    // Long enough to roll the whole calf.
    return {{"mat", rounded_box({joints.pelvis.x, -5, -280 * s}, {780 * s, 10, 2300 * s}, 4.9f)}};
  case Posture::chair:
  case Posture::ankle_on_knee:
    return {{"chair", chair(under, joints.seat_y.value_or(chair_seat_mm * s), s)}};
  case Posture::wall_lunge:
    return {{"wall", rounded_box({joints.pelvis.x, 1000 * s, joints.wall_z.value_or(770 * s) + 20},
                                 {1500 * s, 2000 * s, 40}, 6)}};
  case Posture::standing:
    break;
  }
  return {};
}

} // namespace calfscope
