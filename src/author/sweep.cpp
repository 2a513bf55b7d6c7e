#include "author/sweep.h"

#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float taper_gain = 0.77f;

struct Local {
  float u, v; // in half widths and half depths
};

Local local_place(const SectionLevel& s, float cos_turn, float sin_turn, float x, float z) {
  const float dx = x - s.centre_x_mm;
  const float dz = z - s.centre_z_mm;
  const float u = (cos_turn * dx + sin_turn * dz) / s.half_width_mm;
  float v = -sin_turn * dx + cos_turn * dz;
  const float w = std::clamp(u, -1.3f, 1.3f);
  v -= s.bend_mm * (w * w - 0.35f);
  const float b = s.half_depth_mm;
  const float depth = b * (1 + taper_gain * s.taper * w) * (1 + s.side * v / std::sqrt(v * v + 0.15f * b * b));
  return {u, v / depth};
}

float reach_of(const SectionLevel& s, Local at) {
  return std::pow(std::pow(std::abs(at.u), s.exponent) + std::pow(std::abs(at.v), s.exponent), 1 / s.exponent);
}

float reach_at(const SectionLevel& s, float x, float z) {
  const float turn = glm::radians(s.turn_deg);
  return reach_of(s, local_place(s, std::cos(turn), std::sin(turn), x, z));
}

} // namespace

Sweep::Sweep(const Sections& sections) : top_(sections.top_mm), bottom_(sections.bottom_mm) {
  const std::array<float SectionLevel::*, section_numbers - 1> members{
      &SectionLevel::centre_x_mm,   &SectionLevel::centre_z_mm, &SectionLevel::half_width_mm,
      &SectionLevel::half_depth_mm, &SectionLevel::turn_deg,    &SectionLevel::exponent,
      &SectionLevel::bend_mm,       &SectionLevel::taper,       &SectionLevel::side};
  for (std::size_t n = 0; n < members.size(); ++n) {
    std::vector<glm::vec2> rows;
    for (const SectionLevel& level : sections.levels)
      rows.emplace_back(level.y_mm, level.*members[n]);
    curves_[n] = Curve(rows);
  }
  for (float y = bottom_; y <= top_; y += 2)
    largest_size_ = std::max(largest_size_, size_mm(y));
}

SectionLevel Sweep::at(float y) const {
  return {y,
          curves_[0].at(y),
          curves_[1].at(y),
          curves_[2].at(y),
          curves_[3].at(y),
          curves_[4].at(y),
          curves_[5].at(y),
          curves_[6].at(y),
          curves_[7].at(y),
          curves_[8].at(y)};
}

SectionPlace Sweep::place_of(glm::vec3 p) const {
  const SectionLevel s = at(p.y);
  const float turn = glm::radians(s.turn_deg);
  const Local local = local_place(s, std::cos(turn), std::sin(turn), p.x, p.z);
  return {reach_of(s, local), std::atan2(local.v, local.u)};
}

glm::vec3 Sweep::outline(float y, float angle) const {
  const SectionLevel s = at(y);
  const float c = std::cos(angle);
  const float d = std::sin(angle);
  const float scale =
      1 / std::pow(std::pow(std::abs(c), s.exponent) + std::pow(std::abs(d), s.exponent), 1 / s.exponent);
  const float u = c * scale;
  const float v = d * scale;
  const float b = s.half_depth_mm;
  // The outline's own v' has |v'| near b, where the side factor is nearly constant.
  const float side = 1 + s.side * v / std::sqrt(v * v + 0.15f);
  const float depth = v * b * (1 + taper_gain * s.taper * u) * side + s.bend_mm * (u * u - 0.35f);
  const float turn = glm::radians(s.turn_deg);
  const float along = u * s.half_width_mm;
  return {s.centre_x_mm + std::cos(turn) * along - std::sin(turn) * depth, y,
          s.centre_z_mm + std::sin(turn) * along + std::cos(turn) * depth};
}

glm::vec3 Sweep::centre(float y) const {
  return {curves_[0].at(y), y, curves_[1].at(y)};
}

float Sweep::turn(float y) const {
  return glm::radians(curves_[4].at(y));
}

float Sweep::size_mm(float y) const {
  return std::sqrt(curves_[2].at(y) * curves_[3].at(y));
}

Bounds Sweep::bounds() const {
  Bounds box;
  constexpr int around = 24;
  for (float y = bottom_; y <= top_ + 3; y += 3)
    for (int n = 0; n < around; ++n)
      box.add(outline(std::min(y, top_), glm::radians(360.0f / around * static_cast<float>(n))));
  return box;
}

ScalarGrid Sweep::field(const GridFrame& frame) const {
  constexpr float margin = 6;
  constexpr float probe = 0.15f; // mm, for slopes
  const Bounds box = bounds();
  ScalarGrid grid(frame, 50.0f);
  parallel_for(0, frame.size.y, [&](int j) {
    const float y = frame.position(0, j, 0).y;
    if (y < bottom_ - margin || y > top_ + margin)
      return;
    const SectionLevel here = at(y);
    const SectionLevel above = at(y + probe);
    const SectionLevel below = at(y - probe);
    for (int k = 0; k < frame.size.z; ++k) {
      const float z = frame.position(0, 0, k).z;
      if (z < box.lower.z - margin || z > box.upper.z + margin)
        continue;
      for (int i = 0; i < frame.size.x; ++i) {
        const float x = frame.position(i, 0, 0).x;
        if (x < box.lower.x - margin || x > box.upper.x + margin)
          continue;
        const float reach = reach_at(here, x, z);
        const float dx = (reach_at(here, x + probe, z) - reach_at(here, x - probe, z)) / (2 * probe);
        const float dz = (reach_at(here, x, z + probe) - reach_at(here, x, z - probe)) / (2 * probe);
        const float dy = (reach_at(above, x, z) - reach_at(below, x, z)) / (2 * probe);
        const float level_slope = std::sqrt(dx * dx + dz * dz);
        // Where sections shrink fast (the ends) the vertical part would blow up the slope.
        const float slope =
            std::clamp(std::sqrt(level_slope * level_slope + dy * dy), 1e-4f, 1.8f * level_slope + 1e-4f);
        float d = std::clamp((reach - 1) / slope, -50.0f, 50.0f);
        d = smooth_max(d, y - top_, 3);
        grid.at(i, j, k) = smooth_max(d, bottom_ - y, 3);
      }
    }
  });
  return grid;
}

} // namespace calfscope
