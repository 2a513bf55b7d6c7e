#pragma once
// The textures a frame is drawn into, made for one size and kept until the size changes.

#include "gl/objects.h"
#include "gl/state.h"

namespace calfscope::render {

// What surfaces are drawn into, `samples` times the size of the picture.
struct SceneTarget {
  glm::ivec2 size{0};
  gl::Texture colour; // linear light, premultiplied; alpha 0 where nothing is
  gl::Texture depth;
  gl::Framebuffer scene;
  gl::Texture sum, weight; // of the transparent surfaces, and what is painted on them; made when first needed
  gl::Framebuffer blended;

  void fit(glm::ivec2 wanted);
  void need_blended();
};

// A picture being put together: linear light, sRGB in memory.
struct WorkPicture {
  gl::Texture colour;
  gl::Framebuffer framebuffer;
  gl::Rect painted; // elsewhere it is the background

  void fit(glm::ivec2 wanted);
};

// A finished picture, sRGB, read and shown as the bytes are.
struct KeptPicture {
  gl::Texture colour;
  gl::Framebuffer framebuffer;
  gl::Rect painted; // elsewhere it is the background
  // Of what is outlined; the line itself is laid over the picture when it is shown.
  bool outlined = false;
  glm::vec3 outline_colour{1}; // sRGB
  gl::Rect content;            // pixels that may hold a part of the line
  gl::Texture mask;
  gl::Framebuffer mask_framebuffer;

  void fit(glm::ivec2 wanted);
  void need_mask();
};

} // namespace calfscope::render
