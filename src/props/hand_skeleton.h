#pragma once
// The joints of a right hand and how they bend. Space of the hand: mm, origin in the wrist; X to the little finger's
// side, Y to the fingers, Z to the back of the hand. Lengths are those of a middling adult hand, 185 mm long (design
// choice).

#include <glm/glm.hpp>

#include <array>
#include <functional>
#include <span>

namespace calfscope {

inline constexpr float forearm_mm = 243; // wrist to elbow, of the body of figure.h

// Degrees; all 0 is a straight finger in the plane of the palm.
struct FingerBend {
  float spread = 0; // toward the little finger
  float mcp = 0, pip = 0, dip = 0;
};

// Degrees. The thumb leaves the wrist at angle `out` to the fingers' direction, and `fore` before the palm; at roll 0
// its pad faces the little finger, at 90 where the palm faces.
struct ThumbBend {
  float out = 35, fore = 25, roll = 35, mcp = 10, ip = 10;
};

// One digit: four joints (the last is the very tip) and what is its back at each of its three bones.
struct Digit {
  std::array<glm::vec3, 4> joint{};
  std::array<glm::vec3, 3> back{}; // unit
  std::array<float, 4> radius{};   // at the joints; the last before the tip
  glm::vec3 way(std::size_t bone) const { return normalize(joint[bone + 1] - joint[bone]); }
  glm::vec3 side(std::size_t bone) const { return cross(way(bone), back[bone]); }
};

struct HandPose {
  std::array<FingerBend, 4> fingers{}; // index first
  ThumbBend thumb{};
  glm::vec3 elbow{0, -1, 0}; // unit, from the wrist, in the space of the hand
  glm::mat4 place{1};        // from there to where the hand is
};

struct HandJoints {
  std::array<Digit, 5> digits{}; // thumb first
  glm::mat4 place{1};
  glm::vec3 elbow{0, -1, 0}; // unit

  glm::vec3 at(glm::vec3 in_hand) const { return glm::vec3(place * glm::vec4(in_hand, 1)); }
  glm::vec3 way(glm::vec3 in_hand) const { return glm::mat3(place) * in_hand; }
};

HandJoints hand_joints(const HandPose& pose);

// The pad of a digit: an ellipsoid, and its nose toward a direction.
struct Pad {
  glm::vec3 centre{0};
  glm::vec3 radii{1};
  glm::mat3 frame{1}; // side, way, back
  glm::vec3 nose(glm::vec3 toward) const;
};
Pad pad_of(const Digit& digit);

// How far the flesh of a digit lies outside a body from one of its bones on, mm; negative inside.
float clearance(const Digit& digit, std::size_t from_bone, const std::function<float(glm::vec3)>& outside_mm);

// Bends each joint of a finger in turn until it lies on a body, given by the distance outside it; at most by the bends
// in `most`. What has met it stays.
void close_finger(HandPose& pose, std::size_t finger, const FingerBend& most,
                  const std::function<float(glm::vec3)>& outside_mm);

// The numbers between `low` and `high` that cost least near where they start: tries steps along each in turn and
// halves them. Small and always the same.
void settle(std::span<float> numbers, std::span<const float> low, std::span<const float> high, float step,
            const std::function<float(std::span<const float>)>& cost);

} // namespace calfscope
