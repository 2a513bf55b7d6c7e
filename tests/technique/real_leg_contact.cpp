// Tools on the imported real leg, where the reference data is at hand: the fixture imports it once for all of these.

#include "contact_proofs.h"

#include <catch2/catch.hpp>

using namespace calfscope;
namespace fs = std::filesystem;

namespace {

// Null, with a plain word, where the leg could not be imported because its data is absent.
const test::TouchedLeg* real_leg() {
  static const std::unique_ptr<const test::TouchedLeg> leg = []() -> std::unique_ptr<const test::TouchedLeg> {
    const fs::path pack = fs::path(CALFSCOPE_BINARY_DIR) / "real_leg";
    if (!fs::exists(pack / "model.json")) {
      WARN("skipped: no real leg at " << pack.string() << "; it is imported where CALFSCOPE_REFERENCE names its data");
      return nullptr;
    }
    IssueList issues;
    auto atlas = read_pack(pack, issues);
    INFO(to_string(issues));
    REQUIRE(atlas);
    return std::make_unique<const test::TouchedLeg>(test::bound(std::move(*atlas)));
  }();
  return leg.get();
}

void everything_holds(const char* technique) {
  if (const test::TouchedLeg* leg = real_leg())
    test::everything_holds(*leg, technique);
}

} // namespace

TEST_CASE("on the imported real leg everything holds for the foam roller") {
  everything_holds("foam_roller");
}

TEST_CASE("on the imported real leg everything holds for the massage balls") {
  everything_holds("massage_ball");
}

TEST_CASE("on the imported real leg everything holds for the massage stick") {
  everything_holds("massage_stick");
}

TEST_CASE("on the imported real leg everything holds for thumb pressure") {
  everything_holds("thumb_pressure");
}

TEST_CASE("on the imported real leg everything holds for the pincer grip") {
  everything_holds("pincer_grip");
}

TEST_CASE("on the imported real leg everything holds for pin and stretch") {
  everything_holds("pin_and_stretch");
}
