#pragma once
// Round marks with a number, over the picture.

#include "frame/frame.h"
#include "render/full_screen.h"
#include "render/plan.h"
#include "render/programs.h"
#include "render/sprite_cache.h"

namespace calfscope::render {

class MarkerPass {
public:
  // Writes into the bound framebuffer, whose size is the plan's viewport, and returns the pixels it may have changed.
  // Without any font the marks have no number.
  gl::Rect draw(Programs& programs, const FullScreen& screen, const Frame& frame, const Plan& plan);

private:
  SpriteCache sprites_;
};

} // namespace calfscope::render
