#include "import/circle_fit.h"

#include <cmath>

namespace calfscope {

std::optional<Circle> fit_circle(const std::vector<glm::vec2>& points) {
  if (points.size() < 3)
    return std::nullopt;
  glm::dvec2 mean(0);
  for (const glm::vec2& p : points)
    mean += glm::dvec2(p) / static_cast<double>(points.size());
  // Normal equations of |p|^2 = 2 c.p + k about the mean, where the linear terms vanish.
  double xx = 0, xy = 0, yy = 0, xr = 0, yr = 0, rr = 0;
  for (const glm::vec2& point : points) {
    const glm::dvec2 p = glm::dvec2(point) - mean;
    const double r = glm::dot(p, p);
    xx += p.x * p.x;
    xy += p.x * p.y;
    yy += p.y * p.y;
    xr += p.x * r;
    yr += p.y * r;
    rr += r;
  }
  const double determinant = xx * yy - xy * xy;
  if (!(determinant > 1e-9 * (xx + yy) * (xx + yy)))
    return std::nullopt;
  const glm::dvec2 offset(0.5 * (yy * xr - xy * yr) / determinant, 0.5 * (xx * yr - xy * xr) / determinant);
  const double radius = std::sqrt(glm::dot(offset, offset) + rr / static_cast<double>(points.size()));
  const glm::dvec2 centre = mean + offset;
  double squares = 0;
  for (const glm::vec2& p : points) {
    const double error = glm::distance(glm::dvec2(p), centre) - radius;
    squares += error * error;
  }
  return Circle{.centre = glm::vec2(centre),
                .radius = static_cast<float>(radius),
                .rms = static_cast<float>(std::sqrt(squares / static_cast<double>(points.size())))};
}

} // namespace calfscope
