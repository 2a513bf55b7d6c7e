#pragma once
// Thin layers laid over what is already there.

#include "author/build.h"

namespace calfscope {

// Retinacula: over everything that is there, bridging the hollows between the tendons.
void lay_bands(std::vector<Body>& bodies, const BuildSettings& settings);

// Nails are laid onto the finished skin.
void lay_on_skin(BuiltLeg& leg, const BuildSettings& settings);

} // namespace calfscope
