// Where points and zones come to lie on the leg that ships.

#include "content/locate.h"
#include "leg_proofs.h"

using namespace calfscope;
using test::shipped_leg;

TEST_CASE("Every point of the calf lies in its muscle, 3 mm inside or more, within its ranges") {
  for (const Side side : {Side::right, Side::left})
    test::points_lie_in_their_muscles(shipped_leg(side));
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

TEST_CASE("A left leg's points and pain are the mirror image of a right one's") {
  test::left_mirrors_right(shipped_leg(Side::right), shipped_leg(Side::left));
}

TEST_CASE("The content fits the leg: no errors, and landmarks lie in their no-press zones") {
  const test::BoundLeg& leg = shipped_leg();
  IssueList issues;
  leg.content->check(*leg.atlas, *leg.coordinates, issues);
  INFO(to_string(issues));
  CHECK_FALSE(issues.has_errors());
}

TEST_CASE("What must not be pressed lies in its no-press zone on either side") {
  for (const Side side : {Side::right, Side::left})
    test::zones_hold(shipped_leg(side));
}

TEST_CASE("A leg whose fibula, popliteal vessels or Achilles lie elsewhere fails its no-press zones") {
  const auto fails = [](Atlas atlas) {
    const test::BoundLeg leg = test::bound(std::move(atlas));
    IssueList issues;
    leg.content->check_zones(*leg.atlas, *leg.coordinates, issues);
    return issues.has_errors();
  };
  const Atlas& right = *shipped_leg().atlas;
  for (const Side side : {Side::right, Side::left}) {
    const glm::vec3 inwards(side == Side::right ? 60 : -60, 0, 0);
    const glm::vec3 upwards(0, 60, 0); // sideways it would take the leg's posterior midline with it
    const Atlas whole = on_side(right, side);
    CHECK_FALSE(fails(whole));
    for (const char* id : {"fibular_head_apex", "fibular_neck", "calcaneal_tendon_narrowest"}) {
      INFO(id);
      Atlas moved = whole;
      for (Landmark& landmark : moved.landmarks)
        if (landmark.id == id)
          landmark.position_mm += id == std::string("calcaneal_tendon_narrowest") ? upwards : inwards;
      CHECK(fails(std::move(moved)));
    }
    for (const char* id : {"popliteal_artery", "popliteal_vein", "calcaneal_tendon"}) {
      INFO(id);
      Atlas moved = whole;
      for (Structure& structure : moved.structures)
        if (structure.id == id) {
          auto mesh = std::make_shared<SurfaceMesh>(*structure.mesh);
          for (glm::vec3& p : mesh->surface.positions)
            p += inwards;
          structure.mesh = mesh;
        }
      CHECK(fails(std::move(moved)));
    }
  }
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

TEST_CASE("Every region of the model has skin of its own, and none of the sole lies on the leg") {
  test::regions_have_skin(shipped_leg());
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
