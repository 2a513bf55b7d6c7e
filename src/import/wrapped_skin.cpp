#include "import/wrapped_skin.h"

#include "geometry/isosurface.h"
#include "geometry/mesh_decimation.h"
#include "geometry/mesh_smoothing.h"
#include "geometry/parallel.h"
#include "geometry/scalar_grid.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace calfscope {
namespace {

constexpr float closing_radius_mm = 16;
constexpr float margin_mm = 24; // of the grid round the structures: cover and closing stay inside

// Level on the shank: 0 knee, 1 ankle.
float level(glm::vec3 p, const SkinOptions& options) {
  return (options.ankle_y_mm + options.calf_length_mm - p.y) / options.calf_length_mm;
}

// 1 at the azimuth `centre_deg` (0 behind, 90 medial), 0 beyond +-width_deg; about the shank's own middle.
float lobe(glm::vec3 p, float centre_deg, float width_deg) {
  const float azimuth = glm::degrees(std::atan2(p.x + 8, -(p.z + 15)));
  float apart = std::abs(azimuth - centre_deg);
  apart = std::min(apart, 360 - apart);
  return 1 - smooth_between(0.3f * width_deg, width_deg, apart);
}

// Skin and fat over the closed surface of what lies below: thicker behind the calf and laterally, thin over the inner
// face of the tibia, a pad under the heel and the sole.
float fat_mm(glm::vec3 p, const SkinOptions& options) {
  const float s = level(p, options);
  const float on_shank = smooth_between(1.0f, 0.9f, s);
  const float on_calf = smooth_between(-0.02f, 0.1f, s) * smooth_between(0.75f, 0.5f, s);
  float fat = 4.6f;
  fat += 2.5f * on_calf * lobe(p, 0, 70);
  fat += 1.0f * on_shank * lobe(p, -90, 60);
  fat -= 1.8f * on_shank * smooth_between(0.1f, 0.25f, s) * lobe(p, 135, 50);
  fat += 3.0f * smooth_between(1.12f, 1.2f, s);
  return fat;
}

// How far the data's own skin is drawn in: its fat behind the calf and the knee is more than a lean leg's, and it hides
// the muscles' relief.
float draw_in_mm(glm::vec3 p, const SkinOptions& options) {
  const float s = level(p, options);
  const float behind = lobe(p, 0, 120);
  return behind * (7.0f * smooth_between(-0.1f, 0.2f, s) * smooth_between(0.95f, 0.7f, s));
}

GridFrame cut_to(const GridFrame& frame, const GridFrame& whole) {
  GridFrame out = frame;
  const glm::ivec3 last = glm::min(frame.first + frame.size, whole.first + whole.size);
  out.first = glm::max(frame.first, whole.first);
  out.size = glm::max(last - out.first, glm::ivec3(0));
  return out;
}

// Smallest distance to any of the meshes, right within two steps of a surface.
ScalarGrid union_near_surface(std::span<const TriMesh* const> meshes, const GridFrame& frame) {
  const float limit = 2.5f * frame.step_mm;
  ScalarGrid out(frame, limit);
  for (const TriMesh* mesh : meshes) {
    const GridFrame local = cut_to(GridFrame::around(bounds_of(*mesh), frame.step_mm, limit), frame);
    if (local.node_count() == 0)
      continue;
    const ScalarGrid distance = signed_distance(*mesh, local, limit);
    const glm::ivec3 shift = local.first - frame.first;
    for (int k = 0; k < local.size.z; ++k)
      for (int j = 0; j < local.size.y; ++j)
        for (int i = 0; i < local.size.x; ++i) {
          float& value = out.at(i + shift.x, j + shift.y, k + shift.z);
          value = std::min(value, distance.at(i, j, k));
        }
  }
  return out;
}

void for_nodes(const GridFrame& frame, const std::function<void(std::size_t, glm::vec3)>& visit) {
  parallel_for(0, frame.size.z, [&](int k) {
    for (int j = 0; j < frame.size.y; ++j)
      for (int i = 0; i < frame.size.x; ++i)
        visit(frame.index(i, j, k), frame.position(i, j, k));
  });
}

// Filled up wherever a ball of the radius does not fit in from outside.
ScalarGrid closed_over(const ScalarGrid& distance, float radius_mm) {
  ScalarGrid shifted = distance;
  for (float& value : shifted.values)
    value -= radius_mm;
  ScalarGrid out = signed_distance(shifted);
  for (float& value : out.values)
    value += radius_mm;
  return out;
}

} // namespace

TriMesh wrap_skin(const SkinContents& contents, const SkinOptions& options) {
  const TriMesh& guide = contents.guide;
  Bounds box;
  for (const TriMesh* mesh : contents.bodies)
    box.add(bounds_of(*mesh));
  for (const TriMesh* mesh : contents.vessels)
    box.add(bounds_of(*mesh));
  if (!guide.empty())
    box.add(bounds_of(guide));
  box.upper.y = std::min(box.upper.y, options.top_y_mm - margin_mm);
  const GridFrame frame = GridFrame::around(box, options.step_mm, margin_mm);
  const ScalarGrid bodies = union_near_surface(contents.bodies, frame);
  const ScalarGrid distance = signed_distance(bodies);

  // Vessels under the skin count for the broad shape, so that it rises gently towards them.
  const ScalarGrid vessels = union_near_surface(contents.vessels, frame);
  ScalarGrid everything = bodies;
  for (std::size_t node = 0; node < everything.values.size(); ++node)
    everything.values[node] = std::min(bodies.values[node], vessels.values[node]);
  ScalarGrid field = closed_over(signed_distance(everything), closing_radius_mm);
  // Above the ankle the hollows between muscles are smoothed away; below it the foot keeps its shape.
  ScalarGrid soft = field;
  blur(soft, 6);
  for_nodes(frame, [&](std::size_t node, glm::vec3 p) {
    const float shank = smooth_between(1.0f, 0.9f, level(p, options));
    field.values[node] = glm::mix(field.values[node], soft.values[node], shank) - fat_mm(p, options);
  });
  if (!guide.empty()) {
    const ScalarGrid outline = signed_distance(guide, frame, 3 * margin_mm);
    for_nodes(frame, [&](std::size_t node, glm::vec3 p) {
      const float own = outline.values[node] + draw_in_mm(p, options);
      // Foot and toes are the data's own: there the closing only has to cover what sticks out.
      const float foot = smooth_between(0.96f, 1.06f, level(p, options));
      const float wrapped = glm::mix(field.values[node] + 1.5f, distance.values[node] - options.least_cover_mm, foot);
      field.values[node] = smooth_min(own, wrapped, glm::mix(8.0f, 3.0f, foot));
    });
  }
  blur(field, 0.75f * options.step_mm);
  for (std::size_t node = 0; node < field.values.size(); ++node)
    field.values[node] = std::min({field.values[node], distance.values[node] - options.least_cover_mm,
                                   vessels.values[node] - options.vessel_cover_mm});

  TriMesh skin = isosurface(field);
  const auto pieces = connected_pieces(skin);
  std::vector<bool> outermost(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i)
    outermost[i] = pieces[i] == 0;
  skin = keep_triangles(skin, outermost);
  smooth_surface(skin, 6);
  skin = decimate(skin, {.target_triangles = options.triangles, .max_error_mm = 0.6f, .longest_edge_mm = 12});
  relax_tangentially(skin, 4);
  project_to_level(skin, field, 0, 2, 1.0f);
  return skin;
}

} // namespace calfscope
