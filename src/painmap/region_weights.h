#pragma once
// How much each vertex of a skin belongs to a named region: 1 inside, feathered at the border, 0 beyond.

#include "painmap/skin_places.h"

#include <vector>

namespace calfscope {

struct Span {
  float from = 0;
  float to = 0;
  bool contains(float x) const { return x >= from && x <= to; }
  bool operator==(const Span&) const = default;
};

enum class RegionPlace : std::uint8_t { leg, sole, off_model };

// A box in the leg's or the foot's own coordinates (conventions, "Space").
struct RegionShape {
  RegionPlace place = RegionPlace::leg;
  Span s{0, 0};
  Span a_deg{0, 0}; // from < to, towards medial; beyond 180 it goes on at -180
  Span f{0, 0};
  Span w{0, 1};
  bool medial_wall = false;  // takes in the inner side wall of the foot as well
  bool lateral_wall = false; // or the outer one
  bool operator==(const RegionShape&) const = default;
};

inline constexpr float feather_mm = 10; // fact sheet, section 2: 8-12 mm, a design choice

// One weight 0..1 per vertex, 0 beyond the feather. No one's pain has square corners: `corner_mm` rounds them.
std::vector<float> region_weights(const SkinPlaces& places, const RegionShape& shape, float corner_mm = 0);

// Lets the border of regions wander inwards, in patches of about 15 mm, because no one's pain ends at a ruler's line.
// For weights of all regions that are felt together, so that those that touch leave no seam between them.
void mottle(const SkinPlaces& places, std::vector<float>& weights);

// How far inside the region a vertex lies, in mm along the skin; negative outside.
float inside_mm(const SkinPlaces& places, std::size_t vertex, const RegionShape& shape, float corner_mm = 0);

// Area in cm2 of everything with a weight, counted by its weight.
float area_cm2(const SkinPlaces& places, const std::vector<float>& weights);

} // namespace calfscope
