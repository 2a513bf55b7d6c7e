#include "props/hand_skeleton.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

struct FingerSize {
  glm::vec3 knuckle;
  std::array<float, 3> length;
  std::array<float, 4> radius;
  float splay_deg; // at rest, toward the little finger
};

constexpr std::array<FingerSize, 4> finger_sizes{{
    {{-26, 87, 0}, {43, 26, 24}, {10.4f, 9.3f, 8.1f, 7.0f}, -5},
    {{-4.5f, 90, 3}, {47, 30, 25}, {10.6f, 9.5f, 8.3f, 7.2f}, -0.5f},
    {{16, 85, 1.5f}, {44, 28, 25}, {10.0f, 8.9f, 7.8f, 6.8f}, 4},
    {{34, 75, -4}, {34, 21, 22}, {8.9f, 7.9f, 6.9f, 6.0f}, 10},
}};

constexpr glm::vec3 thumb_root{-20, 20, -11};
constexpr std::array<float, 3> thumb_length{45, 34, 30};
constexpr std::array<float, 4> thumb_radius{13, 11.2f, 10.3f, 8.8f};

Digit finger(std::size_t i, const FingerBend& bend) {
  const FingerSize& size = finger_sizes[i];
  const float aside = glm::radians(size.splay_deg + bend.spread);
  const glm::vec3 ahead(std::sin(aside), std::cos(aside), 0), up(0, 0, 1);
  Digit out{.radius = size.radius};
  out.joint[0] = size.knuckle;
  float bent = 0;
  for (std::size_t bone = 0; bone < 3; ++bone) {
    bent += glm::radians(bone == 0 ? bend.mcp : bone == 1 ? bend.pip : bend.dip);
    out.joint[bone + 1] = out.joint[bone] + size.length[bone] * (std::cos(bent) * ahead - std::sin(bent) * up);
    out.back[bone] = std::cos(bent) * up + std::sin(bent) * ahead;
  }
  return out;
}

Digit thumb(const ThumbBend& bend) {
  const float out = glm::radians(bend.out), fore = glm::radians(bend.fore), roll = glm::radians(bend.roll);
  const glm::vec3 ahead(-std::sin(out) * std::cos(fore), std::cos(out) * std::cos(fore), -std::sin(fore));
  const glm::vec3 inward = normalize(glm::vec3(1, 0, 0) - ahead * ahead.x);
  glm::vec3 down = cross(ahead, inward);
  if (down.z > 0)
    down = -down;
  const glm::vec3 pad = std::cos(roll) * inward + std::sin(roll) * down;
  Digit digit{.radius = thumb_radius};
  digit.joint[0] = thumb_root;
  float bent = 0;
  for (std::size_t bone = 0; bone < 3; ++bone) {
    bent += glm::radians(bone == 0 ? 0 : bone == 1 ? bend.mcp : bend.ip);
    digit.joint[bone + 1] = digit.joint[bone] + thumb_length[bone] * (std::cos(bent) * ahead + std::sin(bent) * pad);
    digit.back[bone] = -(std::cos(bent) * pad - std::sin(bent) * ahead);
  }
  return digit;
}

} // namespace

float clearance(const Digit& digit, std::size_t from_bone, const std::function<float(glm::vec3)>& outside_mm) {
  float least = 1e9f;
  for (std::size_t bone = from_bone; bone < 3; ++bone)
    for (int i = bone > from_bone ? 1 : bone > 0 ? 3 : 2; i <= 4; ++i) { // flesh gives way at a bent joint
      const float t = static_cast<float>(i) / 4, r = glm::mix(digit.radius[bone], digit.radius[bone + 1], t);
      const glm::vec3 tip = bone == 2 ? digit.joint[3] - digit.way(2) * digit.radius[3] : digit.joint[bone + 1];
      least = std::min(least, outside_mm(glm::mix(digit.joint[bone], tip, t)) - r);
    }
  return least;
}

HandJoints hand_joints(const HandPose& pose) {
  HandJoints out{.place = pose.place};
  out.elbow = out.way(pose.elbow);
  out.digits[0] = thumb(pose.thumb);
  for (std::size_t i = 0; i < 4; ++i)
    out.digits[i + 1] = finger(i, pose.fingers[i]);
  for (Digit& digit : out.digits) {
    for (glm::vec3& joint : digit.joint)
      joint = out.at(joint);
    for (glm::vec3& back : digit.back)
      back = out.way(back);
  }
  return out;
}

glm::vec3 Pad::nose(glm::vec3 toward) const {
  const glm::vec3 local = normalize(toward) * frame;
  return centre + frame * (radii * radii * local / length(radii * local));
}

Pad pad_of(const Digit& digit) {
  const float r = digit.radius[3];
  const glm::vec3 way = digit.way(2), back = digit.back[2];
  return {.centre = digit.joint[3] - way * (1.62f * r) - back * (0.24f * r),
          .radii = r * glm::vec3(1.08f, 1.55f, 0.92f),
          .frame = glm::mat3(digit.side(2), way, back)};
}

void close_finger(HandPose& pose, std::size_t finger_index, const FingerBend& most,
                  const std::function<float(glm::vec3)>& outside_mm) {
  FingerBend& bend = pose.fingers[finger_index];
  constexpr float touching = 0.2f, step = 1;
  const auto room = [&](std::size_t bone) {
    return clearance(hand_joints(pose).digits[finger_index + 1], bone, outside_mm);
  };
  const auto close = [&](float FingerBend::*joint, std::size_t bone) {
    while (bend.*joint < most.*joint && room(bone) > touching)
      bend.*joint += step;
  };
  close(&FingerBend::mcp, 0);
  close(&FingerBend::pip, 1);
  close(&FingerBend::dip, 2);
}

void settle(std::span<float> numbers, std::span<const float> low, std::span<const float> high, float step,
            const std::function<float(std::span<const float>)>& cost) {
  float best = cost(numbers);
  for (; step > 0.02f; step *= 0.5f)
    for (int round = 0; round < 40; ++round) {
      bool better = false;
      for (std::size_t i = 0; i < numbers.size(); ++i)
        for (const float way : {step, -step}) {
          const float before = numbers[i];
          numbers[i] = std::clamp(before + way, low[i], high[i]);
          const float now = cost(numbers);
          if (now < best) {
            best = now;
            better = true;
            break;
          }
          numbers[i] = before;
        }
      if (!better)
        break;
    }
}

} // namespace calfscope
