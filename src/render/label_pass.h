#pragma once
// Words in the picture, written over it at places of the scene.

#include "frame/frame.h"
#include "render/full_screen.h"
#include "render/plan.h"
#include "render/programs.h"
#include "render/sprite_cache.h"

namespace calfscope::render {

class LabelPass {
public:
  // Writes into the bound framebuffer, whose size is the plan's viewport, and returns the pixels it may have changed.
  // Without any font nothing is written.
  gl::Rect draw(Programs& programs, const FullScreen& screen, const Frame& frame, const Plan& plan);

private:
  struct Ink {
    glm::vec3 letters{1}, surround{0}; // sRGB
    float opacity = 1;
  };
  static void write(Programs& programs, const FullScreen& screen, const gl::Texture& letters, glm::ivec2 corner,
                    const Ink& ink, gl::Rect& written);

  SpriteCache sprites_;
};

} // namespace calfscope::render
