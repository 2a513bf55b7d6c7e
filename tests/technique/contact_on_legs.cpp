// Tools on the leg that ships: every pressing technique with every tool on every point it is offered for.

#include "contact_proofs.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

std::shared_ptr<const ContentPack> calf() {
  return test::shipped_content();
}

const test::TouchedLeg& leg(Side side) {
  if (side == Side::left) { // made only where a test wants it
    static const test::TouchedLeg left(test::shipped_leg(Side::left));
    return left;
  }
  static const test::TouchedLeg right(test::shipped_leg(Side::right));
  return right;
}

} // namespace

// One case for each technique, so that they run beside each other.
TEST_CASE("on the shipped leg everything holds for the foam roller") {
  test::everything_holds(leg(Side::right), "foam_roller");
}

TEST_CASE("on the shipped leg everything holds for the massage balls") {
  test::everything_holds(leg(Side::right), "massage_ball");
}

TEST_CASE("on the shipped leg everything holds for the massage stick") {
  test::everything_holds(leg(Side::right), "massage_stick");
}

TEST_CASE("on the shipped leg everything holds for thumb pressure") {
  test::everything_holds(leg(Side::right), "thumb_pressure");
}

TEST_CASE("on the shipped leg everything holds for the pincer grip") {
  test::everything_holds(leg(Side::right), "pincer_grip");
}

TEST_CASE("on the shipped leg everything holds for pin and stretch") {
  test::everything_holds(leg(Side::right), "pin_and_stretch");
}

TEST_CASE("the six techniques that are proved one by one are all that press") {
  int pressing = 0;
  for (const Technique& technique : calf()->techniques)
    pressing += technique.kind == TechniqueKind::press;
  CHECK(pressing == 6);
}

TEST_CASE("the left leg is touched as the right one") {
  const Technique& ball = *calf()->technique("massage_ball");
  const Tool& tool = *calf()->tool("tennis_ball");
  // Rocking side to side is among what is compared.
  const auto right = sweep_contact(leg(Side::right).parts(), ball, tool, "gastroc_1", {.samples = 3});
  const auto left = sweep_contact(leg(Side::left).parts(), ball, tool, "gastroc_1", {.samples = 3});
  REQUIRE(right.size() == left.size());
  REQUIRE(right.size() > 5);
  for (std::size_t i = 0; i < right.size(); ++i) {
    CHECK(left[i].dent_mm == Approx(right[i].dent_mm).margin(0.05));
    CHECK(left[i].fit.patch_cm2 == Approx(right[i].fit.patch_cm2).margin(0.4));
    CHECK(left[i].place.a_deg == Approx(right[i].place.a_deg).margin(0.5));
    const glm::vec3 mirror(-1, 1, 1), at = right[i].contacts.front().frame.origin;
    CHECK(glm::distance(left[i].contacts.front().frame.origin, mirror * at) < 0.1f);
  }
}

TEST_CASE("looking only near a tool finds what looking at the whole leg finds") {
  const test::TouchedLeg& on = leg(Side::right);
  LegUnderTool bent(*on.bound.atlas, *on.ground, &on.flesh);
  for (const auto& [id, tool] : {std::pair{"foam_roller", "roller"}, {"thumb_pressure", "thumb"}}) {
    const auto samples =
        sweep_contact(on.parts(), *calf()->technique(id), *calf()->tool(tool), "soleus_1", {.samples = 1});
    REQUIRE(samples.size() > 3);
    for (const ContactSample& at : samples) {
      bent.bend(at.pose);
      std::vector<glm::vec3> moved(bent.skin().begin(), bent.skin().end());
      for (glm::vec3& p : moved)
        p = dented(at.contacts.front(), p, 1, true);
      const ContactFit whole = measure(at.contacts.front(), bent.skin(), moved, on.ground->skin()->surface.triangles);
      const PressedLeg near = bent.press(at.contacts);
      CHECK(near.skin == moved);
      CHECK(at.fit.gap_mm == Approx(whole.gap_mm).margin(0.01));
      CHECK(at.fit.penetration_mm == Approx(whole.penetration_mm).margin(0.01));
      CHECK(at.fit.longest_edge_mm == Approx(whole.longest_edge_mm).margin(0.01));
      CHECK(at.fit.patch_cm2 == Approx(whole.patch_cm2).margin(0.05));
      CHECK(whole.far_shift_mm == 0);
    }
  }
}

TEST_CASE("a ball reaches the deep soleus better than the roller, as the sheet says") {
  const auto moved = [](const char* technique, const char* tool) {
    float most = 0;
    for (const ContactSample& at :
         sweep_contact(leg(Side::right).parts(), *calf()->technique(technique), *calf()->tool(tool), "soleus_1", {}))
      if (at.phase == "hold")
        for (const LayerReached& layer : at.layers)
          if (layer.structure == "soleus")
            most = std::max(most, layer.moved_mm);
    return most;
  };
  const float roller = moved("foam_roller", "roller"), ball = moved("massage_ball", "tennis_ball");
  INFO("roller " << roller << " mm, ball " << ball << " mm");
  CHECK(roller > 0);
  CHECK(ball > 1.3f * roller);
}

TEST_CASE("where a zone reaches farther a path ends earlier, and what would still press there is refused") {
  Technique roller = *calf()->technique("foam_roller");
  const ContactLeg on = leg(Side::right).parts();
  const Span as_said = clear_levels(on, roller);
  CHECK(as_said.from == 0.16f);
  CHECK(as_said.to == 0.72f);
  for (Phase& phase : roller.phases)
    for (float* s : {&phase.touch.from_s, &phase.touch.to_s})
      *s = *s == 0.72f ? 0.82f : *s;
  const Span held = clear_levels(on, roller);
  CHECK(held.to < 0.82f);
  CHECK(held.to > 0.70f);
  CHECK(zone_in_the_way(on, roller, "gastroc_1") == nullptr);
  for (const ContactSample& at : sweep_contact(on, roller, *calf()->tool("roller"), "gastroc_1", {}))
    CHECK(at.forbidden_zone == "");

  for (Phase& phase : roller.phases)
    phase.touch.to_s = phase.touch.to_s == 0.16f ? -0.02f : phase.touch.to_s;
  const NoPressZone* zone = zone_in_the_way(on, roller, "gastroc_1");
  REQUIRE(zone);
  CHECK(zone->id == "popliteal_hollow");
}

TEST_CASE("a tool driven into the hollow of the knee is reported to be in a forbidden zone") {
  Technique wrong = *calf()->technique("foam_roller");
  for (Phase& phase : wrong.phases)
    if (phase.id == "explore")
      phase.touch.to_s = -0.02f;
  bool seen = false;
  for (const ContactSample& at :
       sweep_contact(leg(Side::right).parts(), wrong, *calf()->tool("roller"), "gastroc_1", {}))
    seen = seen || at.forbidden_zone == "popliteal_hollow";
  CHECK(seen);
}

TEST_CASE(
    "check says nothing of the shipped techniques, and names the phase that would press in the hollow of the knee") {
  const test::TouchedLeg& on = leg(Side::right);
  IssueList none;
  check_techniques(on.parts(), none);
  INFO(to_string(none));
  CHECK(none.all().empty());

  auto wrong = std::make_shared<ContentPack>(*calf());
  std::erase_if(wrong->techniques, [](const Technique& technique) { return technique.id != "foam_roller"; });
  Technique& roller = wrong->techniques.front();
  std::erase_if(roller.points, [](const TechniquePoint& point) { return point.point != "gastroc_1"; });
  const auto explore = std::find_if(roller.phases.begin(), roller.phases.end(),
                                    [](const Phase& phase) { return phase.id == "explore"; });
  REQUIRE(explore != roller.phases.end());
  explore->touch.to_s = -0.02f;
  const auto bound = BoundContent::make(wrong, *on.bound.atlas, *on.bound.coordinates);
  IssueList issues;
  check_techniques({*on.bound.atlas, *bound, *on.ground}, issues);
  REQUIRE_FALSE(issues.all().empty());
  const Issue& first = issues.all().front();
  CHECK(first.severity == Severity::error);
  CHECK(first.file.find("foam_roller.json") != std::string::npos);
  CHECK(first.key == "/phases/" + std::to_string(explore - roller.phases.begin()));
  CHECK(first.message.find("gastroc_1") != std::string::npos);
}
