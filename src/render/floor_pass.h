#pragma once
// The soft shadow of the foot on the floor.

#include "render/full_screen.h"
#include "render/plan.h"
#include "render/programs.h"

#include <memory>
#include <vector>

namespace calfscope::render {

class FloorPass {
public:
  // Into the bound `picture`, before the surfaces. The shadow itself is drawn anew only when what casts it changes;
  // then other framebuffers are bound in between, so `picture` is bound again.
  void draw(Programs& programs, const FullScreen& screen, const Frame& frame, const Plan& plan,
            const gl::Framebuffer& picture);

private:
  // What the shadow depends on.
  struct Cause {
    std::vector<std::shared_ptr<const SurfaceMesh>> meshes;
    std::vector<glm::mat4> segments;
    glm::vec4 area_mm{0}; // lower x, lower z, size x, size z
    float floor_y_mm = 0;
    bool operator==(const Cause&) const = default;
  };
  void cast(Programs& programs, const FullScreen& screen, const Frame& frame, const Plan& plan, const Cause& cause);

  Cause cause_;
  gl::Texture heights_, shade_, half_blurred_;
  gl::Framebuffer heights_target_, shade_target_, half_blurred_target_;
};

} // namespace calfscope::render
