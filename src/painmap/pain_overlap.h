#pragma once
// Backwards: how far a painted pain overlaps what a point or a look-alike is known for. An overlap of areas, never a
// likelihood.

#include "painmap/pain_map.h"

#include <span>
#include <vector>

namespace calfscope {

struct PainOverlap {
  float explained = 0; // share of the painted pain, by area and intensity, that lies in the map; 0..1
  float covered = 0;   // share of the map that is painted; 0..1
  float score = 0;     // what the ranking goes by; 0..1
};

// A map as one weight per vertex: essential whole, spillover half.
std::vector<float> map_weights(const PainMap& map);

// `painted` and `map`: one value 0..1 per skin vertex.
PainOverlap overlap_of(const SkinPlaces& places, std::span<const float> painted, std::span<const float> map);

} // namespace calfscope
