#include "painmap/pain_map.h"

#include "geometry/scalar_grid.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr double local_full_s = 1, referral_from_s = 3, referral_takes_s = 6, full_s = 10;
constexpr float eased_strength = 0.45f; // what is left at the end of a hold (design choice)
constexpr float corner_mm = 18;
constexpr float hurts = 0.05f; // weights below this are not told from none

std::vector<float> together(const SkinPlaces& places, std::span<const RegionShape> shapes) {
  std::vector<float> sum(places.vertices.size(), 0.0f);
  for (const RegionShape& shape : shapes) {
    const std::vector<float> weights = region_weights(places, shape, corner_mm);
    // Added, so that two regions that touch leave no seam between them.
    for (std::size_t v = 0; v < sum.size(); ++v)
      sum[v] = std::min(1.0f, sum[v] + weights[v]);
  }
  mottle(places, sum);
  return sum;
}

} // namespace

PainMap make_pain_map(const SkinPlaces& places, const GeodesicSolver& solver, SkinAnchor source,
                      std::span<const RegionShape> essential, std::span<const RegionShape> spillover, float local_mm) {
  PainMap map;
  map.local_mm = local_mm;
  map.essential = together(places, essential);
  map.spillover = together(places, spillover);
  map.arrival_mm = solver.distances_mm(source.triangle, source.position);
  map.local.resize(places.vertices.size());
  for (std::size_t v = 0; v < map.local.size(); ++v) {
    map.spillover[v] *= 1 - map.essential[v];
    const bool skin = places.vertices[v].area_mm2 > 0;
    map.local[v] = skin ? smooth_between(local_mm, local_mm * 0.4f, map.arrival_mm[v]) : 0;
    if (std::max(map.essential[v], map.spillover[v]) > hurts && std::isfinite(map.arrival_mm[v]))
      map.farthest_mm = std::max(map.farthest_mm, map.arrival_mm[v]);
  }
  return map;
}

PainMoment pain_at(const PainMap& map, double seconds, double hold_seconds) {
  const double t = std::isfinite(seconds) ? std::max(seconds, 0.0) : 0.0;
  PainMoment now;
  now.local = smooth_between(0, static_cast<float>(local_full_s), static_cast<float>(t));
  const double come = (t - referral_from_s) / referral_takes_s;
  now.front_mm = come <= 0 ? 0 : static_cast<float>(come) * map.farthest_mm;
  if (come >= 1) // the soft edge goes on over the farthest place
    now.front_mm =
        map.farthest_mm + front_width_mm * smooth_between(static_cast<float>(referral_from_s + referral_takes_s),
                                                          static_cast<float>(full_s), static_cast<float>(t));
  const float eased =
      smooth_between(static_cast<float>(full_s), static_cast<float>(full_s + hold_seconds), static_cast<float>(t));
  now.strength = glm::mix(1.0f, eased_strength, eased);
  now.tenderness = glm::mix(1.0f, 0.35f, eased);
  return now;
}

PainMoment pain_under(const PainMap& map, double pressure, double reached) {
  constexpr float local_full = 3, referral_from = 3, referral_full = 7, faintest = 0.5f;
  const auto most = static_cast<float>(std::clamp(std::isfinite(reached) ? reached : 0.0, 0.0, 10.0));
  const float left = most > 0 ? std::clamp(static_cast<float>(pressure) / most, 0.0f, 1.0f) : 0.0f;
  PainMoment now;
  now.local = smooth_between(0, local_full, most);
  const float come = std::clamp((most - referral_from) / (referral_full - referral_from), 0.0f, 1.0f);
  now.front_mm = come * (map.farthest_mm + front_width_mm);
  now.strength = left * glm::mix(faintest, 1.0f, smooth_between(0, referral_full, most));
  return now;
}

double pain_duration_s(double hold_seconds) {
  return full_s + hold_seconds;
}

float pain_of(const PainMap& map, const PainMoment& moment, std::size_t vertex) {
  const float arrived = moment.front_mm <= 0
                            ? 0
                            : smooth_between(moment.front_mm, moment.front_mm - front_width_mm, map.arrival_mm[vertex]);
  const float referred = std::max(map.essential[vertex], map.spillover[vertex] / 2) * arrived;
  return moment.strength * std::max(referred, map.local[vertex] * moment.local * 0.8f);
}

} // namespace calfscope
