// Pain maps on the leg that ships: where they lie, when they come, and that they are found again backwards.

#include "content/lookup.h"
#include "shipped.h"

#include "geometry/mesh_neighbours.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <random>

using namespace calfscope;
using test::shipped_leg;

namespace {

std::vector<std::string> calf_points(const ContentPack& pack) {
  std::vector<std::string> out;
  for (const TriggerPoint& point : pack.points)
    if (point.layer == "calf")
      out.push_back(point.id);
  return out;
}

// Shortest ways along edges: never shorter than the true distance along the surface.
std::vector<float> along_edges(const TriMesh& mesh, std::uint32_t triangle, glm::vec3 from) {
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
std::vector<float> random_half(const SkinPlaces& places, const std::vector<float>& map, std::mt19937& random) {
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

std::size_t rank_of(const LookupResult& found, const std::string& id) {
  for (std::size_t i = 0; i < found.entries.size(); ++i)
    if (found.entries[i].id == id)
      return i;
  return found.entries.size();
}

} // namespace

TEST_CASE("Distances along the skin lie between the straight way and the way along edges") {
  const test::BoundLeg& leg = shipped_leg();
  const SkinPlaces& places = leg.content->places();
  for (const char* id : {"gastroc_1", "soleus_1", "soleus_2"}) {
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

TEST_CASE("Pain stays in its regions and never leaks to the shin") {
  for (const Side side : {Side::right, Side::left}) {
    const test::BoundLeg& leg = shipped_leg(side);
    const ContentPack& pack = leg.content->pack();
    const SkinPlaces& places = leg.content->places();
    for (const std::string& id : calf_points(pack)) {
      INFO(id);
      const PainMap* map = leg.content->pain_map(id);
      REQUIRE(map);
      const TriggerPoint& said = *pack.point(id);
      std::vector<float> allowed(places.vertices.size(), 0.0f);
      constexpr float beyond_mm = 2 * feather_mm;
      for (const auto* pains : {&said.essential, &said.spillover})
        for (const ReferredPain& pain : *pains)
          for (const Region* region : pack.regions_named(pain.region))
            for (std::size_t v = 0; v < allowed.size(); ++v)
              if (inside_mm(places, v, region->shape) > -beyond_mm)
                allowed[v] = 1;
      for (std::size_t v = 0; v < allowed.size(); ++v) {
        const float pain = std::max(map->essential[v], map->spillover[v]);
        REQUIRE(pain >= 0);
        REQUIRE(map->essential[v] + map->spillover[v] <= 1.0001f);
        if (allowed[v] == 0)
          REQUIRE(pain == 0);
        const LegPlace at = places.vertices[v].leg;
        if (at.s > 0.05f && at.s < 0.85f && std::abs(at.a_deg) > 140)
          REQUIRE(pain == 0);
      }
    }
  }
}

TEST_CASE("A left leg's pain is the mirror image of a right one's") {
  const auto areas = [](const test::BoundLeg& leg, const std::string& id) {
    const PainMap& map = *leg.content->pain_map(id);
    return glm::vec2(area_cm2(leg.content->places(), map.essential), area_cm2(leg.content->places(), map.spillover));
  };
  for (const std::string& id : calf_points(shipped_leg().content->pack())) {
    const glm::vec2 right = areas(shipped_leg(Side::right), id), left = areas(shipped_leg(Side::left), id);
    CHECK(left.x == Approx(right.x).epsilon(0.01).margin(0.2));
    CHECK(left.y == Approx(right.y).epsilon(0.01).margin(0.2));
  }
}

TEST_CASE("Pain is first local, then travels, is full after ten seconds and eases during a hold") {
  const PainMap& map = *shipped_leg().content->pain_map("soleus_1");
  CHECK(pain_at(map, 0).local == 0);
  CHECK(pain_at(map, 1).local == Approx(1));
  CHECK(pain_at(map, 2.9).front_mm == 0);
  CHECK(pain_at(map, 6).front_mm == Approx(map.farthest_mm / 2));
  CHECK(pain_at(map, 9).front_mm == Approx(map.farthest_mm));
  CHECK(pain_at(map, 10).front_mm > map.farthest_mm);
  CHECK(pain_at(map, 10).strength == Approx(1));
  CHECK(pain_at(map, 40).strength < 1);
  CHECK(pain_at(map, 70).tenderness < pain_at(map, 30).tenderness);
  CHECK(pain_at(map, std::nan("")).local == 0);
  // Each place hurts the more, the later it is, until all is full.
  for (std::size_t v = 0; v < map.arrival_mm.size(); v += 97) {
    float before = -1;
    for (double t = 0; t <= 10; t += 0.5) {
      const float now = pain_of(map, pain_at(map, t), v);
      REQUIRE(now >= before - 1e-5f);
      before = now;
    }
  }
}

TEST_CASE("A point's own map leads to it, and so does half of the map") {
  const test::BoundLeg& leg = shipped_leg();
  for (const std::string& id : calf_points(leg.content->pack())) {
    INFO(id);
    const std::vector<float> map = map_weights(*leg.content->pain_map(id));
    CHECK(rank_of(look_up(*leg.content, map), id) == 0);
    int found = 0;
    constexpr unsigned seeds = 50;
    for (unsigned seed = 0; seed < seeds; ++seed) {
      std::mt19937 random(seed);
      const LookupResult half = look_up(*leg.content, random_half(leg.content->places(), map, random));
      found += rank_of(half, id) < 2;
    }
    INFO(found << " of " << seeds);
    CHECK(found >= 45);
  }
}

TEST_CASE("Pain under and behind the heel leads to soleus 1, and says what would tell it from the next") {
  const test::BoundLeg& leg = shipped_leg();
  const LookupResult found = look_up(*leg.content, painted_regions(*leg.content, {"heel_plantar", "heel_posterior"}));
  REQUIRE(found.entries.size() > 2);
  CHECK(found.entries[0].id == "soleus_1");
  CHECK_FALSE(found.telling_test.empty());
  CHECK(std::any_of(found.entries.begin(), found.entries.end(),
                    [](const LookupEntry& entry) { return entry.id == "plantar_fasciitis" && entry.look_alike; }));
}

TEST_CASE("No pain leads nowhere") {
  const test::BoundLeg& leg = shipped_leg();
  const LookupResult found = look_up(*leg.content, std::vector<float>(leg.content->places().vertices.size(), 0.0f));
  CHECK(found.entries.empty());
  CHECK(found.telling_test.empty());
}
