#include "render/marker_pass.h"

#include "render/text_line.h"
#include "render/texture_units.h"

#include <cmath>
#include <optional>

namespace calfscope::render {
namespace {

// In radii of the disc, shaders/marker.frag draws nothing beyond.
constexpr float reach = 1.75f;

// Text that is longer is written smaller, so that it stays on the disc.
float letters_px(const Marker& marker, float radius_px) {
  return radius_px * (marker.text.size() <= 1 ? 1.25f : marker.text.size() == 2 ? 1.08f : 0.8f);
}

std::optional<glm::vec2> middle_of(const Marker& marker, const Frame& frame, const Plan& plan) {
  const auto place = fraction_of(frame.camera, plan.viewport, marker.at_mm);
  if (!place)
    return std::nullopt;
  return glm::vec2(place->x, 1 - place->y) * glm::vec2(plan.viewport.size);
}

} // namespace

gl::Rect MarkerPass::draw(Programs& programs, const FullScreen& screen, const Frame& frame, const Plan& plan) {
  const gl::Rect whole{{0, 0}, plan.viewport.size};
  gl::Rect written;
  for (const Marker& marker : frame.markers) {
    const float radius_px = 0.5f * marker.size * line_px(plan.viewport.size.y);
    const auto middle = middle_of(marker, frame, plan);
    if (!middle || !(marker.opacity > 0) || !(radius_px > 0))
      continue;
    // Tested as numbers of their own: far outside a whole number could not hold them.
    const glm::vec2 lower = *middle - reach * radius_px, upper = *middle + reach * radius_px;
    if (glm::any(glm::lessThan(upper, glm::vec2(0))) || glm::any(glm::greaterThan(lower, glm::vec2(whole.size))))
      continue;
    const glm::ivec2 from = glm::max(glm::ivec2(glm::floor(lower)), glm::ivec2(0));
    const gl::Rect part{from, glm::min(glm::ivec2(glm::ceil(upper)), whole.size) - from};
    if (part.size.x <= 0 || part.size.y <= 0)
      continue;

    const gl::Program& program = programs.use_pass("marker.frag");
    const gl::Texture& letters =
        sprites_.find_or_write(marker.text, static_cast<int>(std::lround(letters_px(marker, radius_px))));
    if (letters)
      letters.bind(pass_unit);
    program.set("u_sprite", static_cast<int>(pass_unit));
    program.set("u_sprite_size", glm::vec2(letters ? letters.size() : glm::ivec2(0)));
    program.set("u_middle", *middle);
    program.set("u_radius", radius_px);
    program.set("u_colour", marker.colour);
    program.set("u_opacity", marker.opacity);
    program.set("u_halo", marker.halo);
    gl::DrawState state;
    state.blend = gl::Blend::premultiplied;
    state.scissor = part;
    screen.draw(state);
    written = joined(written, part);
  }
  return written;
}

} // namespace calfscope::render
