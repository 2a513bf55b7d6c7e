#pragma once
// Where a trigger point's pain is felt on the skin, and when the animation shows it there.

#include "geometry/geodesic.h"
#include "painmap/region_weights.h"

#include <span>
#include <vector>

namespace calfscope {

// A point of the skin.
struct SkinAnchor {
  std::uint32_t triangle = 0;
  glm::vec3 position{0}; // mm
};

struct PainMap {
  std::vector<float> essential;  // per skin vertex 0..1: felt by nearly everyone with an active point there
  std::vector<float> spillover;  // 0..1: felt by some, or when the point is very irritable
  std::vector<float> local;      // 0..1: around the point itself
  std::vector<float> arrival_mm; // distance along the skin from above the point
  float farthest_mm = 1;         // largest arrival of any vertex that hurts
  float local_mm = 0;            // radius of the local pain
};

PainMap make_pain_map(const SkinPlaces& places, const GeodesicSolver& solver, SkinAnchor source,
                      std::span<const RegionShape> essential, std::span<const RegionShape> spillover, float local_mm);

// What is shown `seconds` after the pressure begins (conventions, "Time and pressure"): local pain at 0-1 s, referral
// from 3 s, reaching a place at 3 + 6 d / d_max s, full by 9-10 s, then easing while the pressure is held.
struct PainMoment {
  float local = 0;      // 0..1 of the local pain
  float front_mm = 0;   // how far the referred pain has come
  float strength = 1;   // of everything: eases during the hold
  float tenderness = 1; // of the point itself, 0..1
};
PainMoment pain_at(const PainMap& map, double seconds, double hold_seconds = 60);

// What is shown under a pressure of 0..10 on the point, of which `reached` was the most so far: local pain first, the
// referred pain from 3 on, all of it at 7. More presses harder and shows no more (conventions, "Time and pressure"; the
// steps between are a design choice).
PainMoment pain_under(const PainMap& map, double pressure, double reached);

// Seconds after which nothing moves any more.
double pain_duration_s(double hold_seconds = 60);

// How strongly a vertex hurts at that moment, 0..1, spillover at half strength; what the shader paints, in numbers.
float pain_of(const PainMap& map, const PainMoment& moment, std::size_t vertex);

inline constexpr float front_width_mm = 25; // over which pain grows in at its edge (design choice)

} // namespace calfscope
