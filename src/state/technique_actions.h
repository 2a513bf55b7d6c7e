#pragma once
// What the actions on techniques do; the action table names them.

#include "base/issue.h"
#include "state/value.h"

namespace calfscope {

struct AppState;

bool has_technique(const AppState& state, const Arguments& args);
bool has_technique_tool(const AppState& state, const Arguments& args);
bool carries_tool(const AppState& state, const Arguments& args);

bool reads_stop_signs(const AppState& state, const Arguments& args); // they are open

bool select_technique(AppState& state, const Arguments& args, IssueList& issues);
bool leave_technique(AppState& state, const Arguments& args, IssueList& issues);
bool show_mistake(AppState& state, const Arguments& args, IssueList& issues);
bool choose_tool(AppState& state, const Arguments& args, IssueList& issues);
bool play_technique(AppState& state, const Arguments& args, IssueList& issues);
bool read_stop_signs(AppState& state, const Arguments& args, IssueList& issues);
bool seek_technique(AppState& state, const Arguments& args, IssueList& issues);
bool step_technique(AppState& state, const Arguments& args, IssueList& issues);
bool technique_speed(AppState& state, const Arguments& args, IssueList& issues);
bool technique_loop(AppState& state, const Arguments& args, IssueList& issues);
bool technique_lapse(AppState& state, const Arguments& args, IssueList& issues);
bool technique_follow(AppState& state, const Arguments& args, IssueList& issues);
bool show_restricted(AppState& state, const Arguments& args, IssueList& issues);
// A hand takes the tool elsewhere on the leg, to a place or on from where it is; the time stands still meanwhile.
bool carry_tool(AppState& state, const Arguments& args, IssueList& issues);
bool carry_tool_by(AppState& state, const Arguments& args, IssueList& issues);
// A step to the right (x = 1) or up (y = 1) as one sees the leg.
bool carry_tool_toward(AppState& state, const Arguments& args, IssueList& issues);
bool put_tool_back(AppState& state, const Arguments& args, IssueList& issues);

} // namespace calfscope
