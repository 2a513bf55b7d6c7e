#include "author/curve.h"

#include <algorithm>
#include <cmath>

namespace calfscope {

Curve::Curve(std::span<const glm::vec2> rows) {
  std::vector<glm::vec2> sorted(rows.begin(), rows.end());
  std::sort(sorted.begin(), sorted.end(), [](glm::vec2 a, glm::vec2 b) { return a.x < b.x; });
  for (const glm::vec2 row : sorted) {
    place_.push_back(row.x);
    value_.push_back(row.y);
  }
  const std::size_t count = place_.size();
  slope_.assign(count, 0.0f);
  if (count < 2)
    return;
  std::vector<float> width(count - 1);
  std::vector<float> secant(count - 1);
  for (std::size_t i = 0; i + 1 < count; ++i) {
    width[i] = place_[i + 1] - place_[i];
    secant[i] = (value_[i + 1] - value_[i]) / width[i];
  }
  for (std::size_t i = 1; i + 1 < count; ++i) {
    if (secant[i - 1] * secant[i] <= 0)
      continue;
    const float w1 = 2 * width[i] + width[i - 1];
    const float w2 = width[i] + 2 * width[i - 1];
    slope_[i] = (w1 + w2) / (w1 / secant[i - 1] + w2 / secant[i]);
  }
  const auto end_slope = [&](std::size_t first, std::size_t second) {
    if (count == 2)
      return secant[0];
    float slope = ((2 * width[first] + width[second]) * secant[first] - width[first] * secant[second]) /
                  (width[first] + width[second]);
    if (slope * secant[first] <= 0)
      slope = 0;
    else if (secant[first] * secant[second] < 0 && std::abs(slope) > 3 * std::abs(secant[first]))
      slope = 3 * secant[first];
    return slope;
  };
  slope_.front() = end_slope(0, count > 2 ? 1 : 0);
  slope_.back() = end_slope(count - 2, count > 2 ? count - 3 : 0);
}

float Curve::at(float place) const {
  if (place_.empty())
    return 0;
  if (place <= place_.front())
    return value_.front();
  if (place >= place_.back())
    return value_.back();
  const auto above = std::upper_bound(place_.begin(), place_.end(), place);
  const std::size_t i = static_cast<std::size_t>(above - place_.begin()) - 1;
  const float width = place_[i + 1] - place_[i];
  const float t = (place - place_[i]) / width;
  const float t2 = t * t;
  const float t3 = t2 * t;
  return (2 * t3 - 3 * t2 + 1) * value_[i] + (t3 - 2 * t2 + t) * width * slope_[i] + (3 * t2 - 2 * t3) * value_[i + 1] +
         (t3 - t2) * width * slope_[i + 1];
}

} // namespace calfscope
