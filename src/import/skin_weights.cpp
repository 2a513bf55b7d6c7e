#include "import/skin_weights.h"

#include "geometry/parallel.h"
#include "geometry/scalar_grid.h"
#include "import/rig.h"

#include <glm/gtc/constants.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace calfscope {
namespace {

constexpr float step_mm = 4;
constexpr int rounds = 160;
constexpr float relaxation = 1.85f;

int index_in(const std::vector<Segment>& segments, std::string_view id) {
  for (std::size_t i = 0; i < segments.size(); ++i)
    if (segments[i].id == id)
      return static_cast<int>(i);
  return -1;
}

// The harmonic tail far from a joint would let the whole calf creep with the knee, so the ends are cut off and rounded;
// but hardly steeper between them, or flesh on the inner side of a bent joint turns inside out.
float eased(float share) {
  constexpr float tail = 0.03f, rounding = 0.2f;
  constexpr float whole_turn = glm::two_pi<float>();
  const float t = std::clamp((share - tail) / (1 - 2 * tail), 0.0f, 1.0f);
  return t - rounding * std::sin(whole_turn * t) / whole_turn;
}

// Bytes that sum to 255, the four largest shares kept. The largest takes the rounding.
SkinBinding quantised(const std::vector<float>& shares) {
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return shares[a] > shares[b]; });
  order.resize(std::min<std::size_t>(order.size(), 4));
  float sum = 0;
  for (const std::size_t i : order)
    sum += shares[i];
  SkinBinding out{{0, 0, 0, 0}, {0, 0, 0, 0}};
  int total = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    out.weight[k] = static_cast<std::uint8_t>(std::lround(255 * shares[order[k]] / sum));
    out.segment[k] = out.weight[k] > 0 ? static_cast<std::uint8_t>(order[k]) : std::uint8_t{0};
    total += out.weight[k];
  }
  out.weight[0] = static_cast<std::uint8_t>(out.weight[0] + 255 - total);
  return out;
}

std::vector<float> shares_of(const SkinBinding& binding, std::size_t segments) {
  std::vector<float> shares(segments, 0.0f);
  for (std::size_t k = 0; k < 4; ++k)
    shares[binding.segment[k]] += static_cast<float>(binding.weight[k]) / 255.0f;
  return shares;
}

} // namespace

struct SkinWeights::Field {
  enum Node : std::uint8_t { outside, free, fixed };

  GridFrame frame;
  std::vector<Node> nodes;
  std::vector<ScalarGrid> shares; // of segment 1, 2, …; the shank has what is left

  void fix_bone(const TriMesh& bone, const std::vector<float>& values) {
    const GridFrame local = GridFrame::around(bounds_of(bone), step_mm, step_mm);
    const ScalarGrid distance = signed_distance(bone, local, 3 * step_mm);
    for (int k = 0; k < local.size.z; ++k)
      for (int j = 0; j < local.size.y; ++j)
        for (int i = 0; i < local.size.x; ++i) {
          const glm::ivec3 node = local.first + glm::ivec3(i, j, k) - frame.first;
          // Thin bones must fix nodes too, so a little around the surface counts as bone.
          if (distance.at(i, j, k) > 0.4f * step_mm || glm::any(glm::lessThan(node, glm::ivec3(0))) ||
              glm::any(glm::greaterThanEqual(node, frame.size)))
            continue;
          const std::size_t at = frame.index(node.x, node.y, node.z);
          nodes[at] = fixed;
          for (std::size_t s = 0; s < shares.size(); ++s)
            shares[s].values[at] = values[s + 1];
        }
  }

  // One half of the nodes, told apart like the squares of a chess board, so that rows can be relaxed side by side.
  void relax(int colour) {
    parallel_for(0, frame.size.z, [&](int k) {
      for (int j = 0; j < frame.size.y; ++j)
        for (int i = (j + k + colour) % 2; i < frame.size.x; i += 2) {
          const std::size_t at = frame.index(i, j, k);
          if (nodes[at] == free)
            relax_node({i, j, k}, at);
        }
    });
  }

  void relax_node(glm::ivec3 node, std::size_t at) {
    std::array<std::size_t, 6> near{};
    std::size_t count = 0;
    for (int axis = 0; axis < 3; ++axis)
      for (const int way : {-1, 1}) {
        glm::ivec3 other = node;
        other[axis] += way;
        if (other[axis] < 0 || other[axis] >= frame.size[axis])
          continue;
        const std::size_t there = frame.index(other.x, other.y, other.z);
        if (nodes[there] != outside)
          near[count++] = there;
      }
    if (count == 0)
      return;
    for (ScalarGrid& share : shares) {
      float sum = 0;
      for (std::size_t n = 0; n < count; ++n)
        sum += share.values[near[n]];
      share.values[at] += relaxation * (sum / static_cast<float>(count) - share.values[at]);
    }
  }
};

SkinWeights::SkinWeights(const Atlas& atlas, const std::vector<Segment>& segments) : field_(std::make_unique<Field>()) {
  Field& field = *field_;
  field.frame = GridFrame::around(bounds_of(atlas), step_mm, 3 * step_mm);
  field.shares.assign(segments.size() - 1, ScalarGrid(field.frame));
  field.nodes.assign(field.frame.node_count(), Field::free);
  for (const Structure& structure : atlas.structures) {
    if (structure.kind != Kind::skin)
      continue;
    const ScalarGrid distance = signed_distance(structure.mesh->surface, field.frame);
    for (std::size_t i = 0; i < field.nodes.size(); ++i)
      // Two steps beyond the skin, so that every cell a vertex of the skin lies in is solved for.
      field.nodes[i] = distance.values[i] < 2 * step_mm ? Field::free : Field::outside;
    break;
  }
  for (const Structure& structure : atlas.structures)
    if (structure.kind == Kind::bone)
      if (const auto binding = rigid_binding(structure, segments))
        field.fix_bone(structure.mesh->surface, shares_of(*binding, segments.size()));
  for (int round = 0; round < rounds; ++round) {
    field.relax(0);
    field.relax(1);
  }
}

SkinWeights::~SkinWeights() = default;

SkinBinding SkinWeights::at(glm::vec3 point) const {
  std::vector<float> shares(field_->shares.size() + 1, 0.0f);
  float rest = 1;
  for (std::size_t s = 0; s < field_->shares.size(); ++s) {
    shares[s + 1] = eased(field_->shares[s].sample(point));
    rest -= shares[s + 1];
  }
  shares[0] = std::max(rest, 0.0f);
  return quantised(shares);
}

std::optional<SkinBinding> rigid_binding(const Structure& structure, const std::vector<Segment>& segments) {
  // The kneecap keeps its distance to the tibia (the patellar ligament does not stretch), and the menisci lie on it. A
  // share of the thigh would not only turn them about the joint's axis but shrink them towards it.
  if (structure.id == "patella" || structure.id.starts_with("meniscus"))
    return SkinBinding{};
  const std::string_view segment = segment_of_bone(structure.id);
  if (segment.empty())
    return std::nullopt;
  const int index = index_in(segments, segment);
  if (index < 0)
    return std::nullopt;
  return SkinBinding{{static_cast<std::uint8_t>(index), 0, 0, 0}, {255, 0, 0, 0}};
}

} // namespace calfscope
