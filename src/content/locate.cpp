#include "content/locate.h"

#include <algorithm>
#include <cmath>

namespace calfscope {

std::string in_halves(float count) {
  const int twice = static_cast<int>(std::lround(count * 2));
  const int whole = twice / 2;
  if (twice % 2 == 0)
    return std::to_string(whole);
  return whole == 0 ? "½" : std::to_string(whole) + "½";
}

std::optional<PointLocation> locate(const BoundContent& content, const LegCoordinates& leg, std::string_view id,
                                    float leg_length_mm) {
  const BoundPoint* bound = content.point(id);
  const TriggerPoint* said = content.pack().point(id);
  if (!bound || !said || !bound->placed || bound->foot)
    return std::nullopt;
  PointLocation out;
  out.leg_length_mm = leg_length_mm > 0 ? leg_length_mm : leg.length_mm();
  const float scale = out.leg_length_mm / leg.length_mm();
  out.above_heel_mm = (1 - bound->place.s) * out.leg_length_mm;
  out.below_crease_mm = (bound->place.s - crease_s) * out.leg_length_mm;
  out.medial = bound->place.a_deg > 0;
  out.depth_mm = bound->d_mm;
  const PointSite& site = said->site;
  out.tolerance_along_mm = (site.s.range.to - site.s.range.from) / 2 * out.leg_length_mm;

  out.from_heel = out.above_heel_mm <= std::abs(out.below_crease_mm);
  out.walked_scale = scale;
  constexpr int steps = 24;
  for (int k = 0; k <= steps; ++k) {
    const float s = glm::mix(out.from_heel ? 1.0f : crease_s, bound->place.s, static_cast<float>(k) / steps);
    if (const auto skin = leg.skin_point({s, 0}))
      out.walk.push_back(skin->position);
  }
  out.corner = out.walk.empty() ? 0 : out.walk.size() - 1;
  float around_mm = 0;
  for (int k = 1; k <= steps; ++k) {
    const float a = bound->place.a_deg * static_cast<float>(k) / steps;
    const auto skin = leg.skin_point({bound->place.s, a});
    if (!skin)
      continue;
    if (!out.walk.empty())
      around_mm += glm::distance(out.walk.back(), skin->position);
    out.walk.push_back(skin->position);
  }
  out.off_midline_mm = around_mm * scale;
  const float a_deg = std::max(std::abs(bound->place.a_deg), 1.0f);
  out.tolerance_around_mm = out.off_midline_mm / a_deg * (site.a_deg.range.to - site.a_deg.range.from) / 2;
  return out;
}

} // namespace calfscope
