#pragma once
// Tendons, vessels and nerves find their way past bones, bellies and each other.

#include "author/shapes.h"

#include <vector>

namespace calfscope {

struct CordInRoom {
  CordPath* path = nullptr;
  int structure = 0;            // cords of one structure may touch
  bool moves = true;            // false: the others go round it
  bool on_bones = false;        // kept out of the bones
  bool between_muscles = false; // kept out of the bellies
  float yields = 0.5f;          // share of the way it gives to a cord that moves too
};

// Rounds of small steps; the lines stay smooth and their ends where they are. `bellies` may be null.
void untangle(std::vector<CordInRoom>& cords, const ScalarGrid& bones, const ScalarGrid* bellies, int rounds);

} // namespace calfscope
