#pragma once
// What has to hold on every leg that the content is laid on: shipped, imported or personal, right or left.

#include "content/lookup.h"
#include "shipped.h"

#include "geometry/mesh_neighbours.h"
#include "geometry/ray_scene.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <random>

namespace calfscope::test {

inline std::vector<std::string> calf_points(const ContentPack& pack) {
  std::vector<std::string> out;
  for (const TriggerPoint& point : pack.points)
    if (point.layer == "calf")
      out.push_back(point.id);
  return out;
}

// Shortest ways along edges: never shorter than the true distance along the surface.
inline std::vector<float> along_edges(const TriMesh& mesh, std::uint32_t triangle, glm::vec3 from) {
  const VertexNeighbours neighbours(mesh);
  std::vector<float> out(mesh.positions.size(), std::numeric_limits<float>::infinity());
  using Entry = std::pair<float, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  for (int c = 0; c < 3; ++c) {
    const std::uint32_t v = mesh.triangles[triangle][c];
    out[v] = glm::distance(mesh.positions[v], from);
    open.emplace(out[v], v);
  }
  while (!open.empty()) {
    const auto [distance, v] = open.top();
    open.pop();
    if (distance > out[v])
      continue;
    for (const std::uint32_t n : neighbours.of(v)) {
      const float next = distance + glm::distance(mesh.positions[v], mesh.positions[n]);
      if (next < out[n]) {
        out[n] = next;
        open.emplace(next, n);
      }
    }
  }
  return out;
}

// The half of a map, by area, on one side of a plane in a random direction.
inline std::vector<float> random_half(const SkinPlaces& places, const std::vector<float>& map, std::mt19937& random) {
  std::normal_distribution<float> any;
  const glm::vec3 direction = glm::normalize(glm::vec3(any(random), any(random), any(random)));
  std::vector<std::pair<float, std::size_t>> order;
  double whole = 0;
  for (std::size_t v = 0; v < map.size(); ++v)
    if (map[v] > 0) {
      order.emplace_back(glm::dot(direction, places.skin->surface.positions[v]), v);
      whole += static_cast<double>(map[v]) * places.vertices[v].area_mm2;
    }
  std::sort(order.begin(), order.end());
  std::vector<float> out(map.size(), 0.0f);
  double taken = 0;
  for (const auto& [at, v] : order) {
    if (taken > whole / 2)
      break;
    out[v] = map[v];
    taken += static_cast<double>(map[v]) * places.vertices[v].area_mm2;
  }
  return out;
}

inline std::size_t rank_of(const LookupResult& found, const std::string& id) {
  for (std::size_t i = 0; i < found.entries.size(); ++i)
    if (found.entries[i].id == id)
      return i;
  return found.entries.size();
}

inline void points_lie_in_their_muscles(const BoundLeg& leg) {
  int calf = 0;
  for (const TriggerPoint& said : leg.content->pack().points) {
    if (said.layer != "calf")
      continue;
    ++calf;
    INFO(said.id);
    const BoundPoint* place = leg.content->point(said.id);
    REQUIRE(place);
    REQUIRE(place->placed);
    RayScene muscle;
    const TriMesh& surface = leg.atlas->find(said.muscle)->mesh->surface;
    muscle.add(surface.positions, surface.triangles);
    muscle.commit();
    CHECK(muscle.inside(place->core_mm, 0));
    CHECK_FALSE(muscle.nearest(place->core_mm, least_inside_mm - 0.01f));
    CHECK(std::abs(place->moved_a_deg) <= said.site.a_deg.range.to - said.site.a_deg.range.from);
    // Along the normal of the skin, which is not quite the nearest way.
    CHECK(leg.coordinates->depth_of(place->core_mm) == Approx(place->d_mm).margin(10));
    CHECK(said.site.a_deg.range.contains(place->place.a_deg));
    CHECK(place->band_off_deg <= said.band.tolerance_deg);
    // The mark on the skin lies above it, outward.
    CHECK(glm::dot(place->skin.position - place->core_mm, place->skin_normal) > 0);
  }
  CHECK(calf == 7);
}

inline void regions_have_skin(const BoundLeg& leg) {
  const SkinPlaces& places = leg.content->places();
  for (const Region& region : leg.content->pack().regions) {
    if (region.shape.place == RegionPlace::off_model)
      continue;
    INFO(region.id);
    const std::vector<float> weights = leg.content->region_weights_of(region.id);
    CHECK(area_cm2(places, weights) > 3);
    for (std::size_t v = 0; v < weights.size(); ++v) {
      REQUIRE(weights[v] >= 0);
      REQUIRE(weights[v] <= 1);
      if (region.shape.place == RegionPlace::sole)
        REQUIRE((weights[v] == 0 || places.vertices[v].leg.s > 0.9f));
    }
  }
}

inline void zones_hold(const BoundLeg& leg) {
  IssueList issues;
  leg.content->check_zones(*leg.atlas, *leg.coordinates, issues);
  INFO(to_string(issues));
  CHECK_FALSE(issues.has_errors());
}

inline void pain_stays_in_its_regions(const BoundLeg& leg) {
  const ContentPack& pack = leg.content->pack();
  const SkinPlaces& places = leg.content->places();
  for (const std::string& id : calf_points(pack)) {
    INFO(id);
    const PainMap* map = leg.content->pain_map(id);
    REQUIRE(map);
    const TriggerPoint& said = *pack.point(id);
    std::vector<float> allowed(places.vertices.size(), 0.0f);
    for (const auto* pains : {&said.essential, &said.spillover})
      for (const ReferredPain& pain : *pains)
        for (const Region* region : pack.regions_named(pain.region))
          for (std::size_t v = 0; v < allowed.size(); ++v)
            if (inside_mm(places, v, region->shape) > -feather_mm)
              allowed[v] = 1;
    for (std::size_t v = 0; v < allowed.size(); ++v) {
      const float pain = std::max(map->essential[v], map->spillover[v]);
      REQUIRE(std::min(map->essential[v], map->spillover[v]) >= 0);
      REQUIRE(map->essential[v] + map->spillover[v] <= 1.0001f);
      if (allowed[v] == 0)
        REQUIRE(pain == 0);
      const LegPlace at = places.vertices[v].leg;
      if (at.s > 0.05f && at.s < 0.85f && std::abs(at.a_deg) > 140)
        REQUIRE(pain == 0);
    }
  }
}

inline void distances_lie_within_their_bounds(const BoundLeg& leg, const std::vector<std::string>& points) {
  const SkinPlaces& places = leg.content->places();
  for (const std::string& id : points) {
    INFO(id);
    const BoundPoint& place = *leg.content->point(id);
    const PainMap* map = leg.content->pain_map(id);
    REQUIRE(map);
    const std::vector<float> edges = along_edges(places.skin->surface, place.skin.triangle, place.skin.position);
    std::size_t wrong = 0;
    for (std::size_t v = 0; v < edges.size(); ++v) {
      const float straight = glm::distance(places.skin->surface.positions[v], place.skin.position);
      wrong += !(map->arrival_mm[v] >= straight - 0.01f && map->arrival_mm[v] <= edges[v] + 0.5f);
    }
    CHECK(wrong == 0);
  }
}

inline void maps_lead_back_to_their_points(const BoundLeg& leg, unsigned seeds) {
  for (const std::string& id : calf_points(leg.content->pack())) {
    INFO(id);
    const std::vector<float> map = map_weights(*leg.content->pain_map(id));
    CHECK(rank_of(look_up(*leg.content, map), id) == 0);
    unsigned found = 0;
    for (unsigned seed = 0; seed < seeds; ++seed) {
      std::mt19937 random(seed);
      const LookupResult half = look_up(*leg.content, random_half(leg.content->places(), map, random));
      found += rank_of(half, id) < 2;
    }
    INFO(found << " of " << seeds);
    CHECK(found * 10 >= seeds * 9);
  }
}

inline void left_mirrors_right(const BoundLeg& right, const BoundLeg& left) {
  for (const BoundPoint& one : right.content->points()) {
    const BoundPoint& other = *left.content->point(one.id);
    INFO(one.id);
    CHECK(other.placed == one.placed);
    CHECK(glm::distance(other.core_mm, one.core_mm * glm::vec3(-1, 1, 1)) < 0.2f);
    CHECK(glm::distance(other.band, one.band * glm::vec3(-1, 1, 1)) < 0.05f);
  }
  const auto areas = [](const BoundLeg& leg, const std::string& id) {
    const PainMap& map = *leg.content->pain_map(id);
    return glm::vec2(area_cm2(leg.content->places(), map.essential), area_cm2(leg.content->places(), map.spillover));
  };
  for (const std::string& id : calf_points(right.content->pack())) {
    INFO(id);
    const glm::vec2 of_right = areas(right, id), of_left = areas(left, id);
    CHECK(of_left.x == Approx(of_right.x).epsilon(0.01).margin(0.2));
    CHECK(of_left.y == Approx(of_right.y).epsilon(0.01).margin(0.2));
  }
}

// All of it, on a leg and its mirror image.
inline void everything_holds(const Atlas& atlas, unsigned seeds) {
  const BoundLeg right = bound(on_side(atlas, Side::right)), left = bound(on_side(atlas, Side::left));
  for (const BoundLeg* leg : {&right, &left}) {
    INFO((leg == &right ? "right" : "left"));
    points_lie_in_their_muscles(*leg);
    regions_have_skin(*leg);
    zones_hold(*leg);
    pain_stays_in_its_regions(*leg);
  }
  distances_lie_within_their_bounds(right, {"gastroc_1", "soleus_1"});
  left_mirrors_right(right, left);
  maps_lead_back_to_their_points(right, seeds);
}

} // namespace calfscope::test
