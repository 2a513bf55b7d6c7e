#pragma once
// Where every vertex of a skin lies on the leg, worked out once, so that regions can be laid on any leg's skin.

#include "anatomy/atlas.h"
#include "anatomy/leg_coordinates.h"

#include <memory>
#include <vector>

namespace calfscope {

struct SkinPlace {
  LegPlace leg;          // level and azimuth
  float radius_mm = 0;   // distance from the leg's axis, turns degrees into mm
  FootPlace foot;        // meaningless where sole and the walls are 0
  float sole = 0;        // 0..1: how much it belongs to the sole
  float medial_wall = 0; // 0..1: to the inner side wall of the foot
  float lateral_wall = 0;
  float area_mm2 = 0; // its share of the skin, zero on the cap at the thigh
};

struct SkinPlaces {
  std::shared_ptr<const SurfaceMesh> skin;
  std::vector<SkinPlace> vertices; // one per vertex of the skin
  float length_mm = 0;             // L
  float foot_length_mm = 0;        // 0 for a leg without a foot
  float foot_width_mm = 0;         // widest part of the sole
  Side side = Side::right;
};

// The atlas must be the one that the coordinates were made for, in its neutral pose.
SkinPlaces skin_places(const Atlas& atlas, const LegCoordinates& coordinates);

} // namespace calfscope
