// Thirty legs from anywhere in the adult range, on a grid twice as wide as the one that ships. Minutes: label slow.

#include "author/sound_leg.h"
#include "import/pack.h"

#include <random>

using namespace calfscope;
using namespace calfscope::test;

namespace {

constexpr double grid_mm = 3;

// The same thirty on every machine: the standard names the engine's numbers, but not those of its distributions.
PersonalLeg leg_number(int n) {
  std::mt19937 numbers(1931 + static_cast<unsigned>(n));
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(numbers()) / 4294967295.0;
  };
  PersonalLeg leg{.grid_mm = grid_mm};
  leg.length_mm = between(340, 450);
  leg.girth_mm = between(300, 460);
  leg.side = numbers() % 2 == 0 ? Side::right : Side::left;
  return leg;
}

} // namespace

TEMPLATE_TEST_CASE_SIG("a random leg of the adult range is sound", "", ((int number), number), 0, 1, 2, 3, 4, 5, 6, 7,
                       8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29) {
  const PersonalLeg wish = leg_number(number);
  INFO(wish.length_mm << " mm long, girth " << wish.girth_mm << " mm, "
                      << (wish.side == Side::left ? "left" : "right"));
  IssueList issues;
  const auto usual = read_pack(shipped_leg, issues);
  REQUIRE(usual.has_value());
  const Atlas leg = build(wish);
  CHECK(leg.side == wish.side);
  const AuthorReport report = report_of(leg, wish);
  is_sound(report);
  meets_its_girths(report);
  joints_scale_and_shafts_stretch(leg, *usual, wish);
  double flesh_cm3 = 0, declared_cm3 = 0;
  for (const StructureReport& s : report.structures)
    if (s.declared_cm3) {
      flesh_cm3 += s.volume_cm3;
      declared_cm3 += *s.declared_cm3;
    }
  CHECK(flesh_cm3 == Approx(declared_cm3).epsilon(0.1));
}
