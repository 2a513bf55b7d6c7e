#include "state/point_actions.h"

#include "state/app_state.h"
#include "state/arguments.h"

#include <fmt/format.h>

#include <algorithm>

namespace calfscope {
namespace {

void begin_pain(AppState& state) {
  state.pain.seconds = state.settings.reduced_motion ? pain_full_s : 0;
  state.pain.playing = !state.settings.reduced_motion;
}

void choose(AppState& state, const std::string& id) {
  state.document.point = id;
  state.document.selected.clear();
  state.document.hurts.clear();
  begin_pain(state);
  fly(state, point_camera(state, id));
}

bool step_point(AppState& state, int by) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < state.leg_content->pack().points.size(); ++i) {
    const TriggerPoint& point = state.leg_content->pack().points[i];
    if (is_offered(state, point) && state.leg_content->bound().points()[i].placed)
      ids.push_back(point.id);
  }
  if (ids.empty())
    return true;
  const auto found = std::find(ids.begin(), ids.end(), state.document.point);
  const auto count = static_cast<std::ptrdiff_t>(ids.size());
  std::ptrdiff_t at = by > 0 ? 0 : count - 1;
  if (found != ids.end())
    at = (found - ids.begin() + by + count) % count;
  choose(state, ids[static_cast<std::size_t>(at)]);
  return true;
}

bool flip(bool& value, const Arguments& args) {
  value = boolean(args, "on", !value);
  return true;
}

} // namespace

bool has_content(const AppState& state, const Arguments&) {
  return state.leg_content != nullptr;
}
bool has_point(const AppState& state, const Arguments&) {
  return chosen_place(state) != nullptr;
}
bool has_hurts(const AppState& state, const Arguments&) {
  return !state.document.hurts.empty();
}

bool select_point(AppState& state, const Arguments& args, IssueList& issues) {
  const std::string id = text(args, "id");
  const BoundPoint* place = state.leg_content->bound().point(id);
  if (!place || !place->placed) {
    issues.error("", 0, "select_point.id",
                 place ? fmt::format("the point \"{}\" has no place in this leg", id)
                       : fmt::format("there is no trigger point \"{}\"; `list points` names them", id));
    return false;
  }
  choose(state, id);
  return true;
}

bool deselect_point(AppState& state, const Arguments&, IssueList&) {
  state.document.point.clear();
  state.pain.playing = false;
  return true;
}

bool next_point(AppState& state, const Arguments&, IssueList&) {
  return step_point(state, 1);
}
bool previous_point(AppState& state, const Arguments&, IssueList&) {
  return step_point(state, -1);
}

bool show_points(AppState& state, const Arguments& args, IssueList&) {
  return flip(state.document.points_shown, args);
}
bool show_neighbours(AppState& state, const Arguments& args, IssueList&) {
  return flip(state.document.neighbours, args);
}
bool show_no_press(AppState& state, const Arguments& args, IssueList&) {
  return flip(state.document.no_press, args);
}

bool play_pain(AppState& state, const Arguments& args, IssueList&) {
  PainClock& pain = state.pain;
  pain.playing = boolean(args, "on", !pain.playing);
  if (pain.playing && pain.seconds >= pain_last_s)
    pain.seconds = 0;
  return true;
}

bool restart_pain(AppState& state, const Arguments&, IssueList&) {
  begin_pain(state);
  return true;
}

bool seek_pain(AppState& state, const Arguments& args, IssueList&) {
  state.pain.seconds = number(args, "seconds");
  state.pain.playing = false;
  return true;
}

bool set_pain_speed(AppState& state, const Arguments& args, IssueList&) {
  state.pain.speed = number(args, "factor", 1);
  return true;
}

bool set_hurts(AppState& state, const Arguments& args, IssueList& issues) {
  const std::string id = text(args, "region");
  if (state.content->regions_named(id).empty()) {
    issues.error("", 0, "hurts.region", fmt::format("there is no region \"{}\"; `list regions` names them", id));
    return false;
  }
  const bool on = boolean(args, "on", !state.document.hurts.contains(id));
  if (on)
    state.document.hurts.insert(id);
  else
    state.document.hurts.erase(id);
  state.document.point.clear();
  state.pain.playing = false;
  return true;
}

bool clear_hurts(AppState& state, const Arguments&, IssueList&) {
  state.document.hurts.clear();
  return true;
}

} // namespace calfscope
