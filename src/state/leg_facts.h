#pragma once
// What follows from an atlas alone and is asked for all the time: boxes, depth order, coordinates. Made once per leg
// and side.

#include "anatomy/atlas.h"
#include "anatomy/leg_coordinates.h"

#include <optional>
#include <span>
#include <vector>

namespace calfscope {

// Where on the peel slider a structure begins to fade and where it is gone; both > 1 for what never goes (bone).
struct PeelSpan {
  float begins = 2;
  float gone = 2;
  float opacity_at(float peel) const; // 1 … 0, smooth
  bool operator==(const PeelSpan&) const = default;
};

struct StructureFacts {
  Bounds bounds;
  float mean_depth = 1; // depth share averaged over the surface: 0 bone, 1 skin
  PeelSpan peel;
};

struct LegFacts {
  Bounds bounds;                          // of everything, neutral pose
  float floor_y_mm = 0;                   // lowest point, neutral pose
  std::vector<Bounds> segments;           // of all vertices that a segment moves; as in the atlas
  std::vector<StructureFacts> structures; // as in the atlas
  std::optional<LegCoordinates> coordinates;
};

LegFacts make_leg_facts(const Atlas& atlas);

// A box that holds the posed leg, without touching its vertices (somewhat too large where joints bend).
Bounds posed_bounds(const LegFacts& facts, std::span<const glm::mat4> segments);

} // namespace calfscope
