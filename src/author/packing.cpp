#include "author/packing.h"

#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float muscle_gap_mm = 0.5f;
constexpr float compartment_gap_mm = 0.8f;
constexpr float bone_gap_mm = 0.5f;
constexpr float interface_rounding_mm = 2;
constexpr float edge_rounding_mm = 4; // what gives a belly a round edge where a neighbour begins
constexpr float front_rounding_mm = 8;
constexpr float wall_rounding_mm = 2;
constexpr float widest_gap_half_mm = 8; // wider gaps than twice this stay fat
constexpr float groove_mm = 2.5f;       // below the common outline: furrows between bellies stay to be seen
constexpr int rounds_between_outlines = 4;
constexpr float nothing_near = 1e3f;

// How strongly growth acts at each height: by section size, faded at both ends, by level.
std::vector<float> growth_by_height(const PackedMuscle& muscle) {
  const GridFrame& frame = muscle.own.frame;
  const Curve by_level(muscle.what->packing->growth_by_level);
  std::vector<float> weights;
  for (int j = 0; j < frame.size.y; ++j) {
    const float y = frame.position(0, j, 0).y;
    float weight = muscle.sweep.size_mm(y) / std::max(muscle.sweep.largest_size_mm(), 1e-3f);
    weight *= smooth_between(muscle.sweep.top_mm(), muscle.sweep.top_mm() - 25, y);
    weight *= smooth_between(muscle.sweep.bottom_mm(), muscle.sweep.bottom_mm() + 45, y);
    weights.push_back(by_level.empty() ? weight : weight * by_level.at(y));
  }
  return weights;
}

// The same at each node, with the depth below the outline of all muscles.
std::vector<float> growth_weights(const PackedMuscle& muscle, const ScalarGrid& outline) {
  const Packing& packing = *muscle.what->packing;
  const GridFrame& frame = muscle.own.frame;
  const std::vector<float> by_height = growth_by_height(muscle);
  std::vector<float> weights(frame.node_count());
  parallel_for(0, frame.size.z, [&](int k) {
    for (int j = 0; j < frame.size.y; ++j)
      for (int i = 0; i < frame.size.x; ++i) {
        const std::size_t node = frame.index(i, j, k);
        const float deep = std::clamp(-outline.values[node] / 20, 0.0f, 1.0f);
        weights[node] =
            by_height[static_cast<std::size_t>(j)] * glm::mix(packing.growth_at_surface, packing.growth_in_depth, deep);
      }
  });
  return weights;
}

// The lowest value and the lowest among the others, per node.
struct TwoLowest {
  std::vector<float> lowest, second;
  std::vector<std::uint8_t> owner;

  explicit TwoLowest(std::size_t count) : lowest(count, nothing_near), second(count, nothing_near), owner(count, 255) {}
  void offer(std::size_t node, float value, std::uint8_t who) {
    if (value < lowest[node]) {
      second[node] = owner[node] == who ? second[node] : lowest[node];
      lowest[node] = value;
      owner[node] = who;
    } else if (value < second[node] && owner[node] != who) {
      second[node] = value;
    }
  }
  float besides(std::size_t node, std::uint8_t who) const { return owner[node] == who ? second[node] : lowest[node]; }
};

std::uint8_t compartment_of(const PackedMuscle& muscle, const AnatomyDescription& anatomy) {
  for (std::size_t c = 0; c < anatomy.compartments.size(); ++c)
    if (anatomy.compartments[c].id == muscle.what->packing->compartment)
      return static_cast<std::uint8_t>(c);
  return 0;
}

ScalarGrid common_outline(const std::vector<PackedMuscle>& muscles) {
  ScalarGrid outline(muscles.front().own.frame, nothing_near);
  for (const PackedMuscle& muscle : muscles)
    for (std::size_t node = 0; node < outline.values.size(); ++node)
      outline.values[node] = std::min(outline.values[node], muscle.own.values[node]);
  return outline;
}

// What does not change from round to round.
struct Arena {
  const AnatomyDescription& anatomy;
  std::vector<std::uint8_t> compartment;     // of each muscle
  std::vector<std::vector<float>> weights;   // of each muscle, per node
  std::vector<ScalarGrid> compartment_field; // lowest declared distance less head start
  TwoLowest compartments;
  ScalarGrid bones;

  Arena(const std::vector<PackedMuscle>& muscles, const AnatomyDescription& what, const PackingRoom& room)
      : anatomy(what), compartments(room.frame.node_count()) {
    const ScalarGrid outline = common_outline(muscles);
    compartment_field.assign(anatomy.compartments.size(), ScalarGrid(room.frame, nothing_near));
    for (const PackedMuscle& muscle : muscles) {
      const std::uint8_t c = compartment_of(muscle, anatomy);
      compartment.push_back(c);
      weights.push_back(growth_weights(muscle, outline));
      const float head_start = anatomy.compartments[c].head_start_mm;
      ScalarGrid& field = compartment_field[c];
      for (std::size_t node = 0; node < field.values.size(); ++node)
        field.values[node] = std::min(field.values[node], muscle.own.values[node] - head_start);
    }
    for (std::size_t c = 0; c < compartment_field.size(); ++c)
      for (std::size_t node = 0; node < compartment_field[c].values.size(); ++node)
        compartments.offer(node, compartment_field[c].values[node], static_cast<std::uint8_t>(c));
    bones = fill_grid(room.frame, [&](glm::vec3 p) { return room.bones->sample(p); });
  }
};

// The back of the sheet that a muscle stays behind, at one height.
struct WallLevel {
  glm::vec2 centre{0};  // x, z
  glm::vec2 forward{0}; // unit, square to the sheet
  float clearance_mm = -nothing_near;

  // Above 0 in front of the wall.
  float passed_mm(glm::vec3 p) const { return glm::dot(glm::vec2(p.x, p.z) - centre, forward) + clearance_mm; }
};

std::vector<WallLevel> wall_levels(const PackedMuscle& muscle) {
  constexpr float gap_mm = 0.4f;
  constexpr float past_edge_mm = 20; // above and below the sheet its say fades out
  const GridFrame& frame = muscle.own.frame;
  std::vector<WallLevel> levels(muscle.wall ? static_cast<std::size_t>(frame.size.y) : 0);
  for (std::size_t j = 0; j < levels.size(); ++j) {
    const float y = frame.position(0, static_cast<int>(j), 0).y;
    const SectionLevel sheet = muscle.wall->at(y);
    const float turn = glm::radians(sheet.turn_deg);
    const float past = std::max({0.0f, y - muscle.wall->top_mm(), muscle.wall->bottom_mm() - y});
    levels[j] = {{sheet.centre_x_mm, sheet.centre_z_mm},
                 {-std::sin(turn), std::cos(turn)},
                 sheet.half_depth_mm + gap_mm - 40 * smooth_between(0, past_edge_mm, past)};
  }
  return levels;
}

// How far a muscle's own outline reaches before its neighbours have their say.
struct OwnOutline {
  const PackedMuscle& muscle;
  const std::vector<float>& weights;
  std::vector<float> level_weights;
  Curve front;
  std::vector<WallLevel> wall; // empty if there is none

  OwnOutline(const PackedMuscle& of, const std::vector<float>& growth)
      : muscle(of), weights(growth), level_weights(growth_by_height(of)), front(of.what->packing->front_limit),
        wall(wall_levels(of)) {}

  float at(std::size_t node, int j, glm::vec3 p) const {
    const Packing& packing = *muscle.what->packing;
    const float declared = muscle.own.values[node];
    float own = packing.own_growth_mm ? declared - *packing.own_growth_mm * level_weights[static_cast<std::size_t>(j)]
                                      : declared - muscle.growth_mm * weights[node];
    if (!wall.empty())
      own = smooth_max(own, wall[static_cast<std::size_t>(j)].passed_mm(p), wall_rounding_mm);
    return front.empty() ? own : smooth_max(own, 0.9f * (p.z - front.at(p.y)), front_rounding_mm);
  }
};

bool any_fills(const std::vector<PackedMuscle>& muscles) {
  return std::any_of(muscles.begin(), muscles.end(),
                     [](const PackedMuscle& muscle) { return !muscle.what->packing->fills_mm.empty(); });
}

// Distance to the outline that bellies and bones have in common, narrow gaps between them closed. Empty if no muscle
// swells into gaps.
ScalarGrid closed_outline(const std::vector<PackedMuscle>& muscles, const Arena& arena) {
  if (!any_fills(muscles))
    return {};
  ScalarGrid outline = arena.bones;
  const GridFrame& frame = outline.frame;
  for (std::size_t m = 0; m < muscles.size(); ++m) {
    const OwnOutline own(muscles[m], arena.weights[m]);
    parallel_for(0, frame.size.z, [&](int k) {
      for (int j = 0; j < frame.size.y; ++j)
        for (int i = 0; i < frame.size.x; ++i) {
          const std::size_t node = frame.index(i, j, k);
          if (muscles[m].own.values[node] < 24)
            outline.values[node] = std::min(outline.values[node], own.at(node, j, frame.position(i, j, k)));
        }
    });
  }
  constexpr float limit_mm = 2 * widest_gap_half_mm;
  outline = signed_distance(outline, limit_mm);
  for (float& value : outline.values)
    value -= widest_gap_half_mm;
  outline = signed_distance(outline, limit_mm);
  for (float& value : outline.values)
    value += widest_gap_half_mm;
  return outline;
}

// Distance from a border field's zero level, first order: where two outlines do not face each other their difference
// rises slowly, and a gap counted in its values would grow to several millimetres.
float distance_from_border(const ScalarGrid& border, int i, int j, int k) {
  constexpr float least_slope = 0.25f;
  constexpr float near_mm = 4; // further away only the sign counts
  const float value = border.at(i, j, k);
  if (std::abs(value) > near_mm)
    return value;
  const glm::ivec3 last = border.frame.size - 1;
  const auto slope = [&](glm::ivec3 low, glm::ivec3 high) {
    low = glm::max(low, glm::ivec3(0));
    high = glm::min(high, last);
    const auto span = static_cast<float>(high.x - low.x + high.y - low.y + high.z - low.z);
    return (border.at(high.x, high.y, high.z) - border.at(low.x, low.y, low.z)) /
           (std::max(span, 1.0f) * border.frame.step_mm);
  };
  const glm::vec3 rise(slope({i - 1, j, k}, {i + 1, j, k}), slope({i, j - 1, k}, {i, j + 1, k}),
                       slope({i, j, k - 1}, {i, j, k + 1}));
  return value / std::clamp(glm::length(rise), least_slope, 1.0f);
}

void compete(std::vector<PackedMuscle>& muscles, const Arena& arena, const ScalarGrid& outline) {
  const GridFrame& frame = arena.bones.frame;
  std::vector<TwoLowest> inside(arena.compartment_field.size(), TwoLowest(frame.node_count()));
  for (std::size_t m = 0; m < muscles.size(); ++m)
    for (std::size_t node = 0; node < frame.node_count(); ++node)
      inside[arena.compartment[m]].offer(node,
                                         muscles[m].own.values[node] - muscles[m].growth_mm * arena.weights[m][node],
                                         static_cast<std::uint8_t>(m));
  parallel_for(0, static_cast<int>(muscles.size()), [&](int index) {
    PackedMuscle& muscle = muscles[static_cast<std::size_t>(index)];
    const auto who = static_cast<std::uint8_t>(index);
    const std::uint8_t c = arena.compartment[static_cast<std::size_t>(index)];
    const auto& weights = arena.weights[static_cast<std::size_t>(index)];
    const OwnOutline outline_of(muscle, weights);
    const Curve fills(muscle.what->packing->fills_mm);
    muscle.packed = ScalarGrid(frame, nothing_near);
    ScalarGrid within(frame);  // border against the others of its compartment ...
    ScalarGrid between(frame); // ... and of the compartment against the others
    for (std::size_t node = 0; node < frame.node_count(); ++node) {
      within.values[node] =
          0.5f * (muscle.own.values[node] - muscle.growth_mm * weights[node] - inside[c].besides(node, who));
      between.values[node] = 0.5f * (arena.compartment_field[c].values[node] - arena.compartments.besides(node, c));
    }
    for (int k = 0; k < frame.size.z; ++k)
      for (int j = 0; j < frame.size.y; ++j) {
        const float swell = fills.empty() ? 0 : fills.at(frame.position(0, j, 0).y);
        for (int i = 0; i < frame.size.x; ++i) {
          const std::size_t node = frame.index(i, j, k);
          const float declared = muscle.own.values[node];
          if (declared > 24)
            continue;
          float own = outline_of.at(node, j, frame.position(i, j, k));
          if (swell > 0)
            own = std::min(own, smooth_max(own - swell, outline.values[node] + groove_mm, interface_rounding_mm));
          const float inner = distance_from_border(within, i, j, k) + 0.5f * muscle_gap_mm;
          const float outer = distance_from_border(between, i, j, k) + 0.5f * compartment_gap_mm;
          float f = smooth_max(own, smooth_max(inner, outer, interface_rounding_mm), edge_rounding_mm);
          // The rounding may never let two neighbours overlap: the interface itself is a hard limit.
          f = std::max({f, inner, outer, bone_gap_mm - arena.bones.values[node]});
          muscle.packed.values[node] = f;
        }
      }
  });
}

} // namespace

std::vector<PackedMuscle> declared_muscles(const AnatomyDescription& anatomy, const GridFrame& frame) {
  constexpr float reach_mm = 26; // further away no muscle competes
  std::vector<PackedMuscle> muscles;
  for (const StructureDescription& structure : anatomy.structures)
    if (structure.packing) {
      PackedMuscle& muscle = muscles.emplace_back(&structure, Sweep(*structure.sections));
      muscle.growth_mm = structure.packing->start_growth_mm;
      if (const std::string& wall = structure.packing->behind; !wall.empty())
        muscle.wall.emplace(*anatomy.find(wall)->sections);
    }
  parallel_for(0, static_cast<int>(muscles.size()), [&](int index) {
    PackedMuscle& muscle = muscles[static_cast<std::size_t>(index)];
    GridFrame near = GridFrame::around(muscle.sweep.bounds(), frame.step_mm, reach_mm);
    const glm::ivec3 last = glm::min(near.first + near.size, frame.first + frame.size);
    near.first = glm::max(near.first, frame.first);
    near.size = last - near.first;
    const ScalarGrid distance = signed_distance(muscle.sweep.field(near), 60);
    muscle.own = ScalarGrid(frame, 60);
    const glm::ivec3 shift = near.first - frame.first;
    for (int k = 0; k < near.size.z; ++k)
      for (int j = 0; j < near.size.y; ++j)
        for (int i = 0; i < near.size.x; ++i)
          muscle.own.at(i + shift.x, j + shift.y, k + shift.z) = distance.at(i, j, k);
  });
  return muscles;
}

void pack(std::vector<PackedMuscle>& muscles, const AnatomyDescription& anatomy, const PackingRoom& room) {
  if (muscles.empty())
    return;
  const Arena arena(muscles, anatomy, room);
  compete(muscles, arena, closed_outline(muscles, arena));
}

void solve_volumes(std::vector<PackedMuscle>& muscles, const AnatomyDescription& anatomy, const PackingRoom& room,
                   int rounds, const std::function<void(double)>& progress) {
  if (muscles.empty())
    return;
  const Arena arena(muscles, anatomy, room);
  constexpr float most_step_mm = 2;
  constexpr float most_growth_mm = 24;
  ScalarGrid outline;
  for (int round = 0; round < rounds; ++round) {
    if (round % rounds_between_outlines == 0)
      outline = closed_outline(muscles, arena);
    compete(muscles, arena, outline);
    for (std::size_t m = 0; m < muscles.size(); ++m) {
      PackedMuscle& muscle = muscles[m];
      if (!muscle.what->packing->volume_cm3)
        continue;
      const double target =
          (*muscle.what->packing->volume_cm3 * (1 + muscle.what->packing->lost_share) - muscle.cords_cm3) * 1000;
      const double found = field_volume_mm3(muscle.packed);
      double lever = 0; // mm2 of surface on which growth acts, weighted
      const float step = muscle.packed.frame.step_mm;
      for (std::size_t node = 0; node < muscle.packed.values.size(); ++node)
        if (std::abs(muscle.packed.values[node]) < 0.5f * step)
          lever += static_cast<double>(arena.weights[m][node] * step * step);
      const double change = 0.9 * (target - found) / std::max(lever, 100.0);
      muscle.growth_mm +=
          static_cast<float>(std::clamp(change, -static_cast<double>(most_step_mm), static_cast<double>(most_step_mm)));
      muscle.growth_mm = std::clamp(muscle.growth_mm, -most_growth_mm, most_growth_mm);
    }
    progress(static_cast<double>(round + 1) / rounds);
  }
  compete(muscles, arena, closed_outline(muscles, arena));
}

double field_volume_mm3(const ScalarGrid& field) {
  const float step = field.frame.step_mm;
  double nodes = 0;
  for (const float value : field.values)
    nodes += static_cast<double>(std::clamp(0.5f - value / step, 0.0f, 1.0f));
  return nodes * static_cast<double>(step) * static_cast<double>(step) * static_cast<double>(step);
}

} // namespace calfscope
