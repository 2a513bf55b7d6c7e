#include "author/cord_layout.h"

#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float clearance_mm = 0.3f;
constexpr float most_step_mm = 1.2f;

// Half extent of a cord's section in a direction across it.
float reach_towards(const CordPath::Station& s, glm::vec3 direction) {
  const float thin = glm::dot(direction, s.thin) / s.half_thickness;
  const float wide = glm::dot(direction, glm::cross(s.tangent, s.thin)) / s.half_width;
  const float length = std::sqrt(thin * thin + wide * wide);
  return length > 1e-4f ? std::min(1 / length, std::max(s.half_width, s.half_thickness)) : s.half_thickness;
}

glm::vec3 way_out(const ScalarGrid& field, glm::vec3 p, float wanted) {
  const float short_of = wanted - field.sample(p);
  if (short_of <= 0)
    return glm::vec3(0);
  const glm::vec3 slope = field.gradient(p);
  const float steep = glm::length(slope);
  return steep > 0.1f ? slope / steep * std::min(0.7f * short_of, most_step_mm) : glm::vec3(0);
}

glm::vec3 way_from_cords(const std::vector<CordInRoom>& cords, std::size_t own, const std::vector<Bounds>& boxes,
                         const CordPath::Station& s) {
  glm::vec3 way(0);
  for (std::size_t other = 0; other < cords.size(); ++other) {
    if (cords[other].structure == cords[own].structure)
      continue;
    const float most = std::max(s.half_width, s.half_thickness) + clearance_mm;
    if (glm::any(glm::lessThan(s.position + most, boxes[other].lower)) ||
        glm::any(glm::greaterThan(s.position - most, boxes[other].upper)))
      continue;
    const CordPath::Station& near = cords[other].path->nearest(s.position);
    const glm::vec3 apart = s.position - near.position;
    const float distance = glm::length(apart);
    // Lines that cross exactly part along the thin side.
    const glm::vec3 direction = distance > 0.05f ? apart / distance : s.thin;
    const float wanted = reach_towards(s, direction) + reach_towards(near, direction) + clearance_mm;
    if (distance >= wanted)
      continue;
    const float share = cords[other].moves ? cords[own].yields : 1.0f;
    way += direction * std::min(share * (wanted - distance), most_step_mm);
  }
  return way;
}

} // namespace

void untangle(std::vector<CordInRoom>& cords, const ScalarGrid& bones, const ScalarGrid* bellies, int rounds) {
  std::vector<std::vector<glm::vec3>> ways(cords.size());
  std::vector<Bounds> boxes(cords.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t c = 0; c < cords.size(); ++c)
      boxes[c] = cords[c].path->bounds();
    parallel_for(0, static_cast<int>(cords.size()), [&](int index) {
      const auto c = static_cast<std::size_t>(index);
      ways[c].clear();
      if (!cords[c].moves)
        return;
      for (const CordPath::Station& s : cords[c].path->stations()) {
        glm::vec3 way = way_from_cords(cords, c, boxes, s);
        if (cords[c].on_bones)
          way += way_out(bones, s.position, 0.95f * s.half_thickness + 0.35f);
        if (cords[c].between_muscles && bellies != nullptr)
          way += way_out(*bellies, s.position, 0.2f);
        ways[c].push_back(way);
      }
    });
    for (std::size_t c = 0; c < cords.size(); ++c)
      if (!ways[c].empty())
        cords[c].path->move(ways[c]);
  }
}

} // namespace calfscope
