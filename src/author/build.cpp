#include "author/build.h"

#include "author/body_cords.h"
#include "author/body_fields.h"
#include "author/bones.h"
#include "author/neighbours.h"
#include "author/share_out.h"
#include "author/sheets.h"
#include "author/skin.h"
#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// Whole structures on their own grids.
void finish_fields(std::vector<Body>& bodies, const ScalarGrid& bones, const BuildSettings& settings) {
  parallel_for(0, static_cast<int>(bodies.size()), [&](int n) {
    Body& body = bodies[static_cast<std::size_t>(n)];
    if (!body.field.values.empty() || lies_under_skin(*body.what) || !body.what->bands.empty())
      return;
    const GridFrame frame = frame_for(body, settings);
    if (body.what->packing) {
      body.field = ScalarGrid(frame, far_outside_mm);
      const Bounds belly_box = body.belly.frame.box();
      for (int k = 0; k < frame.size.z; ++k)
        for (int j = 0; j < frame.size.y; ++j)
          for (int i = 0; i < frame.size.x; ++i) {
            const glm::vec3 p = frame.position(i, j, k);
            const bool near_belly =
                glm::all(glm::greaterThan(p, belly_box.lower)) && glm::all(glm::lessThan(p, belly_box.upper));
            float f = near_belly ? body.belly.sample(p) : 6.0f;
            if (!body.cord_field.values.empty()) {
              const float cord = body.cord_field.sample(p);
              f = smooth_min(f, std::max(cord, 0.25f - bones.sample(p)), belly_to_cord_blend_mm);
            }
            body.field.at(i, j, k) = f;
          }
    } else {
      body.field = declared_field(body, frame);
      for (int k = 0; k < frame.size.z; ++k)
        for (int j = 0; j < frame.size.y; ++j)
          for (int i = 0; i < frame.size.x; ++i) {
            float& value = body.field.at(i, j, k);
            if (value < 3)
              value = std::max(value, 0.25f - bones.sample(frame.position(i, j, k)));
          }
      if (body.sweep && body.cords.empty() && body.what->kind == Kind::muscle)
        blur(body.field, 0.6f);
    }
    cut_top(body.field, body.what->cut_top_mm);
  });
}

// Everything that the skin is laid over.
ScalarGrid flesh_of(const std::vector<Body>& bodies, const SkinDescription& skin, const BuildSettings& settings) {
  std::vector<const ScalarGrid*> fields;
  Bounds box;
  for (const Body& body : bodies) {
    if (lies_under_skin(*body.what) || lies_on_skin(*body.what))
      continue;
    fields.push_back(&body.field);
    box.add(declared_box(body));
  }
  box.upper.y = skin.top_mm;
  box.lower.y = std::min(box.lower.y, skin.floor_mm);
  const float skin_step = 4.0f / 3 * settings.packing_mm;
  return lowest_of(GridFrame::around(box, skin_step, 26), fields);
}

// Veins and nerves in the fat follow the skin, not the other way round.
void lay_under_skin(BuiltLeg& leg, const ScalarGrid& flesh, const BuildSettings& settings) {
  const ScalarGrid skin = signed_distance(leg.skin, 60);
  const ScalarGrid to_flesh = signed_distance(flesh, 60);
  parallel_for(0, static_cast<int>(leg.bodies.size()), [&](int n) {
    Body& body = leg.bodies[static_cast<std::size_t>(n)];
    if (!lies_under_skin(*body.what))
      return;
    for (std::size_t c = 0; c < body.cords.size(); ++c)
      if (const auto depth = body.what->cords[c].under_skin_mm)
        body.cords[c].settle_in_fat(skin, to_flesh, *depth);
    body.field = declared_field(body, frame_for(body, settings));
    cut_top(body.field, body.what->cut_top_mm);
  });
  part_neighbours(leg.bodies,
                  [](const Body& a, const Body& b) { return lies_under_skin(*a.what) || lies_under_skin(*b.what); });
}

} // namespace

BuiltLeg build_bodies(const AnatomyDescription& anatomy, const BuildSettings& settings) {
  BuiltLeg leg;
  for (const StructureDescription& structure : anatomy.structures) {
    Body& body = leg.bodies.emplace_back();
    body.what = &structure;
    if (structure.sections)
      body.sweep.emplace(*structure.sections);
  }
  settings.progress(0.0, "bones");
  build_bones(leg.bodies, settings);
  const ScalarGrid bones = all_bones(leg.bodies, settings.packing_mm);
  settings.progress(0.08, "tendons");
  lay_cords(leg.bodies, bones);
  untangle_tendons(leg.bodies, bones);
  resolve_muscle_cords(leg.bodies, false, settings);
  share_out(leg, anatomy, bones, settings);
  lay_between_muscles(leg.bodies, bones);
  resolve_muscle_cords(leg.bodies, true, settings);
  finish_fields(leg.bodies, bones, settings);
  lay_bands(leg.bodies, settings);
  part_neighbours(leg.bodies, [](const Body&, const Body&) { return true; });
  take_off_thin_flesh(leg.bodies);
  settings.progress(0.6, "skin");
  const ScalarGrid flesh = flesh_of(leg.bodies, anatomy.skin, settings);
  leg.skin = build_skin(anatomy.skin, flesh, [&](double part) { settings.progress(0.6 + 0.15 * part, "skin"); });
  lay_under_skin(leg, flesh, settings);
  lay_on_skin(leg, settings);
  return leg;
}

} // namespace calfscope
