// Where points and zones come to lie on the leg that ships.

#include "content/locate.h"
#include "shipped.h"

#include "geometry/ray_scene.h"

#include <algorithm>
#include <cmath>

using namespace calfscope;
using test::shipped_leg;

TEST_CASE("Every point of the calf lies in its muscle, 3 mm inside or more, within its ranges") {
  for (const Side side : {Side::right, Side::left}) {
    const test::BoundLeg& leg = shipped_leg(side);
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
      CHECK(leg.coordinates->depth_of(place->core_mm) ==
            Approx(place->d_mm).margin(6)); // along the normal, not nearest
      CHECK(said.site.a_deg.range.contains(place->place.a_deg));
      // The mark on the skin lies above it, outward.
      CHECK(glm::dot(place->skin.position - place->core_mm, place->skin_normal) > 0);
    }
    CHECK(calf == 7);
  }
}

TEST_CASE("Medial points are medial and lateral ones lateral, on either leg") {
  for (const Side side : {Side::right, Side::left}) {
    const test::BoundLeg& leg = shipped_leg(side);
    const float to_medial = side == Side::right ? 1.0f : -1.0f; // +X is the subject's left
    const auto medial_of_axis = [&](const char* id) {
      const BoundPoint& place = *leg.content->point(id);
      const auto midline = leg.coordinates->skin_point({place.place.s, 0});
      REQUIRE(midline);
      return to_medial * (place.skin.position.x - midline->position.x);
    };
    for (const char* id : {"gastroc_1", "gastroc_3", "soleus_1"})
      CHECK(medial_of_axis(id) > 0);
    for (const char* id : {"gastroc_2", "gastroc_4", "soleus_2", "soleus_3"})
      CHECK(medial_of_axis(id) < 0);
  }
}

TEST_CASE("soleus_1 lies 25 mm and soleus_3 10 mm below the end of the medial belly") {
  const test::BoundLeg& leg = shipped_leg();
  const float end = leg.atlas->belly_ends.gastrocnemius_medial;
  const float length = leg.coordinates->length_mm();
  CHECK((leg.content->point("soleus_1")->place.s - end) * length == Approx(25).margin(0.5));
  CHECK((leg.content->point("soleus_3")->place.s - end) * length == Approx(10).margin(0.5));
}

TEST_CASE("A left leg's points are the mirror image of a right one's") {
  for (const BoundPoint& right : shipped_leg(Side::right).content->points()) {
    const BoundPoint& left = *shipped_leg(Side::left).content->point(right.id);
    INFO(right.id);
    CHECK(left.placed == right.placed);
    CHECK(glm::distance(left.core_mm, right.core_mm * glm::vec3(-1, 1, 1)) < 0.2f);
    CHECK(glm::distance(left.band, right.band * glm::vec3(-1, 1, 1)) < 0.05f);
  }
}

TEST_CASE("The content fits the leg: no errors, and landmarks lie in their no-press zones") {
  const test::BoundLeg& leg = shipped_leg();
  IssueList issues;
  leg.content->check(*leg.atlas, *leg.coordinates, issues);
  INFO(to_string(issues));
  CHECK_FALSE(issues.has_errors());
}

TEST_CASE("The points behind the knee lie where nothing may press, those of the bellies do not") {
  const test::BoundLeg& leg = shipped_leg();
  const auto strongest = [&](const char* id) {
    const BoundPoint& place = *leg.content->point(id);
    const glm::uvec3 corner = leg.content->places().skin->surface.triangles[place.skin.triangle];
    float worst = 0;
    for (int c = 0; c < 3; ++c)
      worst = std::max(worst, leg.content->no_press()[corner[c]]);
    return worst;
  };
  for (const char* id : {"gastroc_1", "gastroc_2", "soleus_1"})
    CHECK(strongest(id) < 1);
  for (const char* id : {"gastroc_3", "gastroc_4"})
    CHECK(strongest(id) == 1);
}

TEST_CASE("Every region of the model has skin of its own, and no two of a foot lie on the shin") {
  const test::BoundLeg& leg = shipped_leg();
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

TEST_CASE("A point is found again by walking from the heel as locate says") {
  const test::BoundLeg& leg = shipped_leg();
  for (const char* id : {"gastroc_1", "gastroc_2", "soleus_1", "soleus_2", "soleus_3"}) {
    INFO(id);
    const auto found = locate(*leg.content, *leg.coordinates, id);
    REQUIRE(found);
    REQUIRE(found->walk.size() > 10);
    CHECK(glm::distance(found->walk.back(), leg.content->point(id)->skin.position) < 0.5f);
    CHECK(found->above_heel_mm + found->below_crease_mm == Approx((1 - crease_s) * leg.coordinates->length_mm()));
    CHECK(found->medial == (leg.content->point(id)->place.a_deg > 0));
    // A longer leg has it farther up, in proportion.
    const auto longer = locate(*leg.content, *leg.coordinates, id, 450);
    CHECK(longer->above_heel_mm / found->above_heel_mm == Approx(450 / leg.coordinates->length_mm()));
  }
}
