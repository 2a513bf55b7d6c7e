#include "author/sheets.h"

#include "author/body_fields.h"
#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// The sheets of a structure, each a layer on the surface within its half width of its middle line.
ScalarGrid sheets_on(const ScalarGrid& surface, const std::vector<Band>& bands) {
  constexpr float edge_rounding_mm = 0.6f;
  ScalarGrid field(surface.frame, far_outside_mm);
  for (const Band& band : bands) {
    Cord line;
    for (const glm::vec4 point : band.points)
      line.points.push_back({glm::vec3(point), point.w, point.w});
    CordPath path(line, {}, nullptr);
    path.settle_under(surface, -band.lift_mm);
    ScalarGrid within(surface.frame, far_outside_mm);
    path.add_to(within, 4);
    for (std::size_t node = 0; node < field.values.size(); ++node) {
      const float from_middle = surface.values[node] - band.lift_mm - 0.5f * band.thickness_mm;
      const float layer = std::abs(from_middle) - 0.5f * band.thickness_mm;
      field.values[node] = std::min(field.values[node], smooth_max(layer, within.values[node], edge_rounding_mm));
    }
  }
  return field;
}

} // namespace

void lay_bands(std::vector<Body>& bodies, const BuildSettings& settings) {
  std::vector<const ScalarGrid*> flesh;
  for (const Body& body : bodies)
    if (!body.field.values.empty())
      flesh.push_back(&body.field);
  for (Body& body : bodies) {
    if (body.what->bands.empty() || lies_on_skin(*body.what))
      continue;
    const float closing = body.what->bands.front().closing_mm;
    const float step = mesh_step(*body.what, settings);
    const GridFrame frame = GridFrame::around(declared_box(body), step, closing + 4);
    ScalarGrid covered = signed_distance(lowest_of(frame, flesh));
    for (float& value : covered.values)
      value -= closing;
    covered = signed_distance(covered);
    for (float& value : covered.values)
      value += closing;
    blur(covered, 1.2f); // a sheet runs evenly over the edges of what it covers
    body.field = sheets_on(covered, body.what->bands);
  }
}

void lay_on_skin(BuiltLeg& leg, const BuildSettings& settings) {
  parallel_for(0, static_cast<int>(leg.bodies.size()), [&](int n) {
    Body& body = leg.bodies[static_cast<std::size_t>(n)];
    if (!lies_on_skin(*body.what))
      return;
    const ScalarGrid skin =
        signed_distance(fill_grid(frame_for(body, settings), [&](glm::vec3 p) { return leg.skin.sample(p); }));
    body.field = sheets_on(skin, body.what->bands);
  });
}

} // namespace calfscope
