#include "app/viewport_hands.h"

#include "state/app_state.h"
#include "support/small_leg.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

// A mouse over the picture, and a state that does what the hands wish.
struct Table {
  AppState state;
  ViewportHands hands;
  HandSettings settings{.size_px = {1280, 720}, .scale = 1, .invert_zoom = false, .inertia = false};
  double clock_s = 1;
  bool on_panels = false;
  int clicks = 0, double_clicks = 0, gestures = 0;
  int open_gestures = 0;
  std::vector<glm::vec2> painted, carried;
  std::vector<bool> presses;

  Table() {
    state.settings.reduced_motion = true;
    open_leg(state, test::small_leg());
  }
  void follow(const HandWishes& wishes) {
    if (wishes.gesture_begins) {
      begin_gesture(state);
      ++gestures;
      ++open_gestures;
    }
    for (const Action& action : wishes.actions) {
      IssueList issues;
      const bool done = apply(state, action, issues);
      INFO(to_string(issues));
      CHECK(done);
    }
    if (wishes.gesture_ends) {
      end_gesture(state);
      --open_gestures;
    }
    painted.insert(painted.end(), wishes.paint.begin(), wishes.paint.end());
    if (wishes.carry)
      carried.push_back(*wishes.carry);
    if (wishes.press)
      presses.push_back(*wishes.press);
    clicks += wishes.click.has_value();
    double_clicks += wishes.double_click.has_value();
  }
  void event(EventKind kind, glm::vec2 at, bool pressed = false, MouseButton which = MouseButton::left,
             bool shift = false) {
    InputEvent input;
    input.kind = kind;
    input.position_px = at;
    input.pressed = pressed;
    input.button = which;
    input.modifiers.shift = shift;
    input.time_s = input.earliest_s = clock_s;
    follow(hands.take(input, on_panels, settings, std::nullopt));
  }
  void drag(glm::vec2 from, glm::vec2 to, MouseButton which = MouseButton::left, bool shift = false) {
    event(EventKind::button, from, true, which, shift);
    for (int i = 1; i <= 10; ++i) {
      clock_s += 0.016;
      event(EventKind::move, glm::mix(from, to, static_cast<float>(i) / 10), false, which, shift);
    }
    event(EventKind::button, to, false, which, shift);
  }
  void click(glm::vec2 at) {
    event(EventKind::button, at, true);
    event(EventKind::button, at, false);
  }
  void scroll(glm::vec2 at, glm::vec2 notches) {
    InputEvent input;
    input.kind = EventKind::scroll;
    input.position_px = at;
    input.scroll = notches;
    input.time_s = input.earliest_s = clock_s;
    follow(hands.take(input, on_panels, settings, std::nullopt));
  }
};

} // namespace

TEST_CASE("a drag turns the leg with the hand and is one undo step") {
  Table table;
  const Camera before = table.state.document.camera;
  table.drag({600, 300}, {700, 340});
  const Camera after = table.state.document.camera;
  CHECK(after.yaw_deg - before.yaw_deg == Approx(100 * orbit_deg_per_pixel).margin(0.1));
  CHECK(after.pitch_deg - before.pitch_deg == Approx(40 * orbit_deg_per_pixel).margin(0.1));
  CHECK(after.target_mm == before.target_mm);
  CHECK(table.state.history.past.size() == 1);
  CHECK(table.open_gestures == 0);
  CHECK(table.clicks == 0);
  apply(table.state, {"undo", {}});
  CHECK(table.state.document.camera == before);
}

TEST_CASE("what is in the middle stays under the hand while it is moved") {
  for (const bool with_shift : {false, true}) {
    Table table;
    const Camera before = table.state.document.camera;
    table.drag({640, 360}, {700, 330}, with_shift ? MouseButton::left : MouseButton::right, with_shift);
    CHECK(table.state.document.camera.yaw_deg == before.yaw_deg);
    const auto seen = fraction_of(table.state.document.camera, {{1280, 720}, {0, 0, 1, 1}}, before.target_mm);
    REQUIRE(seen);
    CHECK(seen->x * 1280 == Approx(700).margin(1));
    CHECK(seen->y * 720 == Approx(330).margin(1));
  }
}

TEST_CASE("a press that hardly moves is a click, one that wanders is a drag") {
  Table table;
  table.event(EventKind::button, {400, 400}, true);
  table.event(EventKind::move, {402, 401});
  table.event(EventKind::button, {402, 401}, false);
  CHECK(table.clicks == 1);
  CHECK(table.gestures == 0);
  table.clock_s += 2;
  table.drag({400, 400}, {410, 400});
  CHECK(table.clicks == 1);
  CHECK(table.gestures == 1);
}

TEST_CASE("two quick clicks are a double click, two slow ones or two far ones are not, a third begins anew") {
  Table table;
  table.click({300, 300});
  table.clock_s += 0.2;
  table.click({301, 300});
  CHECK(table.clicks == 1);
  CHECK(table.double_clicks == 1);
  table.clock_s += 0.2;
  table.click({301, 300});
  CHECK(table.clicks == 2);
  table.clock_s += 1;
  table.click({301, 300});
  CHECK(table.double_clicks == 1);
  table.clock_s += 0.2;
  table.click({500, 300});
  CHECK(table.double_clicks == 1);
}

TEST_CASE("a double click is not lost when a slow picture held the second click back") {
  Table table;
  table.click({300, 300});
  const double first = table.clock_s;
  InputEvent second;
  second.kind = EventKind::button;
  second.position_px = {300, 300};
  second.pressed = true;
  second.time_s = first + 0.9; // heard late
  second.earliest_s = first + 0.1;
  table.follow(table.hands.take(second, false, table.settings, std::nullopt));
  second.pressed = false;
  table.follow(table.hands.take(second, false, table.settings, std::nullopt));
  CHECK(table.double_clicks == 1);
}

TEST_CASE("the wheel zooms towards the pointer, both ways, and can be turned round") {
  Table table;
  const float before = table.state.document.camera.distance_mm;
  const glm::vec2 at{800, 200};
  table.scroll(at, {0, 3});
  CHECK(table.state.document.camera.distance_mm < before);
  table.scroll(at, {0, -3});
  CHECK(table.state.document.camera.distance_mm == Approx(before));
  table.settings.invert_zoom = true;
  table.scroll(at, {0, 1});
  CHECK(table.state.document.camera.distance_mm > before);
}

TEST_CASE("many small steps of a touchpad zoom as far as one notch of a wheel") {
  Table wheel, touchpad;
  wheel.scroll({640, 360}, {0, 1});
  for (int i = 0; i < 20; ++i)
    touchpad.scroll({640, 360}, {0, 0.05f});
  CHECK(touchpad.state.document.camera.distance_mm == Approx(wheel.state.document.camera.distance_mm).epsilon(1e-3));
  CHECK(touchpad.state.history.past.size() == 1); // and it is one undo step
}

TEST_CASE("what happens over panels does not move the leg") {
  Table table;
  const Document before = table.state.document;
  table.on_panels = true;
  table.drag({100, 300}, {200, 340});
  table.scroll({100, 300}, {0, 2});
  table.click({100, 300});
  CHECK(table.state.document == before);
  CHECK(table.clicks == 0);
  // But a drag that began on the picture goes on over them.
  table.on_panels = false;
  table.event(EventKind::button, {600, 300}, true);
  table.on_panels = true;
  table.event(EventKind::move, {100, 300});
  CHECK_FALSE(table.state.document == before);
}

TEST_CASE("a quick drag lets the leg turn on and come to rest within the same undo step") {
  Table table;
  table.settings.inertia = true;
  table.drag({500, 300}, {800, 300});
  REQUIRE(table.hands.turns_on());
  const float released = table.state.document.camera.yaw_deg;
  double seconds = 0;
  while (table.hands.turns_on() && seconds < 5) {
    seconds += 0.02;
    table.follow(table.hands.advance(0.02));
  }
  CHECK(seconds < 3);
  CHECK(table.state.document.camera.yaw_deg != released);
  CHECK(table.open_gestures == 0);
  CHECK(table.state.history.past.size() == 1);
}

TEST_CASE("every press stops a leg that turns on, and no gesture is left open") {
  Table table;
  table.settings.inertia = true;
  table.drag({500, 300}, {800, 300});
  REQUIRE(table.hands.turns_on());
  table.click({600, 300});
  CHECK_FALSE(table.hands.turns_on());
  CHECK(table.open_gestures == 0);
}

TEST_CASE("a drag that is broken off by another window leaves no gesture open") {
  Table table;
  table.event(EventKind::button, {600, 300}, true);
  table.event(EventKind::move, {650, 300});
  table.event(EventKind::focus_lost, {650, 300});
  CHECK_FALSE(table.hands.pressed());
  CHECK(table.open_gestures == 0);
}

TEST_CASE("With the brush over skin a drag paints and does not turn, a modifier or the right button turns") {
  Table table;
  table.settings.brush = true;
  table.settings.paints = true;
  const Camera before = table.state.document.camera;
  table.drag({400, 300}, {500, 330});
  CHECK(table.state.document.camera == before);
  CHECK(table.open_gestures == 0);
  CHECK(table.gestures == 1); // one step of undo
  REQUIRE_FALSE(table.painted.empty());
  CHECK(table.painted.front() == glm::vec2(400, 300) / table.settings.size_px); // from where it was pressed
  CHECK(table.painted.back() == glm::vec2(500, 330) / table.settings.size_px);
  CHECK(table.clicks == 0);
  table.painted.clear();
  table.settings.paints = false; // beside the leg
  table.drag({400, 300}, {500, 300});
  CHECK(table.state.document.camera.yaw_deg != before.yaw_deg);
  const Camera turned = table.state.document.camera;
  table.settings.paints = true;
  table.drag({400, 300}, {500, 300}, MouseButton::right);
  CHECK(table.state.document.camera.yaw_deg != turned.yaw_deg);
  CHECK(table.state.document.camera.target_mm == turned.target_mm);
  table.drag({400, 300}, {500, 300}, MouseButton::left, true);
  CHECK(table.state.document.camera.target_mm != turned.target_mm);
  CHECK(table.painted.empty());
}

TEST_CASE("On a tool a drag carries it and does not turn, a modifier or the right button turns") {
  Table table;
  table.settings.on_tool = true;
  const Camera before = table.state.document.camera;
  table.drag({400, 300}, {500, 330});
  CHECK(table.state.document.camera == before);
  CHECK(table.open_gestures == 0);
  REQUIRE_FALSE(table.carried.empty());
  CHECK(table.carried.back() == glm::vec2(500, 330) / table.settings.size_px);
  CHECK(table.clicks == 0);
  table.carried.clear();
  table.drag({400, 300}, {500, 300}, MouseButton::right);
  table.drag({400, 300}, {500, 300}, MouseButton::left, true);
  table.settings.on_tool = false; // beside it
  table.drag({400, 300}, {500, 300});
  CHECK(table.carried.empty());
  CHECK_FALSE(table.state.document.camera == before);
}

TEST_CASE("A press that stays on the point becomes a thumb on it, a drag that starts there is a drag") {
  Table table;
  table.settings.on_point = true;
  table.event(EventKind::button, {400, 300}, true);
  CHECK(table.hands.hold_due_in(table.clock_s) == Approx(press_and_hold_s));
  table.follow(table.hands.hold(table.clock_s + 0.1));
  CHECK(table.presses.empty());
  table.clock_s += press_and_hold_s;
  table.follow(table.hands.hold(table.clock_s));
  CHECK(table.presses == std::vector<bool>{true});
  CHECK_FALSE(table.hands.hold_due_in(table.clock_s)); // once
  table.event(EventKind::button, {401, 300}, false);
  CHECK(table.presses == std::vector<bool>{true, false});
  CHECK(table.clicks == 0);

  const Camera before = table.state.document.camera;
  table.drag({400, 300}, {500, 300});
  CHECK(table.presses.size() == 2);
  CHECK(table.state.document.camera.yaw_deg != before.yaw_deg);

  // Held first and dragged then: the thumb is lifted and the leg turns.
  table.event(EventKind::button, {400, 300}, true);
  table.clock_s += press_and_hold_s;
  table.follow(table.hands.hold(table.clock_s));
  const Camera held = table.state.document.camera;
  table.event(EventKind::move, {450, 300});
  CHECK(table.presses.back() == false);
  CHECK(table.state.document.camera.yaw_deg != held.yaw_deg);
  table.event(EventKind::button, {450, 300}, false);
  CHECK(table.open_gestures == 0);

  table.settings.on_point = false;
  table.event(EventKind::button, {400, 300}, true);
  CHECK_FALSE(table.hands.hold_due_in(table.clock_s + 10));
  table.event(EventKind::button, {400, 300}, false);
  CHECK(table.clicks == 1);

  table.settings.on_point = true;
  table.event(EventKind::button, {400, 300}, true);
  table.clock_s += press_and_hold_s;
  table.follow(table.hands.hold(table.clock_s));
  table.event(EventKind::focus_lost, {400, 300});
  CHECK(table.presses.back() == false);
}
