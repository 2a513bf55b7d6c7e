#include "compose/section_line.h"

#include "geometry/skinning.h"
#include "state/theme.h"

#include <algorithm>

namespace calfscope {
namespace {

constexpr std::size_t most_points = 120; // around the leg
constexpr float off_skin_mm = 0.8f;

} // namespace

void add_section_line(Frame& frame, const AppState& state) {
  const auto plane = section_plane(state);
  const Structure* skin = plane && state.atlas ? state.atlas->find("skin") : nullptr;
  if (!skin)
    return;
  TriMesh posed;
  posed.positions = frame.segments.empty() ? skin->mesh->surface.positions
                                           : posed_positions(*skin->mesh, frame.segments, frame.bends);
  posed.triangles = merged_at_seams(skin->mesh->surface.positions, skin->mesh->surface.triangles);
  for (const std::vector<glm::vec3>& outline : section_outlines(posed, *plane)) {
    const std::size_t count = std::min(outline.size(), most_points);
    SpaceLine line{.points = {}, .closed = true, .colour = theme_of(state).ui.accent, .width = 0.14f};
    const auto at = [&](std::size_t i) { return outline[(i % count) * outline.size() / count]; };
    for (std::size_t i = 0; i < count; ++i) {
      // Outlines run counter-clockwise seen against the normal, so the outside lies to the right of the way.
      const glm::vec3 way = at(i + 1) - at(i + count - 1);
      const glm::vec3 across = glm::cross(way, plane->normal);
      const float length = glm::length(across);
      const glm::vec3 outward = length > 1e-4f ? across / length : glm::vec3(0);
      line.points.push_back({at(i) + off_skin_mm * outward, outward});
    }
    frame.space_lines.push_back(std::move(line));
  }
}

} // namespace calfscope
