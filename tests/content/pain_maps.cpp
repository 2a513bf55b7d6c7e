// Pain maps on the leg that ships: where they lie, when they come, and that they are found again backwards.

#include "leg_proofs.h"

using namespace calfscope;
using test::shipped_leg;

TEST_CASE("Distances along the skin lie between the straight way and the way along edges") {
  test::distances_lie_within_their_bounds(shipped_leg(), {"gastroc_1", "soleus_1", "soleus_2"});
}

TEST_CASE("Pain stays in its regions and never leaks to the shin") {
  for (const Side side : {Side::right, Side::left})
    test::pain_stays_in_its_regions(shipped_leg(side));
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
  test::maps_lead_back_to_their_points(shipped_leg(), 50);
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
