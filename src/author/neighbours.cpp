#include "author/neighbours.h"

#include "author/body_fields.h"
#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

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

} // namespace

void part_neighbours(std::vector<Body>& bodies, const std::function<bool(const Body&, const Body&)>& concerns) {
  constexpr float near_mm = 3;
  std::vector<ScalarGrid> parted(bodies.size());
  parallel_for(0, static_cast<int>(bodies.size()), [&](int index) {
    const auto n = static_cast<std::size_t>(index);
    const Body& body = bodies[n];
    const auto meets = [&](const Body& other) {
      return &other != &body && !other.field.values.empty() && concerns(body, other);
    };
    if (rank_of(*body.what) == 0 || body.field.values.empty() || std::none_of(bodies.begin(), bodies.end(), meets))
      return;
    ScalarGrid field = body.field;
    const GridFrame& frame = field.frame;
    for (const Body& other : bodies) {
      if (!meets(other))
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
    constexpr float running_out_mm = 30;
    const float lowest = body.sweep && body.what->packing ? body.sweep->bottom_mm() + running_out_mm : -far_outside_mm;
    const ScalarGrid beside = lowest_of(frame, lines);
    const ScalarGrid thick = opened(signed_distance(body.field, 12), 0.5f * thinnest);
    for (int k = 0; k < frame.size.z; ++k)
      for (int j = 0; j < frame.size.y; ++j)
        for (int i = 0; i < frame.size.x; ++i) {
          const float near_a_line = beside.at(i, j, k) - thinnest - 0.5f;
          if (near_a_line > 2 || frame.position(i, j, k).y < lowest)
            continue;
          const float tendon =
              body.cord_field.values.empty() ? far_outside_mm : body.cord_field.sample(frame.position(i, j, k)) - 0.6f;
          float& value = body.field.at(i, j, k);
          value = std::max(value, std::min({thick.at(i, j, k), tendon, -near_a_line}));
        }
  });
}

} // namespace calfscope
