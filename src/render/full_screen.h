#pragma once
// The triangle that covers the target, for passes over the picture.

#include "gl/state.h"

namespace calfscope::render {

class FullScreen {
public:
  // The program must be in use.
  void draw(const gl::DrawState& state) const {
    gl::apply(state);
    gl::draw_triangles(array_, 0, 3);
  }
  // A strip whose corners the vertex shader makes from gl_VertexID.
  void draw_strip(const gl::DrawState& state, int corners) const {
    gl::apply(state);
    gl::draw_strip(array_, 0, corners);
  }

private:
  gl::VertexArray array_ = gl::VertexArray::without_vertices();
};

} // namespace calfscope::render
