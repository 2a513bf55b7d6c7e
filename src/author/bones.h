#pragma once
// The first stage: bones, which give way to nothing but each other.

#include "author/build.h"

namespace calfscope {

// Fills the field of every bone; joints are parted by the cartilage between them.
void build_bones(std::vector<Body>& bodies, const BuildSettings& settings);

// Distance to the nearest bone, negative inside.
ScalarGrid all_bones(const std::vector<Body>& bodies, float step_mm);

} // namespace calfscope
