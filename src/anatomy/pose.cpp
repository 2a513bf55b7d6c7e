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
  const glm::vec3 up = glm::normalize(knee - ankle);
  return turned_about(ankle, up, atlas.side == Side::right ? turn_deg : -turn_deg);
}

float angle_of(const Segment& segment, const Pose& pose) {
  for (const PoseAngle& angle : angles)
    if (!angle.joint.empty() && angle.joint == segment.joint)
      return std::clamp(pose.*angle.value, std::min(segment.lowest_deg, segment.highest_deg),
                        std::max(segment.lowest_deg, segment.highest_deg));
  return 0;
}

template <typename Move>
std::vector<glm::vec3> blended(const SurfaceMesh& mesh, const std::vector<glm::vec3>& values,
                               std::span<const glm::mat4> segments, Move move) {
  std::vector<glm::vec3> out(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const SkinBinding binding = i < mesh.binding.size() ? mesh.binding[i] : SkinBinding{};
    glm::vec3 sum(0);
    int total = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      if (binding.weight[k] == 0 || binding.segment[k] >= segments.size())
        continue;
      sum += static_cast<float>(binding.weight[k]) * move(segments[binding.segment[k]], values[i]);
      total += binding.weight[k];
    }
    out[i] = total > 0 ? sum / static_cast<float>(total) : values[i];
  }
  return out;
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

std::vector<glm::vec3> posed_positions(const SurfaceMesh& mesh, std::span<const glm::mat4> segments) {
  return blended(mesh, mesh.surface.positions, segments,
                 [](const glm::mat4& m, glm::vec3 p) { return glm::vec3(m * glm::vec4(p, 1)); });
}

std::vector<glm::vec3> posed_normals(const SurfaceMesh& mesh, std::span<const glm::mat4> segments) {
  std::vector<glm::vec3> out =
      blended(mesh, mesh.surface.normals, segments, [](const glm::mat4& m, glm::vec3 n) { return glm::mat3(m) * n; });
  for (glm::vec3& normal : out)
    if (const float length = glm::length(normal); length > 0)
      normal /= length;
  return out;
}

} // namespace calfscope
