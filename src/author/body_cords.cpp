#include "author/body_cords.h"

#include "author/body_fields.h"
#include "author/cord_layout.h"
#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

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

bool waits_for_bellies(const StructureDescription& what) {
  return std::any_of(what.cords.begin(), what.cords.end(), [](const Cord& cord) { return cord.between_muscles; });
}

// Field of a muscle's tendons, on a fine grid of its own.
void resolve_cords(Body& body, const BuildSettings& settings) {
  Bounds box;
  for (const CordPath& cord : body.cords)
    box.add(cord.bounds());
  const float step = mesh_step(*body.what, settings);
  body.cord_field = ScalarGrid(GridFrame::around(box, step, 6), far_outside_mm);
  for (const CordPath& cord : body.cords)
    cord.add_to(body.cord_field, cord_reach_mm);
}

bool deep_line(const StructureDescription& what, const Cord& cord) {
  return (what.kind == Kind::vessel || what.kind == Kind::nerve) && !cord.under_skin_mm;
}

} // namespace

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

void resolve_muscle_cords(std::vector<Body>& bodies, bool between_bellies, const BuildSettings& settings) {
  parallel_for(0, static_cast<int>(bodies.size()), [&](int n) {
    Body& body = bodies[static_cast<std::size_t>(n)];
    if (body.what->packing && !body.cords.empty() && waits_for_bellies(*body.what) == between_bellies)
      resolve_cords(body, settings);
  });
}

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

} // namespace calfscope
