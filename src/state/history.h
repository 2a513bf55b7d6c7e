#pragma once
// Remembering what undo goes back to. Inside of apply(); panels use the actions "undo" and "redo".

#include "state/action.h"
#include "state/app_state.h"

namespace calfscope {

// An action without a step of its own: options are carried out by it, at the start or inside another action.
bool perform(AppState& state, const Action& action, IssueList& issues);

// `run`: steps of the same action that follow each other closely become one.
void record(History& history, const Document& before, std::string_view action, bool run, double now_s);

} // namespace calfscope
