#pragma once
// What the actions on trigger points and pain do; the action table names them.

#include "base/issue.h"
#include "frame/camera.h"
#include "state/value.h"

#include <vector>

namespace calfscope {

struct AppState;
class LegContent;
struct BoundPoint;
struct NoPressZone;

// Every zone that the skin above a point lies in, the strictest first.
std::vector<const NoPressZone*> zones_over(const LegContent& content, const BoundPoint& place);

bool has_content(const AppState& state, const Arguments& args);
bool has_point(const AppState& state, const Arguments& args);
// A point is chosen, and its skin does not lie where nothing may press.
bool can_press(const AppState& state, const Arguments& args);
bool has_hurts(const AppState& state, const Arguments& args);
bool can_paint(const AppState& state, const Arguments& args);
bool has_paint(const AppState& state, const Arguments& args);

bool select_point(AppState& state, const Arguments& args, IssueList& issues);
bool deselect_point(AppState& state, const Arguments& args, IssueList& issues);
bool next_point(AppState& state, const Arguments& args, IssueList& issues);
bool previous_point(AppState& state, const Arguments& args, IssueList& issues);
bool show_points(AppState& state, const Arguments& args, IssueList& issues);
bool show_neighbours(AppState& state, const Arguments& args, IssueList& issues);
bool show_no_press(AppState& state, const Arguments& args, IssueList& issues);
bool play_pain(AppState& state, const Arguments& args, IssueList& issues);
bool restart_pain(AppState& state, const Arguments& args, IssueList& issues);
bool seek_pain(AppState& state, const Arguments& args, IssueList& issues);
bool set_pain_speed(AppState& state, const Arguments& args, IssueList& issues);
bool set_hurts(AppState& state, const Arguments& args, IssueList& issues);
bool clear_hurts(AppState& state, const Arguments& args, IssueList& issues);
bool set_brush(AppState& state, const Arguments& args, IssueList& issues);
bool paint_pain(AppState& state, const Arguments& args, IssueList& issues);
bool clear_paint(AppState& state, const Arguments& args, IssueList& issues);
bool press_point(AppState& state, const Arguments& args, IssueList& issues);
bool set_pressure(AppState& state, const Arguments& args, IssueList& issues);
bool hover_point(AppState& state, const Arguments& args, IssueList& issues);
bool show_walk(AppState& state, const Arguments& args, IssueList& issues);

} // namespace calfscope
