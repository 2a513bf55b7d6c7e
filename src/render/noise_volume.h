#pragma once
// The random cube that every tissue pattern is made from.

#include "gl/objects.h"

namespace calfscope::render {

// 64 cells along each edge, repeating, values spread evenly over 0..1; the same on every machine.
gl::Texture make_noise_volume();

} // namespace calfscope::render
