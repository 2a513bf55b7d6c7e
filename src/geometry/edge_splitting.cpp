#include "geometry/edge_splitting.h"

#include <algorithm>
#include <map>
#include <optional>

namespace calfscope {
namespace {

// Both ends' weights added, the four largest kept, in bytes that sum to 255 again. The largest takes the rounding.
SkinBinding between(const SkinBinding& a, const SkinBinding& b) {
  std::map<std::uint8_t, int> weights; // of a segment, of 510
  for (const SkinBinding* end : {&a, &b})
    for (std::size_t k = 0; k < 4; ++k)
      if (end->weight[k] > 0)
        weights[end->segment[k]] += end->weight[k];
  std::vector<std::pair<int, std::uint8_t>> order;
  for (const auto& [segment, weight] : weights)
    order.emplace_back(weight, segment);
  std::stable_sort(order.begin(), order.end(), [](const auto& one, const auto& other) { return one > other; });
  order.resize(std::min<std::size_t>(order.size(), 4));
  int sum = 0;
  for (const auto& [weight, segment] : order)
    sum += weight;
  SkinBinding out;
  out.weight.fill(0);
  int left = 255;
  for (std::size_t k = order.size(); k-- > 0;) {
    const int share = k == 0 ? left : 255 * order[k].first / sum;
    out.segment[k] = order[k].second;
    out.weight[k] = static_cast<std::uint8_t>(share);
    left -= share;
  }
  return out;
}

float size_of(const Bend& bend) {
  float sum = 0;
  for (const glm::vec3 offset : bend.position_mm)
    sum += dot(offset, offset);
  return sum;
}

// Ends that bend with different joints lie where neither moves them far: the one that is moved more counts.
Bend between(const Bend& a, const Bend& b) {
  Bend out;
  out.joint = size_of(a) >= size_of(b) ? a.joint : b.joint;
  for (const Bend* end : {&a, &b})
    for (std::size_t k = 0; end->joint == out.joint && k < end->position_mm.size(); ++k) {
      out.position_mm[k] += 0.5f * end->position_mm[k];
      out.normal[k] += 0.5f * end->normal[k];
    }
  return out;
}

TissueShares between(const TissueShares& a, const TissueShares& b) {
  return {0.5f * (a.tendon + b.tendon), 0.5f * (a.depth + b.depth), 0.5f * (a.relief + b.relief)};
}

template <typename T>
std::vector<T> with_middles(const std::vector<T>& old, const SplitMesh& split) {
  std::vector<T> out = old;
  if (old.empty())
    return out;
  out.reserve(split.kept + split.middle_of.size());
  for (const auto& [a, b] : split.middle_of)
    out.push_back(between(out[a], out[b]));
  return out;
}

// Means of unit vectors, unit again.
std::vector<glm::vec3> directions(const std::vector<glm::vec3>& old, const SplitMesh& split) {
  if (old.empty())
    return {};
  std::vector<glm::vec3> out = split.spread(std::span(old));
  for (glm::vec3& direction : out)
    if (const float size = length(direction); size > 0)
      direction /= size;
  return out;
}

} // namespace

SurfaceMesh finer_surface(const SurfaceMesh& mesh, const SplitMesh& split) {
  SurfaceMesh out;
  out.surface.positions = split.spread(std::span(mesh.surface.positions));
  out.surface.normals = directions(mesh.surface.normals, split);
  out.surface.triangles = split.triangles;
  out.fibre = directions(mesh.fibre, split);
  if (!mesh.muscle_place.empty())
    out.muscle_place = split.spread(std::span(mesh.muscle_place));
  out.shares = with_middles(mesh.shares, split);
  out.binding = with_middles(mesh.binding, split);
  out.bends = with_middles(mesh.bends, split);
  out.coarse = mesh.coarse;
  return out;
}

SplitMesh split_long_edges(const TriMesh& mesh, float longest_mm, const std::function<bool(glm::vec3)>& wanted) {
  constexpr int most_passes = 6;
  SplitMesh out;
  out.kept = mesh.positions.size();
  out.triangles = mesh.triangles;
  std::vector<glm::vec3> positions = mesh.positions;
  for (int pass = 0; pass < most_passes; ++pass) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
    for (const glm::uvec3& t : out.triangles)
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t a = t[k], b = t[(k + 1) % 3];
        const glm::vec3 middle = 0.5f * (positions[a] + positions[b]);
        if (distance(positions[a], positions[b]) > longest_mm && wanted(middle) &&
            middles.emplace(std::minmax(a, b), static_cast<std::uint32_t>(positions.size())).second) {
          positions.push_back(middle);
          out.middle_of.push_back({a, b});
        }
      }
    if (middles.empty())
      break;
    std::vector<glm::uvec3> finer;
    finer.reserve(out.triangles.size() + 2 * middles.size());
    for (glm::uvec3 t : out.triangles) {
      const auto middle = [&](int k) -> std::optional<std::uint32_t> {
        const auto found = middles.find(std::minmax(t[k], t[(k + 1) % 3]));
        return found == middles.end() ? std::nullopt : std::optional(found->second);
      };
      const int count = static_cast<int>(middle(0).has_value()) + static_cast<int>(middle(1).has_value()) +
                        static_cast<int>(middle(2).has_value());
      // Turned so that the whole edge (of two halves) or the halved one (of one) comes first.
      const auto turn = [&] { t = glm::uvec3(t.y, t.z, t.x); };
      if (count == 0) {
        finer.push_back(t);
      } else if (count == 1) {
        while (!middle(0))
          turn();
        finer.emplace_back(t.x, *middle(0), t.z);
        finer.emplace_back(*middle(0), t.y, t.z);
      } else if (count == 2) {
        while (middle(0))
          turn();
        const std::uint32_t yz = *middle(1), zx = *middle(2);
        finer.emplace_back(yz, t.z, zx);
        // The shorter diagonal of what is left keeps corners wide.
        if (distance(positions[t.x], positions[yz]) < distance(positions[t.y], positions[zx])) {
          finer.emplace_back(t.x, t.y, yz);
          finer.emplace_back(t.x, yz, zx);
        } else {
          finer.emplace_back(t.x, t.y, zx);
          finer.emplace_back(t.y, yz, zx);
        }
      } else {
        const std::uint32_t xy = *middle(0), yz = *middle(1), zx = *middle(2);
        finer.emplace_back(t.x, xy, zx);
        finer.emplace_back(xy, t.y, yz);
        finer.emplace_back(zx, yz, t.z);
        finer.emplace_back(xy, yz, zx);
      }
    }
    out.triangles = std::move(finer);
  }
  return out;
}

} // namespace calfscope
