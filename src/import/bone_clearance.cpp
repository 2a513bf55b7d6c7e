#include "import/bone_clearance.h"

#include "geometry/parallel.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <tuple>

namespace calfscope {
namespace {

constexpr int rounds = 5;
constexpr float farthest_mm = 60;
constexpr float air_mm = 0.15f; // left between what was moved and what it was in
constexpr float counts_mm = 0.1f;
// A fold may press flesh towards the skin, but a part of what covers it at rest stays: no vein shines through, and what
// lies deeper stays deeper.
constexpr float whole_cover_mm = 1.5f;
constexpr float share_of_cover = 0.12f; // of what is more
constexpr float most_cover_mm = 2.2f;
constexpr float deepest_crease_mm = 12; // over which vessels and nerves are led round its bottom
constexpr float shortest_across_mm = 1;
constexpr float follows = 0.6f; // of the way of its neighbours goes a vertex that need not move itself
constexpr int ring_rounds = 3;

bool within(const Bounds& box, glm::vec3 p) {
  return glm::all(glm::greaterThanEqual(p, box.lower)) && glm::all(glm::lessThanEqual(p, box.upper));
}

// mm below the skin; negative outside it.
float depth_under(const RayScene& skin, glm::vec3 place) {
  const auto surface = skin.nearest(place, farthest_mm);
  const float distance = surface ? surface->distance_mm : farthest_mm;
  return skin.inside(place, 0) ? distance : -distance;
}

float cover_of(float depth_mm) {
  return std::min({depth_mm, whole_cover_mm + share_of_cover * (depth_mm - whole_cover_mm), most_cover_mm});
}

bool is_one_piece(const SurfaceMesh& mesh) {
  return std::all_of(mesh.binding.begin(), mesh.binding.end(),
                     [&](const SkinBinding& b) { return b == mesh.binding.front(); });
}

} // namespace

std::vector<std::uint32_t> same_places(const std::vector<glm::vec3>& positions) {
  std::vector<std::uint32_t> order(positions.size()), same(positions.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const glm::vec3 &p = positions[a], &q = positions[b];
    return std::tie(p.x, p.y, p.z, a) < std::tie(q.x, q.y, q.z, b);
  });
  for (std::size_t i = 0; i < order.size(); ++i)
    same[order[i]] = i > 0 && positions[order[i]] == positions[order[i - 1]] ? same[order[i - 1]] : order[i];
  return same;
}

BoneClearance::BoneClearance(const Atlas& atlas) : atlas_(atlas), flesh_(atlas.structures.size()) {
  for (std::size_t s = 0; s < atlas.structures.size(); ++s) {
    const Structure& structure = atlas.structures[s];
    const TriMesh& surface = structure.mesh->surface;
    if (structure.kind == Kind::bone) {
      Bone bone{structure.mesh->binding[0].segment[0], bounds_of(surface), RayScene()};
      bone.scene.add(surface.positions, surface.triangles);
      bone.scene.commit();
      bones_.push_back(std::move(bone));
    }
    if (structure.id == "skin") {
      skin_ = s;
      rest_skin_.add(surface.positions, surface.triangles);
      rest_skin_.commit();
    }
    if (structure.kind == Kind::bone || is_one_piece(*structure.mesh))
      continue;
    Flesh& flesh = flesh_[s];
    flesh.same = same_places(surface.positions);
    if (structure.kind != Kind::skin)
      flesh.cover.assign(surface.positions.size(), 0);
    flesh.near.resize(surface.positions.size());
    for (const glm::uvec3& t : surface.triangles)
      for (int k = 0; k < 3; ++k)
        flesh.near[flesh.same[t[k]]].push_back(flesh.same[t[(k + 1) % 3]]);
  }
  parallel_for(0, static_cast<int>(flesh_.size()), [&](int structure) {
    const auto s = static_cast<std::size_t>(structure);
    for (std::size_t v = 0; v < flesh_[s].cover.size(); ++v)
      flesh_[s].cover[v] = cover_of(depth_under(rest_skin_, atlas.structures[s].mesh->surface.positions[v]));
  });
}

bool BoneClearance::out_of_bones(Places& places, std::span<const glm::mat4> segments, std::uint8_t joint) const {
  std::vector<glm::mat4> to_rest;
  for (const glm::mat4& matrix : segments)
    to_rest.push_back(glm::inverse(matrix));
  std::atomic<bool> moved = false;
  parallel_for(0, static_cast<int>(places.size()), [&](int structure) {
    const auto s = static_cast<std::size_t>(structure);
    const std::vector<glm::vec3>& rest = atlas_.structures[s].mesh->surface.positions;
    for (std::size_t v = 0; v < flesh_[s].same.size(); ++v) {
      if (flesh_[s].same[v] != v || !is_near(s, v, joint))
        continue;
      for (const Bone& bone : bones_) {
        const auto segment = static_cast<std::size_t>(bone.segment);
        const glm::vec3 place(to_rest[segment] * glm::vec4(places[s][v], 1));
        if (!within(bone.box, place) || !bone.scene.inside(place, 0))
          continue;
        const auto surface = bone.scene.nearest(place, farthest_mm);
        const float depth = surface ? surface->distance_mm : 0;
        const float before = bone.scene.inside(rest[v], 0) ? bone.scene.nearest(rest[v], farthest_mm)->distance_mm : 0;
        if (depth <= before + (before > 0 ? counts_mm : 0) || depth <= 1e-4f)
          continue;
        const float way = depth - before + (before > 0 ? 0 : air_mm);
        places[s][v] = glm::vec3(segments[segment] * glm::vec4(place + way / depth * (surface->position - place), 1));
        moved = true;
      }
    }
  });
  return moved;
}

bool BoneClearance::under_skin(Places& places, std::uint8_t joint) const {
  const TriMesh& skin = atlas_.structures[skin_].mesh->surface;
  RayScene scene;
  scene.add(places[skin_], skin.triangles);
  scene.commit();
  struct Push {
    std::uint32_t triangle;
    glm::vec3 way;
  };
  std::vector<std::vector<Push>> pushes(places.size());
  std::atomic<bool> moved = false;
  parallel_for(0, static_cast<int>(places.size()), [&](int structure) {
    const auto s = static_cast<std::size_t>(structure);
    if (atlas_.structures[s].kind == Kind::skin)
      return;
    const std::vector<glm::vec3>& rest = atlas_.structures[s].mesh->surface.positions;
    const std::vector<float>& cover = flesh_[s].cover;
    const bool is_flesh = !cover.empty();
    for (std::size_t v = 0; v < places[s].size(); ++v) {
      if ((is_flesh && flesh_[s].same[v] != v) || !is_near(s, v, joint))
        continue;
      const bool inside = scene.inside(places[s][v], 0);
      if (inside && (!is_flesh || cover[v] <= 0))
        continue;
      const auto surface = scene.nearest(places[s][v], inside ? most_cover_mm : farthest_mm);
      if (!surface || surface->distance_mm < 1e-4f)
        continue;
      const float depth = inside ? surface->distance_mm : -surface->distance_mm;
      const float wanted = is_flesh ? cover[v] : std::min(depth_under(rest_skin_, rest[v]), 0.0f);
      if (depth >= wanted - counts_mm || (!inside && -depth <= counts_mm && wanted <= 0))
        continue;
      moved = true;
      // Along the way to the skin, through it or back from it.
      const glm::vec3 way = (1 - (wanted + (wanted <= 0 ? air_mm : 0)) / depth) * (surface->position - places[s][v]);
      if (is_flesh)
        places[s][v] += way;
      else
        pushes[s].push_back({surface->triangle, -way});
    }
  });
  for (const auto& list : pushes)
    for (const Push& push : list)
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t vertex = flesh_[skin_].same[skin.triangles[push.triangle][k]];
        // Several bones' vertices may push one of the skin's: the farthest counts.
        const glm::vec3 present = places[skin_][vertex];
        places[skin_][vertex] = present + push.way / static_cast<float>(list.size() > 1 ? 2 : 1);
      }
  return moved;
}

// Vessels and nerves have long triangles, which would cut across a crease between two ends that both lie under the
// skin: they go round the bottom of it.
bool BoneClearance::round_creases(Places& places, std::uint8_t joint) const {
  const TriMesh& skin = atlas_.structures[skin_].mesh->surface;
  RayScene scene;
  scene.add(places[skin_], skin.triangles);
  scene.commit();
  const auto outwards = [&](glm::vec3 place) {
    const auto surface = scene.nearest(place, farthest_mm);
    if (!surface)
      return glm::vec3(0);
    const glm::uvec3 t = skin.triangles[surface->triangle];
    const auto& at = places[skin_];
    return glm::normalize(glm::cross(at[t.y] - at[t.x], at[t.z] - at[t.x]));
  };
  std::atomic<bool> moved = false;
  parallel_for(0, static_cast<int>(places.size()), [&](int structure) {
    const auto s = static_cast<std::size_t>(structure);
    const Kind kind = atlas_.structures[s].kind;
    if ((kind != Kind::vessel && kind != Kind::nerve) || flesh_[s].same.empty())
      return;
    std::vector<glm::vec3> ways(places[s].size(), glm::vec3(0));
    for (std::size_t v = 0; v < flesh_[s].near.size(); ++v)
      for (const std::uint32_t other : flesh_[s].near[v]) {
        const glm::vec3 from = places[s][v], to = places[s][other];
        const float length = glm::distance(from, to);
        if (other < v || !is_near(s, v, joint) || flesh_[s].cover[v] <= 0 || length < shortest_across_mm)
          continue;
        const Ray along{from, (to - from) / length};
        const auto out = scene.first_hit(along);
        if (!out || out->distance_mm > length)
          continue;
        const auto in = scene.first_hit(along, out->distance_mm + 0.01f);
        const float half = 0.5f * (out->distance_mm + (in ? std::min(in->distance_mm, length) : length));
        const glm::vec3 middle = from + half * along.direction; // of what lies in the air
        if (scene.inside(middle, 0))
          continue;
        const glm::vec3 open = outwards(from) + outwards(to);
        if (glm::length(open) < 0.05f)
          continue;
        const glm::vec3 down = -glm::normalize(open);
        const auto bottom = scene.first_hit({middle, down});
        if (!bottom || bottom->distance_mm > deepest_crease_mm)
          continue;
        const glm::vec3 way = (bottom->distance_mm + flesh_[s].cover[v]) * down;
        for (const std::size_t end : {v, static_cast<std::size_t>(other)})
          if (glm::length(way) > glm::length(ways[end]))
            ways[end] = way;
        moved = true;
      }
    for (std::size_t v = 0; v < ways.size(); ++v)
      places[s][v] += ways[v];
  });
  return moved;
}

// What moved takes its neighbours along, less from ring to ring, so that no spike stands out of a surface.
void BoneClearance::spread(Places& places, const Places& before) const {
  parallel_for(0, static_cast<int>(places.size()), [&](int structure) {
    const auto s = static_cast<std::size_t>(structure);
    const Flesh& flesh = flesh_[s];
    std::vector<glm::vec3> way(flesh.same.size());
    for (std::size_t v = 0; v < way.size(); ++v)
      way[v] = places[s][v] - before[s][v];
    std::vector<bool> moved(way.size());
    for (std::size_t v = 0; v < way.size(); ++v)
      moved[v] = way[v] != glm::vec3(0);
    for (int ring = 0; ring < ring_rounds; ++ring) {
      auto next = way;
      auto next_moved = moved;
      for (std::size_t v = 0; v < way.size(); ++v) {
        if (moved[v] || flesh.near[v].empty())
          continue;
        glm::vec3 sum(0);
        for (const std::uint32_t other : flesh.near[v])
          sum += way[other];
        next[v] = follows * sum / static_cast<float>(flesh.near[v].size());
        next_moved[v] = next[v] != glm::vec3(0);
      }
      way = std::move(next);
      moved = std::move(next_moved);
    }
    for (std::size_t v = 0; v < way.size(); ++v)
      places[s][v] = before[s][v] + way[v];
    for (std::size_t v = 0; v < way.size(); ++v)
      places[s][v] = places[s][flesh.same[v]];
  });
}

bool BoneClearance::is_near(std::size_t structure, std::size_t vertex, std::uint8_t joint) const {
  const std::vector<Bend>& bends = atlas_.structures[structure].mesh->bends;
  return bends.empty() || bends[vertex].joint == joint;
}

void BoneClearance::clear(Places& places, std::span<const glm::mat4> segments, std::uint8_t joint) const {
  for (int round = 0; round < rounds; ++round) {
    Places before = places;
    const bool in_bones = out_of_bones(places, segments, joint);
    if (in_bones && round + 1 < rounds)
      spread(places, before);
    before = places;
    const bool crossing = round_creases(places, joint);
    const bool outside = under_skin(places, joint) || crossing;
    if (outside && round + 1 < rounds)
      spread(places, before);
    if (!in_bones && !outside)
      return;
  }
  out_of_bones(places, segments, joint);
  for (std::size_t s = 0; s < places.size(); ++s)
    for (std::size_t v = 0; v < flesh_[s].same.size(); ++v)
      places[s][v] = places[s][flesh_[s].same[v]];
}

} // namespace calfscope
