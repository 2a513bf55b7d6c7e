#include "props/tool_mesh.h"

#include "geometry/scalar_grid.h"
#include "props/mesh_forms.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace calfscope {
namespace {

// Every size here is a design choice.
constexpr float pi = std::numbers::pi_v<float>;

// Quarter of a circle, from `from` degrees on, about (x, r).
void add_arc(std::vector<glm::vec2>& profile, glm::vec2 centre, float radius, float from_deg, float to_deg, int steps) {
  for (int i = 0; i <= steps; ++i) {
    const float angle = glm::radians(glm::mix(from_deg, to_deg, static_cast<float>(i) / static_cast<float>(steps)));
    profile.push_back(centre + radius * glm::vec2(std::cos(angle), std::sin(angle)));
  }
}

// Distance of a place from the nearest turn of a screw thread on a cylinder, mm.
float from_thread(glm::vec3 p, float pitch_mm, float sign) {
  const float turn = std::atan2(p.z, p.y) / (2 * pi);
  const float x = p.x / pitch_mm - sign * turn;
  return pitch_mm * std::abs(x - std::round(x));
}

TriMesh foam(float diameter_mm, float length_mm) {
  constexpr float rim = 7, hole_radius = 24, hole_rim = 3, step = 2.6f;
  const float R = 0.5f * diameter_mm, half = 0.5f * length_mm;
  std::vector<glm::vec2> profile;
  add_arc(profile, {-half + rim, R - rim}, rim, 180, 90, 6);
  const int along = static_cast<int>((2 * half - 2 * rim) / step);
  for (int i = 1; i < along; ++i)
    profile.emplace_back(glm::mix(-half + rim, half - rim, static_cast<float>(i) / static_cast<float>(along)), R);
  add_arc(profile, {half - rim, R - rim}, rim, 90, 0, 6);
  for (int i = 1; i < 6; ++i)
    profile.emplace_back(half, glm::mix(R - rim, hole_radius + hole_rim, static_cast<float>(i) / 6));
  add_arc(profile, {half - hole_rim, hole_radius + hole_rim}, hole_rim, 0, -90, 3);
  for (int i = 1; i < 6; ++i)
    profile.emplace_back(glm::mix(half - hole_rim, -half + hole_rim, static_cast<float>(i) / 6), hole_radius);
  add_arc(profile, {-half + hole_rim, hole_radius + hole_rim}, hole_rim, 270, 180, 3);
  for (int i = 1; i < 6; ++i)
    profile.emplace_back(-half, glm::mix(hole_radius + hole_rim, R - rim, static_cast<float>(i) / 6));
  TriMesh mesh = turned_about_x(profile, 180, true);

  // Two threads that cross leave lozenges, as many rollers have; they run out before the rims.
  constexpr float pitch = 92, depth = 1.8f, half_width = 3.4f;
  for (glm::vec3& p : mesh.positions) {
    const float r = std::sqrt(p.y * p.y + p.z * p.z);
    if (r < R - 0.01f)
      continue;
    const float near = std::min(from_thread(p, pitch, 1), from_thread(p, pitch, -1));
    const float sunk =
        depth * smooth_between(half_width, 0.9f, near) * smooth_between(half - rim, half - rim - 14, std::abs(p.x));
    p *= glm::vec3(1, (r - sunk) / r, (r - sunk) / r);
  }
  compute_normals(mesh);
  return mesh;
}

// The seam of a tennis ball on a unit sphere.
glm::vec3 seam_at(float t) {
  constexpr float a = 0.72f, b = 1 - a;
  return {a * std::cos(t) + b * std::cos(3 * t), a * std::sin(t) - b * std::sin(3 * t),
          2 * std::sqrt(a * b) * std::sin(2 * t)};
}

TriMesh ball(float diameter_mm, bool seamed) {
  const float R = 0.5f * diameter_mm;
  TriMesh mesh = even_sphere(R, 5);
  if (!seamed)
    return mesh;
  constexpr int count = 360;
  constexpr float depth = 0.9f, half_width = 2.6f;
  std::vector<glm::vec3> seam;
  for (int i = 0; i < count; ++i)
    seam.push_back(R * seam_at(2 * pi * static_cast<float>(i) / count));
  for (glm::vec3& p : mesh.positions) {
    float near = 1e9f;
    for (const glm::vec3& s : seam)
      near = std::min(near, distance(p, s));
    p *= 1 - depth * smooth_between(half_width, 1, near) / R;
  }
  compute_normals(mesh);
  return mesh;
}

std::vector<PropPart> stick(float diameter_mm, float length_mm) {
  constexpr float rod_radius = 6, bead_gap = 1.6f, bead_round = 7;
  const float R = 0.5f * diameter_mm, half = 0.5f * length_mm;
  const float grip = 0.24f * length_mm; // each end
  const float grip_radius = 0.86f * R;
  const std::vector<glm::vec2> rod{{-half + 2, 0}, {-half + 2, rod_radius}, {half - 2, rod_radius}, {half - 2, 0}};

  // The row of beads between the grips.
  const float row = 2 * (half - grip);
  const int beads = std::max(1, static_cast<int>(std::round(row / 24)));
  const float bead = row / static_cast<float>(beads);
  TriMesh strung;
  for (int i = 0; i < beads; ++i) {
    const float from = -half + grip + bead * static_cast<float>(i) + 0.5f * bead_gap, to = from + bead - bead_gap;
    std::vector<glm::vec2> profile{{from, 0}, {from, rod_radius + 1}};
    add_arc(profile, {from + bead_round, R - bead_round}, bead_round, 180, 90, 6);
    add_arc(profile, {to - bead_round, R - bead_round}, bead_round, 90, 0, 6);
    profile.insert(profile.end(), {{to, rod_radius + 1}, {to, 0}});
    append(strung, turned_about_x(profile, 64));
  }

  // A grip is swollen in its middle and has three rings to hold on to.
  TriMesh grips;
  for (const float side : {-1.0f, 1.0f}) {
    std::vector<glm::vec2> profile{{side * half, 0}};
    constexpr int steps = 90;
    for (int i = 0; i <= steps; ++i) {
      const float t = static_cast<float>(i) / steps, x = t * (grip - 3);
      const float end = std::min(x, grip - 3 - x); // to the nearer end
      const float round = end < 6 ? std::sqrt(std::max(0.0f, 36 - (6 - end) * (6 - end))) - 6 : 0;
      float ring = 0;
      for (const float at : {0.3f, 0.5f, 0.7f})
        ring += 1.2f * smooth_between(3, 0.8f, std::abs(x - at * grip));
      profile.emplace_back(side * (half - x), grip_radius * (0.9f + 0.1f * std::sin(pi * t)) + round - ring);
    }
    profile.emplace_back(side * (half - grip + 3), 0);
    append(grips, turned_about_x(profile, 64));
  }
  return {{"rod", turned_about_x(rod, 32)}, {"beads", std::move(strung)}, {"grip", std::move(grips)}};
}

} // namespace

std::vector<PropPart> tool_parts(const Tool& tool) {
  switch (tool.shape) {
  case ToolShape::cylinder:
    return {{"foam", foam(tool.diameter_mm, tool.length_mm)}};
  case ToolShape::sphere:
    return {{"ball", ball(tool.diameter_mm, tool.id == "tennis_ball")}};
  case ToolShape::beads:
    return stick(tool.diameter_mm, tool.length_mm);
  case ToolShape::digit:
  case ToolShape::pincer:
    break;
  }
  return {};
}

TriMesh tool_mesh(const Tool& tool) {
  TriMesh mesh;
  for (const PropPart& part : tool_parts(tool))
    append(mesh, part.mesh);
  return mesh;
}

} // namespace calfscope
