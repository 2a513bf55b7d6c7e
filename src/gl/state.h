#pragma once
// How the next draw behaves, said as a whole, so that no pass depends on what another left behind.

#include "gl/objects.h"

#include <glm/glm.hpp>

#include <optional>

namespace calfscope::gl {

enum class DepthTest : std::uint8_t { off, less, less_equal };
enum class Cull : std::uint8_t { none, back };
enum class Blend : std::uint8_t {
  off,
  premultiplied, // over what is there
  weighted,      // colour adds up; alpha multiplies what still shows through (order-independent transparency)
  largest,       // the larger value stays
};
enum class Stencil : std::uint8_t {
  off,
  count_winding,     // front faces add one, back faces take one away
  inside_then_clear, // only where the count is not zero, which is then zero again
  inside,            // only where the count is not zero
};

struct Rect {
  glm::ivec2 lower{0}; // pixels from the bottom left
  glm::ivec2 size{0};
  bool operator==(const Rect&) const = default;
};

struct DrawState {
  DepthTest depth_test = DepthTest::off;
  bool depth_write = false;
  bool colour_write = true;
  Cull cull = Cull::none;
  Blend blend = Blend::off;
  Stencil stencil = Stencil::off;
  bool clip = false;         // gl_ClipDistance[0] cuts
  bool linear_blend = false; // sRGB targets are written and blended as linear light
  std::optional<Rect> scissor;
};

void apply(const DrawState& state);

// Clears the bound framebuffer within the scissor of the state applied last.
void clear_colour(int attachment, glm::vec4 value);
void clear_depth_stencil();

void draw_triangles(const VertexArray& vertices, int first, int count);
void draw_strip(const VertexArray& vertices, int first, int count);
void draw_fan(const VertexArray& vertices, int first, int count);
// Indices are 32 bits wide; `first` counts indices.
void draw_indexed(const VertexArray& vertices, std::size_t first, std::size_t count);

// The pixels of `part` as they are; both framebuffers have the same size and format.
void copy_picture(const Framebuffer& from, const Framebuffer& to, const Rect& part);

// Sends what was asked for to the driver, which may begin with it.
void flush();
// Sends what was asked for to the driver, and waits until it is drawn. The only honest clock on software GL.
void finish();

// Leaves a state that code which knows nothing of ours expects: no cull, depth, stencil, scissor; default framebuffer's
// viewport untouched.
void restore_defaults();

} // namespace calfscope::gl
