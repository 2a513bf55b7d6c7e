#pragma once
// The circle through a cloud of points (algebraic least squares; Kasa 1976).

#include <glm/glm.hpp>

#include <optional>
#include <vector>

namespace calfscope {

struct Circle {
  glm::vec2 centre{0};
  float radius = 0;
  float rms = 0; // of the distances to the circle
};

// nullopt for fewer than three points or points on a line.
std::optional<Circle> fit_circle(const std::vector<glm::vec2>& points);

} // namespace calfscope
