// The leg that ships, as far as the state's tables lean on it.

#include "compose/compose.h"
#include "compose/pick.h"
#include "import/pack.h"
#include "sample_state.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using test::applied;
using test::item_of;

namespace {

AppState open_shipped_leg(Side side) {
  static const std::shared_ptr<const Atlas> leg = [] {
    IssueList issues;
    auto atlas = read_pack(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg", issues);
    INFO(to_string(issues));
    REQUIRE(atlas);
    return std::make_shared<const Atlas>(std::move(*atlas));
  }();
  AppState state;
  open_leg(state, leg, side);
  return state;
}

} // namespace

TEST_CASE("the shipped leg opens in the calf view, with coordinates of a grown person") {
  for (const Side side : {Side::right, Side::left}) {
    const AppState state = open_shipped_leg(side);
    CHECK(state.document.highlight == Highlight::calf);
    CHECK(legend(state).size() == 3);
    REQUIRE(state.facts->coordinates);
    CHECK(state.facts->coordinates->length_mm() > 380);
    CHECK(state.facts->coordinates->length_mm() < 430);
    CHECK(state.facts->coordinates->has_foot());
  }
}

TEST_CASE("on the shipped leg places come back within half a millimetre") {
  const AppState state = open_shipped_leg(Side::left);
  const LegCoordinates& coordinates = *state.facts->coordinates;
  for (float s = -0.25f; s < 0.85f; s += 0.05f)
    for (float a = -170; a <= 180; a += 25) {
      const auto point = coordinates.skin_point({s, a});
      REQUIRE(point);
      const LegPlace back = coordinates.place_of(point->position);
      CHECK(std::abs(back.s - s) * coordinates.length_mm() < 0.5f);
      CHECK(glm::radians(std::abs(std::remainder(back.a_deg - a, 360.0f))) * 70 < 0.5f);
    }
}

TEST_CASE("a click on the middle of each calf muscle of the shipped leg selects it, and peeling uncovers the soleus") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = open_shipped_leg(side);
    state.viewport = {{1280, 720}, {0.25f, 0.06f, 1, 1}};
    REQUIRE(applied(state, "home"));
    land(state);
    Picker picker;
    const auto& coordinates = *state.facts->coordinates;
    const auto click_on = [&](float s, float a_deg) {
      const auto at = fraction_of(camera_now(state), state.viewport, coordinates.skin_point({s, a_deg})->position);
      REQUIRE(at);
      click_at(state, picker, *at);
      return state.document.selected;
    };
    CHECK(click_on(0.25f, 25) == "gastrocnemius_medial_head");
    CHECK(click_on(0.25f, -20) == "gastrocnemius_lateral_head");
    REQUIRE(applied(state, "deselect"));
    REQUIRE(applied(state, "peel", {{"value", 0.45}}));
    CHECK(click_on(0.3f, -20) == "soleus");
    const Frame frame = compose(state, {});
    CHECK(item_of(state, frame, "gastrocnemius_medial_head") == nullptr);
    CHECK(item_of(state, frame, "skin") == nullptr);
  }
}

TEST_CASE("every structure of the shipped leg is found by its own name and comes first by its FMA id") {
  const AppState state = open_shipped_leg(Side::right);
  for (const Structure& structure : state.atlas->structures) {
    INFO(structure.id);
    const auto by_name = search_structures(*state.atlas, structure.name);
    REQUIRE_FALSE(by_name.empty());
    CHECK(by_name.front().structure == structure.id);
    if (structure.fma.empty())
      continue;
    const auto by_fma = search_structures(*state.atlas, structure.fma);
    CHECK(
        std::any_of(by_fma.begin(), by_fma.end(), [&](const SearchHit& hit) { return hit.structure == structure.id; }));
  }
}
