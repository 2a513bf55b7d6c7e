#pragma once
// What is written beside a cut: which end is medial and which lateral, and from where one looks at it.

#include "anatomy/kinds.h"
#include "base/catalogue.h"
#include "frame/frame.h"

namespace calfscope {

// For a frame whose items, clip, segments and camera are filled. Empty if nothing is cut, the cut faces away, or
// nothing shown reaches the plane.
std::vector<Label> section_labels(const Frame& frame, Side side, const Catalogue& text);

} // namespace calfscope
