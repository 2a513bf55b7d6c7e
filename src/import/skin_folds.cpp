#include "import/skin_folds.h"

#include "geometry/parallel.h"
#include "geometry/ray_scene.h"

#include <algorithm>

namespace calfscope {
namespace {

constexpr float above_mm = 0.3f; // of the surface: there lies air, unless another part of the skin is there
constexpr int most_rounds = 60;
constexpr int rings = 2; // around a vertex within the skin that move along
constexpr float pull = 0.7f;

using Flags = std::vector<std::uint8_t>;

// Of these vertices, those whose air outside lies within the skin.
Flags within_itself(const std::vector<glm::vec3>& places, const TriMesh& rest, const std::vector<std::uint32_t>& same,
                    const Flags& tried) {
  TriMesh surface{places, {}, rest.triangles};
  for (glm::uvec3& t : surface.triangles)
    t = {same[t.x], same[t.y], same[t.z]};
  compute_normals(surface);
  RayScene scene;
  scene.add(places, rest.triangles);
  scene.commit();
  Flags out(places.size(), 0);
  constexpr int block = 512;
  parallel_for(0, static_cast<int>((places.size() + block - 1) / block), [&](int b) {
    const std::size_t end = std::min(places.size(), static_cast<std::size_t>(b + 1) * block);
    for (std::size_t v = static_cast<std::size_t>(b) * block; v < end; ++v) {
      const glm::vec3 outwards = surface.normals[v], air = places[v] + above_mm * outwards;
      // Nothing ahead tells most of them quickly.
      out[v] = tried[v] && scene.first_hit({air, outwards}) && scene.inside(air, 0);
    }
  });
  return out;
}

} // namespace

void smooth_pleats(std::vector<glm::vec3>& places, const TriMesh& rest, const std::vector<std::uint32_t>& same) {
  std::vector<std::vector<std::uint32_t>> near(places.size());
  for (const glm::uvec3& t : rest.triangles)
    for (int k = 0; k < 3; ++k)
      near[same[t[k]]].push_back(same[t[(k + 1) % 3]]);
  Flags moving(places.size());
  for (std::size_t v = 0; v < moving.size(); ++v)
    moving[v] = same[v] == v;
  for (int round = 0; round < most_rounds; ++round) {
    moving = within_itself(places, rest, same, moving);
    if (round == 0) {
      const Flags at_rest = within_itself(rest.positions, rest, same, moving);
      for (std::size_t v = 0; v < moving.size(); ++v)
        moving[v] = moving[v] && !at_rest[v];
    }
    if (std::none_of(moving.begin(), moving.end(), [](std::uint8_t m) { return m; }))
      break;
    for (int ring = 0; ring < rings; ++ring) {
      const Flags before = moving;
      for (std::size_t v = 0; v < near.size(); ++v)
        for (const std::uint32_t other : near[v])
          moving[v] = moving[v] || before[other];
    }
    const std::vector<glm::vec3> before = places;
    for (std::size_t v = 0; v < near.size(); ++v) {
      if (!moving[v] || near[v].empty())
        continue;
      glm::vec3 sum(0);
      for (const std::uint32_t other : near[v])
        sum += before[other];
      places[v] = glm::mix(before[v], sum / static_cast<float>(near[v].size()), pull);
    }
  }
  for (std::size_t v = 0; v < places.size(); ++v)
    places[v] = places[same[v]];
}

} // namespace calfscope
