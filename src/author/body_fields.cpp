#include "author/body_fields.h"

#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {

Bounds declared_box(const Body& body) {
  Bounds box;
  if (body.sweep)
    box.add(body.sweep->bounds());
  if (body.what->ellipsoids)
    box.add(EllipsoidField(*body.what->ellipsoids).bounds());
  for (const BoneEnd& end : body.what->ends)
    box.add(EllipsoidField(end.shape).bounds());
  for (const CordPath& cord : body.cords)
    box.add(cord.bounds());
  for (const Band& band : body.what->bands)
    for (const glm::vec4 point : band.points) {
      constexpr float settles_mm = 8; // so far a declared point may lie from the surface it is brought onto
      box.add(glm::vec3(point) - point.w - settles_mm);
      box.add(glm::vec3(point) + point.w + settles_mm);
    }
  box.upper.y = std::min(box.upper.y, body.what->cut_top_mm);
  return box;
}

Bounds box_inside(const ScalarGrid& field) {
  Bounds box;
  for (int k = 0; k < field.frame.size.z; ++k)
    for (int j = 0; j < field.frame.size.y; ++j)
      for (int i = 0; i < field.frame.size.x; ++i)
        if (field.at(i, j, k) < 0)
          box.add(field.frame.position(i, j, k));
  return box;
}

ScalarGrid declared_field(const Body& body, const GridFrame& frame) {
  ScalarGrid field(frame, far_outside_mm);
  if (body.sweep)
    field = signed_distance(body.sweep->field(frame), 60);
  for (const BoneEnd& end : body.what->ends) {
    const EllipsoidField shape(end.shape);
    parallel_for(0, frame.size.z, [&](int k) {
      for (int j = 0; j < frame.size.y; ++j)
        for (int i = 0; i < frame.size.x; ++i) {
          const glm::vec3 p = frame.position(i, j, k);
          const float share = smooth_between(end.all_shaft_mm, end.all_end_mm, p.y);
          float& value = field.at(i, j, k);
          if (share > 0)
            value = glm::mix(value, shape.at(p), share);
        }
    });
  }
  if (body.what->ellipsoids) {
    const EllipsoidField shape(*body.what->ellipsoids);
    field = fill_grid(frame, [&](glm::vec3 p) { return shape.at(p); });
  }
  if (!body.cords.empty() && body.cord_field.values.empty()) {
    ScalarGrid cords(frame, far_outside_mm);
    for (const CordPath& cord : body.cords)
      cord.add_to(cords, cord_reach_mm);
    for (std::size_t node = 0; node < field.values.size(); ++node)
      field.values[node] = field.values[node] < far_outside_mm
                               ? smooth_min(field.values[node], cords.values[node], belly_to_cord_blend_mm)
                               : cords.values[node];
  }
  return field;
}

void cut_top(ScalarGrid& field, float top_mm) {
  if (top_mm > 1e5f)
    return;
  for (int k = 0; k < field.frame.size.z; ++k)
    for (int j = 0; j < field.frame.size.y; ++j)
      for (int i = 0; i < field.frame.size.x; ++i)
        field.at(i, j, k) = smooth_max(field.at(i, j, k), field.frame.position(i, j, k).y - top_mm, 1.0f);
}

float mesh_step(const StructureDescription& what, const BuildSettings& settings) {
  constexpr float thin_step_mm = 1.4f;
  const float step = what.mesh_mm * settings.mesh_scale;
  return what.cords.empty() && what.kind != Kind::tendon ? step : std::min(step, std::max(what.mesh_mm, thin_step_mm));
}

GridFrame frame_for(const Body& body, const BuildSettings& settings) {
  const float step = mesh_step(*body.what, settings);
  Bounds box = declared_box(body);
  box.add(box_inside(body.belly)); // a belly grows far beyond what was declared for it
  box.upper.y = std::min(box.upper.y, body.what->cut_top_mm);
  return GridFrame::around(box, step, 4 * step + 2);
}

ScalarGrid lowest_of(const GridFrame& frame, const std::vector<const ScalarGrid*>& fields) {
  ScalarGrid lowest(frame, far_outside_mm);
  parallel_for(0, frame.size.z, [&](int k) {
    for (const ScalarGrid* field : fields) {
      const Bounds box = field->frame.box();
      const float z = frame.position(0, 0, k).z;
      if (z < box.lower.z || z > box.upper.z)
        continue;
      for (int j = 0; j < frame.size.y; ++j) {
        const float y = frame.position(0, j, 0).y;
        if (y < box.lower.y || y > box.upper.y)
          continue;
        for (int i = 0; i < frame.size.x; ++i) {
          const glm::vec3 p = frame.position(i, j, k);
          if (p.x < box.lower.x || p.x > box.upper.x)
            continue;
          float& value = lowest.at(i, j, k);
          value = std::min(value, field->sample(p));
        }
      }
    }
  });
  return lowest;
}

ScalarGrid opened(ScalarGrid field, float half_mm) {
  for (float& value : field.values)
    value += half_mm;
  ScalarGrid distance = signed_distance(field, 8);
  for (float& value : distance.values)
    value -= half_mm;
  return distance;
}

Body* find_body(std::vector<Body>& bodies, std::string_view id) {
  for (Body& body : bodies)
    if (body.what->id == id)
      return &body;
  return nullptr;
}

bool lies_on_skin(const StructureDescription& what) {
  return std::any_of(what.bands.begin(), what.bands.end(), [](const Band& band) { return band.on_skin; });
}

bool lies_under_skin(const StructureDescription& what) {
  return std::any_of(what.cords.begin(), what.cords.end(),
                     [](const Cord& cord) { return cord.under_skin_mm.has_value(); });
}

} // namespace calfscope
