// Tools on the leg that ships: every offered pressing technique with its first tool on every point it is offered for.

#include "content/shipped.h"
#include "technique/contact_sweep.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

std::shared_ptr<const ContentPack> calf() {
  return test::shipped_content();
}

// A bound leg with the ground that tools are laid on.
struct Leg {
  test::BoundLeg bound;
  std::optional<ContactGround> ground;

  explicit Leg(Side side)
      : bound(test::shipped_leg(side)), ground(ContactGround::make(*bound.atlas, bound.coordinates)) {
    REQUIRE(ground);
  }
  ContactLeg parts() const { return {*bound.atlas, *bound.content, *ground}; }
};

const Leg& leg(Side side) {
  static const Leg right(Side::right), left(Side::left);
  return side == Side::right ? right : left;
}

// Visits every sample of every offered pressing technique.
template <typename Visit>
void each_sample(const Leg& on, int samples, Visit visit) {
  for (const Technique& technique : calf()->techniques) {
    if (technique.kind != TechniqueKind::press)
      continue;
    const Tool& tool = *calf()->tool(technique.tools.front());
    for (const TechniquePoint& reached : technique.points)
      if (reached.offered) {
        const auto swept = sweep_contact(on.parts(), technique, tool, reached.point, {.samples = samples});
        INFO(technique.id << " " << reached.point);
        CHECK(!swept.empty());
        for (const ContactSample& sample : swept)
          visit(technique, reached, sample);
      }
  }
}

} // namespace

TEST_CASE("on the shipped leg every tool touches at its phases, enters nothing and keeps out of forbidden zones") {
  each_sample(leg(Side::right), 3,
              [](const Technique& technique, const TechniquePoint& reached, const ContactSample& at) {
                INFO(technique.id << " " << reached.point << " " << at.phase << " at " << at.time_s << " s "
                                  << at.place.s << " a " << at.place.a_deg << " pressure " << at.pressure << ": gap "
                                  << at.fit.gap_mm << " in " << at.fit.penetration_mm << " edge "
                                  << at.fit.longest_edge_mm << " far " << at.fit.far_shift_mm << " dent " << at.dent_mm
                                  << " tissue " << at.thickness_mm << " zone " << at.forbidden_zone);
                CHECK(at.fit.gap_mm <= 1);
                CHECK(at.fit.penetration_mm <= 0.5f);
                CHECK(at.fit.longest_edge_mm <= 4);
                CHECK(at.fit.far_shift_mm == 0);
                CHECK(at.forbidden_zone == "");
                CHECK(at.dent_mm <= 0.5f * at.thickness_mm + 1e-3f);
                float before = 0;
                for (const LayerReached& layer : at.layers) {
                  CHECK(layer.depth_mm >= before);
                  CHECK(layer.moved_mm <= at.dent_mm + 0.5f);
                  before = layer.depth_mm;
                }
              });
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
  const Leg& on = leg(Side::right);
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
