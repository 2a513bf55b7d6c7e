#pragma once
// Ambient occlusion from the scene's depth.

#include "render/full_screen.h"
#include "render/plan.h"
#include "render/programs.h"
#include "render/targets.h"

namespace calfscope::render {

class OcclusionPass {
public:
  // Leaves openness and depth in texture(), at the size of the finished picture.
  void draw(Programs& programs, const FullScreen& screen, const Plan& plan, const SceneTarget& scene);
  const gl::Texture& texture() const { return smooth_; }

private:
  gl::Texture rough_, smooth_; // r openness, g depth in mm
  gl::Framebuffer rough_target_, smooth_target_;
};

} // namespace calfscope::render
