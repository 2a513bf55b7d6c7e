#include "author/overlaps.h"

#include "geometry/parallel.h"

#include <algorithm>
#include <mutex>
#include <tuple>

namespace calfscope {
namespace {

constexpr float deepest_sought_mm = 40;

// Skin is around everything, and nails (the only things of no other kind) are let into it.
bool takes_room(Kind kind) {
  return kind != Kind::skin && kind != Kind::other;
}

bool apart(const Bounds& a, const Bounds& b) {
  return glm::any(glm::greaterThan(a.lower, b.upper)) || glm::any(glm::lessThan(a.upper, b.lower));
}

// Vertices of one inside the other.
void add_depth(OverlapReport& overlap, const Structure& points, const RayScene& body, const Bounds& box) {
  for (const glm::vec3 p : points.mesh->surface.positions) {
    if (glm::any(glm::lessThan(p, box.lower)) || glm::any(glm::greaterThan(p, box.upper)) || !body.inside(p, 0))
      continue;
    const auto nearest = body.nearest(p, deepest_sought_mm);
    const double depth = nearest ? static_cast<double>(nearest->distance_mm) : 0;
    if (depth > overlap_counts_mm) {
      ++overlap.vertices;
      overlap.deepest_mm = std::max(overlap.deepest_mm, depth);
    }
  }
}

} // namespace

std::vector<OverlapReport> overlaps_in(const Atlas& atlas, std::span<const RayScene> scenes) {
  std::vector<Bounds> boxes;
  for (const Structure& structure : atlas.structures)
    boxes.push_back(bounds_of(structure.mesh->surface));
  std::vector<OverlapReport> out;
  std::mutex guard;
  const int count = static_cast<int>(atlas.structures.size());
  parallel_for(0, count, [&](int index) {
    const auto a = static_cast<std::size_t>(index);
    if (!takes_room(atlas.structures[a].kind))
      return;
    for (std::size_t b = a + 1; b < atlas.structures.size(); ++b) {
      if (!takes_room(atlas.structures[b].kind) || apart(boxes[a], boxes[b]))
        continue;
      OverlapReport overlap{atlas.structures[a].id, atlas.structures[b].id, 0, 0};
      add_depth(overlap, atlas.structures[a], scenes[b], boxes[b]);
      add_depth(overlap, atlas.structures[b], scenes[a], boxes[a]);
      if (overlap.vertices == 0)
        continue;
      const std::scoped_lock lock(guard);
      out.push_back(std::move(overlap));
    }
  });
  std::sort(out.begin(), out.end(), [](const OverlapReport& a, const OverlapReport& b) {
    return a.deepest_mm != b.deepest_mm ? a.deepest_mm > b.deepest_mm
                                        : std::tie(a.first, a.second) < std::tie(b.first, b.second);
  });
  return out;
}

} // namespace calfscope
