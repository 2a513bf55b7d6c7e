#pragma once
// Stills of the spreading pain, for those who want nothing to move: a film strip.

#include "base/catalogue.h"
#include "frame/frame.h"
#include "state/app_state.h"

#include <array>

namespace calfscope {

// The times that a strip shows, s (conventions, "Time and pressure"): local, the way, the edge of the pain.
inline constexpr std::array<double, 5> strip_seconds{0, 2, 4, 6, 9};

// The chosen point at this time, from where it and its pain are seen, for a picture of this size: without names, other
// points and cross-section.
Frame pain_still(const AppState& state, double seconds, glm::ivec2 size, const Catalogue& text);

} // namespace calfscope
