#include "props/hand_mesh.h"

#include "geometry/scalar_grid.h"
#include "props/hand_shape.h"

#include <glm/gtc/matrix_transform.hpp>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

using Outside = std::function<float(glm::vec3)>;

constexpr float grid_mm = 2; // of the hand alone, fine enough for nails
constexpr float calf_radius_mm = 55;

glm::mat4 placed(glm::vec3 wrist, glm::vec3 fingers, glm::vec3 back) {
  const glm::vec3 y = normalize(fingers), x = normalize(cross(y, back));
  return {glm::vec4(x, 0), glm::vec4(y, 0), glm::vec4(cross(x, y), 0), glm::vec4(wrist, 1)};
}

float calf_outside(glm::vec3 p) {
  return glm::length(glm::vec2(p.x, p.z - calf_radius_mm)) - calf_radius_mm;
}

// Where the flesh of a digit's tip ends toward a direction.
glm::vec3 nose_of(const Digit& digit, glm::vec3 toward) {
  const TriMesh tip = surface_of(digit_tip(digit), 1);
  glm::vec3 best = tip.positions.front();
  for (const glm::vec3& p : tip.positions)
    if (dot(p - best, toward) > 0)
      best = p;
  return best;
}

// What a digit's pad should meet.
struct Goal {
  std::size_t digit = 0; // 0 thumb
  glm::vec3 at{0};
  glm::vec3 press{0, 0, 1}; // unit
  float steep_deg = 25;     // of the bone over the skin: 0 lies flat on its pad, 90 stands on its tip
};

// How far from its goal a digit is, mm squared; a wrong direction counts as much as a wrong place.
float miss(const HandJoints& joints, const Goal& goal) {
  const Digit& digit = joints.digits[goal.digit];
  const Pad pad = pad_of(digit);
  const float steep = glm::radians(goal.steep_deg);
  const glm::vec3 normal = std::sin(steep) * digit.way(2) - std::cos(steep) * digit.back[2];
  const glm::vec3 off = pad.nose(goal.press) - goal.at;
  return dot(off, off) + 900 * (1 - dot(normal, goal.press));
}

void settle_thumb(HandPose& pose, const Goal& goal, const ThumbBend& most) {
  std::array<float, 5> n{pose.thumb.out, pose.thumb.fore, pose.thumb.roll, pose.thumb.mcp, pose.thumb.ip};
  const std::array<float, 5> rest = n, low{5, -15, -5, -8, -12},
                             high{most.out, most.fore, most.roll, most.mcp, most.ip};
  const auto bent = [](std::span<const float> x) { return ThumbBend{x[0], x[1], x[2], x[3], x[4]}; };
  settle(n, low, high, 12, [&](std::span<const float> x) {
    pose.thumb = bent(x);
    float strain = 0;
    for (std::size_t i = 0; i < n.size(); ++i)
      strain += (x[i] - rest[i]) * (x[i] - rest[i]);
    return miss(hand_joints(pose), goal) + 0.004f * strain;
  });
  pose.thumb = bent(n);
}

// Moves the whole hand so that a pad ends where it should, to the tenth of a millimetre.
void put_nose(HandPose& pose, const Goal& goal) {
  const glm::vec3 off = goal.at - nose_of(hand_joints(pose).digits[goal.digit], goal.press);
  pose.place[3] += glm::vec4(off, 0);
}

// A hand and what it lies on.
struct Held {
  HandPose pose;
  Outside outside_mm;

  TriMesh mesh() const { return surface_of(hand_shape(hand_joints(pose), outside_mm), grid_mm); }
  HandAnchor anchor() const { return {glm::vec3(pose.place[3]), normalize(glm::mat3(pose.place) * pose.elbow)}; }
};

glm::vec3 in_hand(const HandPose& pose, glm::vec3 direction) {
  return glm::transpose(glm::mat3(pose.place)) * normalize(direction);
}

Held thumb_press() {
  // The palm lies over the calf's side, 24 mm off it, fingers slanting round and away from the person.
  constexpr float round_deg = 34, slant_deg = 38, off_mm = 30;
  const float round = glm::radians(round_deg), slant = glm::radians(slant_deg);
  const glm::vec3 out(std::sin(round), 0, -std::cos(round)), tangent(std::cos(round), 0, std::sin(round));
  const glm::vec3 fingers = std::cos(slant) * tangent - std::sin(slant) * glm::vec3(0, 1, 0);
  const glm::vec3 palm = glm::vec3(0, 62, calf_radius_mm) + (calf_radius_mm + off_mm) * out;
  HandPose pose;
  pose.place = placed(palm - 50.0f * fingers + 4.0f * out, fingers, out);
  pose.elbow = in_hand(pose, {-0.22f, 0.8f, -0.5f});
  pose.thumb = {50, 15, 55, 8, 12};
  const Goal goal{0, {0, 0, 0}, {0, 0, 1}, 34};
  settle_thumb(pose, goal, {72, 68, 85, 38, 32});
  put_nose(pose, goal);
  for (std::size_t i = 0; i < 4; ++i) {
    pose.fingers[i].mcp = -15;
    close_finger(pose, i, {0, 62, 58, 36}, calf_outside);
  }
  return {pose, calf_outside};
}

Held stick_grip() {
  constexpr float rod = 0.5f * stick_grip_rod_mm;
  const Outside outside = [](glm::vec3 p) { return glm::length(glm::vec2(p.y, p.z)) - rod; };
  HandPose pose;
  // The rod lies across the palm just before the knuckles, a little aslant as in any fist.
  const glm::vec3 fingers = normalize(glm::vec3(-0.24f, -0.8f, 0.6f)), back(0, -0.6f, -0.8f);
  pose.place = placed(-73.0f * fingers + (rod + 12.5f) * back, fingers, back);
  pose.elbow = in_hand(pose, {0.1f, 0.86f, -0.38f});
  pose.thumb = {30, 45, 45, 20, 20};
  for (std::size_t i = 0; i < 4; ++i) {
    pose.fingers[i].spread = 3 - 4 * static_cast<float>(i);
    close_finger(pose, i, {0, 84, 100, 62}, outside);
  }
  settle_thumb(pose, {0, {-44, rod, 2}, {0.1f, -1, 0}, 10}, {72, 68, 85, 50, 60});
  return {pose, outside};
}

Held flat_hand() {
  const Outside outside = [](glm::vec3 p) { return -p.z; };
  HandPose pose;
  pose.place = placed({0, 55, -25}, {0, -1, 0.03f}, {0, -0.03f, -1});
  pose.elbow = in_hand(pose, {0, 0.86f, -0.5f});
  pose.thumb = {42, -4, 25, 2, 4};
  for (std::size_t i = 0; i < 4; ++i)
    close_finger(pose, i, {0, 14, 16, 10}, outside);
  return {pose, outside};
}

Held pincer_hand(float width_mm) {
  const float half = 0.5f * std::clamp(width_mm, 25.0f, 110.0f);
  const std::array<Goal, 3> goals{{{0, {-half, 0, 0}, {1, 0, 0}, 22},
                                   {1, {half, -10.5f, 0}, {-1, 0, 0}, 30},
                                   {2, {half, 10.5f, 0}, {-1, 0, 0}, 30}}};
  // What is held lies between the pads.
  const Outside outside = [half](glm::vec3 p) { return std::max(std::abs(p.x) - half, -p.z - 30); };
  HandPose pose;
  const auto with = [&](std::span<const float> x) {
    HandPose out = pose;
    const float tilt = glm::radians(x[2]);
    out.place = placed({x[0], x[12], x[1]}, {std::sin(tilt), 0, std::cos(tilt)}, {std::cos(tilt), 0, -std::sin(tilt)});
    out.fingers[0] = {x[3], x[4], x[5], 0.45f * x[5]};
    out.fingers[1] = {x[6], x[7], x[8], 0.45f * x[8]};
    out.thumb = {x[9], x[10], x[11], x[13], x[14]};
    return out;
  };
  // Wrist x and z, tilt, index, middle, thumb, wrist y, thumb: the palm stands behind, a little to the fingers' side.
  std::array<float, 15> n{half - 50, -115, 60, 2, 48, 42, 0, 48, 42, 38, 45, 55, 0, 12, 12};
  const std::array<float, 15> low{-110, -170, 15, -8, -5, 5, -8, -5, 5, 5, 0, 0, -40, -8, -12};
  const std::array<float, 15> high{110, -80, 100, 14, 85, 95, 10, 85, 95, 68, 70, 88, 40, 45, 50};
  const std::array<float, 15> rest = n;
  settle(n, low, high, 10, [&](std::span<const float> x) {
    const HandJoints joints = hand_joints(with(x));
    float cost = 0;
    for (const Goal& goal : goals) {
      cost += miss(joints, goal);
      const float entered = std::min(0.0f, clearance(joints.digits[goal.digit], 0, outside) + 2);
      cost += 4 * entered * entered;
    }
    for (std::size_t i = 2; i < x.size(); ++i)
      cost += 0.003f * (x[i] - rest[i]) * (x[i] - rest[i]);
    return cost;
  });
  pose = with(n);
  // The other two fingers lie beside them.
  for (const std::size_t i : {std::size_t{2}, std::size_t{3}}) {
    pose.fingers[i] = {-2.0f * static_cast<float>(i), 8, 12, 5};
    close_finger(pose, i, {0, pose.fingers[1].mcp, pose.fingers[1].pip + 4, pose.fingers[1].dip + 4}, outside);
  }
  pose.elbow = in_hand(pose, {-0.5f, 0.5f, -0.75f});
  return {pose, outside};
}

Held held(Grip grip) {
  switch (grip) {
  case Grip::thumb_press:
    return thumb_press();
  case Grip::stick_grip:
    return stick_grip();
  case Grip::flat:
    return flat_hand();
  case Grip::pincer_thumb:
  case Grip::pincer_fingers:
    break;
  }
  return pincer_hand(pincer_rest_mm);
}

// From where a grip's pads stand about the origin to where it wants them.
glm::vec3 shift_of(Grip grip) {
  const float aside = grip == Grip::pincer_thumb ? 0.5f : grip == Grip::pincer_fingers ? -0.5f : 0.0f;
  return {aside * pincer_rest_mm, 0, 0};
}

} // namespace

TriMesh hand_mesh(Grip grip) {
  TriMesh mesh = held(grip).mesh();
  for (glm::vec3& p : mesh.positions)
    p += shift_of(grip);
  return mesh;
}

HandAnchor hand_anchor(Grip grip) {
  HandAnchor out = held(grip).anchor();
  out.wrist += shift_of(grip);
  return out;
}

TriMesh pincer(float width_mm) {
  return pincer_hand(width_mm).mesh();
}

HandAnchor pincer_anchor(float width_mm) {
  return pincer_hand(width_mm).anchor();
}

TriMesh with_elbow(TriMesh hand, const HandAnchor& anchor, glm::vec3 toward) {
  // A wrist gives about this much more than it is already bent.
  constexpr float most_deg = 60, soft_mm = 34, least_longer = 0.8f, most_longer = 1.2f;
  const glm::vec3 to = normalize(toward), across = cross(anchor.elbow, to);
  const float sine = length(across);
  const glm::vec3 axis = sine > 1e-4f ? across / sine : glm::vec3(1, 0, 0);
  const float angle = std::min(std::atan2(sine, dot(anchor.elbow, to)), glm::radians(most_deg));
  const float longer = std::clamp(length(toward) / forearm_mm, least_longer, most_longer) - 1;
  for (std::size_t v = 0; v < hand.positions.size(); ++v) {
    const glm::vec3 from = hand.positions[v] - anchor.wrist;
    const float share = smooth_between(-soft_mm, soft_mm, dot(from, anchor.elbow));
    if (share <= 0)
      continue;
    const glm::mat3 turn(glm::rotate(glm::mat4(1), share * angle, axis));
    const float beyond = std::max(dot(from, anchor.elbow), 0.0f);
    hand.positions[v] = anchor.wrist + turn * (from + longer * beyond * anchor.elbow);
    if (v < hand.normals.size())
      hand.normals[v] = turn * hand.normals[v];
  }
  return hand;
}

glm::mat4 hand_placement(glm::vec3 skin, glm::vec3 into, glm::vec3 toward_elbow) {
  const glm::vec3 z = normalize(into);
  glm::vec3 y = toward_elbow - z * dot(toward_elbow, z);
  if (length(y) < 1e-3f)
    y = std::abs(z.y) < 0.9f ? glm::vec3(0, 1, 0) - z * z.y : glm::vec3(1, 0, 0) - z * z.x;
  y = normalize(y);
  return {glm::vec4(cross(y, z), 0), glm::vec4(y, 0), glm::vec4(z, 0), glm::vec4(skin, 1)};
}

} // namespace calfscope
