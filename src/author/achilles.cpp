#include "author/achilles.h"

#include "author/curve.h"

#include <algorithm>
#include <cmath>

namespace calfscope {

AchillesFields build_achilles(const Aponeurosis& sheet, const ScalarGrid& carrier, const ScalarGrid& cord,
                              float cord_top_mm) {
  const GridFrame& frame = carrier.frame;
  const Curve half_width(sheet.half_width_mm);
  const Curve centre_x(sheet.centre_x_mm);
  const Curve thickness(sheet.thickness_mm);
  const float turn = glm::radians(sheet.turn_deg);

  // The muscle's own small waves must not show through a sheet of 2 mm.
  ScalarGrid bed = carrier;
  for (float& value : bed.values)
    value = std::clamp(value, -30.0f, 30.0f);
  blur(bed, 2.5f);

  AchillesFields out{ScalarGrid(frame, 50.0f), ScalarGrid(frame, 50.0f)};
  for (int k = 0; k < frame.size.z; ++k)
    for (int j = 0; j < frame.size.y; ++j)
      for (int i = 0; i < frame.size.x; ++i) {
        const glm::vec3 p = frame.position(i, j, k);
        if (p.y > sheet.top_mm + 30 || p.y < sheet.bottom_mm - 10)
          continue;
        const float t = thickness.at(p.y);
        // Width is measured square to the direction the sheet faces, about its own middle line on the muscle's back.
        const float back_z = -35;
        const float u = (p.x - centre_x.at(p.y)) * std::cos(turn) + (p.z - back_z) * std::sin(turn);
        const glm::vec3 slope = bed.gradient(p);
        const float facing_back = slope.x * std::sin(turn) - slope.z * std::cos(turn);
        float d = std::abs(bed.at(i, j, k) - 0.5f * t + 0.3f) - 0.5f * t;
        d = smooth_max(d, std::abs(u) - half_width.at(p.y), 2);
        d = smooth_max(d, 6 * (0.15f - facing_back), 2);
        d = smooth_max(d, p.y - (sheet.top_mm - 0.012f * u * u), 2);
        d = smooth_max(d, sheet.bottom_mm - p.y, 3);
        out.tendon.at(i, j, k) = std::min(d, 50.0f);
      }
  for (std::size_t node = 0; node < out.tendon.values.size(); ++node)
    out.tendon.values[node] = smooth_min(out.tendon.values[node], cord.values[node], 3);

  constexpr float reach_behind_mm = 20;
  const int steps = static_cast<int>(std::ceil(reach_behind_mm / frame.step_mm));
  for (int k = 0; k < frame.size.z; ++k)
    for (int j = 0; j < frame.size.y; ++j) {
      const float y = frame.position(0, j, 0).y;
      if (y > cord_top_mm)
        continue;
      for (int i = 0; i < frame.size.x; ++i) {
        float least = 50;
        for (int s = 0; s <= steps && k + s < frame.size.z; ++s)
          least = std::min(least, cord.at(i, j, k + s));
        out.behind.at(i, j, k) = least + 6 * smooth_between(cord_top_mm - 34, cord_top_mm - 2, y);
      }
    }
  return out;
}

} // namespace calfscope
