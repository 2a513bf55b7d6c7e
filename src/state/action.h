#pragma once
// Everything a person can do, by name: the same actions come from the mouse, menus, shortcuts, scripts and the command
// line.

#include "base/issue.h"
#include "state/value.h"

#include <span>
#include <string>
#include <string_view>

namespace calfscope {

struct AppState;

// Action{"select", {{"id", "soleus"}}}
struct Action {
  std::string id;
  Arguments args;
  bool operator==(const Action&) const = default;
};

enum class ArgType : std::uint8_t { boolean, number, text, texts, structure, choice, vec2, vec3, numbers, any };

struct ArgSpec {
  std::string_view name;
  ArgType type = ArgType::text;
  bool required = true;
  double lowest = 0; // numbers only; beyond the range they are clamped, NaN is refused
  double highest = 0;
  std::span<const std::string_view> choices = {}; // choice, and the elements of texts
};

enum class Undo : std::uint8_t {
  none, // looking around, opening panels
  step, // one undo step each
  run,  // steps that follow each other closely become one (wheel, arrow keys)
};

struct ActionInfo {
  std::string_view id; // catalogue: "action.<id>.label", "action.<id>.help"
  Undo undo = Undo::none;
  std::span<const ArgSpec> args = {};
  bool (*enabled)(const AppState&, const Arguments&) = nullptr; // null: always
  // Called by apply() alone, with checked arguments; false and issues leave the state as it was.
  bool (*run)(AppState&, const Arguments&, IssueList&) = nullptr;
};

std::span<const ActionInfo> action_table();
const ActionInfo* find_action(std::string_view id);

// Does it. false and issues (and an unchanged state) if the action or an argument is unknown, missing, of another type,
// or names something this leg lacks, or if the action is not enabled now. Never throws. An action that changes nothing
// leaves no undo step.
bool apply(AppState& state, const Action& action, IssueList& issues);
// The same; faults become a notice.
bool apply(AppState& state, const Action& action);
bool enabled(const AppState& state, const Action& action);

// Everything between these two is one undo step (a drag of the camera or a slider).
void begin_gesture(AppState& state);
void end_gesture(AppState& state);

// --- menus and shortcuts --------------------------------------------------------------------------------------------

enum class Menu : std::uint8_t { none, file, edit, view, structure, slice, place, help };

// An action with its arguments filled in: what a menu entry, a button or a key does.
struct Command {
  std::string_view id; // catalogue: "command.<id>.label"
  Menu menu = Menu::none;
  std::string_view shortcut; // "Ctrl+Shift+Z", "1", "F1", "Delete", "Left"; empty = none
  Action action;
  bool (*checked)(const AppState&) = nullptr; // entries that show a tick
};

std::span<const Command> command_table();
const Command* find_command(std::string_view id);

struct KeyChord {
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
  std::string key; // as InputEvent::key: upper-case character ("Z", "1", "/"), or "Escape", "Left", "F1", "Keypad 5"
  bool operator==(const KeyChord&) const = default;
};
KeyChord parse_chord(std::string_view shortcut);
const Command* command_for(const KeyChord& chord); // null if the key does nothing

} // namespace calfscope
