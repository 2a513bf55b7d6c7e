#include "render/label_pass.h"

#include "render/text_line.h"
#include "render/texture_units.h"

#include <algorithm>
#include <cmath>

namespace calfscope::render {
namespace {

// Where the middle of a label stands, px from the bottom left; nullopt if its place is behind the eye or far outside.
// Near the edges it is kept within what panels leave free.
std::optional<glm::vec2> middle_of(const Label& label, const Frame& frame, const Viewport& viewport, float line,
                                   glm::vec2 size_px) {
  const auto place = fraction_of(frame.camera, viewport, label.at_mm);
  if (!place || glm::any(glm::lessThan(*place, glm::vec2(-0.5f))) ||
      glm::any(glm::greaterThan(*place, glm::vec2(1.5f))))
    return std::nullopt;
  const glm::vec2 picture(viewport.size);
  const glm::vec2 room = size_px / 2.0f + 0.4f * line;
  const glm::vec2 first = glm::vec2(viewport.free_area.x, viewport.free_area.y) * picture + room;
  const glm::vec2 last = glm::vec2(viewport.free_area.z, viewport.free_area.w) * picture - room;
  const glm::vec2 wanted = *place * picture + label.offset_lines * line;
  const glm::vec2 kept = glm::min(glm::max(wanted, first), glm::max(first, last));
  return glm::vec2(kept.x, picture.y - kept.y);
}

} // namespace

void LabelPass::write(Programs& programs, const FullScreen& screen, const gl::Texture& letters, glm::ivec2 corner,
                      const Ink& ink, gl::Rect& written) {
  letters.bind(pass_unit);
  const gl::Program& program = programs.use_pass("label.frag");
  program.set("u_sprite", static_cast<int>(pass_unit));
  program.set("u_corner", corner);
  program.set("u_ink", ink.letters);
  program.set("u_surround", ink.surround);
  program.set("u_opacity", ink.opacity);
  gl::DrawState state;
  state.blend = gl::Blend::premultiplied;
  state.scissor = gl::Rect{corner, letters.size()};
  screen.draw(state);
  written = joined(written, *state.scissor);
}

gl::Rect LabelPass::draw(Programs& programs, const FullScreen& screen, const Frame& frame, const Plan& plan) {
  const float line = line_px(plan.viewport.size.y);
  gl::Rect written;
  for (const Label& label : frame.labels) {
    const float size_px = std::max(smallest_line_px, line * label.size);
    const gl::Texture& texture = sprites_.find_or_write(label.text, static_cast<int>(std::lround(size_px)));
    if (!texture)
      continue;
    const auto middle = middle_of(label, frame, plan.viewport, line, glm::vec2(texture.size()));
    if (!middle)
      continue;
    const auto corner = glm::ivec2(glm::round(*middle - glm::vec2(texture.size()) / 2.0f));
    write(programs, screen, texture, corner, {frame.label_ink, frame.label_surround}, written);
  }
  const glm::vec2 picture(plan.viewport.size);
  for (const Callout& callout : frame.callouts) {
    const float size_px = std::max(smallest_line_px, callout.line_share * picture.y);
    const gl::Texture& texture = sprites_.find_or_write(callout.text, static_cast<int>(std::lround(size_px)));
    if (!texture)
      continue;
    const glm::vec2 size(texture.size());
    const glm::vec2 at = glm::vec2(callout.at.x, 1 - callout.at.y) * picture;
    const glm::ivec2 corner(glm::round(at - glm::vec2(callout.to_the_right ? 0.0f : size.x, 0.5f * size.y)));
    const glm::vec3 ink = callout.emphasised ? frame.callout_chosen : frame.label_ink;
    write(programs, screen, texture, corner, {ink, frame.label_surround, callout.opacity}, written);
  }
  return grown(written, 0, plan.viewport.size);
}

} // namespace calfscope::render
