#include "props/hand_shape.h"

#include "geometry/scalar_grid.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// All thicknesses are design choices, drawn after one's own hand.

// Where along and how far from a bone's middle line flesh lies, in the frame of that bone.
SoftPart flesh(const Digit& digit, std::size_t bone, float along, float back, glm::vec3 radii) {
  const glm::vec3 centre = glm::mix(digit.joint[bone], digit.joint[bone + 1], along) + back * digit.back[bone];
  return ellipsoid(centre, radii, glm::mat3(digit.side(bone), digit.way(bone), digit.back[bone]));
}

std::vector<SoftPart> last_bone(const Digit& digit) {
  const Pad pad = pad_of(digit);
  const float r2 = digit.radius[2], r3 = digit.radius[3];
  const glm::vec3 way = digit.way(2), back = digit.back[2];
  const glm::vec3 end = digit.joint[3] - way * (1.02f * r3);
  return {flat_cone(digit.joint[2], end - back * (0.1f * r3), 0.97f * r2, 1.0f * r3, back, 0.86f),
          ellipsoid(pad.centre, pad.radii, pad.frame)};
}

SoftGroup first_bone(const Digit& digit, bool thumb) {
  SoftGroup out{.blend_mm = 5};
  const float r0 = digit.radius[0], r1 = digit.radius[1];
  const float length = distance(digit.joint[0], digit.joint[1]);
  out.parts.push_back(flat_cone(digit.joint[0], digit.joint[1], r0, 0.97f * r1, digit.back[0], 0.93f));
  if (!thumb)
    out.parts.push_back(flesh(digit, 0, 0.56f, -0.26f * r0, {0.9f * r0, 0.42f * length, 0.78f * r0}));
  return out;
}

// Middle and last bone; of a thumb its two free ones.
SoftGroup free_bones(const Digit& digit, bool thumb) {
  SoftGroup out{.blend_mm = 4};
  const float r1 = digit.radius[1], r2 = digit.radius[2];
  const float length = distance(digit.joint[1], digit.joint[2]);
  const glm::mat3 frame(digit.side(1), digit.way(1), digit.back[1]);
  out.parts.push_back(flat_cone(digit.joint[1], digit.joint[2], 0.97f * r1, 0.98f * r2, digit.back[1], 0.93f));
  out.parts.push_back(
      flesh(digit, 1, thumb ? 0.42f : 0.5f, -0.24f * r1, {0.9f * r1, (thumb ? 0.44f : 0.43f) * length, 0.8f * r1}));
  // The joints stand out to the sides and, less, to the back.
  const auto knuckle = [&](std::size_t joint, float r) {
    const glm::vec3 back = normalize(digit.back[joint - 1] + digit.back[joint]);
    const glm::vec3 side = digit.side(joint);
    out.parts.push_back(ellipsoid(digit.joint[joint] + 0.1f * r * back, r * glm::vec3(1.0f, 1.05f, 0.93f),
                                  glm::mat3(side, cross(back, side), back)));
  };
  knuckle(1, thumb ? 0.92f * r1 : 0.96f * r1);
  knuckle(2, 0.96f * r2);
  for (const SoftPart& part : last_bone(digit))
    out.parts.push_back(part);
  return out;
}

SoftGroup palm(const HandJoints& joints) {
  SoftGroup out{.blend_mm = 11};
  const glm::vec3 back = joints.way({0, 0, 1});
  const glm::mat3 frame(joints.place);
  const auto add = [&](glm::vec3 centre, glm::vec3 radii) {
    out.parts.push_back(ellipsoid(joints.at(centre), radii, frame));
  };
  // Bones of the palm, from the wrist to each knuckle, and the soft row below the knuckles.
  constexpr std::array<glm::vec3, 4> roots{{{-15, 14, 0}, {-5, 14, 2}, {6, 13, 1}, {16, 12, -2}}};
  constexpr std::array<float, 4> thick{8.0f, 8.2f, 7.8f, 7.2f};
  for (std::size_t i = 0; i < 4; ++i) {
    const Digit& digit = joints.digits[i + 1];
    const glm::vec3 knuckle = digit.joint[0];
    out.parts.push_back(flat_cone(joints.at(roots[i]), knuckle - 0.5f * back, thick[i] + 1.5f, thick[i], back, 0.9f));
    // A bent finger lets its knuckle stand out.
    const float bent = std::sqrt(std::max(0.0f, 0.5f - 0.5f * dot(digit.way(0), joints.way({0, 1, 0}))));
    out.parts.push_back(round_cone(knuckle + (0.5f + 2 * bent) * back, knuckle + (0.5f + 2 * bent) * back,
                                   digit.radius[0] - 3.2f, digit.radius[0] - 3.2f));
    const glm::vec3 below = knuckle - joints.way({0, 7, 5});
    out.parts.push_back(ellipsoid(below, {8.8f, 13, 6.5f}, frame));
  }
  add({3, 46, -2}, {26, 36, 10.5f});     // what fills the palm
  add({24, 38, -8}, {11.5f, 31, 11.5f}); // ball of the little finger
  // Ball of the thumb, which goes where the thumb goes.
  const Digit& thumb = joints.digits[0];
  const glm::vec3 inward = joints.at({4, 34, -6});
  const glm::vec3 middle = glm::mix(thumb.joint[0], thumb.joint[1], 0.42f);
  out.parts.push_back(round_cone(thumb.joint[0], thumb.joint[1], 13.5f, 7.5f));
  out.parts.push_back(round_cone(glm::mix(middle, inward, 0.18f), glm::mix(middle, inward, 0.75f), 13.5f, 8));
  // The web between thumb and index finger.
  const glm::vec3 web = glm::mix(thumb.joint[0], thumb.joint[1], 0.78f), index = joints.at({-23, 62, -2});
  out.parts.push_back(round_cone(web, glm::mix(web, index, 0.55f), 7, 5.5f));
  out.parts.push_back(round_cone(glm::mix(web, index, 0.5f), index, 5.5f, 8));
  return out;
}

SoftGroup forearm(const HandJoints& joints) {
  SoftGroup out{.blend_mm = 22};
  const glm::vec3 back = joints.way({0, 0, 1}), way = joints.elbow;
  const glm::vec3 flat_way = normalize(back - way * dot(back, way));
  const glm::vec3 side = cross(flat_way, way);
  const glm::vec3 wrist = joints.at({-1, 0, -2});
  const auto along = [&](float mm, float aside, float up) { return wrist + mm * way + aside * side + up * flat_way; };
  out.parts.push_back(flat_cone(joints.at({0, 14, -2}), wrist, 24, 24, back, 0.68f));
  out.parts.push_back(flat_cone(wrist, along(45, 0, 0), 24.5f, 26.5f, flat_way, 0.74f));
  out.parts.push_back(flat_cone(along(40, 0, 0), along(150, 1, 0), 26, 37, flat_way, 0.86f));
  out.parts.push_back(flat_cone(along(150, 1, 0), along(forearm_mm - 4, 0, 0), 37, 36, flat_way, 0.95f));
  out.parts.push_back(ellipsoid(along(135, -10, -5), {18, 70, 22}, glm::mat3(side, way, flat_way)));
  return out;
}

// Nails and the folds over the joints are only pressed into the field.
struct Nail {
  glm::vec3 centre{0};
  glm::mat3 frame{1};
  float half_width = 6, half_length = 7;
};

Nail nail_of(const Digit& digit) {
  const float r = digit.radius[3];
  const glm::vec3 way = digit.way(2), back = digit.back[2];
  return {digit.joint[3] - way * (1.28f * r) + back * (0.7f * r), glm::mat3(digit.side(2), way, back), 0.74f * r,
          0.98f * r};
}

float nail_relief(const Nail& nail, glm::vec3 p) {
  const glm::vec3 q = (p - nail.centre) * nail.frame;
  if (q.z < -2.5f || dot(q, q) > 4 * nail.half_length * nail.half_length)
    return 0;
  const float corner = 0.55f * nail.half_width;
  const glm::vec2 d = glm::abs(glm::vec2(q)) - glm::vec2(nail.half_width, nail.half_length) + corner;
  const float edge = length(glm::max(d, glm::vec2(0))) + std::min(std::max(d.x, d.y), 0.0f) - corner; // < 0 on it
  const float side = smooth_between(-2.5f, -0.5f, q.z);
  const float plate = 0.5f * smooth_between(0.8f, -1, edge);
  // The fold of skin round it, not at its free end.
  const float fold = 0.45f * smooth_between(1.7f, 0, std::abs(edge - 1.2f)) *
                     smooth_between(nail.half_length, 0.5f * nail.half_length, q.y);
  return side * (fold - plate);
}

struct Folds {
  glm::vec3 centre{0}, way{0}, back{0};
  float radius = 9;
};

float fold_relief(const Folds& at, glm::vec3 p) {
  const glm::vec3 q = p - at.centre;
  const float reach = 1.8f * at.radius;
  if (dot(q, q) > reach * reach)
    return 0;
  const float t = dot(q, at.way), up = dot(q, at.back) / at.radius;
  const float fade = smooth_between(0.35f, 0.8f, up) * smooth_between(6.5f, 2, std::abs(t));
  return fade * 0.28f * (0.5f + 0.5f * std::cos(t * 1.15f));
}

} // namespace

SoftShape digit_tip(const Digit& digit) {
  return {.groups = {{last_bone(digit), 4}}, .joins = {{0, 0, 0}}};
}

SoftShape hand_shape(const HandJoints& joints, const std::function<float(glm::vec3)>& outside_mm) {
  SoftShape out;
  // 0 palm, 1 forearm; then each digit's first bone and its free bones.
  out.groups = {palm(joints), forearm(joints)};
  out.joins.push_back({0, 1, 24});
  for (std::size_t i = 0; i < joints.digits.size(); ++i) {
    const bool thumb = i == 0;
    out.groups.push_back(first_bone(joints.digits[i], thumb));
    out.groups.push_back(free_bones(joints.digits[i], thumb));
    const std::size_t first = out.groups.size() - 2;
    out.joins.push_back({0, first, thumb ? 10.0f : 9.0f});
    out.joins.push_back({first, first + 1, 3.5f});
  }
  out.blend_mm = 1.5f;

  std::vector<Nail> nails;
  std::vector<Folds> folds;
  for (std::size_t i = 0; i < joints.digits.size(); ++i) {
    const Digit& digit = joints.digits[i];
    nails.push_back(nail_of(digit));
    for (std::size_t joint = i == 0 ? 2 : 1; joint < 3; ++joint) {
      const glm::vec3 back = normalize(digit.back[joint - 1] + digit.back[joint]);
      folds.push_back({digit.joint[joint], cross(back, digit.side(joint)), back, digit.radius[joint]});
    }
  }
  out.finish = [=](glm::vec3 p, float d) {
    if (std::abs(d) < 4) {
      for (const Nail& nail : nails)
        d += nail_relief(nail, p);
      for (const Folds& fold : folds)
        d += fold_relief(fold, p);
    }
    // Rounded at its border, but not where a pad presses.
    return outside_mm ? smooth_max(d, -outside_mm(p), 4 * smooth_between(8, 22, length(p))) : d;
  };
  return out;
}

} // namespace calfscope
