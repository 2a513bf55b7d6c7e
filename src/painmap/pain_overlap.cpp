#include "painmap/pain_overlap.h"

#include <algorithm>
#include <cmath>

namespace calfscope {

std::vector<float> map_weights(const PainMap& map) {
  std::vector<float> out(map.essential.size());
  for (std::size_t v = 0; v < out.size(); ++v)
    out[v] = std::max(map.essential[v], 0.5f * map.spillover[v]);
  return out;
}

PainOverlap overlap_of(const SkinPlaces& places, std::span<const float> painted, std::span<const float> map) {
  double both = 0, all_painted = 0, all_map = 0, painted2 = 0, map2 = 0, product = 0;
  for (std::size_t v = 0; v < painted.size(); ++v) {
    const double area = places.vertices[v].area_mm2;
    const double p = painted[v], m = map[v];
    both += area * std::min(p, m);
    all_painted += area * p;
    all_map += area * m;
    product += area * p * m;
    painted2 += area * p * p;
    map2 += area * m * m;
  }
  PainOverlap out;
  if (all_painted <= 0 || all_map <= 0)
    return out;
  out.explained = static_cast<float>(both / all_painted);
  out.covered = static_cast<float>(both / all_map);
  // First how much of the pain lies in the map, for a person feels or paints only part of it. Among maps that hold all of
  // it, how alike the two pictures are (their cosine): a map of half the leg says little.
  constexpr double alike_counts = 0.25;
  const double alike = product / std::sqrt(painted2 * map2);
  out.score = static_cast<float>((1 - alike_counts) * both / all_painted + alike_counts * alike);
  return out;
}

} // namespace calfscope
