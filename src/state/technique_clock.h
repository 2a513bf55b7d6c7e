#pragma once
// The time of the technique that is shown.

#include "anatomy/leg_coordinates.h"

#include <optional>

namespace calfscope {

// Where the shown technique is. Not part of undo.
struct TechniqueClock {
  double seconds = 0; // of the technique itself
  bool playing = false;
  double speed = 1;
  bool loop = false;
  bool lapse = true;               // long holds pass quicker; the seconds that are shown stay the real ones
  bool follow = true;              // the camera goes where the phase looks, until a hand takes hold of it
  std::optional<LegPlace> carried; // where a hand has carried the tool; it comes back when the time goes on
};
inline constexpr double longest_technique_s = 3600;
inline constexpr double lapse_from_s = 14; // spans longer than this are quickened, but for their first and last part
inline constexpr double lapse_edge_s = 4;  // which is this long
inline constexpr double lapse_factor = 6;  // design choice

} // namespace calfscope
