#pragma once
// Structures that shine through what lies in front of them.

#include "render/full_screen.h"
#include "render/plan.h"
#include "render/programs.h"
#include "render/targets.h"

namespace calfscope::render {

class GlowPass {
public:
  // Onto the finished picture.
  void draw(Programs& programs, const FullScreen& screen, const Plan& plan, const SceneTarget& scene,
            const gl::Framebuffer& picture);

private:
  gl::Texture colour_, depth_;
  gl::Framebuffer target_;
};

} // namespace calfscope::render
