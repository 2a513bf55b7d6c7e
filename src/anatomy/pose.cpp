#include "anatomy/pose.h"

#include <glm/gtc/matrix_transform.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

// Ranges: conventions, "Angles".
constexpr std::array<PoseAngle, 5> angles{{
    {"ankle", &Pose::ankle_deg, "talocrural", -50, 40},
    {"knee", &Pose::knee_deg, "knee", 0, 100},
    {"subtalar", &Pose::subtalar_deg, "subtalar", -15, 15},
    {"toes", &Pose::toes_deg, "toes", -40, 60},
    {"turn", &Pose::turn_deg, "", -30, 30},
}};

// Nearer to each other towards the end, where calf and thigh meet.
constexpr std::array<float, 5> knee_deg{0, 34, 66, 85, 100};
constexpr std::array<float, 4> toes_deg{0, 28, 46, 60};
constexpr std::array<BendKey, 12> keys{{
    {bend_knee, 0, {.knee_deg = knee_deg[1]}},
    {bend_knee, 1, {.knee_deg = knee_deg[2]}},
    {bend_knee, 2, {.knee_deg = knee_deg[3]}},
    {bend_knee, 3, {.knee_deg = knee_deg[4]}},
    {bend_ankle, 0, {.ankle_deg = -50}},
    {bend_ankle, 1, {.ankle_deg = 40}},
    {bend_ankle, 2, {.subtalar_deg = 15}},
    {bend_ankle, 3, {.ankle_deg = 40, .subtalar_deg = -15}},
    {bend_toes, 0, {.toes_deg = -40}},
    {bend_toes, 1, {.toes_deg = toes_deg[1]}},
    {bend_toes, 2, {.toes_deg = toes_deg[2]}},
    {bend_toes, 3, {.toes_deg = toes_deg[3]}},
}};

// 1 at `places[which]`, falling straight to 0 at its neighbours: between two poses that are sound flesh goes straight,
// where higher polynomials would swing out of the skin.
template <std::size_t count>
float between(const std::array<float, count>& places, std::size_t which, float at) {
  if (at < places[which])
    return std::max(0.0f, (at - places[which - 1]) / (places[which] - places[which - 1]));
  if (which + 1 == count)
    return 1;
  return std::max(0.0f, (places[which + 1] - at) / (places[which + 1] - places[which]));
}

// None on the other side of rest, all at the end, and most of it near the end, where flesh is in bones' way.
float near_end(float degrees, float end_deg) {
  const float share = std::max(degrees / end_deg, 0.0f);
  return share * share;
}

glm::mat4 turned_about(glm::vec3 centre, glm::vec3 axis, float degrees) {
  const glm::mat4 there = glm::translate(glm::mat4(1), centre);
  return glm::translate(glm::rotate(there, glm::radians(degrees), axis), -centre);
}

// The whole leg about its long axis, through the ankle, so that the foot stays where it stands.
glm::mat4 turn_matrix(const Atlas& atlas, float turn_deg) {
  if (turn_deg == 0)
    return glm::mat4(1);
  const glm::vec3 knee = atlas.landmark("knee_centre").value_or(glm::vec3(0));
  const glm::vec3 ankle = atlas.landmark("ankle_centre").value_or(knee - glm::vec3(0, 1, 0));
  const glm::vec3 up = glm::distance(knee, ankle) > 1 ? glm::normalize(knee - ankle) : glm::vec3(0, 1, 0);
  return turned_about(ankle, up, atlas.side == Side::right ? turn_deg : -turn_deg);
}

float angle_of(const Segment& segment, const Pose& pose) {
  for (const PoseAngle& angle : angles)
    if (!angle.joint.empty() && angle.joint == segment.joint)
      return std::clamp(pose.*angle.value, std::min(segment.lowest_deg, segment.highest_deg),
                        std::max(segment.lowest_deg, segment.highest_deg));
  return 0;
}

} // namespace

std::span<const PoseAngle> pose_angles() {
  return angles;
}

Pose tamed(const Pose& pose) {
  Pose out = pose;
  for (const PoseAngle& angle : angles) {
    float& value = out.*angle.value;
    value = std::isfinite(value) ? std::clamp(value, angle.lowest_deg, angle.highest_deg) : 0.0f;
  }
  return out;
}

std::span<const BendKey> bend_keys() {
  return keys;
}

BendShares bend_shares(const Pose& pose) {
  const Pose bent = tamed(pose);
  const float lifted = near_end(bent.ankle_deg, 40);
  const float toes_up = std::max(bent.toes_deg, 0.0f);
  const auto knee = [&](std::size_t key) { return between(knee_deg, key, bent.knee_deg); };
  return {glm::vec4(knee(1), knee(2), knee(3), knee(4)),
          glm::vec4(near_end(bent.ankle_deg, -50), lifted, near_end(bent.subtalar_deg, 15),
                    lifted * near_end(bent.subtalar_deg, -15)),
          glm::vec4(near_end(bent.toes_deg, -40), between(toes_deg, 1, toes_up), between(toes_deg, 2, toes_up),
                    between(toes_deg, 3, toes_up))};
}

std::vector<glm::mat4> segment_matrices(const Atlas& atlas, const Pose& pose) {
  const Pose bent = tamed(pose);
  const glm::mat4 whole = turn_matrix(atlas, bent.turn_deg);
  std::vector<glm::mat4> out;
  out.reserve(atlas.segments.size());
  for (std::size_t i = 0; i < atlas.segments.size(); ++i) {
    // From the segment up to the root; the count guards against a tree that bites its tail.
    glm::mat4 matrix(1);
    int at = static_cast<int>(i);
    for (std::size_t guard = 0; at >= 0 && guard < atlas.segments.size(); ++guard) {
      const Segment& segment = atlas.segments[static_cast<std::size_t>(at)];
      const float degrees = angle_of(segment, bent);
      if (degrees != 0 && glm::length(segment.axis) > 0)
        matrix = turned_about(segment.centre_mm, glm::normalize(segment.axis), degrees) * matrix;
      at = segment.parent < static_cast<int>(atlas.segments.size()) ? segment.parent : -1;
    }
    out.push_back(whole * matrix);
  }
  return out;
}

} // namespace calfscope
