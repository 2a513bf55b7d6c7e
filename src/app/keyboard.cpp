#include "app/keyboard.h"

#include "state/app_state.h"
#include "state/technique_state.h"

#include <algorithm>
#include <array>

namespace calfscope {
namespace {

KeyChord chord_of(const InputEvent& event) {
  KeyChord chord{event.modifiers.control, event.modifiers.shift, event.modifiers.alt, event.key};
  if (chord.key == "=") // the plus of a US keyboard, with or without Shift
    chord.key = "+";
  if (chord.key == "+" || chord.key == "-") // whether a sign needs Shift depends on the layout
    chord.shift = false;
  if (constexpr std::string_view pad = "Keypad "; chord.key.rfind(pad, 0) == 0)
    chord.key = chord.key.substr(pad.size());
  return chord;
}

bool means_something_in_text(const KeyChord& chord) {
  constexpr std::array<std::string_view, 7> letters{"A", "C", "V", "X", "Y", "Z", "Left"};
  return chord.ctrl && std::find(letters.begin(), letters.end(), chord.key) != letters.end();
}

// Escape takes away one thing at a time, the uppermost first.
std::optional<Action> escape(const AppState& state) {
  for (const Panel panel :
       {Panel::stop_signs, Panel::shortcuts, Panel::about, Panel::open, Panel::points, Panel::settings})
    if (state.open_panels.contains(panel))
      return Action{"close_panel", {{"panel", id_in(panel_ids, panel)}}};
  if (!state.search_text.empty())
    return Action{"search", {{"text", ""}}};
  if (chosen_technique(state))
    return Action{"leave_technique", {}};
  if (state.place != Place::explore)
    return Action{"place", {{"place", "explore"}}};
  if (state.brush.on)
    return Action{"brush", {{"on", false}}};
  if (!state.document.selected.empty() || !state.document.point.empty())
    return Action{"deselect", {}};
  if (state.open_panels.contains(Panel::lookup))
    return Action{"close_panel", {{"panel", "lookup"}}};
  if (!state.document.isolated.empty())
    return Action{"leave_isolation", {}};
  if (!state.notices.empty())
    return Action{"dismiss_notices", {}};
  return std::nullopt;
}

bool may_repeat(const Action& action) {
  if (action.id == "undo" || action.id == "redo" || action.id == "next_structure" || action.id == "previous_structure")
    return true;
  const ActionInfo* info = find_action(action.id);
  return info && info->undo == Undo::run;
}

} // namespace

std::optional<Action> action_for_key(const AppState& state, const InputEvent& event, bool typing) {
  if (event.kind != EventKind::key || !event.pressed)
    return std::nullopt;
  const KeyChord chord = chord_of(event);
  const bool function_key = chord.key.size() >= 2 && chord.key[0] == 'F' && chord.key[1] >= '0' && chord.key[1] <= '9';
  if (typing && !function_key && (!chord.ctrl || means_something_in_text(chord)))
    return std::nullopt;
  if (chord == KeyChord{.key = "Escape"})
    return event.repeated ? std::nullopt : escape(state);
  const Command* command = command_for(chord);
  if (!command || !enabled(state, command->action))
    return std::nullopt;
  if (event.repeated && !may_repeat(command->action))
    return std::nullopt;
  return command->action;
}

} // namespace calfscope
