#pragma once
// A smooth curve through given values that never overshoots them.

#include <glm/glm.hpp>

#include <span>
#include <vector>

namespace calfscope {

// Shape-preserving cubic (Fritsch and Carlson 1980). Constant beyond its ends.
class Curve {
public:
  Curve() = default;
  // Rows (place, value) with strictly falling or strictly rising places.
  explicit Curve(std::span<const glm::vec2> rows);
  float at(float place) const;
  bool empty() const { return place_.empty(); }

private:
  std::vector<float> place_; // rising
  std::vector<float> value_;
  std::vector<float> slope_;
};

} // namespace calfscope
