#pragma once
// Trigger points and their pain, put into a picture that is otherwise finished.

#include "frame/frame.h"
#include "state/app_state.h"

namespace calfscope {

// Paints the skin, opens a keyhole over a deep point, adds its core, band and halo, and the numbered hotspots.
void add_points(Frame& frame, const AppState& state);

// The hotspot whose disc holds a point of the picture (fractions of the target from its top left); the one drawn last
// if several do. Empty if none does.
std::string point_at(const AppState& state, const Frame& frame, glm::ivec2 size, glm::vec2 at);

} // namespace calfscope
