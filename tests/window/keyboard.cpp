#include "app/keyboard.h"

#include "state/app_state.h"
#include "support/small_leg.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

AppState leg_state() {
  AppState state;
  open_leg(state, test::small_leg());
  return state;
}

// The key event that a chord of the table stands for.
InputEvent press(const KeyChord& chord) {
  InputEvent event;
  event.kind = EventKind::key;
  event.pressed = true;
  event.key = chord.key;
  event.modifiers = {chord.ctrl, chord.shift, chord.alt};
  return event;
}

} // namespace

TEST_CASE("every shortcut of the command table does its action when it is possible") {
  for (const Command& command : command_table()) {
    if (command.shortcut.empty() || command.shortcut == "Escape")
      continue;
    AppState state = leg_state();
    apply(state, {"select", {{"id", "soleus"}}});
    apply(state, {"isolate", {}});
    apply(state, {"undo", {}});
    apply(state, {"isolate", {}});
    if (!enabled(state, command.action))
      continue;
    INFO(command.id << ": " << command.shortcut);
    const auto action = action_for_key(state, press(parse_chord(command.shortcut)), false);
    REQUIRE(action);
    CHECK(*action == command.action);
  }
}

TEST_CASE("while somebody types, letters stay letters") {
  const AppState state = leg_state();
  for (const char* key : {"H", "F", "1", "Left", "Home", "A"}) {
    INFO(key);
    CHECK_FALSE(action_for_key(state, press({.key = key}), true));
  }
  CHECK_FALSE(action_for_key(state, press({.ctrl = true, .key = "Z"}), true));
  CHECK(action_for_key(state, press({.key = "F1"}), true));
  CHECK(action_for_key(state, press({.ctrl = true, .key = "Q"}), true));
}

TEST_CASE("Escape takes one thing away at a time until nothing is left") {
  AppState state = leg_state();
  apply(state, {"select", {{"id", "soleus"}}});
  apply(state, {"isolate", {}});
  apply(state, {"open_panel", {{"panel", "settings"}}});
  apply(state, {"open_panel", {{"panel", "shortcuts"}}});
  std::vector<std::string> done;
  while (const auto action = action_for_key(state, press({.key = "Escape"}), false)) {
    done.push_back(action->id);
    REQUIRE(apply(state, *action));
    REQUIRE(done.size() < 20);
  }
  CHECK(done == std::vector<std::string>{"close_panel", "close_panel", "deselect", "leave_isolation"});
}

TEST_CASE("a key held down repeats what may be repeated and toggles nothing twice") {
  const AppState state = leg_state();
  InputEvent left = press({.key = "Left"}), ortho = press({.key = "O"});
  left.repeated = ortho.repeated = true;
  CHECK(action_for_key(state, left, false));
  CHECK_FALSE(action_for_key(state, ortho, false));
}

TEST_CASE("releasing a key does nothing") {
  const AppState state = leg_state();
  InputEvent event = press({.key = "1"});
  event.pressed = false;
  CHECK_FALSE(action_for_key(state, event, false));
}
