#pragma once
// Words in the picture, written over it at places of the scene.

#include "frame/frame.h"
#include "render/full_screen.h"
#include "render/plan.h"
#include "render/programs.h"
#include "render/targets.h"

#include <map>
#include <string>
#include <utility>

namespace calfscope::render {

class LabelPass {
public:
  // Writes into the bound framebuffer, whose size is the plan's viewport, and returns the pixels it may have changed.
  // Without any font nothing is written.
  gl::Rect draw(Programs& programs, const FullScreen& screen, const Frame& frame, const Plan& plan);

private:
  const gl::Texture& sprite(const std::string& text, int size_px);

  std::map<std::pair<std::string, int>, gl::Texture> sprites_; // by text and size
};

} // namespace calfscope::render
