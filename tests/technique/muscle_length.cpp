// Two-joint truth: what crosses the knee slackens when it bends, what does not stays.

#include "technique/muscle_length.h"
#include "content/shipped.h"

#include <catch2/catch.hpp>

#include <map>

using namespace calfscope;

namespace {

std::map<std::string, MuscleLength> lengths(const Pose& pose) {
  static const MuscleLengths all(*test::shipped_leg().atlas);
  std::map<std::string, MuscleLength> out;
  for (const MuscleLength& one : all.at(pose))
    out[one.structure] = one;
  return out;
}

const std::vector<std::string> heads{"gastrocnemius_medial_head", "gastrocnemius_lateral_head"};

} // namespace

TEST_CASE("the three muscles of the calf are as long as legs have them, and rest is where nothing is stretched") {
  const auto rest = lengths({});
  REQUIRE(rest.size() == 3);
  for (const auto& [id, length] : rest) {
    INFO(id);
    CHECK(length.change_mm == 0);
    CHECK(length.fascicle_strain == 0);
    CHECK(length.length_mm > 340);
    CHECK(length.length_mm < 520);
  }
}

TEST_CASE("pulling the foot up lengthens all three, pointing it shortens them, step by step") {
  float before = -1e9f;
  for (float ankle = -50; ankle <= 40; ankle += 5) {
    const auto now = lengths({.ankle_deg = ankle});
    for (const auto& [id, length] : now) {
      INFO(id << " at " << ankle);
      CHECK((length.change_mm > 0) == (ankle > 0));
    }
    CHECK(now.at("soleus").change_mm > before);
    before = now.at("soleus").change_mm;
  }
}

TEST_CASE("bending the knee slackens the two heads and leaves the soleus as it is") {
  const auto straight = lengths({.ankle_deg = 20}), bent = lengths({.ankle_deg = 20, .knee_deg = 75});
  for (const std::string& id : heads) {
    INFO(id);
    CHECK(bent.at(id).change_mm < straight.at(id).change_mm - 8);
  }
  CHECK(bent.at("soleus").change_mm ==
        Approx(straight.at("soleus").change_mm).margin(2.5)); // its flesh shifts a little
}

TEST_CASE("fibres shorten by a third between 15 degrees up and 30 down, as was measured") {
  const auto up = lengths({.ankle_deg = 15}), down = lengths({.ankle_deg = -30});
  for (const auto& [id, length] : up) {
    INFO(id);
    const float shortened = 1 - (1 + down.at(id).fascicle_strain) / (1 + length.fascicle_strain);
    CHECK(shortened == Approx(0.33).margin(0.011));
    CHECK(length.fascicle_strain > 0.03f);
    CHECK(length.fascicle_strain < 0.3f);
  }
}

TEST_CASE("turning the whole leg changes no length, and the left leg is as the right") {
  const auto still = lengths({.ankle_deg = 10, .knee_deg = 30}),
             turned = lengths({.ankle_deg = 10, .knee_deg = 30, .turn_deg = 25});
  const MuscleLengths left(*test::shipped_leg(Side::left).atlas);
  for (const MuscleLength& one : left.at({.ankle_deg = 10, .knee_deg = 30})) {
    CHECK(turned.at(one.structure).length_mm == Approx(still.at(one.structure).length_mm).margin(1e-3));
    CHECK(one.length_mm == Approx(still.at(one.structure).length_mm).margin(0.01));
  }
}
