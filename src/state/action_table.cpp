#include "state/action.h"

#include "state/app_state.h"
#include "state/arguments.h"
#include "state/options.h"
#include "state/point_actions.h"
#include "state/technique_actions.h"
#include "state/technique_state.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

// The structure named, or the selected one.
std::string structure_of(const AppState& state, const Arguments& args) {
  return argument(args, "id") ? text(args, "id") : state.document.selected;
}

// --- when -----------------------------------------------------------------------------------------------------------

bool has_leg(const AppState& state, const Arguments&) {
  return state.atlas != nullptr;
}
bool has_structure(const AppState& state, const Arguments& args) {
  return state.atlas && state.atlas->index_of(structure_of(state, args)) >= 0;
}
bool has_selection(const AppState& state, const Arguments&) {
  return !state.document.selected.empty() || !state.document.point.empty();
}
bool has_past(const AppState& state, const Arguments&) {
  return !state.history.past.empty();
}
bool has_future(const AppState& state, const Arguments&) {
  return !state.history.future.empty();
}
bool can_highlight(const AppState& state, const Arguments& args) {
  return text(args, "name") != "calf" || has_calf(state);
}
bool is_isolated(const AppState& state, const Arguments&) {
  return !state.document.isolated.empty();
}
bool has_levels(const AppState& state, const Arguments&) {
  return state.facts && state.facts->coordinates;
}
bool is_cut(const AppState& state, const Arguments&) {
  return state.atlas && state.document.clip.on;
}

// --- the camera -----------------------------------------------------------------------------------------------------

// A hand on the camera stops a flight where it is, and a technique's own camera.
Camera& held_camera(AppState& state) {
  state.technique.follow = false;
  state.document.camera = camera_now(state);
  state.flight.reset();
  return state.document.camera;
}

bool orbit(AppState& state, const Arguments& args, IssueList&) {
  const glm::vec2 by = vec2(args, "by_deg");
  Camera& camera = held_camera(state);
  camera.yaw_deg += by.x;
  camera.pitch_deg += by.y;
  return true;
}

bool pan(AppState& state, const Arguments& args, IssueList&) {
  Camera& camera = held_camera(state);
  const float mm = mm_per_pixel(camera, state.viewport);
  const glm::vec2 by_mm = vec2(args, "by") * glm::vec2(state.viewport.size) * mm;
  camera.target_mm += up_of(camera) * by_mm.y - right_of(camera) * by_mm.x;
  return true;
}

// Scaling eye and target about one point keeps it where it is in the picture.
bool zoom(AppState& state, const Arguments& args, IssueList&) {
  Camera& camera = held_camera(state);
  const float wanted = camera.distance_mm / real(args, "factor", 1);
  const float scale = std::clamp(wanted, camera_nearest_mm, camera_farthest_mm) / camera.distance_mm;
  glm::vec3 fixed = camera.target_mm;
  if (argument(args, "point_mm")) {
    fixed = vec3(args, "point_mm", fixed);
  } else if (argument(args, "at")) {
    const Ray ray = ray_through(camera, state.viewport, vec2(args, "at"));
    const float along = glm::dot(ray.direction, forward_of(camera));
    if (along > 1e-3f)
      fixed = ray.origin + ray.direction * (glm::dot(camera.target_mm - ray.origin, forward_of(camera)) / along);
  }
  camera.target_mm = fixed + scale * (camera.target_mm - fixed);
  camera.distance_mm *= scale;
  return true;
}

bool set_camera(AppState& state, const Arguments& args, IssueList&) {
  Camera goal = state.document.camera;
  goal.target_mm = vec3(args, "target_mm", goal.target_mm);
  goal.yaw_deg = real(args, "yaw_deg", goal.yaw_deg);
  goal.pitch_deg = real(args, "pitch_deg", goal.pitch_deg);
  goal.distance_mm = real(args, "distance_mm", goal.distance_mm);
  goal.field_of_view_deg = real(args, "field_of_view_deg", goal.field_of_view_deg);
  goal = tamed(goal, camera_room(state));
  if (boolean(args, "smooth", false)) {
    fly(state, goal);
  } else {
    state.document.camera = goal;
    state.flight.reset();
  }
  return true;
}

bool fit(AppState& state, const Arguments& args, IssueList&) {
  constexpr float margin_all = 0.06f, margin_selection = 0.2f;
  state.technique.follow = false;
  const bool selection = text(args, "what") == "selection" && !state.document.selected.empty();
  const Bounds box = fit_box(state, selection);
  fly(state,
      tamed(fitted(state.document.camera, box, aspect_of(state.viewport), selection ? margin_selection : margin_all),
            camera_room(state)));
  return true;
}

bool view(AppState& state, const Arguments& args, IssueList&) {
  const auto named = find_in<StandardView>(view_ids, text(args, "name"));
  state.technique.follow = false;
  fly(state, standard_camera(state, *named));
  if (*named == StandardView::calf && has_calf(state))
    state.document.highlight = Highlight::calf;
  return true;
}

bool home(AppState& state, const Arguments&, IssueList&) {
  Document start = start_document(state);
  start.camera = state.document.camera;
  start.camera.orthographic = false;
  if (state.open_panels.contains(Panel::lookup)) { // the question is still being answered
    start.hurts = state.document.hurts;
    start.painted = state.document.painted;
  }
  state.document = std::move(start);
  fly(state, standard_camera(state, StandardView::calf));
  return true;
}

bool set_orthographic(AppState& state, const Arguments& args, IssueList&) {
  Camera& camera = held_camera(state);
  camera.orthographic = boolean(args, "on", !camera.orthographic);
  return true;
}

// --- structures -----------------------------------------------------------------------------------------------------

bool select(AppState& state, const Arguments& args, IssueList&) {
  state.document.point.clear();
  state.press = {};
  state.document.selected = text(args, "id");
  follow_with_section(state);
  return true;
}

bool deselect(AppState& state, const Arguments&, IssueList&) {
  state.document.selected.clear();
  state.document.point.clear();
  state.pain.playing = false;
  state.press = {};
  return true;
}

bool hover_over(AppState& state, const Arguments& args, IssueList&) {
  hover(state, std::nullopt);
  state.hovered = text(args, "id");
  return true;
}

// Removes an override that says what would be so without it, so that kinds and isolation keep their hold.
void set_show(AppState& state, const std::string& id, Show show) {
  Document& document = state.document;
  if (show != Show::hidden && !document.isolated.empty())
    document.isolated.insert(id);
  document.overrides.erase(id);
  const int index = state.atlas->index_of(id);
  if (index >= 0 && show_of(state, static_cast<std::size_t>(index)) != show)
    document.overrides[id] = show;
}

bool hide(AppState& state, const Arguments& args, IssueList&) {
  const std::string id = structure_of(state, args);
  set_show(state, id, Show::hidden);
  if (state.document.selected == id)
    state.document.selected.clear();
  return true;
}

bool ghost(AppState& state, const Arguments& args, IssueList&) {
  const std::string id = structure_of(state, args);
  const int index = state.atlas->index_of(id);
  const bool is_ghost = show_of(state, static_cast<std::size_t>(index)) == Show::ghosted;
  set_show(state, id, boolean(args, "on", !is_ghost) ? Show::ghosted : Show::shown);
  return true;
}

bool show(AppState& state, const Arguments& args, IssueList&) {
  set_show(state, structure_of(state, args), Show::shown);
  return true;
}

bool isolate(AppState& state, const Arguments& args, IssueList&) {
  const std::string id = structure_of(state, args);
  state.document.isolated = {id};
  state.document.overrides.erase(id);
  return true;
}

bool leave_isolation(AppState& state, const Arguments&, IssueList&) {
  state.document.isolated.clear();
  return true;
}

bool show_all(AppState& state, const Arguments&, IssueList&) {
  state.document.overrides.clear();
  state.document.isolated.clear();
  state.document.kinds.fill(true);
  state.document.peel = 0;
  return true;
}

bool set_kind(AppState& state, const Arguments& args, IssueList&) {
  const auto kind = kind_from(text(args, "kind"));
  bool& shown = state.document.kinds[static_cast<std::size_t>(*kind)];
  shown = boolean(args, "on", !shown);
  return true;
}

bool set_layers(AppState& state, const Arguments& args, IssueList&) {
  state.document.kinds.fill(false);
  for (const std::string& id : args.find("kinds")->second.as_texts())
    state.document.kinds[static_cast<std::size_t>(*kind_from(id))] = true;
  return true;
}

// Walks what is shown, in the atlas's order.
bool step_selection(AppState& state, int by) {
  const auto count = static_cast<int>(state.atlas->structures.size());
  int at = state.atlas->index_of(state.document.selected);
  if (at < 0 && by < 0)
    at = 0;
  for (int i = 0; i < count; ++i) {
    at = (at + by + count) % count;
    if (show_of(state, static_cast<std::size_t>(at)) == Show::hidden)
      continue;
    state.document.selected = state.atlas->structures[static_cast<std::size_t>(at)].id;
    break;
  }
  return true;
}
bool next_structure(AppState& state, const Arguments&, IssueList&) {
  return step_selection(state, 1);
}
bool previous_structure(AppState& state, const Arguments&, IssueList&) {
  return step_selection(state, -1);
}

bool run_search(AppState& state, const Arguments& args, IssueList&) {
  state.search_text = text(args, "text");
  state.search_results = search_structures(*state.atlas, state.search_text);
  return true;
}

// --- the picture ----------------------------------------------------------------------------------------------------

bool peel(AppState& state, const Arguments& args, IssueList&) {
  state.document.peel = real(args, "value", 0);
  return true;
}

bool peel_by(AppState& state, const Arguments& args, IssueList&) {
  state.document.peel = std::clamp(state.document.peel + real(args, "by", 0), 0.0f, 1.0f);
  return true;
}

bool highlight(AppState& state, const Arguments& args, IssueList&) {
  state.document.highlight = *find_in<Highlight>(highlight_ids, text(args, "name"));
  return true;
}

bool clip_on(AppState& state, const Arguments& args, IssueList&) {
  Clip& clip = state.document.clip;
  clip.on = boolean(args, "on", !clip.on);
  const auto [from, to] = clip_range_mm(state);
  if (clip.on && !(clip.position_mm > from && clip.position_mm < to)) // nothing would be cut, or everything
    clip.position_mm = clip_middle_mm(state);
  return true;
}

bool clip_set(AppState& state, const Arguments& args, IssueList& issues) {
  Clip clip = state.document.clip;
  if (argument(args, "orientation")) {
    const auto wanted = *find_in<ClipOrientation>(clip_orientation_ids, text(args, "orientation"));
    // A position on one axis means nothing on another: a new direction begins in the calf's middle.
    if (wanted != clip.orientation && !argument(args, "position_mm") && !argument(args, "s")) {
      state.document.clip.orientation = wanted;
      clip.position_mm = clip_middle_mm(state);
      state.document.clip.orientation = clip.orientation;
    }
    clip.orientation = wanted;
  }
  if (argument(args, "s")) {
    if (!state.facts->coordinates) {
      issues.error("", 0, "clip_set.s", "this model has no leg levels; give position_mm");
      return false;
    }
    clip.orientation = ClipOrientation::axial;
    clip.position_mm = real(args, "s", 0) * state.facts->coordinates->length_mm();
  }
  clip.position_mm = real(args, "position_mm", clip.position_mm);
  clip.flipped = boolean(args, "flipped", clip.flipped);
  clip.normal = vec3(args, "normal", clip.normal);
  clip.on = boolean(args, "on", true);
  state.document.clip = clip;
  return true;
}

bool clip_by(AppState& state, const Arguments& args, IssueList&) {
  const auto [from, to] = clip_range_mm(state);
  state.document.clip.position_mm =
      std::clamp(state.document.clip.position_mm + real(args, "mm", 0), from, std::max(from, to));
  return true;
}

bool set_labels(AppState& state, const Arguments& args, IssueList&) {
  state.document.labels = *find_in<LabelNames>(label_names_ids, text(args, "names"));
  return true;
}

bool next_labels(AppState& state, const Arguments&, IssueList&) {
  const auto next = (static_cast<std::size_t>(state.document.labels) + 1) % label_names_ids.size();
  state.document.labels = static_cast<LabelNames>(next);
  return true;
}

bool section(AppState& state, const Arguments& args, IssueList&) {
  Section& own = state.document.section;
  own.on = boolean(args, "on", !own.on);
  if (own.on)
    follow_with_section(state);
  return true;
}

bool section_set(AppState& state, const Arguments& args, IssueList&) {
  state.document.section = {true, real(args, "s", state.document.section.s)};
  return true;
}

bool section_by(AppState& state, const Arguments& args, IssueList&) {
  Section& own = state.document.section;
  own.s = std::clamp(own.s + real(args, "mm", 0) / state.facts->coordinates->length_mm(), section_highest_s,
                     section_lowest_s);
  return true;
}

bool pose(AppState& state, const Arguments& args, IssueList&) {
  for (const PoseAngle& angle : pose_angles())
    state.document.pose.*angle.value = real(args, angle.id, state.document.pose.*angle.value);
  return true;
}

bool reset_pose(AppState& state, const Arguments&, IssueList&) {
  state.document.pose = {};
  return true;
}

// The picture is mirrored with the leg, so that one goes on looking at the same part.
bool set_side(AppState& state, const Arguments& args, IssueList&) {
  const Side other = state.document.side == Side::right ? Side::left : Side::right;
  const Side wanted = argument(args, "side") ? *side_from(text(args, "side")) : other;
  if (wanted == state.document.side)
    return true;
  Camera& camera = held_camera(state);
  camera.yaw_deg = -camera.yaw_deg;
  camera.target_mm.x = -camera.target_mm.x;
  state.document.clip.normal.x = -state.document.clip.normal.x;
  state.document.side = wanted;
  follow_side(state);
  return true;
}

// What the technique ends with: the same from its beginning on the other leg.
bool do_on_other_leg(AppState& state, const Arguments&, IssueList& issues) {
  set_side(state, {}, issues);
  seek_technique(state, 0);
  return play_technique(state, {{"on", true}}, issues);
}

// --- the program ----------------------------------------------------------------------------------------------------

// A technique is shown where one releases and nowhere else; the camera goes with the leg as it stands here or there.
bool set_place(AppState& state, const Arguments& args, IssueList&) {
  const bool before = chosen_technique(state) != nullptr;
  state.open_panels.erase(Panel::stop_signs);
  state.place = *find_in<Place>(place_ids, text(args, "place"));
  const bool now = chosen_technique(state) != nullptr;
  state.technique.playing = false;
  state.technique.carried.reset();
  if (now && !before) {
    state.technique.follow = true;
    fly(state, technique_camera(state, state.technique.seconds));
  } else if (before && !now && state.atlas) {
    fly(state,
        chosen_place(state) ? point_camera(state, state.document.point) : standard_camera(state, StandardView::calf));
  }
  return true;
}

bool can_play(const AppState& state, const Arguments& args) {
  return has_technique(state, args) || has_point(state, args);
}
bool play(AppState& state, const Arguments& args, IssueList& issues) {
  return has_technique(state, args) ? play_technique(state, args, issues) : play_pain(state, args, issues);
}

bool open_panel(AppState& state, const Arguments& args, IssueList&) {
  state.open_panels.insert(*find_in<Panel>(panel_ids, text(args, "panel")));
  return true;
}

bool close_panel(AppState& state, const Arguments& args, IssueList&) {
  state.open_panels.erase(*find_in<Panel>(panel_ids, text(args, "panel")));
  return true;
}

bool toggle_panel(AppState& state, const Arguments& args, IssueList&) {
  const Panel panel = *find_in<Panel>(panel_ids, text(args, "panel"));
  if (state.open_panels.erase(panel) == 0)
    state.open_panels.insert(panel);
  return true;
}

bool set_one_option(AppState& state, const Arguments& args, IssueList& issues) {
  const OptionInfo* option = find_option(text(args, "id"));
  if (!option) {
    issues.error("", 0, "set_option.id", "there is no option \"" + text(args, "id") + "\"");
    return false;
  }
  return set_option(state, *option, args.find("value")->second, issues, "set_option.value");
}

bool dismiss_notices(AppState& state, const Arguments&, IssueList&) {
  state.notices.clear();
  return true;
}

bool dismiss_notice(AppState& state, const Arguments& args, IssueList&) {
  const auto index = static_cast<std::size_t>(std::max(0.0, number(args, "index")));
  if (index < state.notices.size())
    state.notices.erase(state.notices.begin() + static_cast<std::ptrdiff_t>(index));
  return true;
}

void restore(AppState& state, const Document& document) {
  const Camera from = camera_now(state);
  const bool same_side = document.side == state.document.side;
  if (document.point != state.document.point)
    state.press = {}; // it was another point's
  if (document.point != state.document.point || document.technique != state.document.technique ||
      document.tool != state.document.tool) {
    state.technique.playing = false;
    state.technique.seconds = 0;
    state.technique.carried.reset();
    state.open_panels.erase(Panel::stop_signs);
  }
  state.document = document;
  follow_side(state);
  state.flight.reset();
  if (same_side && !state.settings.reduced_motion && !(from == document.camera))
    state.flight = Flight{from};
}

void travel(AppState& state, std::vector<HistoryStep>& from, std::vector<HistoryStep>& to) {
  HistoryStep step = std::move(from.back());
  from.pop_back();
  to.push_back({state.document, step.action});
  end_gesture(state);
  restore(state, step.document);
}

bool undo(AppState& state, const Arguments&, IssueList&) {
  travel(state, state.history.past, state.history.future);
  return true;
}

bool redo(AppState& state, const Arguments&, IssueList&) {
  travel(state, state.history.future, state.history.past);
  return true;
}

template <RequestKind kind>
bool request(AppState& state, const Arguments& args, IssueList&) {
  state.requests.push_back(
      {kind, argument(args, "path") ? text(args, "path") : text(args, "text"), text(args, "unit"), vec2(args, "at")});
  return true;
}

// --- the table ------------------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 2> fit_ids{"all", "selection"};
constexpr std::array<std::string_view, 4> unit_ids{"mm", "cm", "m", "in"};

constexpr ArgSpec optional_number(std::string_view name, double lowest, double highest) {
  return {.name = name, .type = ArgType::number, .required = false, .lowest = lowest, .highest = highest};
}
constexpr ArgSpec required_number(std::string_view name, double lowest, double highest) {
  return {.name = name, .type = ArgType::number, .required = true, .lowest = lowest, .highest = highest};
}
constexpr ArgSpec optional_of(std::string_view name, ArgType type) {
  return {.name = name, .type = type, .required = false};
}
constexpr ArgSpec required_of(std::string_view name, ArgType type) {
  return {.name = name, .type = type};
}
constexpr ArgSpec one_from(std::string_view name, std::span<const std::string_view> choices, bool required = true) {
  return {.name = name, .type = ArgType::choice, .required = required, .choices = choices};
}

constexpr std::array a_structure{required_of("id", ArgType::structure)};
constexpr std::array maybe_structure{optional_of("id", ArgType::structure)};
constexpr std::array ghost_args{optional_of("id", ArgType::structure), optional_of("on", ArgType::boolean)};
constexpr std::array kind_args{one_from("kind", kind_ids), optional_of("on", ArgType::boolean)};
constexpr std::array layers_args{ArgSpec{.name = "kinds", .type = ArgType::texts, .choices = kind_ids}};
constexpr std::array peel_args{required_number("value", 0, 1)};
constexpr std::array peel_by_args{required_number("by", -1, 1)};
constexpr std::array highlight_args{one_from("name", highlight_ids)};
constexpr std::array on_args{optional_of("on", ArgType::boolean)};
constexpr std::array clip_args{one_from("orientation", clip_orientation_ids, false),
                               optional_number("position_mm", -3000, 3000),
                               optional_number("s", -2, 3),
                               optional_of("flipped", ArgType::boolean),
                               optional_of("normal", ArgType::vec3),
                               optional_of("on", ArgType::boolean)};
constexpr std::array labels_args{one_from("names", label_names_ids)};
constexpr std::array section_args{required_number("s", section_highest_s, section_lowest_s)};
constexpr std::array section_by_args{required_number("mm", -500, 500)};
constexpr std::array clip_by_args{required_number("mm", -500, 500)};
// Ranges as in pose_angles(); a test compares them.
constexpr std::array pose_args{optional_number("ankle", -50, 40), optional_number("knee", 0, 100),
                               optional_number("subtalar", -15, 15), optional_number("toes", -40, 60),
                               optional_number("turn", -30, 30)};
constexpr std::array orbit_args{required_of("by_deg", ArgType::vec2)};
constexpr std::array pan_args{required_of("by", ArgType::vec2)};
constexpr std::array zoom_args{required_number("factor", 0.02, 50), optional_of("at", ArgType::vec2),
                               optional_of("point_mm", ArgType::vec3)};
constexpr std::array camera_args{
    optional_of("target_mm", ArgType::vec3),     optional_number("yaw_deg", -36000, 36000),
    optional_number("pitch_deg", -90, 90),       optional_number("distance_mm", camera_nearest_mm, camera_farthest_mm),
    optional_number("field_of_view_deg", 5, 90), optional_of("smooth", ArgType::boolean)};
constexpr std::array fit_args{one_from("what", fit_ids, false)};
constexpr std::array view_args{one_from("name", view_ids)};
constexpr std::array side_args{one_from("side", side_ids, false)};
constexpr std::array place_args{one_from("place", place_ids)};
constexpr std::array panel_args{one_from("panel", panel_ids)};
constexpr std::array option_args{required_of("id", ArgType::text), required_of("value", ArgType::any)};
constexpr std::array text_args{required_of("text", ArgType::text)};
constexpr std::array maybe_path{optional_of("path", ArgType::text)};
constexpr std::array model_args{optional_of("path", ArgType::text), one_from("unit", unit_ids, false)};
constexpr std::array click_args{required_of("at", ArgType::vec2)};
constexpr std::array point_args{required_of("id", ArgType::text)};
constexpr std::array seek_args{required_number("seconds", 0, pain_last_s)};
constexpr std::array speed_args{required_number("factor", 0.1, 8)};
constexpr std::array hurts_args{required_of("region", ArgType::text), optional_of("on", ArgType::boolean)};
constexpr std::array brush_args{optional_of("on", ArgType::boolean), optional_of("erase", ArgType::boolean),
                                optional_number("radius_mm", brush_smallest_mm, brush_largest_mm),
                                optional_number("larger", 0.1, 10), optional_number("intensity", 0.1, 1)};
constexpr std::array paint_args{
    required_of("points", ArgType::numbers), optional_of("stroke", ArgType::boolean),
    one_from("on", paint_sheet_ids, false),  optional_number("radius_mm", brush_smallest_mm, brush_largest_mm),
    optional_number("intensity", 0.1, 1),    optional_of("erase", ArgType::boolean)};
constexpr std::array pressure_args{required_number("value", 0, pressure_most)};
constexpr std::array maybe_point{optional_of("id", ArgType::text)};
constexpr std::array walk_args{optional_of("on", ArgType::boolean),
                               optional_number("leg_length_mm", 0, longest_leg_mm)};
constexpr std::array technique_args{required_of("id", ArgType::text), optional_of("point", ArgType::text)};
constexpr std::array technique_seek_args{required_number("seconds", 0, longest_technique_s)};
constexpr std::array technique_step_args{required_number("by", -1, 1)};
constexpr std::array carry_args{required_number("s", -1, 2), required_number("a_deg", -180, 180)};
constexpr std::array toward_args{required_number("x", -1, 1), required_number("y", -1, 1)};
constexpr std::array notice_args{required_number("index", 0, 1000)};

constexpr std::array table{
    // Structures
    ActionInfo{"select", Undo::step, a_structure, has_leg, select},
    ActionInfo{"deselect", Undo::step, {}, has_selection, deselect},
    ActionInfo{"next_structure", Undo::run, {}, has_leg, next_structure},
    ActionInfo{"previous_structure", Undo::run, {}, has_leg, previous_structure},
    ActionInfo{"hover", Undo::none, maybe_structure, has_leg, hover_over},
    ActionInfo{"click", Undo::none, click_args, has_leg, request<RequestKind::click>},
    ActionInfo{"hide", Undo::step, maybe_structure, has_structure, hide},
    ActionInfo{"ghost", Undo::step, ghost_args, has_structure, ghost},
    ActionInfo{"show", Undo::step, maybe_structure, has_structure, show},
    ActionInfo{"isolate", Undo::step, maybe_structure, has_structure, isolate},
    ActionInfo{"leave_isolation", Undo::step, {}, is_isolated, leave_isolation},
    ActionInfo{"show_all", Undo::step, {}, has_leg, show_all},
    ActionInfo{"toggle_kind", Undo::step, kind_args, has_leg, set_kind},
    ActionInfo{"set_layers", Undo::step, layers_args, has_leg, set_layers},
    ActionInfo{"search", Undo::none, text_args, has_leg, run_search},
    // The picture
    ActionInfo{"peel", Undo::run, peel_args, has_leg, peel},
    ActionInfo{"peel_by", Undo::run, peel_by_args, has_leg, peel_by},
    ActionInfo{"highlight", Undo::step, highlight_args, can_highlight, highlight},
    ActionInfo{"clip", Undo::step, on_args, has_leg, clip_on},
    ActionInfo{"clip_set", Undo::run, clip_args, has_leg, clip_set},
    ActionInfo{"clip_by", Undo::run, clip_by_args, is_cut, clip_by},
    ActionInfo{"labels", Undo::step, labels_args, has_leg, set_labels},
    ActionInfo{"next_labels", Undo::step, {}, has_leg, next_labels},
    ActionInfo{"section", Undo::step, on_args, has_levels, section},
    ActionInfo{"section_set", Undo::run, section_args, has_levels, section_set},
    ActionInfo{"section_by", Undo::run, section_by_args, has_levels, section_by},
    ActionInfo{"pose", Undo::run, pose_args, has_leg, pose},
    ActionInfo{"reset_pose", Undo::step, {}, has_leg, reset_pose},
    ActionInfo{"side", Undo::step, side_args, has_leg, set_side},
    // The camera
    ActionInfo{"camera_orbit", Undo::run, orbit_args, has_leg, orbit},
    ActionInfo{"camera_pan", Undo::run, pan_args, has_leg, pan},
    ActionInfo{"camera_zoom", Undo::run, zoom_args, has_leg, zoom},
    ActionInfo{"camera_set", Undo::step, camera_args, has_leg, set_camera},
    ActionInfo{"camera_fit", Undo::step, fit_args, has_leg, fit},
    ActionInfo{"view", Undo::step, view_args, has_leg, view},
    ActionInfo{"home", Undo::step, {}, has_leg, home},
    ActionInfo{"orthographic", Undo::step, on_args, has_leg, set_orthographic},
    // Trigger points
    ActionInfo{"select_point", Undo::step, point_args, has_content, select_point},
    ActionInfo{"deselect_point", Undo::step, {}, has_point, deselect_point},
    ActionInfo{"next_point", Undo::run, {}, has_content, next_point},
    ActionInfo{"previous_point", Undo::run, {}, has_content, previous_point},
    ActionInfo{"points", Undo::step, on_args, has_content, show_points},
    ActionInfo{"neighbours", Undo::step, on_args, has_content, show_neighbours},
    ActionInfo{"no_press", Undo::step, on_args, has_content, show_no_press},
    ActionInfo{"pain_play", Undo::none, on_args, has_point, play_pain},
    ActionInfo{"pain_restart", Undo::none, {}, has_point, restart_pain},
    ActionInfo{"pain_seek", Undo::none, seek_args, has_point, seek_pain},
    ActionInfo{"pain_speed", Undo::none, speed_args, has_content, set_pain_speed},
    ActionInfo{"hurts", Undo::step, hurts_args, has_content, set_hurts},
    ActionInfo{"clear_hurts", Undo::step, {}, has_hurts, clear_hurts},
    ActionInfo{"brush", Undo::step, brush_args, has_content, set_brush},
    ActionInfo{"paint_pain", Undo::step, paint_args, can_paint, paint_pain},
    ActionInfo{"clear_paint", Undo::step, {}, has_paint, clear_paint},
    ActionInfo{"press", Undo::none, on_args, can_press, press_point},
    ActionInfo{"pressure", Undo::none, pressure_args, can_press, set_pressure},
    ActionInfo{"hover_point", Undo::none, maybe_point, has_content, hover_point},
    ActionInfo{"walk", Undo::step, walk_args, has_content, show_walk},
    // Techniques
    ActionInfo{"select_technique", Undo::step, technique_args, has_content, select_technique},
    ActionInfo{"leave_technique", Undo::step, {}, has_technique, leave_technique},
    ActionInfo{"mistake", Undo::step, maybe_point, has_technique, show_mistake},
    ActionInfo{"tool", Undo::step, point_args, has_technique_tool, choose_tool},
    ActionInfo{"technique_play", Undo::none, on_args, has_technique, play_technique},
    ActionInfo{"play", Undo::none, on_args, can_play, play},
    ActionInfo{"stop_signs_read", Undo::none, {}, reads_stop_signs, read_stop_signs},
    ActionInfo{"technique_seek", Undo::none, technique_seek_args, has_technique, seek_technique},
    ActionInfo{"technique_step", Undo::none, technique_step_args, has_technique, step_technique},
    ActionInfo{"technique_speed", Undo::none, speed_args, has_technique, technique_speed},
    ActionInfo{"technique_other_leg", Undo::step, {}, has_technique, do_on_other_leg},
    ActionInfo{"technique_loop", Undo::none, on_args, has_technique, technique_loop},
    ActionInfo{"technique_lapse", Undo::none, on_args, has_technique, technique_lapse},
    ActionInfo{"technique_follow", Undo::none, on_args, has_technique, technique_follow},
    ActionInfo{"restricted", Undo::step, on_args, has_technique, show_restricted},
    ActionInfo{"carry_tool", Undo::none, carry_args, has_technique_tool, carry_tool},
    ActionInfo{"carry_tool_by", Undo::none, carry_args, has_technique_tool, carry_tool_by},
    ActionInfo{"carry_tool_toward", Undo::none, toward_args, has_technique_tool, carry_tool_toward},
    ActionInfo{"put_tool_back", Undo::none, {}, carries_tool, put_tool_back},
    // The program
    ActionInfo{"undo", Undo::none, {}, has_past, undo},
    ActionInfo{"redo", Undo::none, {}, has_future, redo},
    ActionInfo{"place", Undo::none, place_args, nullptr, set_place},
    ActionInfo{"open_panel", Undo::none, panel_args, nullptr, open_panel},
    ActionInfo{"close_panel", Undo::none, panel_args, nullptr, close_panel},
    ActionInfo{"toggle_panel", Undo::none, panel_args, nullptr, toggle_panel},
    ActionInfo{"set_option", Undo::step, option_args, nullptr, set_one_option},
    ActionInfo{"dismiss_notice", Undo::none, notice_args, nullptr, dismiss_notice},
    ActionInfo{"dismiss_notices", Undo::none, {}, nullptr, dismiss_notices},
    ActionInfo{"open_model", Undo::none, model_args, nullptr, request<RequestKind::open_model>},
    ActionInfo{"screenshot", Undo::none, maybe_path, nullptr, request<RequestKind::screenshot>},
    ActionInfo{"copy_picture", Undo::none, {}, nullptr, request<RequestKind::copy_picture>},
    ActionInfo{"copy_text", Undo::none, text_args, nullptr, request<RequestKind::copy_text>},
    ActionInfo{"save_state", Undo::none, maybe_path, nullptr, request<RequestKind::save_state>},
    ActionInfo{"quit", Undo::none, {}, nullptr, request<RequestKind::quit>},
};

} // namespace

std::span<const ActionInfo> action_table() {
  return table;
}

} // namespace calfscope
