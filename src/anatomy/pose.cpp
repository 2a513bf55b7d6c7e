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
