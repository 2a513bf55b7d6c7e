#pragma once
// Muscles share the room between them: no overlap, even gaps, declared volumes.

#include "author/description.h"
#include "author/sweep.h"
#include "geometry/scalar_grid.h"

#include <functional>
#include <optional>
#include <string_view>

namespace calfscope {

struct PackedMuscle {
  const StructureDescription* what = nullptr;
  Sweep sweep;
  std::optional<Sweep> wall; // the sheet it stays behind
  ScalarGrid own;            // signed distance to the declared body
  float growth_mm = 0;       // solved
  double cords_cm3 = 0;      // volume of its tendons outside the belly, counted towards the target
  ScalarGrid packed;         // the result: negative inside
};

struct PackingRoom {
  GridFrame frame;
  const ScalarGrid* bones = nullptr; // signed distance, any frame
};

// Distances of every packed muscle's declared body on the frame.
std::vector<PackedMuscle> declared_muscles(const AnatomyDescription& anatomy, const GridFrame& frame);

// One competition with the present growths: fills `packed`.
void pack(std::vector<PackedMuscle>& muscles, const AnatomyDescription& anatomy, const PackingRoom& room);

// Rounds of competition until the volumes meet their targets; `progress` hears 0..1.
void solve_volumes(std::vector<PackedMuscle>& muscles, const AnatomyDescription& anatomy, const PackingRoom& room,
                   int rounds, const std::function<void(double)>& progress);

// Volume inside a field's zero level, mm3, with shares for the nodes next to it.
double field_volume_mm3(const ScalarGrid& field);

} // namespace calfscope
