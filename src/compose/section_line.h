#pragma once
// The level of the cross-section on the leg: a line around the skin.

#include "frame/frame.h"
#include "state/app_state.h"

namespace calfscope {

// Adds nothing if no cross-section is shown.
void add_section_line(Frame& frame, const AppState& state);

} // namespace calfscope
