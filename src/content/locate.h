#pragma once
// Where a point is on a person: from landmarks that can be felt, in centimetres and finger-widths.

#include "content/bind.h"

#include <string>
#include <vector>

namespace calfscope {

struct PointLocation {
  float leg_length_mm = 0;                               // knee joint line to Achilles insertion, of the person
  float above_heel_mm = 0;                               // up from where the Achilles tendon meets the heel bone
  float below_crease_mm = 0;                             // down from the crease behind the knee; negative above it
  float off_midline_mm = 0;                              // along the skin, from the middle of the calf
  bool medial = true;                                    // to the inner or the outer side of it
  float depth_mm = 0;                                    // below the skin, typical
  float tolerance_along_mm = 0, tolerance_around_mm = 0; // how far off it may well be, either way
  bool from_heel = true;                                 // else from the crease behind the knee, whichever is nearer
  std::vector<glm::vec3> walk; // on the model's skin: from there along the midline, then sideways to above the point
  std::size_t corner = 0;      // of the walk: where it turns sideways
  float walked_scale = 1;      // mm of the person for each mm of the model
};

inline constexpr float finger_width_mm = 20; // an adult's, about (design choice)
inline constexpr float crease_s = -0.02f;    // fact sheet 0.3

// "7½": as near as fingers measure.
std::string in_halves(float count);

// nullopt for points that have no place on this leg, or that lie on the foot.
std::optional<PointLocation> locate(const BoundContent& content, const LegCoordinates& coordinates,
                                    std::string_view point, float leg_length_mm = 0);

} // namespace calfscope
