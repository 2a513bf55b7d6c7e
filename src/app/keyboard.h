#pragma once
// From a key to what it does.

#include "platform/input_event.h"
#include "state/action.h"

#include <optional>

namespace calfscope {

struct AppState;

// The action of a key event, or nullopt if it does nothing now. `typing`: a text field has the keyboard, which then
// keeps everything but F keys and those Ctrl combinations that mean nothing in a text.
std::optional<Action> action_for_key(const AppState& state, const InputEvent& event, bool typing);

} // namespace calfscope
