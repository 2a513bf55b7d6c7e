#pragma once
// The way to the chosen point, from what can be felt, drawn on the skin like a ruler.

#include "base/catalogue.h"
#include "frame/frame.h"
#include "state/app_state.h"

namespace calfscope {

// Adds the way if the document shows it: stripes of a finger-width, a tick for every centimetre of the person's leg,
// and with `text` its lengths. Nothing for a point that no measured way leads to.
void add_walk(Frame& frame, const AppState& state, const Catalogue* text);

} // namespace calfscope
