#include "render/line_pass.h"

#include "render/text_line.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace calfscope::render {
namespace {

struct Corner {
  glm::vec2 at;      // px from the bottom left
  glm::vec4 segment; // both ends, px
  glm::vec4 colour;  // sRGB and opacity
  float half_width;  // px
};

class Lines {
public:
  Lines(const Frame& frame, const Plan& plan) : frame_(frame), plan_(plan) {}

  std::optional<glm::vec2> place(glm::vec3 point_mm) const {
    const auto at = fraction_of(frame_.camera, plan_.viewport, point_mm);
    if (!at || glm::any(glm::greaterThan(glm::abs(*at), glm::vec2(8)))) // far outside numbers lose their meaning
      return std::nullopt;
    return from_fraction(*at);
  }
  glm::vec2 from_fraction(glm::vec2 at) const { return glm::vec2(at.x, 1 - at.y) * glm::vec2(plan_.viewport.size); }

  void add(glm::vec2 from, glm::vec2 to, float width_px, glm::vec3 colour, float opacity) {
    if (!(opacity > 0))
      return;
    const float half = 0.5f * width_px, reach = half + 1;
    const glm::vec2 way = to - from;
    const float length = glm::length(way);
    const glm::vec2 along = length > 1e-4f ? way / length : glm::vec2(1, 0), across(-along.y, along.x);
    const glm::vec2 a = from - reach * along, b = to + reach * along;
    const glm::vec4 segment(from, to), paint(colour, opacity);
    const Corner corners[4] = {{a - reach * across, segment, paint, half},
                               {b - reach * across, segment, paint, half},
                               {b + reach * across, segment, paint, half},
                               {a + reach * across, segment, paint, half}};
    for (const int i : {0, 1, 2, 0, 2, 3})
      corners_.push_back(corners[i]);
    lower_ = glm::min(lower_, glm::min(from, to) - reach);
    upper_ = glm::max(upper_, glm::max(from, to) + reach);
  }

  const std::vector<Corner>& corners() const { return corners_; }
  gl::Rect touched() const {
    const glm::ivec2 size = plan_.viewport.size;
    const glm::ivec2 from = glm::clamp(glm::ivec2(glm::floor(lower_)), glm::ivec2(0), size);
    return {from, glm::clamp(glm::ivec2(glm::ceil(upper_)), glm::ivec2(0), size) - from};
  }

private:
  const Frame& frame_;
  const Plan& plan_;
  std::vector<Corner> corners_;
  glm::vec2 lower_{1e9f}, upper_{-1e9f};
};

void add_space_line(Lines& lines, const SpaceLine& line, const Frame& frame, float text_line_px) {
  const float width = std::max(1.0f, line.width * text_line_px);
  const std::size_t count = line.points.size();
  const glm::vec3 eye = eye_of(frame.camera);
  const auto strength = [&](const SpaceLine::Point& point) {
    const glm::vec3 to_eye = frame.camera.orthographic ? -forward_of(frame.camera) : glm::normalize(eye - point.at_mm);
    return glm::mix(0.22f, 0.95f, glm::smoothstep(-0.1f, 0.15f, glm::dot(point.outward, to_eye)));
  };
  for (std::size_t i = 0; i + (line.closed ? 0 : 1) < count; ++i) {
    const SpaceLine::Point &a = line.points[i], &b = line.points[(i + 1) % count];
    const auto from = lines.place(a.at_mm), to = lines.place(b.at_mm);
    if (from && to)
      lines.add(*from, *to, width, line.colour, 0.5f * (strength(a) + strength(b)));
  }
}

// A line from the name to a dot on what it names, on a wider one that sets it off.
void add_leader(Lines& lines, const Callout& callout, const Frame& frame, float height_px) {
  const auto anchor = lines.place(callout.anchor_mm);
  if (!anchor)
    return;
  const float line_px = callout.line_share * height_px;
  const float side = callout.to_the_right ? -1.0f : 1.0f;
  const glm::vec2 text = lines.from_fraction(callout.at) + glm::vec2(0.3f * side * line_px, 0);
  const glm::vec2 bend = text + glm::vec2(0.7f * side * line_px, 0);
  const glm::vec3 ink = callout.emphasised ? frame.callout_chosen : frame.label_ink;
  const float width = std::max(1.0f, (callout.emphasised ? 0.11f : 0.07f) * line_px);
  const float dot = std::max(3.0f, (callout.emphasised ? 0.42f : 0.32f) * line_px);
  const float surround = 0.45f * callout.opacity, opacity = 0.85f * callout.opacity;
  lines.add(text, bend, width + 2, frame.label_surround, surround);
  lines.add(bend, *anchor, width + 2, frame.label_surround, surround);
  lines.add(*anchor, *anchor, dot + 2, frame.label_surround, surround);
  lines.add(text, bend, width, ink, opacity);
  lines.add(bend, *anchor, width, ink, opacity);
  lines.add(*anchor, *anchor, dot, ink, callout.opacity);
}

} // namespace

gl::Rect LinePass::draw(Programs& programs, const Frame& frame, const Plan& plan) {
  Lines lines(frame, plan);
  const auto height = static_cast<float>(plan.viewport.size.y);
  for (const SpaceLine& line : frame.space_lines)
    add_space_line(lines, line, frame, line_px(plan.viewport.size.y));
  for (const Callout& callout : frame.callouts)
    add_leader(lines, callout, frame, height);
  if (lines.corners().empty())
    return {};
  const gl::Buffer buffer(gl::Buffer::Use::vertices, std::as_bytes(std::span(lines.corners())));
  using Type = gl::Attribute::Type;
  const std::array<gl::Attribute, 4> attributes{{{0, 2, Type::float32, offsetof(Corner, at)},
                                                 {1, 4, Type::float32, offsetof(Corner, segment)},
                                                 {2, 4, Type::float32, offsetof(Corner, colour)},
                                                 {3, 1, Type::float32, offsetof(Corner, half_width)}}};
  const gl::VertexArray array(buffer, sizeof(Corner), attributes);
  const gl::Program& program = programs.use({"line.vert", "line.frag", {}});
  program.set("u_size", glm::vec2(plan.viewport.size));
  gl::DrawState state;
  state.blend = gl::Blend::premultiplied;
  gl::apply(state);
  gl::draw_triangles(array, 0, static_cast<int>(lines.corners().size()));
  return lines.touched();
}

} // namespace calfscope::render
