#pragma once
// Tendons, vessels and nerves find their lines before they get fields.

#include "author/build.h"

namespace calfscope {

// Resolves every declared cord, past the bones where it says so.
void lay_cords(std::vector<Body>& bodies, const ScalarGrid& bones);

// Tendons part from each other where their declared lines cross.
void untangle_tendons(std::vector<Body>& bodies, const ScalarGrid& bones);

// Fields of the muscles' tendons: before the bellies, except those that run between bellies.
void resolve_muscle_cords(std::vector<Body>& bodies, bool between_bellies, const BuildSettings& settings);

// Deep vessels and nerves move into the gaps between the bellies, past tendons and each other; the bellies then leave
// room for them.
void lay_between_muscles(std::vector<Body>& bodies, const ScalarGrid& bones);

} // namespace calfscope
