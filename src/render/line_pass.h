#pragma once
// Lines over the picture: from names to what they name, and lines in space.

#include "frame/frame.h"
#include "gl/state.h"
#include "render/plan.h"
#include "render/programs.h"

namespace calfscope::render {

class LinePass {
public:
  // Draws into the bound framebuffer, whose size is the plan's viewport, and returns the pixels it may have changed.
  gl::Rect draw(Programs& programs, const Frame& frame, const Plan& plan);
};

} // namespace calfscope::render
