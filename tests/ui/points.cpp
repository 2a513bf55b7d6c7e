// Trigger points in the panels: their card, the player of the pain, "Where does it hurt?" and the list.
#include "compose/pain_still.h"
#include "content/shipped.h"
#include "panel_stage.h"

#include <set>

using namespace calfscope;

namespace {

// The leg of cylinders with the shipped content bound to it.
struct PointStage : test::PanelStage {
  explicit PointStage(glm::ivec2 size = {1280, 720}, float scale = 1) : PanelStage(size, scale) {
    set_content(state, test::shipped_content());
    REQUIRE(state.leg_content);
    state.settings.reduced_motion = true;
    frames(3);
  }
  std::string placed_point() const {
    for (const BoundPoint& point : state.leg_content->bound().points())
      if (point.placed)
        return point.id;
    FAIL("no point has a place in the small leg");
    return {};
  }
  // What a control did is taken back, so that the next one is where it was.
  struct Before {
    Document document;
    std::set<Panel> panels;
    std::set<std::string> sections;
    History history; // or undo and redo would take turns for ever
  };
  Before before() { return {state.document, state.open_panels, memory().open_sections, state.history}; }
  void back_to(const Before& before) {
    state.document = before.document;
    state.open_panels = before.panels;
    state.place = Place::explore;
    state.brush.on = false;
    state.history = before.history;
    memory().open_sections = before.sections;
    frames(2);
  }
  // Walks by keyboard and presses Enter at every stop, until an action of this name was wanted.
  bool reach(std::string_view action) {
    take_actions();
    press_key("Tab");
    const std::size_t count = focus().order.size();
    for (std::size_t i = 0; i < 2 * count && !did(action); ++i) {
      const Before then = before();
      press_key("Enter");
      if (did(action))
        return true;
      back_to(then);
      press_key("Tab");
    }
    return did(action);
  }
  // Clicks all over the right column until an action of this name was wanted; where that was.
  std::optional<glm::vec2> click_until(std::string_view action) {
    take_actions();
    for (float y = 64; y < static_cast<float>(input.framebuffer.y) - 64; y += 9)
      for (const float x : {990.0f, 1060.0f, 1150.0f}) {
        const Before then = before();
        click({x, y});
        if (did(action))
          return glm::vec2(x, y);
        back_to(then);
      }
    return std::nullopt;
  }
};

} // namespace

TEST_CASE("the card of a trigger point offers play, pause, restart, speed and the way out, all by keyboard") {
  PointStage stage;
  stage.state.settings.reduced_motion = false; // else the player is a film strip
  apply(stage.state, {"select_point", {{"id", stage.placed_point()}}});
  stage.frames(3);
  for (const char* action :
       {"pain_play", "pain_restart", "pain_speed", "next_point", "previous_point", "deselect_point"}) {
    INFO(action);
    CHECK(stage.reach(action));
    apply(stage.state, {"select_point", {{"id", stage.placed_point()}}});
    stage.frames(3);
  }
}

TEST_CASE("the button that plays the pain pauses it when pressed again") {
  PointStage stage;
  stage.state.settings.reduced_motion = false; // else the player is a film strip
  apply(stage.state, {"select_point", {{"id", stage.placed_point()}}});
  apply(stage.state, {"pain_play", {{"on", false}}});
  stage.frames(3);
  REQUIRE(stage.reach("pain_play")); // on the way there the button that restarts may have been tried
  const bool playing = stage.state.pain.playing;
  for (const bool expected : {!playing, playing}) {
    stage.press_key("Enter"); // the ring is still on it
    stage.frames(2);
    CHECK(stage.state.pain.playing == expected);
  }
}

TEST_CASE("with reduced motion the player is a strip of stills, and choosing one shows that moment") {
  PointStage stage;
  apply(stage.state, {"select_point", {{"id", stage.placed_point()}}});
  stage.frames(3);
  CHECK_FALSE(stage.state.pain.playing);
  REQUIRE(stage.out.pictures.size() == strip_seconds.size());
  std::set<double> wished;
  for (const auto& [name, wish] : stage.out.pictures) {
    REQUIRE(wish.pain_seconds);
    wished.insert(*wish.pain_seconds);
    CHECK(wish.size.x > 20);
    CHECK(wish.size.y > wish.size.x);
  }
  CHECK(wished == std::set<double>(strip_seconds.begin(), strip_seconds.end()));
  CHECK_FALSE(stage.reach("pain_play"));
  apply(stage.state, {"pain_seek", {{"seconds", 10}}});
  stage.frames(2);
  REQUIRE(stage.reach("pain_seek"));
  CHECK(wished.contains(stage.state.pain.seconds));
  CHECK_FALSE(stage.state.pain.playing);
}

TEST_CASE("the cross-section stands beside the leg: it can be moved by slider, drag and wheel, and closed") {
  for (const glm::ivec2 size : {glm::ivec2(1024, 640), glm::ivec2(1920, 1080)}) {
    PointStage stage(size);
    const glm::vec4 before = stage.out.free_area;
    apply(stage.state, {"section", {{"on", true}}});
    stage.frames(3);
    REQUIRE(stage.out.pictures.contains("section"));
    const PictureWish wish = stage.out.pictures.at("section");
    REQUIRE(wish.drawing);
    CHECK(wish.drawing->size == wish.size);
    CHECK(wish.size.x >= 280);
    CHECK(stage.out.free_area.z - stage.out.free_area.x > 0.2f); // the leg keeps its room
    CHECK(stage.out.free_area != before);
    CHECK(stage.clipped.empty());
    // Its middle, found by looking for the wheel to work.
    std::optional<glm::vec2> at;
    for (float x = 30; x < static_cast<float>(size.x) && !at; x += 60) {
      stage.move_to({x, 240});
      stage.input.wheel = {0, -1};
      stage.frame();
      if (stage.did("section_by"))
        at = glm::vec2(x + 40, 240);
    }
    REQUIRE(at);
    const float there = stage.state.document.section.s;
    stage.take_actions();
    stage.move_to(*at);
    stage.input.buttons[0] = true;
    stage.frame();
    stage.input.pointer_px = *at + glm::vec2(0, 30);
    stage.frames(2);
    stage.input.buttons[0] = false;
    stage.frames(2);
    CHECK(stage.did("section_set"));
    CHECK_FALSE(stage.did("select"));
    CHECK(stage.state.document.section.s > there);
    REQUIRE(stage.reach("section"));
    CHECK_FALSE(stage.state.document.section.on);
  }
}

TEST_CASE("a click in the cross-section chooses what is cut there") {
  PointStage stage({1920, 1080});
  apply(stage.state, {"section_set", {{"s", 0.3}}});
  stage.frames(3);
  stage.take_actions();
  for (float x = 900; x < 1600 && !stage.did("select"); x += 12)
    stage.click({x, 300});
  REQUIRE(stage.did("select"));
  CHECK_FALSE(stage.state.document.selected.empty());
}

TEST_CASE("the slider of the pain moves through all of its time") {
  PointStage stage;
  stage.state.settings.reduced_motion = false; // else the player is a film strip
  apply(stage.state, {"select_point", {{"id", stage.placed_point()}}});
  apply(stage.state, {"pain_seek", {{"seconds", 0}}});
  stage.frames(3);
  for (int i = 0; i < 300 && !stage.did("pain_seek"); ++i) {
    stage.press_key("Tab");
    if (stage.out.keeps_arrows)
      stage.press_key("Right");
  }
  REQUIRE(stage.did("pain_seek"));
  double last = stage.state.pain.seconds;
  CHECK(last > 0);
  for (int i = 0; i < 25; ++i) {
    stage.press_key("Right");
    CHECK(stage.state.pain.seconds >= last);
    last = stage.state.pain.seconds;
  }
  CHECK(last == Approx(pain_last_s));
}

TEST_CASE("naming a place where it hurts lists what overlaps with it, and naming it again takes it back") {
  PointStage stage;
  apply(stage.state, {"open_panel", {{"panel", "lookup"}}});
  stage.frames(3);
  const auto where = stage.click_until("hurts");
  REQUIRE(where);
  CHECK(stage.state.document.hurts.size() == 1);
  const std::string region = *stage.state.document.hurts.begin();
  CHECK_FALSE(test::shipped_content()->regions_named(region).empty());
  stage.click(*where);
  CHECK(stage.state.document.hurts.empty());
}

TEST_CASE("a point in the results opens its card, whose way back brings the places back that were named") {
  PointStage stage;
  stage.state.open_panels = {Panel::lookup}; // without the list of points
  apply(stage.state, {"hurts", {{"region", "heel_posterior"}}});
  apply(stage.state, {"hurts", {{"region", "achilles_distal"}}});
  stage.frames(3);
  const auto hurts = stage.state.document.hurts;
  REQUIRE(stage.reach("select_point"));
  CHECK_FALSE(stage.state.document.point.empty());
  REQUIRE(stage.reach("deselect_point"));
  CHECK(stage.state.document.hurts == hurts);
  CHECK(stage.state.document.point.empty());
}

TEST_CASE("asking where it hurts puts the card of a point aside") {
  PointStage stage;
  apply(stage.state, {"select_point", {{"id", stage.placed_point()}}});
  stage.frames(2);
  apply(stage.state, {"open_panel", {{"panel", "lookup"}}});
  stage.frames(2);
  CHECK(stage.state.document.point.empty());
}

TEST_CASE("the layers list the points of the calf and switch what is shown of them") {
  PointStage stage({1280, 1000});
  std::set<std::string> chosen;
  std::set<std::string> switched;
  for (float y = 150; y < 900; y += 9) {
    stage.click({120, y});
    for (const Action& action : stage.take_actions()) {
      if (action.id == "select_point")
        chosen.insert(to_string(action.args.find("id")->second));
      else
        switched.insert(action.id);
    }
    stage.state.open_panels = {Panel::layers};
    stage.state.document.neighbours = false;
    stage.state.document.points_shown = true;
    stage.frames(2);
  }
  for (const TriggerPoint& point : test::shipped_content()->points) {
    INFO(point.id);
    const BoundPoint* place = stage.state.leg_content->bound().point(point.id);
    CHECK(chosen.contains(point.id) == (point.layer == "calf" && place->placed));
  }
  for (const char* action : {"points", "neighbours", "no_press", "toggle_panel", "open_panel"}) {
    INFO(action);
    CHECK(switched.contains(action));
  }
}

TEST_CASE("all that is said of points stands in the panels in every size, whole and without a missing word") {
  for (const ThemeChoice theme : {ThemeChoice::dark, ThemeChoice::light})
    for (const glm::ivec2 size : {glm::ivec2(1024, 640), glm::ivec2(1920, 1080)})
      for (const float text_px : {15.0f, 18.0f}) {
        if (text_px > 15 && size.x < 1280)
          continue;
        PointStage stage(size);
        stage.state.settings.theme = theme;
        stage.state.settings.text_size_px = text_px;
        stage.state.document.neighbours = true;
        stage.state.document.no_press = true;
        for (const Audience audience : {Audience::patient, Audience::clinician}) {
          stage.open_all(audience);
          for (const TriggerPoint& point : test::shipped_content()->points)
            if (stage.state.leg_content->bound().point(point.id)->placed) {
              apply(stage.state, {"select_point", {{"id", point.id}}});
              stage.frames(2);
            }
          apply(stage.state, {"deselect_point", {}});
          for (const Structure& structure : stage.state.atlas->structures) {
            stage.state.document.selected = structure.id;
            stage.frames(2);
          }
          stage.state.open_panels = {Panel::layers, Panel::lookup};
          stage.frames(2);
          for (const Region& region : test::shipped_content()->regions) {
            apply(stage.state, {"hurts", {{"region", region.id}}});
            stage.frames(2);
          }
          apply(stage.state, {"clear_hurts", {}});
          stage.state.open_panels = {Panel::points};
          stage.frames(3);
        }
        INFO(size.x << "x" << size.y << " with text of " << text_px);
        const std::set<std::string> clipped(stage.clipped.begin(), stage.clipped.end());
        for (const std::string& text : clipped)
          FAIL_CHECK("shortened: " << text);
      }
  for (const std::string& key : test::texts().missing_keys())
    FAIL_CHECK("missing in the catalogue: " << key);
  for (const std::string& key : test::shipped_content()->text.missing_keys())
    FAIL_CHECK("missing in the content: " << key);
}

TEST_CASE("the brush is taken, turned into an eraser and put away by controls that the keyboard reaches") {
  PointStage stage;
  stage.state.open_panels = {Panel::lookup}; // without the list of points
  stage.frames(3);
  REQUIRE(stage.reach("brush"));
  stage.state.brush.on = true;
  stage.frames(3);
  std::set<std::string> arguments;
  stage.press_key("Tab");
  const std::size_t stops = stage.focus().order.size();
  for (std::size_t i = 0; i < stops + 2; ++i) {
    stage.take_actions();
    if (stage.out.keeps_arrows)
      stage.press_key("Left");
    for (const Action& action : stage.take_actions())
      if (action.id == "brush")
        for (const auto& [name, value] : action.args)
          arguments.insert(name);
    stage.press_key("Tab");
  }
  CHECK(arguments == std::set<std::string>{"intensity", "radius_mm"});
  apply(stage.state, {"paint_pain", {{"points", Value::Numbers{0.4, 0}}}});
  stage.frames(3);
  REQUIRE(stage.reach("clear_paint"));
}

TEST_CASE("the slider of the pressure sets it, and says what is good and what is too much") {
  PointStage stage({1280, 1000});
  apply(stage.state, {"select_point", {{"id", stage.placed_point()}}});
  stage.frames(3);
  for (int i = 0; i < 300 && !stage.did("pressure"); ++i) {
    stage.press_key("Tab");
    if (stage.out.keeps_arrows)
      stage.press_key("Right");
  }
  REQUIRE(stage.did("pressure"));
  CHECK(stage.state.press.steady);
  double last = stage.state.press.pressure;
  for (int i = 0; i < 25; ++i) {
    stage.press_key("Right");
    CHECK(stage.state.press.pressure >= last);
    last = stage.state.press.pressure;
  }
  CHECK(last == pressure_most);
}

TEST_CASE("holding the button on the card presses for as long as it is held") {
  PointStage stage({1280, 1000});
  apply(stage.state, {"select_point", {{"id", stage.placed_point()}}});
  stage.frames(3);
  bool found = false;
  for (float y = 64; y < 940 && !found; y += 9) {
    const PointStage::Before before = stage.before();
    stage.take_actions();
    stage.input.pointer_px = {1060, y};
    stage.frames(1);
    stage.input.buttons[0] = true;
    stage.frames(2);
    found = stage.did("press");
    if (found) {
      CHECK(stage.state.press.held);
      stage.frames(5);
      CHECK(stage.state.press.held);
    }
    stage.input.buttons[0] = false;
    stage.frames(2);
    if (!found) {
      stage.state.press = {};
      stage.back_to(before);
    }
  }
  REQUIRE(found);
  CHECK_FALSE(stage.state.press.held);
}

TEST_CASE("pointing at a row lights its point") {
  PointStage stage({1280, 1000});
  std::set<std::string> lit;
  for (float y = 150; y < 900; y += 9) {
    stage.input.pointer_px = {120, y};
    stage.frames(1);
    if (!stage.out.hovered_point.empty())
      lit.insert(stage.out.hovered_point);
  }
  CHECK(lit.contains(stage.placed_point()));
  CHECK(lit.size() > 1);
}
