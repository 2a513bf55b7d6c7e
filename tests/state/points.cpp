// Trigger points in the state and in the picture, on the small leg.

#include "compose/compose.h"
#include "compose/pick.h"
#include "compose/point_items.h"
#include "frame/viewport.h"
#include "sample_state.h"
#include "state/state_file.h"
#include "support/small_content.h"

#include <catch2/catch.hpp>

#include <array>
#include <string_view>

using namespace calfscope;
using test::applied;

namespace {

AppState open_with_points(Side side = Side::right) {
  AppState state = test::open_small_leg(side);
  set_content(state, test::small_content());
  return state;
}

SurfaceOverlay on_skin(const AppState& state) {
  const Frame frame = compose(state, {});
  const DrawItem* skin = test::item_of(state, frame, "skin");
  REQUIRE(skin);
  return skin->overlay;
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

TEST_CASE("What hurts is looked up, and a point chosen from it shows its own pain until it is left") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "hurts", {{"region", "soleus"}}));
  CHECK(state.document.hurts.contains("soleus"));
  const LookupResult& found = looked_up(state);
  REQUIRE_FALSE(found.entries.empty());
  CHECK(found.entries[0].id == "soleus");
  const Frame frame = compose(state, {});
  CHECK(test::item_of(state, frame, "skin")->overlay.marked);
  CHECK_FALSE(applied(state, "hurts", {{"region", "elbow"}}));
  REQUIRE(applied(state, "select_point", {{"id", "soleus"}}));
  CHECK_FALSE(on_skin(state).marked);
  REQUIRE(applied(state, "deselect_point"));
  CHECK(state.document.hurts.contains("soleus"));
  CHECK(on_skin(state).marked);
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

TEST_CASE("What is painted is one step of undo for a stroke, combines with regions and is looked up") {
  AppState state = open_with_points();
  begin_gesture(state);
  for (const double s : {0.7, 0.75, 0.8, 0.85})
    REQUIRE(applied(state, "paint_pain", {{"points", Value::Numbers{s, 0}}, {"radius_mm", 15}}));
  end_gesture(state);
  const PaintedSkin stroke = state.document.painted;
  CHECK_FALSE(stroke.empty());
  REQUIRE_FALSE(looked_up(state).entries.empty());
  CHECK(looked_up(state).entries[0].id == "soleus");
  CHECK(on_skin(state).marked);
  // More of it hurts: more is left unexplained.
  const float unexplained = looked_up(state).unexplained;
  REQUIRE(applied(state, "hurts", {{"region", "knee"}}));
  CHECK(looked_up(state).unexplained > unexplained + 0.1f);
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.painted == stroke);
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.painted.empty());
  REQUIRE(applied(state, "redo"));
  CHECK(state.document.painted == stroke);
  REQUIRE(applied(state, "clear_paint"));
  CHECK(state.document.painted.empty());
  CHECK_FALSE(applied(state, "clear_paint"));
}

TEST_CASE("Painting that makes no sense is refused and says why") {
  AppState state = open_with_points();
  for (const Arguments& args :
       {Arguments{}, Arguments{{"points", Value::Numbers{0.5}}}, Arguments{{"points", Value::Numbers{7, 0}}},
        Arguments{{"on", "elbow"}, {"points", Value::Numbers{0.5, 0}}}, Arguments{{"points", "all"}},
        Arguments{{"points", Value::Numbers{1e300, 0}}}, Arguments{{"points", Value::Numbers(4000, 0.4)}},
        Arguments{{"on", "sole"}, {"points", Value::Numbers{0.1, 0.5}}}} /* this leg has no foot */) {
    IssueList issues;
    CHECK_FALSE(apply(state, {"paint_pain", args}, issues));
    CHECK(issues.has_errors());
    CHECK(state.document.painted.empty());
  }
}

TEST_CASE("Paint survives its file, the other side and another leg") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "paint_pain",
                  {{"points", Value::Numbers{0.4, -20, 0.5, 30}}, {"stroke", true}, {"intensity", 0.5}}));
  IssueList issues;
  const auto back = parse_document(dump_state_text(state), "state.json", Document{}, issues);
  INFO(to_string(issues));
  REQUIRE(back);
  CHECK(back->painted == state.document.painted);
  const PaintedSkin painted = state.document.painted;
  REQUIRE(applied(state, "side", {{"side", "left"}}));
  CHECK(state.document.painted == painted);
  CHECK(on_skin(state).field);
  open_leg(state, state.stored_atlas);
  CHECK(state.document.painted == painted);

  IssueList faults;
  CHECK_FALSE(parse_document(R"({"painted": [{"on": "leg", "s": 0.4, "a_deg": 0, "levels": "5b"}]})", "bad.json",
                             Document{}, faults));
  CHECK(to_string(faults).find("bad.json:1") != std::string::npos);
}

TEST_CASE("The brush paints the skin that is seen, however clear it is, but no cut face and nothing beside the leg") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "view", {{"name", "posterior"}}));
  land(state);
  REQUIRE(applied(state, "brush", {{"on", true}}));
  Picker picker;
  const glm::vec2 middle{0.5f, 0.5f};
  std::optional<float> depth_mm;
  for (const char* how : {"shown", "hidden", "ghosted", "peeled"}) {
    INFO(how);
    if (std::string_view(how) == "hidden")
      REQUIRE(applied(state, "hide", {{"id", "skin"}}));
    if (std::string_view(how) == "ghosted")
      REQUIRE(applied(state, "ghost", {{"id", "skin"}, {"on", true}}));
    if (std::string_view(how) == "peeled")
      REQUIRE(applied(state, "peel", {{"value", 1}}));
    CHECK(test::item_of(state, compose(state, {}), "skin")); // or one would not see what one paints on
    CHECK(point_brush_at(state, picker, middle));
    REQUIRE(state.brush_ring);
    for (const glm::vec3& at : state.brush_ring->line_mm)
      CHECK(glm::distance(at, state.brush_ring->centre_mm) == Approx(state.brush.radius_mm).margin(8));
    CHECK(paint_along(state, picker, std::array{middle, glm::vec2(0.5f, 0.55f)}, depth_mm));
    CHECK_FALSE(state.document.painted.empty());
    REQUIRE(depth_mm);
    REQUIRE(applied(state, "clear_paint"));
    // What lies far behind the place painted last is not what the hand meant.
    depth_mm = *depth_mm - 100;
    CHECK_FALSE(paint_along(state, picker, std::array{middle}, depth_mm));
    depth_mm.reset();
  }
  CHECK_FALSE(paint_along(state, picker, std::array{glm::vec2(0.02f, 0.5f)}, depth_mm));
  CHECK_FALSE(point_brush_at(state, picker, {0.02f, 0.5f}));
  CHECK_FALSE(state.brush_ring);
  // The half towards the eye is cut away: behind the cut face there is only the inner side of the skin.
  REQUIRE(applied(state, "clip_set", {{"orientation", "coronal"}, {"position_mm", 0}}));
  CHECK_FALSE(paint_along(state, picker, std::array{middle}, depth_mm));
  CHECK(state.document.painted.empty());
}

TEST_CASE("On a posed leg the brush paints the skin where it is seen") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "pose", {{"turn", 25}}));
  REQUIRE(applied(state, "view", {{"name", "posterior"}}));
  land(state);
  Picker picker;
  const Frame frame = compose(state, {.quality = Quality::moving, .free_area = state.viewport.free_area});
  const auto hit = picker.skin_under(state, frame, state.viewport.size, {0.5f, 0.5f});
  REQUIRE(hit);
  const auto rest = skin_at(state.leg_content->bound().places(), hit->spot);
  REQUIRE(rest);
  REQUIRE_FALSE(frame.segments.empty());
  const glm::vec3 posed(frame.segments[0] * glm::vec4(rest->position, 1));
  CHECK(glm::distance(posed, rest->position) > 5); // the pose does something there
  CHECK(glm::distance(posed, hit->position) < 5);
}

TEST_CASE("A pressure grows while it is held, up to ten, and fades when it is let go") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "select_point", {{"id", "gastroc"}}));
  land(state);
  REQUIRE(applied(state, "press", {{"on", true}}));
  CHECK(in_motion(state));
  double before = 0;
  float local_before = -1;
  for (int i = 0; i < 8; ++i) {
    advance(state, 0.5);
    CHECK(state.press.pressure > before);
    before = state.press.pressure;
    CHECK(on_skin(state).local >= local_before);
    local_before = on_skin(state).local;
  }
  CHECK(on_skin(state).front_mm > 0);
  advance(state, 100);
  CHECK(state.press.pressure == pressure_most);
  CHECK_FALSE(in_motion(state));
  const SurfaceOverlay held = on_skin(state);
  REQUIRE(applied(state, "press", {{"on", false}}));
  advance(state, 0.5);
  CHECK(on_skin(state).strength < held.strength);
  CHECK(on_skin(state).front_mm == held.front_mm); // it fades where it is
  advance(state, 10);
  CHECK_FALSE(state.press.any());
  CHECK_FALSE(in_motion(state));
  CHECK(on_skin(state).front_mm == 0);
}

TEST_CASE("A pressure that is set stays, and playing the pain or leaving the point lifts it") {
  AppState state = open_with_points();
  CHECK_FALSE(applied(state, "pressure", {{"value", 6}})); // on what?
  REQUIRE(applied(state, "select_point", {{"id", "gastroc"}}));
  REQUIRE(applied(state, "pressure", {{"value", 6}}));
  land(state);
  advance(state, 5);
  CHECK(state.press.pressure == 6);
  CHECK_FALSE(in_motion(state));
  REQUIRE(applied(state, "pain_restart"));
  CHECK_FALSE(state.press.any());
  REQUIRE(applied(state, "press", {{"on", true}}));
  REQUIRE(applied(state, "deselect"));
  CHECK_FALSE(state.press.any());
}

TEST_CASE("A click through the keyhole takes what is seen in it") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "select_point", {{"id", "soleus"}}));
  REQUIRE(applied(state, "points", {{"on", false}}));
  REQUIRE(applied(state, "highlight", {{"name", "none"}}));
  land(state);
  Picker picker;
  Frame frame = compose(state, {.quality = Quality::moving, .free_area = state.viewport.free_area});
  REQUIRE(frame.keyhole);
  const Viewport viewport{state.viewport.size, frame.free_area};
  const auto at = fraction_of(frame.camera, viewport, frame.keyhole->at_mm);
  REQUIRE(at);
  const auto through = picker.pick(state, frame, state.viewport.size, *at);
  REQUIRE(through);
  CHECK(through->structure == "soleus");
  frame.keyhole.reset();
  const auto closed = picker.pick(state, frame, state.viewport.size, *at);
  REQUIRE(closed);
  CHECK(closed->distance_mm < through->distance_mm - 5);
}

TEST_CASE("Nothing shines through skin that nothing is seen through") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "highlight", {{"name", "none"}}));
  REQUIRE(applied(state, "hurts", {{"region", "soleus"}}));
  for (const DrawItem& item : compose(state, {}).items)
    CHECK(item.glow == 0);
  REQUIRE(applied(state, "select", {{"id", "soleus"}})); // the skin turns to glass for what is selected
  const Frame frame = compose(state, {});
  CHECK(test::item_of(state, frame, "soleus")->glow > 0);
}

TEST_CASE("The way to a point is drawn on the skin, ends above the point and follows the pose") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "select_point", {{"id", "gastroc"}}));
  land(state);
  const std::size_t without = compose(state, {}).items.size();
  REQUIRE(applied(state, "walk", {{"on", true}}));
  IssueList issues;
  Catalogue words;
  REQUIRE(words.load(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/program/text/en.json", issues));
  Frame frame = compose(state, {.text = &words});
  REQUIRE(frame.items.size() > without);
  CHECK_FALSE(frame.labels.empty());
  const glm::vec3 above = chosen_place(state)->skin.position;
  const auto nearest_mm = [&](const Frame& picture, glm::vec3 to) {
    float least = 1e9f;
    for (std::size_t i = without; i < picture.items.size(); ++i)
      for (const glm::vec3& p : posed_positions(*picture.items[i].mesh, picture.segments))
        least = std::min(least, glm::distance(p, to));
    return least;
  };
  CHECK(nearest_mm(frame, above) < 5);
  // A longer leg has more centimetres on the same way.
  const auto ink = [&] {
    std::size_t vertices = 0;
    const Frame picture = compose(state, {});
    for (std::size_t i = without; i < picture.items.size(); ++i)
      vertices += picture.items[i].mesh->surface.positions.size();
    return vertices;
  };
  REQUIRE(applied(state, "walk", {{"leg_length_mm", 340}}));
  CHECK(state.document.walk);
  const std::size_t on_short = ink();
  REQUIRE(applied(state, "walk", {{"leg_length_mm", 450}}));
  CHECK(ink() > on_short);
  REQUIRE(applied(state, "pose", {{"turn", 25}}));
  frame = compose(state, {});
  REQUIRE_FALSE(frame.segments.empty());
  CHECK(nearest_mm(frame, glm::vec3(frame.segments[0] * glm::vec4(above, 1))) < 5);
  REQUIRE(applied(state, "deselect_point"));
  CHECK(compose(state, {}).items.size() <= without); // no way without a point
}

TEST_CASE("Nothing presses on a point whose skin lies where nothing may press") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "select_point", {{"id", "gastroc"}}));
  CHECK(applied(state, "pressure", {{"value", 3}}));
  // The same leg with a zone over the point.
  auto pack = std::make_shared<ContentPack>(*state.content);
  pack->zones.front().shape.s = {-0.15f, 0.6f};
  pack->zones.front().shape.a_deg = {-60, 80};
  set_content(state, pack);
  REQUIRE(applied(state, "select_point", {{"id", "gastroc"}}));
  CHECK_FALSE(applied(state, "press", {{"on", true}}));
  CHECK_FALSE(applied(state, "pressure", {{"value", 6}}));
  CHECK(state.press.pressure == 0);
}

TEST_CASE("Undo gives no point the pressure of another, and brings back the point that the brush put away") {
  AppState state = open_with_points();
  REQUIRE(applied(state, "select_point", {{"id", "gastroc"}}));
  REQUIRE(applied(state, "select_point", {{"id", "soleus"}}));
  REQUIRE(applied(state, "pressure", {{"value", 6}}));
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.point == "gastroc");
  CHECK(state.press.pressure == 0);
  REQUIRE(applied(state, "brush", {{"on", true}}));
  CHECK(state.document.point.empty());
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.point == "gastroc");
}
