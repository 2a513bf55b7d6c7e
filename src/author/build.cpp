#include "author/build.h"

#include "author/achilles.h"
#include "author/cord_layout.h"
#include "author/skin.h"
#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float outside = 1e3f;
constexpr float cartilage_half_mm = 0.6f; // half the gap between bones in a joint
constexpr float cord_reach_mm = 6;
constexpr float belly_to_cord_blend_mm = 2.5f;

// Box of a structure's declared shape.
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

// Declared shape without neighbours: sections, ends faded in, ellipsoids and cords melted together.
ScalarGrid declared_field(const Body& body, const GridFrame& frame) {
  ScalarGrid field(frame, outside);
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
    ScalarGrid cords(frame, outside);
    for (const CordPath& cord : body.cords)
      cord.add_to(cords, cord_reach_mm);
    for (std::size_t node = 0; node < field.values.size(); ++node)
      field.values[node] = field.values[node] < outside
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

// Thin things need their fine grid even in a coarse build, or they break up.
float mesh_step(const StructureDescription& what, const BuildSettings& settings) {
  constexpr float thin_step_mm = 1.4f;
  const float step = what.mesh_mm * settings.mesh_scale;
  return what.cords.empty() && what.kind != Kind::tendon ? step : std::min(step, std::max(what.mesh_mm, thin_step_mm));
}

GridFrame frame_for(const Body& body, const BuildSettings& settings) {
  const float step = mesh_step(*body.what, settings);
  return GridFrame::around(declared_box(body), step, 4 * step + 2);
}

// Lowest value of several fields at every node of a frame; nodes outside a field's own grid are not touched by it.
ScalarGrid lowest_of(const GridFrame& frame, const std::vector<const ScalarGrid*>& fields) {
  ScalarGrid lowest(frame, outside);
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

void build_bones(std::vector<Body>& bodies, const BuildSettings& settings) {
  std::vector<Body*> bones;
  for (Body& body : bodies)
    if (body.what->kind == Kind::bone)
      bones.push_back(&body);
  parallel_for(0, static_cast<int>(bones.size()), [&](int n) {
    Body& bone = *bones[static_cast<std::size_t>(n)];
    bone.field = signed_distance(declared_field(bone, frame_for(bone, settings)), 40);
  });
  // Joints: each bone gives way to its neighbour by half the cartilage between them.
  std::vector<ScalarGrid> parted(bones.size());
  parallel_for(0, static_cast<int>(bones.size()), [&](int n) {
    const Body& bone = *bones[static_cast<std::size_t>(n)];
    ScalarGrid& field = parted[static_cast<std::size_t>(n)];
    field = bone.field;
    const Bounds mine = field.frame.box();
    for (const Body* other : bones) {
      if (other == &bone)
        continue;
      const Bounds theirs = other->field.frame.box();
      if (glm::any(glm::greaterThan(theirs.lower, mine.upper)) || glm::any(glm::lessThan(theirs.upper, mine.lower)))
        continue;
      for (int k = 0; k < field.frame.size.z; ++k)
        for (int j = 0; j < field.frame.size.y; ++j)
          for (int i = 0; i < field.frame.size.x; ++i) {
            const float own = bone.field.at(i, j, k);
            if (own > 3)
              continue;
            const float between = 0.5f * (own - other->field.sample(field.frame.position(i, j, k)));
            float& value = field.at(i, j, k);
            value = smooth_max(value, between + cartilage_half_mm, 0.8f);
          }
    }
    cut_top(field, bone.what->cut_top_mm);
  });
  for (std::size_t n = 0; n < bones.size(); ++n)
    bones[n]->field = std::move(parted[n]);
}

ScalarGrid all_bones(const std::vector<Body>& bodies, float step_mm) {
  std::vector<const ScalarGrid*> fields;
  Bounds box;
  for (const Body& body : bodies)
    if (body.what->kind == Kind::bone) {
      fields.push_back(&body.field);
      box.add(body.field.frame.box());
    }
  return signed_distance(lowest_of(GridFrame::around(box, step_mm, 20), fields));
}

// The thin lower levels of a belly, from which its tendon comes: else the two would part.
std::vector<CordPoint> tail_of(const Sweep& sweep, const Cord& cord) {
  std::vector<CordPoint> tail;
  const float first = std::min(cord.points.front().position_mm.y, sweep.top_mm());
  const float low = std::max(sweep.bottom_mm() + 2, first + 4);
  for (const float above : {36.0f, 24.0f, 12.0f}) {
    const float y = std::max(low, first) + above;
    const SectionLevel level = sweep.at(std::min(y, sweep.top_mm() - 5));
    const float width = std::min(level.half_width_mm, level.half_depth_mm);
    tail.push_back({sweep.centre(level.y_mm), std::min(cord.points.front().half_width_mm, std::max(0.8f * width, 0.8f)),
                    std::min(cord.points.front().half_thickness_mm, std::max(0.6f * width, 0.6f))});
  }
  return tail;
}

void lay_cords(std::vector<Body>& bodies, const ScalarGrid& bones) {
  parallel_for(0, static_cast<int>(bodies.size()), [&](int n) {
    Body& body = bodies[static_cast<std::size_t>(n)];
    for (const Cord& cord : body.what->cords) {
      std::vector<CordPoint> lead;
      if (cord.rooted && body.sweep)
        lead = tail_of(*body.sweep, cord);
      body.cords.emplace_back(cord, lead, &bones);
    }
  });
}

bool waits_for_bellies(const StructureDescription& what) {
  return std::any_of(what.cords.begin(), what.cords.end(), [](const Cord& cord) { return cord.between_muscles; });
}

// Field of a muscle's tendons, on a fine grid of its own.
void resolve_cords(Body& body, const BuildSettings& settings) {
  Bounds box;
  for (const CordPath& cord : body.cords)
    box.add(cord.bounds());
  const float step = mesh_step(*body.what, settings);
  body.cord_field = ScalarGrid(GridFrame::around(box, step, 6), outside);
  for (const CordPath& cord : body.cords)
    cord.add_to(body.cord_field, cord_reach_mm);
}

// Tendons come before the bellies, except those that run between bellies.
void resolve_muscle_cords(std::vector<Body>& bodies, bool between_bellies, const BuildSettings& settings) {
  parallel_for(0, static_cast<int>(bodies.size()), [&](int n) {
    Body& body = bodies[static_cast<std::size_t>(n)];
    if (body.what->packing && !body.cords.empty() && waits_for_bellies(*body.what) == between_bellies)
      resolve_cords(body, settings);
  });
}

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

Body* find_body(std::vector<Body>& bodies, std::string_view id) {
  for (Body& body : bodies)
    if (body.what->id == id)
      return &body;
  return nullptr;
}

// The body without its parts thinner than twice half_mm: blades of flesh thinner than the grid would fray.
ScalarGrid opened(ScalarGrid field, float half_mm) {
  for (float& value : field.values)
    value += half_mm;
  ScalarGrid distance = signed_distance(field, 8);
  for (float& value : distance.values)
    value -= half_mm;
  return distance;
}

// Final competition, aponeurosis and Achilles, and each packed muscle's belly on the common grid.
void share_out(BuiltLeg& leg, const AnatomyDescription& anatomy, const ScalarGrid& bones,
               const BuildSettings& settings) {
  std::vector<Body>& bodies = leg.bodies;
  // Below the ankle there are only tendons.
  const float lowest = anatomy.insertion_y_mm + 27;
  const auto told = [&](double part) { settings.progress(0.12 + 0.3 * part, "volumes"); };
  {
    const GridFrame coarse = packing_frame(bodies, settings.solve_mm, lowest);
    std::vector<PackedMuscle> muscles = declared_muscles(anatomy, coarse);
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
    solve_volumes(muscles, anatomy, {coarse, &bones}, settings.solve_rounds, told);
    for (PackedMuscle& muscle : muscles) {
      muscle.own = {};
      muscle.packed = {};
    }
    leg.muscles = std::move(muscles);
  }
  settings.progress(0.44, "sharing the room");
  const GridFrame frame = packing_frame(bodies, settings.packing_mm, lowest);
  std::vector<PackedMuscle> muscles = declared_muscles(anatomy, frame);
  for (std::size_t m = 0; m < muscles.size(); ++m)
    muscles[m].growth_mm = leg.muscles[m].growth_mm;
  pack(muscles, anatomy, {frame, &bones});

  std::optional<AchillesFields> achilles;
  Body* tendon = nullptr;
  std::size_t carrier = 0;
  if (anatomy.aponeurosis) {
    tendon = find_body(bodies, anatomy.aponeurosis->joins);
    for (std::size_t m = 0; m < muscles.size(); ++m)
      if (muscles[m].what->id == anatomy.aponeurosis->on)
        carrier = m;
    // The cord goes on below the bellies, so the tendon gets a frame of its own.
    Bounds box = declared_box(*tendon);
    Bounds muscle_box = muscles[carrier].sweep.bounds();
    box.add(glm::vec3(muscle_box.lower.x, anatomy.aponeurosis->bottom_mm, muscle_box.lower.z));
    box.add(glm::vec3(muscle_box.upper.x, anatomy.aponeurosis->top_mm + 10, muscle_box.upper.z));
    const float step = mesh_step(*tendon->what, settings);
    const GridFrame fine = GridFrame::around(box, step, 8);
    const ScalarGrid cord = signed_distance(tendon->sweep->field(fine), 40);
    const ScalarGrid& packed = muscles[carrier].packed;
    const ScalarGrid bed = fill_grid(fine, [&](glm::vec3 p) { return packed.sample(p); });
    achilles = build_achilles(*anatomy.aponeurosis, bed, cord, tendon->sweep->top_mm());
    for (int k = 0; k < fine.size.z; ++k)
      for (int j = 0; j < fine.size.y; ++j)
        for (int i = 0; i < fine.size.x; ++i) {
          float& value = achilles->tendon.at(i, j, k);
          value = std::max(value, 0.3f - bones.sample(fine.position(i, j, k)));
        }
    tendon->field = achilles->tendon;
  }
  settings.progress(0.52, "tendons");

  // Bellies: evened, then cut by everything harder than they are.
  parallel_for(0, static_cast<int>(muscles.size()), [&](int n) {
    const auto m = static_cast<std::size_t>(n);
    ScalarGrid belly = std::move(muscles[m].packed);
    for (float& value : belly.values)
      value = std::clamp(value, -6.0f, 6.0f);
    blur(belly, 0.8f);
    const Body* own = find_body(bodies, muscles[m].what->id);
    for (int k = 0; k < frame.size.z; ++k)
      for (int j = 0; j < frame.size.y; ++j)
        for (int i = 0; i < frame.size.x; ++i) {
          float& value = belly.at(i, j, k);
          if (value > 4)
            continue;
          const glm::vec3 p = frame.position(i, j, k);
          value = std::max(value, 0.4f - bones.sample(p));
          if (achilles) {
            value = std::max(value, 0.25f - achilles->tendon.sample(p));
            if (m == carrier)
              value = smooth_max(value, -achilles->behind.sample(p), 1.5f);
          }
          for (const Body& other : bodies) {
            if (&other == own || other.cord_field.values.empty())
              continue;
            const Bounds box = other.cord_field.frame.box();
            if (glm::all(glm::greaterThan(p, box.lower)) && glm::all(glm::lessThan(p, box.upper)))
              value = std::max(value, 0.3f - other.cord_field.sample(p));
          }
        }
    const float thinnest = muscles[m].what->thinnest_mm;
    find_body(bodies, muscles[m].what->id)->belly =
        thinnest > 0 ? opened(std::move(belly), 0.5f * thinnest) : std::move(belly);
  });
}

// Who gives way to whom: the lower number stays.
constexpr int tendon_of_muscle_rank = 1;
constexpr int rank_of_lines = 4; // vessels and nerves
constexpr int muscle_rank = 5;

int rank_of(const StructureDescription& what) {
  switch (what.kind) {
  case Kind::bone:
    return 0;
  case Kind::tendon:
    return 2;
  case Kind::vessel:
  case Kind::nerve:
    return rank_of_lines;
  case Kind::muscle:
    return muscle_rank;
  default:
    return 3;
  }
}

bool deep_line(const StructureDescription& what, const Cord& cord) {
  return (what.kind == Kind::vessel || what.kind == Kind::nerve) && !cord.under_skin_mm;
}

// Tendons part from each other where their declared lines cross.
void untangle_tendons(std::vector<Body>& bodies, const ScalarGrid& bones) {
  std::vector<CordInRoom> cords;
  for (std::size_t n = 0; n < bodies.size(); ++n)
    if (bodies[n].what->packing)
      for (std::size_t c = 0; c < bodies[n].cords.size(); ++c)
        cords.push_back({.path = &bodies[n].cords[c],
                         .structure = static_cast<int>(n),
                         .on_bones = bodies[n].what->cords[c].off_bones});
  untangle(cords, bones, nullptr, 16);
}

// Deep vessels and nerves move into the gaps between the bellies, past tendons and each other; the bellies then leave
// room for them.
void lay_between_muscles(std::vector<Body>& bodies, const ScalarGrid& bones) {
  std::vector<const ScalarGrid*> bellies;
  for (const Body& body : bodies)
    if (!body.belly.values.empty())
      bellies.push_back(&body.belly);
  if (bellies.empty())
    return;
  for (const Body& body : bodies)
    if (body.what->kind == Kind::tendon && !body.field.values.empty())
      bellies.push_back(&body.field);
  const ScalarGrid all = lowest_of(bellies.front()->frame, bellies);
  std::vector<CordInRoom> cords;
  for (std::size_t n = 0; n < bodies.size(); ++n)
    for (std::size_t c = 0; c < bodies[n].cords.size(); ++c) {
      const Cord& declared = bodies[n].what->cords[c];
      const bool moves = deep_line(*bodies[n].what, declared) || declared.between_muscles;
      if (moves || bodies[n].what->packing)
        cords.push_back({.path = &bodies[n].cords[c],
                         .structure = static_cast<int>(n),
                         .moves = moves,
                         .on_bones = true,
                         .between_muscles = declared.between_muscles});
    }
  untangle(cords, bones, &all, 30);
}

// Whether a muscle is tendon at a place: harder than bellies, vessels and nerves.
bool is_tendon_at(const Body& body, glm::vec3 p) {
  if (body.cord_field.values.empty() || body.belly.values.empty())
    return false;
  return body.cord_field.sample(p) < body.belly.sample(p);
}

// How far `body` must stay away from `other` at p, as a field value (positive = outside); nothing if it need not care.
std::optional<float> limit_beside(const Body& body, float own, const Body& other, glm::vec3 p) {
  constexpr float gap_mm = 0.3f;
  constexpr float near_mm = 3;
  const float theirs = other.field.sample(p);
  if (theirs > near_mm)
    return std::nullopt;
  const auto hardness = [&](const Body& one) {
    const int rank = rank_of(*one.what);
    return rank == muscle_rank && is_tendon_at(one, p) ? tendon_of_muscle_rank : rank;
  };
  const int mine = hardness(body);
  const int yours = hardness(other);
  if (mine < yours)
    return std::nullopt;
  return mine > yours ? gap_mm - theirs : 0.5f * (own - theirs) + 0.5f * gap_mm;
}

// The last word on overlaps, on the grids of the meshes themselves: of two structures the softer gives way, equals meet
// half-way.
void part_neighbours(std::vector<Body>& bodies) {
  constexpr float near_mm = 3;
  std::vector<ScalarGrid> parted(bodies.size());
  parallel_for(0, static_cast<int>(bodies.size()), [&](int index) {
    const auto n = static_cast<std::size_t>(index);
    const Body& body = bodies[n];
    if (rank_of(*body.what) == 0 || body.field.values.empty())
      return;
    ScalarGrid field = body.field;
    const GridFrame& frame = field.frame;
    for (const Body& other : bodies) {
      if (&other == &body || other.field.values.empty())
        continue;
      const Bounds box = other.field.frame.box();
      const glm::ivec3 from = glm::max(glm::ivec3(glm::ceil(box.lower / frame.step_mm)) - frame.first, glm::ivec3(0));
      const glm::ivec3 to = glm::min(glm::ivec3(glm::floor(box.upper / frame.step_mm)) - frame.first, frame.size - 1);
      for (int k = from.z; k <= to.z; ++k)
        for (int j = from.y; j <= to.y; ++j)
          for (int i = from.x; i <= to.x; ++i) {
            const float own = body.field.at(i, j, k);
            if (own > near_mm)
              continue;
            float& value = field.at(i, j, k);
            if (const auto limit = limit_beside(body, own, other, frame.position(i, j, k)))
              value = std::max(value, *limit);
          }
    }
    parted[n] = std::move(field);
  });
  for (std::size_t n = 0; n < bodies.size(); ++n)
    if (!parted[n].values.empty())
      bodies[n].field = std::move(parted[n]);
}

bool lies_on_skin(const StructureDescription& what) {
  return std::any_of(what.bands.begin(), what.bands.end(), [](const Band& band) { return band.on_skin; });
}

bool lies_under_skin(const StructureDescription& what) {
  return std::any_of(what.cords.begin(), what.cords.end(),
                     [](const Cord& cord) { return cord.under_skin_mm.has_value(); });
}

// Whole structures on their own grids.
void finish_fields(std::vector<Body>& bodies, const ScalarGrid& bones, const BuildSettings& settings) {
  parallel_for(0, static_cast<int>(bodies.size()), [&](int n) {
    Body& body = bodies[static_cast<std::size_t>(n)];
    if (!body.field.values.empty() || lies_under_skin(*body.what) || !body.what->bands.empty())
      return;
    const GridFrame frame = frame_for(body, settings);
    if (body.what->packing) {
      body.field = ScalarGrid(frame, outside);
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

// The sheets of a structure, each a layer on the surface within its half width of its middle line.
ScalarGrid sheets_on(const ScalarGrid& surface, const std::vector<Band>& bands) {
  constexpr float edge_rounding_mm = 0.6f;
  ScalarGrid field(surface.frame, outside);
  for (const Band& band : bands) {
    Cord line;
    for (const glm::vec4 point : band.points)
      line.points.push_back({glm::vec3(point), point.w, point.w});
    CordPath path(line, {}, nullptr);
    path.settle_under(surface, -band.lift_mm);
    ScalarGrid within(surface.frame, outside);
    path.add_to(within, 4);
    for (std::size_t node = 0; node < field.values.size(); ++node) {
      const float from_middle = surface.values[node] - band.lift_mm - 0.5f * band.thickness_mm;
      const float layer = std::abs(from_middle) - 0.5f * band.thickness_mm;
      field.values[node] = std::min(field.values[node], smooth_max(layer, within.values[node], edge_rounding_mm));
    }
  }
  return field;
}

// Retinacula: over everything that is there, bridging the hollows between the tendons.
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

// Nails are laid onto the finished skin.
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

// Where a harder neighbour runs through flesh, what is left over it may be a bridge too thin to be seen as more than a
// tear: it is taken off, so that the neighbour lies in a groove and not in a tunnel. Tendons stay.
void take_off_thin_flesh(std::vector<Body>& bodies) {
  parallel_for(0, static_cast<int>(bodies.size()), [&](int n) {
    Body& body = bodies[static_cast<std::size_t>(n)];
    const float thinnest = body.what->thinnest_mm;
    if (thinnest <= 0 || body.field.values.empty())
      return;
    std::vector<const ScalarGrid*> lines;
    for (const Body& other : bodies) {
      if (&other == &body)
        continue;
      if (!other.cord_field.values.empty())
        lines.push_back(&other.cord_field);
      else if (rank_of(*other.what) == rank_of_lines && !other.field.values.empty())
        lines.push_back(&other.field);
    }
    const GridFrame& frame = body.field.frame;
    // A belly may run out as thinly as it likes.
    constexpr float running_out_mm = 45;
    const float lowest = body.sweep && body.what->packing ? body.sweep->bottom_mm() + running_out_mm : -outside;
    const ScalarGrid beside = lowest_of(frame, lines);
    const ScalarGrid thick = opened(signed_distance(body.field, 12), 0.5f * thinnest);
    for (int k = 0; k < frame.size.z; ++k)
      for (int j = 0; j < frame.size.y; ++j)
        for (int i = 0; i < frame.size.x; ++i) {
          const float near_a_line = beside.at(i, j, k) - thinnest - 0.5f;
          if (near_a_line > 2 || frame.position(i, j, k).y < lowest)
            continue;
          const float tendon =
              body.cord_field.values.empty() ? outside : body.cord_field.sample(frame.position(i, j, k)) - 0.6f;
          float& value = body.field.at(i, j, k);
          value = std::max(value, std::min({thick.at(i, j, k), tendon, -near_a_line}));
        }
  });
}

// Veins and nerves in the fat follow the skin, not the other way round.
void lay_under_skin(BuiltLeg& leg, const BuildSettings& settings) {
  const ScalarGrid skin = signed_distance(leg.skin, 60);
  parallel_for(0, static_cast<int>(leg.bodies.size()), [&](int n) {
    Body& body = leg.bodies[static_cast<std::size_t>(n)];
    if (!lies_under_skin(*body.what))
      return;
    for (std::size_t c = 0; c < body.cords.size(); ++c)
      if (const auto depth = body.what->cords[c].under_skin_mm)
        body.cords[c].settle_under(skin, *depth);
    body.field = declared_field(body, frame_for(body, settings));
    cut_top(body.field, body.what->cut_top_mm);
  });
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
  part_neighbours(leg.bodies);
  take_off_thin_flesh(leg.bodies);
  settings.progress(0.6, "skin");

  std::vector<const ScalarGrid*> fields;
  Bounds box;
  for (const Body& body : leg.bodies) {
    if (lies_under_skin(*body.what) || lies_on_skin(*body.what))
      continue;
    fields.push_back(&body.field);
    box.add(declared_box(body));
  }
  box.upper.y = anatomy.skin.top_mm;
  box.lower.y = std::min(box.lower.y, anatomy.skin.floor_mm);
  const float skin_step = 4.0f / 3 * settings.packing_mm;
  const GridFrame frame = GridFrame::around(box, skin_step, 26);
  leg.skin = build_skin(anatomy.skin, lowest_of(frame, fields),
                        [&](double part) { settings.progress(0.6 + 0.15 * part, "skin"); });
  lay_under_skin(leg, settings);
  lay_on_skin(leg, settings);
  return leg;
}

} // namespace calfscope
