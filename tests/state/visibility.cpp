#include "sample_state.h"

#include "compose/compose.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using test::applied;

namespace {

float opacity_in(const AppState& state, std::string_view id) {
  const int index = state.atlas->index_of(id);
  for (const DrawItem& item : compose(state, {}).items)
    if (static_cast<int>(item.structure) == index)
      return item.opacity;
  return 0;
}

} // namespace

TEST_CASE("peeling only ever takes away, and bit by bit") {
  for (const char* highlight : {"none", "calf"}) {
    AppState state = test::open_small_leg();
    REQUIRE(applied(state, "highlight", {{"name", highlight}}));
    constexpr int steps = 400;
    for (const Structure& structure : state.atlas->structures) {
      REQUIRE(applied(state, "peel", {{"value", 0}}));
      float before = opacity_in(state, structure.id);
      CHECK(before > 0);
      for (int i = 1; i <= steps; ++i) {
        REQUIRE(applied(state, "peel", {{"value", static_cast<float>(i) / steps}}));
        const float now = opacity_in(state, structure.id);
        INFO(structure.id << " at " << i);
        CHECK(now <= before + 1e-5f);
        CHECK(before - now < 0.06f);
        before = now;
      }
      CHECK((structure.kind == Kind::bone) == (before > 0));
    }
  }
}

TEST_CASE("layers go in the order in which they lie: skin, fascia, gastrocnemius, soleus, deep muscles, bone stays") {
  const AppState state = test::open_small_leg();
  const auto span = [&](std::string_view id) {
    return state.facts->structures[static_cast<std::size_t>(state.atlas->index_of(id))].peel;
  };
  const std::vector<std::string_view> order{"skin",   "crural_fascia",      "gastrocnemius_medial_head",
                                            "soleus", "tibialis_posterior", "tibia"};
  for (std::size_t i = 1; i < order.size(); ++i)
    CHECK(span(order[i - 1]).gone < span(order[i]).gone);
  CHECK(span("tibia").opacity_at(1) == 1);
}

TEST_CASE("at 0.45 the gastrocnemius is gone and the soleus is whole, whatever depth shares a pack brings") {
  for (const float heads : {0.55f, 0.75f, 0.95f}) {
    Atlas leg = *test::small_leg();
    for (Structure& structure : leg.structures)
      if (structure.id.starts_with("gastrocnemius"))
        structure = test::structure(structure.id, structure.kind, structure.name, structure.mesh->surface, heads);
    AppState state;
    open_leg(state, std::make_shared<const Atlas>(leg));
    REQUIRE(applied(state, "peel", {{"value", 0.45}}));
    CHECK(opacity_in(state, "gastrocnemius_medial_head") == 0);
    CHECK(opacity_in(state, "gastrocnemius_lateral_head") == 0);
    CHECK(opacity_in(state, "skin") == 0);
    CHECK(opacity_in(state, "soleus") == 1);
    CHECK(opacity_in(state, "calcaneal_tendon") == 1);
  }
}

TEST_CASE("the clipping plane cuts where its position says, and flipping takes the other part") {
  AppState state = test::open_small_leg();
  CHECK_FALSE(clip_plane(state));
  REQUIRE(applied(state, "clip_set", {{"s", 0.5}}));
  const auto plane = clip_plane(state);
  REQUIRE(plane);
  const glm::vec3 at_half(0, -0.5f * state.facts->coordinates->length_mm(), 0);
  CHECK(plane->distance_mm(at_half) == Approx(0).margin(0.01));
  CHECK(plane->distance_mm(at_half - glm::vec3(0, 10, 0)) > 0); // below is taken away
  REQUIRE(applied(state, "clip_set", {{"flipped", true}}));
  CHECK(clip_plane(state)->distance_mm(at_half - glm::vec3(0, 10, 0)) < 0);
  CHECK(clip_plane(state)->distance_mm(at_half) == Approx(0).margin(0.01));

  for (const Side side : {Side::right, Side::left}) {
    REQUIRE(applied(state, "side", {{"side", id_of(side)}}));
    REQUIRE(applied(state, "clip_set", {{"orientation", "sagittal"}, {"position_mm", 0}, {"flipped", false}}));
    const glm::vec3 medial = state.facts->structures[2].bounds.centre();
    CHECK(clip_plane(state)->distance_mm(medial) > 0);
  }
  REQUIRE(applied(state, "clip", {{"on", false}}));
  CHECK_FALSE(clip_plane(state));
}

TEST_CASE("the clip slider's range holds the leg in every direction") {
  AppState state = test::open_small_leg();
  for (const std::string_view orientation : clip_orientation_ids) {
    REQUIRE(applied(state, "clip_set", {{"orientation", orientation}}));
    const auto [from, to] = clip_range_mm(state);
    CHECK(state.document.clip.position_mm >= from);
    CHECK(state.document.clip.position_mm <= to);
    Plane plane = *clip_plane(state);
    plane.offset_mm += to - state.document.clip.position_mm;
    for (const StructureFacts& facts : state.facts->structures) {
      CHECK(plane.distance_mm(facts.bounds.lower) < 0.1f);
      CHECK(plane.distance_mm(facts.bounds.upper) < 0.1f);
    }
  }
}

TEST_CASE("opening the cut always cuts something, also in a mesh far from the knee") {
  Atlas stone;
  stone.structures.push_back(
      test::structure("stone", Kind::other, "Stone", test::make_box({900, 2000, 0}, {1000, 2100, 50}), 1));
  stone.segments = {{"shank", -1, "", {0, 0, 0}, {1, 0, 0}, 0, 0}};
  AppState state;
  open_leg(state, std::make_shared<const Atlas>(stone));
  CHECK(state.document.highlight == Highlight::none);
  for (const std::string_view orientation : clip_orientation_ids) {
    REQUIRE(applied(state, "clip_set", {{"orientation", orientation}, {"position_mm", 2900}}));
    REQUIRE(applied(state, "clip", {{"on", false}}));
    REQUIRE(applied(state, "clip", {{"on", true}}));
    CHECK_FALSE(section_outlines(state.atlas->structures[0].mesh->surface, *clip_plane(state)).empty());
  }
}

TEST_CASE("fitting a leg that is cut open fits what is left of it") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "clip_set", {{"s", 0.3}}));
  const Bounds box = fit_box(state, false);
  CHECK(box.lower.y >= -0.31f * state.facts->coordinates->length_mm());
  CHECK(box.upper.y == Approx(state.facts->bounds.upper.y));
}

TEST_CASE("selecting a structure inside the leg makes the sheets over it glass, and only those") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "highlight", {{"name", "none"}}));
  const auto solid = [&](std::string_view id) {
    const int index = state.atlas->index_of(id);
    for (const DrawItem& item : compose(state, {}).items)
      if (static_cast<int>(item.structure) == index)
        return is_solid(item);
    return false;
  };
  CHECK(solid("skin"));
  REQUIRE(applied(state, "select", {{"id", "soleus"}}));
  CHECK_FALSE(solid("skin"));
  CHECK_FALSE(solid("crural_fascia"));
  CHECK(solid("gastrocnemius_medial_head"));
  REQUIRE(applied(state, "select", {{"id", "skin"}}));
  CHECK(solid("skin"));
  CHECK(solid("crural_fascia"));
}
