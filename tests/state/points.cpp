// Trigger points in the state and in the picture, on the small leg.

#include "compose/compose.h"
#include "compose/pick.h"
#include "compose/point_items.h"
#include "frame/viewport.h"
#include "sample_state.h"
#include "state/state_file.h"
#include "support/small_content.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using test::applied;

namespace {

AppState open_with_points(Side side = Side::right) {
  AppState state = test::open_small_leg(side);
  set_content(state, test::small_content());
  return state;
}

const Marker* marker_of(const Frame& frame, std::string_view text) {
  for (const Marker& marker : frame.markers)
    if (marker.text == text)
      return &marker;
  return nullptr;
}

} // namespace

TEST_CASE("Choosing a point starts its pain, lights its muscle and paints the skin") {
  AppState state = open_with_points();
  REQUIRE(state.leg_content);
  REQUIRE(applied(state, "select_point", {{"id", "soleus"}}));
  CHECK(state.document.point == "soleus");
  CHECK(state.document.selected.empty());
  CHECK(state.pain.playing);
  CHECK(state.pain.seconds == 0);
  land(state);
  const Frame frame = compose(state, {});
  const DrawItem* skin = test::item_of(state, frame, "skin");
  REQUIRE(skin);
  REQUIRE(skin->overlay.field);
  CHECK(skin->overlay.field->size() == skin->mesh->surface.positions.size());
  CHECK(skin->overlay.front_mm == 0); // nothing has come yet
  REQUIRE(frame.keyhole);
  const DrawItem* soleus = test::item_of(state, frame, "soleus");
  REQUIRE(soleus);
  CHECK(soleus->opacity == 1);
  CHECK(soleus->ghost == 0);
  CHECK(test::item_of(state, frame, "gastrocnemius_medial_head")->opened);
  CHECK_FALSE(test::item_of(state, frame, "tibia")->opened);
}

TEST_CASE("Pain comes by itself to its full height and then waits") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "select_point", {{"id", "gastroc"}}));
  land(state);
  float before = -1;
  for (int i = 0; i < 60; ++i) {
    const Frame frame = compose(state, {});
    const float front = test::item_of(state, frame, "skin")->overlay.front_mm;
    CHECK(front >= before);
    before = front;
    advance(state, 0.25);
  }
  CHECK(before > 0);
  CHECK_FALSE(state.pain.playing);
  CHECK(state.pain.seconds == pain_full_s);
  CHECK_FALSE(in_motion(state));
  // Played on, it eases during a hold and ends.
  REQUIRE(applied(state, "pain_play"));
  advance(state, 100);
  CHECK(state.pain.seconds == pain_last_s);
  CHECK_FALSE(in_motion(state));
  CHECK(test::item_of(state, compose(state, {}), "skin")->overlay.strength < 1);
}

TEST_CASE("With reduced motion pain stands there at once") {
  AppState state = open_with_points();
  state.settings.reduced_motion = true;
  REQUIRE(applied(state, "select_point", {{"id", "gastroc"}}));
  CHECK_FALSE(state.pain.playing);
  CHECK(state.pain.seconds == pain_full_s);
}

TEST_CASE("A click on a hotspot chooses it, beside it the structure") {
  AppState state = open_with_points();
  Picker picker;
  const Frame frame = compose(state, {.quality = Quality::moving, .free_area = state.viewport.free_area});
  const Marker* marker = marker_of(frame, "5");
  REQUIRE(marker);
  const Viewport viewport{state.viewport.size, frame.free_area};
  const auto at = fraction_of(frame.camera, viewport, marker->at_mm);
  REQUIRE(at);
  hover_at(state, picker, *at);
  CHECK(state.hovered_point == "soleus");
  CHECK(state.hovered.empty());
  click_at(state, picker, *at);
  CHECK(state.document.point == "soleus");
  click_at(state, picker, {0.01f, 0.01f});
  CHECK(state.document.point.empty()); // beside the leg
}

TEST_CASE("Hotspots behind the leg are fainter, and can be hidden") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "view", {{"name", "posterior"}}));
  land(state);
  const float from_behind = marker_of(compose(state, {}), "5")->opacity;
  REQUIRE(applied(state, "view", {{"name", "anterior"}}));
  land(state);
  const float from_before = marker_of(compose(state, {}), "5")->opacity;
  CHECK(from_behind == Approx(1));
  CHECK(from_before < 0.5f);
  CHECK(from_before > 0.1f); // still there to be clicked
  REQUIRE(applied(state, "points", {{"on", false}}));
  CHECK(compose(state, {}).markers.empty());
}

TEST_CASE("Hotspots that are cut away or not of what is isolated are not shown") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "isolate", {{"id", "soleus"}}));
  CHECK(marker_of(compose(state, {}), "5"));
  CHECK_FALSE(marker_of(compose(state, {}), "1"));
  REQUIRE(applied(state, "leave_isolation"));
  // An axial cut takes away what is below it.
  REQUIRE(applied(state, "clip_set", {{"orientation", "axial"}, {"s", 0.32}}));
  CHECK(marker_of(compose(state, {}), "1"));
  CHECK_FALSE(marker_of(compose(state, {}), "5"));
}

TEST_CASE("Points are walked through in their order and round the end") {
  AppState state = open_with_points();
  for (const char* id : {"gastroc", "soleus", "gastroc"}) {
    REQUIRE(applied(state, "next_point"));
    CHECK(state.document.point == id);
  }
  REQUIRE(applied(state, "previous_point"));
  CHECK(state.document.point == "soleus");
}

TEST_CASE("The other side shows the same point mirrored") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "select_point", {{"id", "gastroc"}}));
  const BoundPoint right = *chosen_place(state);
  REQUIRE(applied(state, "side", {{"side", "left"}}));
  CHECK(state.document.point == "gastroc");
  const BoundPoint left = *chosen_place(state);
  CHECK(left.core_mm.x == Approx(-right.core_mm.x).margin(0.05));
  CHECK(left.core_mm.y == Approx(right.core_mm.y).margin(0.05));
  CHECK(left.core_mm.z == Approx(right.core_mm.z).margin(0.05));
  CHECK(left.place.a_deg == Approx(right.place.a_deg).margin(0.05));
}

TEST_CASE("What hurts is looked up, and choosing a point ends that") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "hurts", {{"region", "soleus"}}));
  CHECK(state.document.hurts.contains("soleus"));
  const LookupResult& found = state.leg_content->looked_up(state.document.hurts, false);
  REQUIRE_FALSE(found.entries.empty());
  CHECK(found.entries[0].id == "soleus");
  const Frame frame = compose(state, {});
  CHECK(test::item_of(state, frame, "skin")->overlay.field);
  CHECK_FALSE(applied(state, "hurts", {{"region", "elbow"}}));
  REQUIRE(applied(state, "select_point", {{"id", "soleus"}}));
  CHECK(state.document.hurts.empty());
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.hurts.contains("soleus"));
}

TEST_CASE("An unknown point is refused and nothing changes") {
  AppState state = open_with_points();
  const Document before = state.document;
  IssueList issues;
  CHECK_FALSE(apply(state, {"select_point", {{"id", "elbow"}}}, issues));
  CHECK(issues.has_errors());
  CHECK(state.document == before);
}

TEST_CASE("A state with a point and with pain survives its file") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "hurts", {{"region", "knee"}}));
  REQUIRE(applied(state, "no_press", {{"on", true}}));
  REQUIRE(applied(state, "neighbours", {{"on", true}}));
  IssueList issues;
  const auto back = parse_document(dump_state_text(state), "state.json", Document{}, issues);
  INFO(to_string(issues));
  REQUIRE(back);
  CHECK(back->hurts == state.document.hurts);
  CHECK(back->no_press);
  CHECK(back->neighbours);
}

TEST_CASE("Without content there are no points, and nothing of them is possible") {
  AppState state = test::open_small_leg();
  CHECK_FALSE(applied(state, "next_point"));
  CHECK(compose(state, {}).markers.empty());
}
