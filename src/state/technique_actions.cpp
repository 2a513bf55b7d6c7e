#include "state/technique_actions.h"

#include "state/app_state.h"
#include "state/arguments.h"
#include "state/technique_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

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

bool carries_tool(const AppState& state, const Arguments&) {
  return state.technique.carried.has_value();
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
  state.technique.carried.reset();
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
  state.technique.carried.reset();
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
  clock.carried.reset();
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

bool show_restricted(AppState& state, const Arguments& args, IssueList&) {
  flip(state.document.restricted, args);
  if (state.technique.follow)
    fly(state, technique_camera(state, state.technique.seconds));
  return true;
}

namespace {

// Levels between which there is skin to carry a tool on.
constexpr float carried_highest_s = -0.18f, carried_lowest_s = 1.05f;

bool carry_to(AppState& state, LegPlace to) {
  to.s = std::clamp(to.s, carried_highest_s, carried_lowest_s);
  to.a_deg = std::remainder(to.a_deg, 360.0f);
  TechniqueClock& clock = state.technique;
  const auto before = std::exchange(clock.carried, to);
  if (stage_of(state)->contacts.empty()) { // there is no skin
    clock.carried = before;
    return false;
  }
  clock.playing = false;
  return true;
}

} // namespace

bool carry_tool(AppState& state, const Arguments& args, IssueList&) {
  return carry_to(state, {static_cast<float>(number(args, "s")), static_cast<float>(number(args, "a_deg"))});
}

namespace {

LegPlace place_of_tool(const AppState& state) {
  if (state.technique.carried)
    return *state.technique.carried;
  const TouchMoment touch = stage_of(state)->moment->touch;
  const BoundPoint* point = chosen_place(state);
  if (touch.near || !point)
    return {touch.s, touch.a_deg};
  return {point->place.s, point->place.a_deg}; // it is nowhere just now
}

} // namespace

bool carry_tool_by(AppState& state, const Arguments& args, IssueList&) {
  const LegPlace from = place_of_tool(state);
  return carry_to(
      state, {from.s + static_cast<float>(number(args, "s")), from.a_deg + static_cast<float>(number(args, "a_deg"))});
}

bool carry_tool_toward(AppState& state, const Arguments& args, IssueList&) {
  constexpr float step_s = 0.02f, step_deg = 5;
  const glm::vec2 wanted(number(args, "x"), -number(args, "y")); // fractions of the picture run downward
  const LegPlace from = place_of_tool(state);
  const auto stage = stage_of(state);
  const auto seen = [&](LegPlace place) -> std::optional<glm::vec2> {
    const auto skin = state.facts->coordinates->skin_point(place);
    if (!skin)
      return std::nullopt;
    return fraction_of(camera_now(state), state.viewport,
                       glm::vec3(stage->segments.front() * glm::vec4(skin->position, 1)));
  };
  const auto here = seen(from);
  LegPlace best = from;
  float best_share = -1;
  for (const LegPlace by : {LegPlace{step_s, 0}, {-step_s, 0}, {0, step_deg}, {0, -step_deg}}) {
    const LegPlace to{from.s + by.s, from.a_deg + by.a_deg};
    const auto there = seen(to);
    const glm::vec2 way = here && there ? (*there - *here) * glm::vec2(state.viewport.size) : glm::vec2(0);
    const float share = glm::length(way) > 0 ? glm::dot(way, wanted) / glm::length(way) : -1;
    if (share > best_share) {
      best_share = share;
      best = to;
    }
  }
  return carry_to(state, best);
}

bool put_tool_back(AppState& state, const Arguments&, IssueList&) {
  state.technique.carried.reset();
  return true;
}

} // namespace calfscope
