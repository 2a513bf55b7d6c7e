#include "author/share_out.h"

#include "author/achilles.h"
#include "author/body_fields.h"
#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

GridFrame packing_frame(const std::vector<Body>& bodies, float step_mm, float lowest_y) {
  Bounds bellies;
  float highest_y = -1e6f;
  for (const Body& body : bodies)
    if (body.what->packing) {
      bellies.add(body.sweep->bounds());
      highest_y = std::max(highest_y, std::min(body.what->cut_top_mm + 8, body.sweep->top_mm()));
    }
  bellies.lower.y = std::max(bellies.lower.y, lowest_y);
  bellies.upper.y = std::min(bellies.upper.y, highest_y);
  return GridFrame::around(bellies, step_mm, 14);
}

// Growths that meet the declared volumes, on a grid coarse enough for many rounds.
std::vector<PackedMuscle> solved_growths(std::vector<Body>& bodies, const AnatomyDescription& anatomy,
                                         const PackingRoom& room, const BuildSettings& settings) {
  std::vector<PackedMuscle> muscles = declared_muscles(anatomy, room.frame);
  for (PackedMuscle& muscle : muscles) {
    const Body* body = find_body(bodies, muscle.what->id);
    if (body->cord_field.values.empty())
      continue;
    // Only what lies outside the declared belly is extra volume.
    ScalarGrid extra = body->cord_field;
    for (int k = 0; k < extra.frame.size.z; ++k)
      for (int j = 0; j < extra.frame.size.y; ++j)
        for (int i = 0; i < extra.frame.size.x; ++i)
          extra.at(i, j, k) = std::max(extra.at(i, j, k), -muscle.own.sample(extra.frame.position(i, j, k)));
    muscle.cords_cm3 = field_volume_mm3(extra) / 1000;
  }
  const auto told = [&](double part) { settings.progress(0.12 + 0.3 * part, "volumes"); };
  solve_volumes(muscles, anatomy, room, settings.solve_rounds, told);
  for (PackedMuscle& muscle : muscles) {
    muscle.own = {};
    muscle.packed = {};
  }
  return muscles;
}

// The sheet on its carrier and the cord below it; becomes the field of the structure it joins.
AchillesFields lay_achilles(std::vector<Body>& bodies, const Aponeurosis& sheet, const PackedMuscle& carrier,
                            const ScalarGrid& bones, const BuildSettings& settings) {
  Body* tendon = find_body(bodies, sheet.joins);
  // The cord goes on below the bellies, so the tendon gets a frame of its own.
  Bounds box = declared_box(*tendon);
  const Bounds muscle_box = box_inside(carrier.packed);
  box.add(glm::vec3(muscle_box.lower.x, sheet.bottom_mm, muscle_box.lower.z));
  box.add(glm::vec3(muscle_box.upper.x, sheet.top_mm + 10, muscle_box.upper.z));
  const GridFrame fine = GridFrame::around(box, mesh_step(*tendon->what, settings), 8);
  const ScalarGrid cord = signed_distance(tendon->sweep->field(fine), 40);
  const ScalarGrid bed = fill_grid(fine, [&](glm::vec3 p) { return carrier.packed.sample(p); });
  AchillesFields achilles = build_achilles(sheet, bed, cord, tendon->sweep->top_mm());
  for (int k = 0; k < fine.size.z; ++k)
    for (int j = 0; j < fine.size.y; ++j)
      for (int i = 0; i < fine.size.x; ++i) {
        float& value = achilles.tendon.at(i, j, k);
        value = std::max(value, 0.3f - bones.sample(fine.position(i, j, k)));
      }
  tendon->field = achilles.tendon;
  return achilles;
}

// A belly, evened, then cut by everything harder than it is. `achilles` may be null.
ScalarGrid cut_belly(ScalarGrid belly, const Body& own, const std::vector<Body>& bodies, const ScalarGrid& bones,
                     const AchillesFields* achilles, bool carries_achilles) {
  for (float& value : belly.values)
    value = std::clamp(value, -6.0f, 6.0f);
  blur(belly, 0.8f);
  const GridFrame frame = belly.frame;
  for (int k = 0; k < frame.size.z; ++k)
    for (int j = 0; j < frame.size.y; ++j)
      for (int i = 0; i < frame.size.x; ++i) {
        float& value = belly.at(i, j, k);
        if (value > 4)
          continue;
        const glm::vec3 p = frame.position(i, j, k);
        value = std::max(value, 0.4f - bones.sample(p));
        if (achilles != nullptr) {
          value = std::max(value, 0.25f - achilles->tendon.sample(p));
          if (carries_achilles)
            value = smooth_max(value, -achilles->behind.sample(p), 1.5f);
        }
        for (const Body& other : bodies) {
          if (&other == &own || other.cord_field.values.empty())
            continue;
          const Bounds box = other.cord_field.frame.box();
          if (glm::all(glm::greaterThan(p, box.lower)) && glm::all(glm::lessThan(p, box.upper)))
            value = std::max(value, 0.3f - other.cord_field.sample(p));
        }
      }
  if (own.what->thinnest_mm > 0)
    return opened(signed_distance(belly, 12), 0.5f * own.what->thinnest_mm);
  return belly;
}

} // namespace

void share_out(BuiltLeg& leg, const AnatomyDescription& anatomy, const ScalarGrid& bones,
               const BuildSettings& settings) {
  std::vector<Body>& bodies = leg.bodies;
  // Below the ankle there are only tendons.
  const float lowest = anatomy.insertion_y_mm + 27;
  leg.muscles = solved_growths(bodies, anatomy, {packing_frame(bodies, settings.solve_mm, lowest), &bones}, settings);
  settings.progress(0.44, "sharing the room");
  const GridFrame frame = packing_frame(bodies, settings.packing_mm, lowest);
  std::vector<PackedMuscle> muscles = declared_muscles(anatomy, frame);
  for (std::size_t m = 0; m < muscles.size(); ++m)
    muscles[m].growth_mm = leg.muscles[m].growth_mm;
  pack(muscles, anatomy, {frame, &bones});

  std::optional<AchillesFields> achilles;
  const StructureDescription* carrier = nullptr;
  if (anatomy.aponeurosis)
    for (const PackedMuscle& muscle : muscles)
      if (muscle.what->id == anatomy.aponeurosis->on) {
        carrier = muscle.what;
        achilles = lay_achilles(bodies, *anatomy.aponeurosis, muscle, bones, settings);
      }
  settings.progress(0.52, "tendons");
  parallel_for(0, static_cast<int>(muscles.size()), [&](int n) {
    PackedMuscle& muscle = muscles[static_cast<std::size_t>(n)];
    Body& own = *find_body(bodies, muscle.what->id);
    own.belly = cut_belly(std::move(muscle.packed), own, bodies, bones, achilles ? &*achilles : nullptr,
                          muscle.what == carrier);
  });
}

} // namespace calfscope
