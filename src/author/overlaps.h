#pragma once
// Where structures of a leg lie inside each other.

#include "anatomy/atlas.h"
#include "geometry/ray_scene.h"

#include <span>
#include <string>
#include <vector>

namespace calfscope {

inline constexpr double overlap_counts_mm = 0.05; // less is taken for touching

struct OverlapReport {
  std::string first, second;
  double deepest_mm = 0;    // deepest vertex of one inside the other
  std::size_t vertices = 0; // how many of them
};

// Vertices of one structure inside another, all pairs but those with skin or nails, by falling depth. `scenes` holds
// one scene for each structure of the atlas.
std::vector<OverlapReport> overlaps_in(const Atlas& atlas, std::span<const RayScene> scenes);

} // namespace calfscope
