#include "gl/state.h"

#include <epoxy/gl.h>
#include <glm/gtc/type_ptr.hpp>

namespace calfscope::gl {
namespace {

void enable(GLenum what, bool on) {
  on ? glEnable(what) : glDisable(what);
}

void apply_blend(Blend blend) {
  enable(GL_BLEND, blend != Blend::off);
  glBlendEquation(blend == Blend::largest ? GL_MAX : GL_FUNC_ADD);
  if (blend == Blend::premultiplied)
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  if (blend == Blend::weighted)
    glBlendFuncSeparate(GL_ONE, GL_ONE, GL_ZERO, GL_ONE_MINUS_SRC_ALPHA);
}

void apply_stencil(Stencil stencil) {
  enable(GL_STENCIL_TEST, stencil != Stencil::off);
  switch (stencil) {
  case Stencil::off:
    break;
  case Stencil::count_winding:
    glStencilFunc(GL_ALWAYS, 0, 0xff);
    glStencilOpSeparate(GL_FRONT, GL_INCR_WRAP, GL_INCR_WRAP, GL_INCR_WRAP);
    glStencilOpSeparate(GL_BACK, GL_DECR_WRAP, GL_DECR_WRAP, GL_DECR_WRAP);
    break;
  case Stencil::inside_then_clear:
    glStencilFunc(GL_NOTEQUAL, 0, 0xff);
    glStencilOp(GL_ZERO, GL_ZERO, GL_ZERO);
    break;
  case Stencil::inside:
    glStencilFunc(GL_NOTEQUAL, 0, 0xff);
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
    break;
  }
}

} // namespace

void apply(const DrawState& state) {
  enable(GL_DEPTH_TEST, state.depth_test != DepthTest::off || state.depth_write);
  glDepthFunc(state.depth_test == DepthTest::off    ? GL_ALWAYS
              : state.depth_test == DepthTest::less ? GL_LESS
                                                    : GL_LEQUAL);
  glDepthMask(state.depth_write ? GL_TRUE : GL_FALSE);
  const GLboolean colour = state.colour_write ? GL_TRUE : GL_FALSE;
  glColorMask(colour, colour, colour, colour);
  enable(GL_CULL_FACE, state.cull == Cull::back);
  glCullFace(GL_BACK);
  glFrontFace(GL_CCW);
  apply_blend(state.blend);
  apply_stencil(state.stencil);
  enable(GL_CLIP_DISTANCE0, state.clip);
  enable(GL_FRAMEBUFFER_SRGB, state.linear_blend);
  enable(GL_SCISSOR_TEST, state.scissor.has_value());
  if (state.scissor)
    glScissor(state.scissor->lower.x, state.scissor->lower.y, state.scissor->size.x, state.scissor->size.y);
}

void clear_colour(int attachment, glm::vec4 value) {
  glClearBufferfv(GL_COLOR, attachment, glm::value_ptr(value));
}

void clear_depth_stencil() {
  glStencilMask(0xff);
  glClearBufferfi(GL_DEPTH_STENCIL, 0, 1.0f, 0);
}

void draw_triangles(const VertexArray& vertices, int first, int count) {
  glBindVertexArray(vertices.id());
  glDrawArrays(GL_TRIANGLES, first, count);
}

void draw_strip(const VertexArray& vertices, int first, int count) {
  glBindVertexArray(vertices.id());
  glDrawArrays(GL_TRIANGLE_STRIP, first, count);
}

void draw_fan(const VertexArray& vertices, int first, int count) {
  glBindVertexArray(vertices.id());
  glDrawArrays(GL_TRIANGLE_FAN, first, count);
}

void draw_indexed(const VertexArray& vertices, std::size_t first, std::size_t count) {
  glBindVertexArray(vertices.id());
  glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(count), GL_UNSIGNED_INT,
                 reinterpret_cast<const void*>(first * sizeof(std::uint32_t)));
}

void copy_picture(const Framebuffer& from, const Framebuffer& to, const Rect& part) {
  if (part.size.x <= 0 || part.size.y <= 0)
    return;
  const FramebufferGuard guard;
  const glm::ivec2 lower = part.lower, upper = part.lower + part.size;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, from.id());
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, to.id());
  glBlitFramebuffer(lower.x, lower.y, upper.x, upper.y, lower.x, lower.y, upper.x, upper.y, GL_COLOR_BUFFER_BIT,
                    GL_NEAREST);
}

void flush() {
  glFlush();
}

void finish() {
  glFinish();
}

void restore_defaults() {
  apply(DrawState{});
  glDepthMask(GL_TRUE);
  glBindVertexArray(0);
  glUseProgram(0);
  glActiveTexture(GL_TEXTURE0);
}

} // namespace calfscope::gl
