#include "state/technique_actions.h"

#include "state/app_state.h"
#include "state/arguments.h"
#include "state/technique_state.h"

#include <fmt/format.h>

#include <algorithm>

namespace calfscope {
namespace {

bool flip(bool& value, const Arguments& args) {
  value = boolean(args, "on", !value);
  return true;
}

} // namespace

bool has_technique(const AppState& state, const Arguments&) {
  return chosen_technique(state) != nullptr;
}
bool has_technique_tool(const AppState& state, const Arguments&) {
  return chosen_tool(state) != nullptr;
}

bool reads_stop_signs(const AppState& state, const Arguments&) {
  return chosen_technique(state) && state.open_panels.contains(Panel::stop_signs);
}

bool select_technique(AppState& state, const Arguments& args, IssueList& issues) {
  const std::string id = text(args, "id");
  const ContentPack& pack = state.leg_content->pack();
  const Technique* technique = pack.technique(id);
  if (!technique) {
    issues.error("", 0, "select_technique.id",
                 fmt::format("there is no technique \"{}\"; `list techniques` names them", id));
    return false;
  }
  const std::string point = argument(args, "point") ? text(args, "point") : state.document.point;
  if (!point.empty()) {
    const BoundPoint* place = state.leg_content->bound().point(point);
    const TechniquePoint* reached = technique->reached(point);
    if (!place || !place->placed) {
      issues.error("", 0, "select_technique.point", fmt::format("the point \"{}\" has no place in this leg", point));
      return false;
    }
    if (!is_offered(*technique, point)) {
      issues.error("", 0, "select_technique.point",
                   fmt::format("{} is not offered for {}: {}", id, point,
                               reached ? pack.say("techniques." + id + ".points." + point) : "it says nothing of it"));
      return false;
    }
  }
  if (const NoPressZone* zone = zone_in_the_way(state, *technique, point)) {
    issues.error("", 0, "select_technique.point",
                 fmt::format("{} cannot be done for {} on this leg: the tool would come into the zone \"{}\", where "
                             "nothing may press",
                             id, point, zone->id));
    return false;
  }
  state.place = Place::release;
  Document& document = state.document;
  const bool another = document.technique != id || document.point != point;
  document.technique = id;
  document.point = point;
  document.tool.clear();
  document.mistake.clear();
  document.selected.clear();
  state.brush.on = false;
  state.open_panels.erase(Panel::stop_signs);
  state.press = {};
  state.pain.playing = false;
  if (another) {
    state.technique.seconds = 0;
    state.technique.playing = false;
    state.technique.follow = true;
  }
  fly(state, technique_camera(state, state.technique.seconds));
  return true;
}

bool leave_technique(AppState& state, const Arguments&, IssueList&) {
  Document& document = state.document;
  document.technique.clear();
  document.tool.clear();
  document.mistake.clear();
  state.technique = {};
  state.open_panels.erase(Panel::stop_signs);
  fly(state, chosen_place(state) ? point_camera(state, document.point) : standard_camera(state, StandardView::calf));
  return true;
}

bool show_mistake(AppState& state, const Arguments& args, IssueList& issues) {
  const std::string id = argument(args, "id") ? text(args, "id") : std::string{};
  const Technique& technique = *chosen_technique(state);
  const auto found = std::find_if(technique.mistakes.begin(), technique.mistakes.end(),
                                  [&](const Mistake& mistake) { return mistake.claim.id == id; });
  if (!id.empty() && found == technique.mistakes.end()) {
    issues.error("", 0, "mistake.id", fmt::format("{} has no mistake \"{}\"", technique.id, id));
    return false;
  }
  state.document.mistake = id;
  if (id.empty())
    return true;
  // It is shown where it happens, once it has come about.
  constexpr float seen_after_s = 3;
  const auto timeline = technique_timeline(state);
  for (const TimelineSpan& span : timeline->spans())
    if (timeline->phases()[span.phase].id == found->phase) {
      seek_technique(state, span.start_s + std::min(seen_after_s, 0.4f * span.seconds));
      break;
    }
  return true;
}

bool choose_tool(AppState& state, const Arguments& args, IssueList& issues) {
  const Technique& technique = *chosen_technique(state);
  const std::string id = text(args, "id");
  if (std::find(technique.tools.begin(), technique.tools.end(), id) == technique.tools.end()) {
    issues.error("", 0, "tool.id", fmt::format("{} is not done with \"{}\"", technique.id, id));
    return false;
  }
  state.document.tool = id;
  return true;
}

bool play_technique(AppState& state, const Arguments& args, IssueList&) {
  TechniqueClock& clock = state.technique;
  // Before it is played for the first time one reads what means stop, and for whom it is not.
  if (boolean(args, "on", !clock.playing) && !state.signs_read.contains(state.document.technique)) {
    state.open_panels.insert(Panel::stop_signs);
    return true;
  }
  clock.playing = boolean(args, "on", !clock.playing);
  if (clock.playing && clock.seconds >= static_cast<double>(technique_timeline(state)->seconds()))
    seek_technique(state, 0);
  return true;
}

bool read_stop_signs(AppState& state, const Arguments&, IssueList& issues) {
  state.signs_read.insert(state.document.technique);
  state.open_panels.erase(Panel::stop_signs);
  return play_technique(state, {{"on", true}}, issues);
}

bool seek_technique(AppState& state, const Arguments& args, IssueList&) {
  seek_technique(state, number(args, "seconds"));
  return true;
}

// To the beginning of the next phase, or of this one, or of the one before.
bool step_technique(AppState& state, const Arguments& args, IssueList&) {
  const auto timeline = technique_timeline(state);
  const double now = state.technique.seconds;
  const bool back = number(args, "by") < 0;
  constexpr double just_begun_s = 1;
  double goal = back ? 0 : static_cast<double>(timeline->seconds());
  for (const TimelineSpan& span : timeline->spans()) {
    const double start = static_cast<double>(span.start_s);
    if (back && start < now - just_begun_s)
      goal = start;
    if (!back && start > now + 1e-4) {
      goal = start;
      break;
    }
  }
  seek_technique(state, goal);
  return true;
}

bool technique_speed(AppState& state, const Arguments& args, IssueList&) {
  state.technique.speed = number(args, "factor", 1);
  return true;
}
bool technique_loop(AppState& state, const Arguments& args, IssueList&) {
  return flip(state.technique.loop, args);
}
bool technique_lapse(AppState& state, const Arguments& args, IssueList&) {
  return flip(state.technique.lapse, args);
}
bool technique_follow(AppState& state, const Arguments& args, IssueList&) {
  flip(state.technique.follow, args);
  if (state.technique.follow)
    fly(state, technique_camera(state, state.technique.seconds));
  return true;
}

} // namespace calfscope
