// A leg of another length or girth keeps its joints whole and meets what was asked for.

#include "author/personal.h"
#include "author/sound_leg.h"
#include "import/pack.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace calfscope;

namespace {

AnatomyDescription declared() {
  IssueList issues;
  auto anatomy = read_anatomy(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg/anatomy.json", issues);
  REQUIRE(anatomy.has_value());
  return std::move(*anatomy);
}

float largest_calf_girth(const AnatomyDescription& anatomy) {
  float largest = 0;
  for (const glm::vec2 girth : anatomy.skin.girths)
    if (girth.x < -50) // a thin calf is thinner than its knee
      largest = std::max(largest, girth.y);
  return largest;
}

} // namespace

TEST_CASE("without wishes the description stays as it is") {
  const AnatomyDescription before = declared();
  const AnatomyDescription after = fitted_to(before, std::nullopt, std::nullopt);
  CHECK(after.insertion_y_mm == before.insertion_y_mm);
  CHECK(after.find("talus")->ellipsoids->ellipsoids.front().centre_mm ==
        before.find("talus")->ellipsoids->ellipsoids.front().centre_mm);
}

TEST_CASE("length and girth are met over the adult range, and joints scale less than shafts") {
  const AnatomyDescription before = declared();
  for (const double length : {340.0, 380.0, 450.0})
    for (const double girth : {300.0, 395.0, 460.0}) {
      INFO(length << " mm, girth " << girth);
      const AnatomyDescription leg = fitted_to(before, length, girth);
      CHECK(-leg.insertion_y_mm == Approx(length).margin(0.5));
      CHECK(largest_calf_girth(leg) == Approx(girth).epsilon(0.03));
      CHECK(leg.skin.top_mm == Approx(0.36 * length).margin(0.5));
      const double ratio = length / -static_cast<double>(before.insertion_y_mm);
      const double talus = static_cast<double>(leg.find("talus")->ellipsoids->ellipsoids.front().radii_mm.x /
                                               before.find("talus")->ellipsoids->ellipsoids.front().radii_mm.x);
      CHECK(talus == Approx(std::sqrt(ratio)).epsilon(0.001));
      // Levels stay in order, or the curves through them would break.
      for (const StructureDescription& structure : leg.structures)
        if (structure.sections)
          for (std::size_t i = 1; i < structure.sections->levels.size(); ++i)
            REQUIRE(structure.sections->levels[i].y_mm < structure.sections->levels[i - 1].y_mm);
    }
}

TEST_CASE("a thick calf has more muscle and the same bones") {
  const AnatomyDescription before = declared();
  const AnatomyDescription thick = fitted_to(before, std::nullopt, 450);
  CHECK(*thick.find("soleus")->packing->volume_cm3 > 1.2 * *before.find("soleus")->packing->volume_cm3);
  CHECK(thick.find("tibia")->sections->levels[3].half_width_mm ==
        before.find("tibia")->sections->levels[3].half_width_mm);
  CHECK(thick.find("soleus")->sections->levels[4].half_width_mm >
        before.find("soleus")->sections->levels[4].half_width_mm);
}

TEST_CASE("sizes out of range are refused with the range") {
  IssueList issues;
  AuthorOptions options{.description = std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg/anatomy.json"};
  options.leg_length_mm = 600;
  options.calf_girth_mm = 100;
  CHECK_FALSE(author_leg(options, issues).has_value());
  REQUIRE(issues.all().size() == 2);
  CHECK(issues.all()[0].message.find("340 to 450") != std::string::npos);
  CHECK(issues.all()[1].message.find("300 to 460") != std::string::npos);
}

// Thirty more stand in random_legs.cpp, which takes minutes.
TEST_CASE("a short thick left leg and a long thin right one are sound on a coarse grid") {
  IssueList issues;
  const auto usual = read_pack(test::shipped_leg, issues);
  REQUIRE(usual.has_value());
  for (const test::PersonalLeg& wish :
       {test::PersonalLeg{.length_mm = 340, .girth_mm = 460, .side = Side::left, .grid_mm = 5},
        test::PersonalLeg{.length_mm = 450, .girth_mm = 300, .side = Side::right, .grid_mm = 5}}) {
    INFO(wish.length_mm << " mm, girth " << wish.girth_mm);
    const Atlas leg = test::build(wish);
    CHECK(leg.side == wish.side);
    test::is_sound(test::report_of(leg, wish));
    test::joints_scale_and_shafts_stretch(leg, *usual, wish);
  }
}
