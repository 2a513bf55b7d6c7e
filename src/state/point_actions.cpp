#include "state/point_actions.h"

#include "state/app_state.h"
#include "state/arguments.h"
#include "state/technique_state.h"

#include <fmt/format.h>

#include <algorithm>

namespace calfscope {
namespace {

void begin_pain(AppState& state) {
  state.pain.seconds = state.settings.reduced_motion ? pain_full_s : 0;
  state.pain.playing = !state.settings.reduced_motion;
  state.press = {};
}

// What hurts is spoken of now, not a point; it is what was marked before.
void leave_point(AppState& state) {
  state.document.point.clear();
  state.technique.playing = false;
  state.pain.playing = false;
  state.press = {};
}

// A technique goes on with the new point, from its beginning, or is put away where it is not for that point.
void follow_with_technique(AppState& state) {
  const Technique* technique = chosen_technique(state);
  if (!technique)
    return;
  state.open_panels.erase(Panel::stop_signs);
  state.technique.playing = false;
  state.technique.seconds = 0;
  state.document.mistake.clear();
  if (!can_be_done(state, *technique, state.document.point))
    state.document.technique.clear();
}

void choose(AppState& state, const std::string& id) {
  state.document.point = id;
  follow_with_technique(state);
  state.document.selected.clear();
  state.brush.on = false;
  begin_pain(state);
  follow_with_section(state);
  fly(state, chosen_technique(state) ? technique_camera(state, 0) : point_camera(state, id));
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
std::vector<const NoPressZone*> zones_over(const LegContent& content, const BoundPoint& place) {
  const BoundContent& bound = content.bound();
  const auto& triangles = bound.places().skin->surface.triangles;
  std::vector<const NoPressZone*> zones;
  if (place.skin.triangle >= triangles.size())
    return zones;
  const glm::uvec3 corners = triangles[place.skin.triangle];
  for (int k = 0; k < 3; ++k)
    for (const NoPressZone* zone : bound.zones_at(corners[k]))
      if (std::find(zones.begin(), zones.end(), zone) == zones.end())
        zones.push_back(zone);
  std::stable_sort(zones.begin(), zones.end(),
                   [](const NoPressZone* a, const NoPressZone* b) { return a->severity > b->severity; });
  return zones;
}

bool has_point(const AppState& state, const Arguments&) {
  return chosen_place(state) != nullptr;
}
bool can_press(const AppState& state, const Arguments&) {
  const BoundPoint* place = chosen_place(state);
  if (!place)
    return false;
  const auto zones = zones_over(*state.leg_content, *place);
  return zones.empty() || zones.front()->severity != PressSeverity::forbid;
}
bool has_hurts(const AppState& state, const Arguments&) {
  return hurts_somewhere(state);
}
// On the leg always, on the foot of legs that have one.
bool can_paint(const AppState& state, const Arguments& args) {
  const bool on_leg = !argument(args, "on") || text(args, "on") == paint_sheet_ids[0];
  return state.leg_content && (on_leg || state.leg_content->bound().places().foot_length_mm > 0);
}
bool has_paint(const AppState& state, const Arguments&) {
  return !state.document.painted.empty();
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
  leave_point(state);
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
  state.press = {};
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
  state.press = {};
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
  leave_point(state);
  return true;
}

bool clear_hurts(AppState& state, const Arguments&, IssueList&) {
  state.document.hurts.clear();
  state.document.painted = {};
  return true;
}

bool set_brush(AppState& state, const Arguments& args, IssueList&) {
  Brush& brush = state.brush;
  const bool changes =
      argument(args, "erase") || argument(args, "radius_mm") || argument(args, "larger") || argument(args, "intensity");
  brush.on = boolean(args, "on", changes ? brush.on : !brush.on);
  brush.erase = boolean(args, "erase", brush.erase);
  brush.radius_mm = std::clamp(real(args, "radius_mm", brush.radius_mm) * real(args, "larger", 1), brush_smallest_mm,
                               brush_largest_mm);
  brush.intensity = real(args, "intensity", brush.intensity);
  state.brush_ring.reset();
  if (!brush.on)
    return true;
  leave_point(state);
  state.document.selected.clear();
  state.open_panels.insert(Panel::lookup);
  return true;
}

bool paint_pain(AppState& state, const Arguments& args, IssueList& issues) {
  const PaintSheet sheet = find_in<PaintSheet>(paint_sheet_ids, text(args, "on")).value_or(PaintSheet::leg);
  const BrushStroke stroke{real(args, "radius_mm", state.brush.radius_mm),
                           real(args, "intensity", state.brush.intensity), boolean(args, "erase", state.brush.erase)};
  std::string why;
  auto given = spots_from(sheet, args.find("points")->second.as_numbers(), why);
  if (!given) {
    issues.error("", 0, "paint_pain.points", why);
    return false;
  }
  std::vector<PaintSpot> spots = std::move(*given);
  const SkinPlaces& places = state.leg_content->bound().places();
  if (boolean(args, "stroke", false))
    spots = joined(places, spots, stroke.radius_mm);
  if (paint(state.document.painted, places, spots, stroke) == 0) {
    issues.error("", 0, "paint_pain.points", "none of these places lies on the skin of this leg");
    return false;
  }
  leave_point(state);
  return true;
}

bool clear_paint(AppState& state, const Arguments&, IssueList&) {
  state.document.painted = {};
  return true;
}

bool press_point(AppState& state, const Arguments& args, IssueList&) {
  Press& press = state.press;
  const bool on = boolean(args, "on", !press.held);
  if (on) {
    press = {.held = true};
    state.pain.playing = false;
    state.pain.seconds = 0; // when the thumb has gone, so has the pain
  } else if (state.settings.reduced_motion) {
    press = {};
  } else {
    press.held = press.steady = false;
  }
  return true;
}

bool set_pressure(AppState& state, const Arguments& args, IssueList&) {
  const double value = number(args, "value");
  state.press = value > 0 ? Press{.pressure = value, .reached = value, .steady = true} : Press{};
  state.pain.playing = false;
  state.pain.seconds = 0;
  return true;
}

bool hover_point(AppState& state, const Arguments& args, IssueList&) {
  hover(state, std::nullopt);
  state.hovered_point = text(args, "id");
  return true;
}

bool show_walk(AppState& state, const Arguments& args, IssueList&) {
  const bool only_length = argument(args, "leg_length_mm") && !argument(args, "on");
  state.document.leg_length_mm = real(args, "leg_length_mm", state.document.leg_length_mm);
  return only_length || flip(state.document.walk, args);
}

} // namespace calfscope
