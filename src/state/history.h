#pragma once
// Remembering what undo goes back to. Called by apply(); panels use the actions "undo" and "redo".

#include "state/app_state.h"

namespace calfscope {

// `run`: steps of the same action that follow each other closely become one.
void record(History& history, const Document& before, std::string_view action, bool run, double now_s);

} // namespace calfscope
