#include "state/options.h"

#include "state/action.h"
#include "state/app_state.h"
#include "state/history.h"
#include "state/technique_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace calfscope {
namespace {

// --- settings: a member each ---------------------------------------------------------------------------------------

template <auto member>
Value get_setting(const AppState& state) {
  return Value(state.settings.*member);
}
template <bool Settings::*member>
bool set_flag(AppState& state, const Value& value, IssueList&) {
  state.settings.*member = value.as_boolean();
  return true;
}
template <float Settings::*member>
bool set_number(AppState& state, const Value& value, IssueList&) {
  state.settings.*member = static_cast<float>(value.as_number());
  return true;
}
template <std::string Settings::*member>
bool set_text(AppState& state, const Value& value, IssueList&) {
  state.settings.*member = value.as_text();
  return true;
}
template <auto member, const auto& ids>
Value get_choice(const AppState& state) {
  return Value(id_in(ids, state.settings.*member));
}
template <auto member, const auto& ids>
bool set_choice(AppState& state, const Value& value, IssueList&) {
  auto& target = state.settings.*member;
  target = find_in<std::remove_reference_t<decltype(target)>>(ids, value.as_text()).value();
  return true;
}

// --- the document: through the actions, so that both mean the same --------------------------------------------------

bool act(AppState& state, Action action, IssueList& issues) {
  if (!perform(state, action, issues))
    return false;
  land(state);
  return true;
}

Value get_side(const AppState& state) {
  return id_of(state.document.side);
}
bool set_side(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"side", {{"side", value}}}, issues);
}

Value get_view(const AppState&) {
  return "calf";
}
bool set_view(AppState& state, const Value& value, IssueList& issues) {
  // Someone who asks for another view than the start view wants the leg as it is; --highlight brings colours back.
  state.document.highlight = Highlight::none;
  return act(state, {"view", {{"name", value}}}, issues);
}

Value get_layers(const AppState& state) {
  Value::Texts shown;
  for (const KindInfo& kind : kind_table)
    if (state.document.kinds[static_cast<std::size_t>(kind.kind)])
      shown.emplace_back(kind.id);
  return shown;
}
bool set_layers(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"set_layers", {{"kinds", value}}}, issues);
}

Value get_peel(const AppState& state) {
  return state.document.peel;
}
bool set_peel(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"peel", {{"value", value}}}, issues);
}

Value get_highlight(const AppState& state) {
  return id_in(highlight_ids, state.document.highlight);
}
bool set_highlight(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"highlight", {{"name", value}}}, issues);
}

Value get_select(const AppState& state) {
  return state.document.selected;
}
bool set_select(AppState& state, const Value& value, IssueList& issues) {
  if (value.as_text().empty()) {
    state.document.selected.clear();
    return true;
  }
  return act(state, {"select", {{"id", value}}}, issues);
}

Value get_point(const AppState& state) {
  return state.document.point;
}
bool set_point(AppState& state, const Value& value, IssueList& issues) {
  if (value.as_text().empty()) {
    state.document.point.clear();
    return true;
  }
  if (!act(state, {"select_point", {{"id", value}}}, issues))
    return false;
  state.pain = {}; // a picture shows the whole pain unless it is told a time
  return true;
}
template <std::string Document::*member>
Value get_document_text(const AppState& state) {
  return state.document.*member;
}
bool set_technique(AppState& state, const Value& value, IssueList& issues) {
  if (value.as_text().empty())
    return !chosen_technique(state) || act(state, {"leave_technique", {}}, issues);
  return act(state, {"select_technique", {{"id", value}}}, issues);
}
bool set_tool(AppState& state, const Value& value, IssueList& issues) {
  if (value.as_text().empty()) {
    state.document.tool.clear();
    return true;
  }
  return act(state, {"tool", {{"id", value}}}, issues);
}
bool set_mistake(AppState& state, const Value& value, IssueList& issues) {
  return (value.as_text().empty() && state.document.mistake.empty()) ||
         act(state, {"mistake", {{"id", value}}}, issues);
}
// Of the technique if one is shown, else of the pain (conventions, "Time and pressure").
Value get_time(const AppState& state) {
  return chosen_technique(state) ? state.technique.seconds : state.pain.seconds;
}
bool set_time(AppState& state, const Value& value, IssueList&) {
  if (chosen_technique(state)) {
    seek_technique(state, value.as_number());
    return true;
  }
  state.pain.seconds = std::min(value.as_number(), pain_last_s);
  state.pain.playing = false;
  return true;
}
Value get_pressure(const AppState& state) {
  return state.press.pressure;
}
bool set_pressure_option(AppState& state, const Value& value, IssueList& issues) {
  if (value.as_number() <= 0 && !state.press.any())
    return true;
  return act(state, {"pressure", {{"value", value}}}, issues);
}
Value get_leg_length(const AppState& state) {
  return state.document.leg_length_mm;
}
bool set_leg_length(AppState& state, const Value& value, IssueList&) {
  state.document.leg_length_mm = static_cast<float>(value.as_number());
  return true;
}
template <bool Document::*member>
Value get_document_flag(const AppState& state) {
  return state.document.*member;
}
template <bool Document::*member>
bool set_document_flag(AppState& state, const Value& value, IssueList&) {
  state.document.*member = value.as_boolean();
  return true;
}
Value get_hurts(const AppState& state) {
  return Value::Texts(state.document.hurts.begin(), state.document.hurts.end());
}
bool set_hurting(AppState& state, const Value& value, IssueList& issues) {
  state.document.hurts.clear();
  bool good = true;
  for (const std::string& id : value.as_texts())
    good &= act(state, {"hurts", {{"region", id}, {"on", true}}}, issues);
  return good;
}

template <Show show>
Value get_shown(const AppState& state) {
  Value::Texts ids;
  for (const auto& [id, own] : state.document.overrides)
    if (own == show)
      ids.push_back(id);
  return ids;
}
bool act_on_each(AppState& state, Action action, const Value& ids, IssueList& issues) {
  bool good = true;
  for (const std::string& id : ids.as_texts()) {
    action.args["id"] = id;
    good &= act(state, action, issues);
  }
  return good;
}
bool set_hidden(AppState& state, const Value& value, IssueList& issues) {
  return act_on_each(state, {"hide", {}}, value, issues);
}
bool set_ghosted(AppState& state, const Value& value, IssueList& issues) {
  return act_on_each(state, {"ghost", {{"on", true}}}, value, issues); // asking twice must not take it back
}
Value get_isolated(const AppState& state) {
  return Value::Texts(state.document.isolated.begin(), state.document.isolated.end());
}
bool set_isolated(AppState& state, const Value& value, IssueList& issues) {
  bool good = true;
  for (std::size_t i = 0; i < value.as_texts().size(); ++i)
    good &= act(state, {i == 0 ? "isolate" : "show", {{"id", value.as_texts()[i]}}}, issues);
  return good;
}

Value get_slice(const AppState& state) {
  const Clip& clip = state.document.clip;
  const bool has_levels = state.facts && state.facts->coordinates;
  return has_levels ? clip.position_mm / state.facts->coordinates->length_mm() : clip.position_mm;
}
bool set_slice(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"clip_set", {{"s", value}}}, issues);
}

Value get_labels(const AppState& state) {
  return id_in(label_names_ids, state.document.labels);
}
bool set_labels(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"labels", {{"names", value}}}, issues);
}
Value get_section(const AppState& state) {
  return state.document.section.s;
}
bool set_section(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"section_set", {{"s", value}}}, issues);
}

constexpr std::array<std::string_view, 5> clip_choice_ids{"none", "axial", "sagittal", "coronal", "free"};
Value get_clip(const AppState& state) {
  return state.document.clip.on ? id_in(clip_orientation_ids, state.document.clip.orientation) : clip_choice_ids[0];
}
bool set_clip(AppState& state, const Value& value, IssueList& issues) {
  if (value.as_text() == "none")
    return act(state, {"clip", {{"on", false}}}, issues);
  return act(state, {"clip_set", {{"orientation", value}}}, issues);
}
Value get_clip_position(const AppState& state) {
  return state.document.clip.position_mm;
}
bool set_clip_position(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"clip_set", {{"position_mm", value}}}, issues);
}

template <float Pose::*angle>
Value get_angle(const AppState& state) {
  return state.document.pose.*angle;
}
template <float Pose::*angle>
bool set_angle(AppState& state, const Value& value, IssueList&) {
  state.document.pose.*angle = static_cast<float>(value.as_number());
  tame(state);
  return true;
}

template <float Camera::*member>
Value get_camera(const AppState& state) {
  return state.document.camera.*member;
}
template <float Camera::*member>
bool set_camera(AppState& state, const Value& value, IssueList&) {
  state.document.camera.*member = static_cast<float>(value.as_number());
  land(state);
  tame(state);
  return true;
}
Value get_orthographic(const AppState& state) {
  return state.document.camera.orthographic;
}
bool set_orthographic(AppState& state, const Value& value, IssueList&) {
  state.document.camera.orthographic = value.as_boolean();
  return true;
}
Value get_zoom(const AppState&) {
  return 1.0;
}
bool set_zoom(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"camera_zoom", {{"factor", value}}}, issues);
}

Value get_place(const AppState& state) {
  return id_in(place_ids, state.place);
}
bool set_place(AppState& state, const Value& value, IssueList& issues) {
  return act(state, {"place", {{"place", value}}}, issues);
}

// --- the table ------------------------------------------------------------------------------------------------------

template <bool Settings::*member>
constexpr OptionInfo setting_flag(std::string_view id) {
  return {.id = id,
          .scope = OptionScope::settings,
          .type = OptionType::boolean,
          .get = get_setting<member>,
          .set = set_flag<member>};
}
template <float Settings::*member>
constexpr OptionInfo setting_number(std::string_view id, double lowest, double highest, std::string_view unit) {
  return {.id = id,
          .scope = OptionScope::settings,
          .type = OptionType::number,
          .lowest = lowest,
          .highest = highest,
          .unit = unit,
          .get = get_setting<member>,
          .set = set_number<member>};
}
template <auto member, const auto& ids>
constexpr OptionInfo setting_choice(std::string_view id) {
  return {.id = id,
          .scope = OptionScope::settings,
          .type = OptionType::choice,
          .choices = ids,
          .get = get_choice<member, ids>,
          .set = set_choice<member, ids>};
}
template <float Pose::*angle>
constexpr OptionInfo pose_number(std::string_view id, double lowest, double highest) {
  return {.id = id,
          .scope = OptionScope::document,
          .type = OptionType::number,
          .lowest = lowest,
          .highest = highest,
          .unit = "deg",
          .get = get_angle<angle>,
          .set = set_angle<angle>};
}

using Get = Value (*)(const AppState&);
using Set = bool (*)(AppState&, const Value&, IssueList&);

constexpr OptionInfo document_choice(std::string_view id, std::span<const std::string_view> choices, Get get, Set set) {
  return {
      .id = id, .scope = OptionScope::document, .type = OptionType::choice, .choices = choices, .get = get, .set = set};
}
constexpr OptionInfo document_number(std::string_view id, double lowest, double highest, std::string_view unit, Get get,
                                     Set set) {
  return {.id = id,
          .scope = OptionScope::document,
          .type = OptionType::number,
          .lowest = lowest,
          .highest = highest,
          .unit = unit,
          .get = get,
          .set = set};
}
constexpr OptionInfo document_text(std::string_view id, Get get, Set set) {
  return {.id = id, .scope = OptionScope::document, .type = OptionType::text, .get = get, .set = set};
}
template <bool Document::*member>
constexpr OptionInfo document_flag(std::string_view id) {
  return {.id = id,
          .scope = OptionScope::document,
          .type = OptionType::boolean,
          .get = get_document_flag<member>,
          .set = set_document_flag<member>};
}
constexpr OptionInfo document_texts(std::string_view id, std::span<const std::string_view> choices, Get get, Set set) {
  return {
      .id = id, .scope = OptionScope::document, .type = OptionType::texts, .choices = choices, .get = get, .set = set};
}

// In the order in which a command line is carried out, whatever the order on the line: the side and what is shown
// first, then the view that fits it, then what the view would undo.
constexpr std::array table{
    setting_choice<&Settings::theme, theme_ids>("theme"),
    OptionInfo{.id = "language",
               .scope = OptionScope::settings,
               .type = OptionType::text,
               .get = get_setting<&Settings::language>,
               .set = set_text<&Settings::language>},
    setting_number<&Settings::ui_scale>("ui_scale", 0.75, 3, "x"),
    setting_number<&Settings::text_size_px>("text_size", 11, 28, "px"),
    setting_flag<&Settings::reduced_motion>("reduced_motion"),
    setting_flag<&Settings::invert_zoom>("invert_zoom"),
    setting_flag<&Settings::orbit_inertia>("orbit_inertia"),
    setting_choice<&Settings::quality, quality_ids>("quality"),
    setting_flag<&Settings::show_legend>("show_legend"),
    setting_flag<&Settings::show_orientation_cube>("show_orientation_cube"),
    setting_flag<&Settings::show_hints>("show_hints"),
    OptionInfo{.id = "last_model",
               .scope = OptionScope::settings,
               .type = OptionType::text,
               .on_command_line = false,
               .get = get_setting<&Settings::last_model>,
               .set = set_text<&Settings::last_model>},

    OptionInfo{.id = "place",
               .scope = OptionScope::session,
               .type = OptionType::choice,
               .choices = place_ids,
               .get = get_place,
               .set = set_place},
    document_choice("side", side_ids, get_side, set_side),
    document_texts("layers", kind_ids, get_layers, set_layers),
    document_texts("isolate", {}, get_isolated, set_isolated),
    document_texts("hide", {}, get_shown<Show::hidden>, set_hidden),
    document_texts("ghost", {}, get_shown<Show::ghosted>, set_ghosted),
    pose_number<&Pose::ankle_deg>("ankle", -50, 40),
    pose_number<&Pose::knee_deg>("knee", 0, 100),
    pose_number<&Pose::subtalar_deg>("subtalar", -15, 15),
    pose_number<&Pose::toes_deg>("toes", -40, 60),
    pose_number<&Pose::turn_deg>("turn", -30, 30),
    document_choice("clip", clip_choice_ids, get_clip, set_clip),
    document_number("clip_position", -3000, 3000, "mm", get_clip_position, set_clip_position),
    document_number("slice", -2, 3, {}, get_slice, set_slice),
    document_choice("labels", label_names_ids, get_labels, set_labels),
    document_text("point", get_point, set_point),
    document_text("technique", get_document_text<&Document::technique>, set_technique),
    document_text("tool", get_document_text<&Document::tool>, set_tool),
    document_text("mistake", get_document_text<&Document::mistake>, set_mistake),
    document_number("time", 0, longest_technique_s, "s", get_time, set_time),
    document_number("pressure", 0, pressure_most, {}, get_pressure, set_pressure_option),
    document_flag<&Document::restricted>("restricted"),
    document_flag<&Document::walk>("walk"),
    document_number("walk_leg_length", 0, longest_leg_mm, "mm", get_leg_length, set_leg_length),
    document_flag<&Document::points_shown>("points"),
    document_flag<&Document::neighbours>("neighbours"),
    document_flag<&Document::no_press>("no_press"),
    OptionInfo{
        .id = "hurts", .scope = OptionScope::document, .type = OptionType::texts, .get = get_hurts, .set = set_hurting},
    OptionInfo{.id = "orthographic",
               .scope = OptionScope::document,
               .type = OptionType::boolean,
               .get = get_orthographic,
               .set = set_orthographic},
    document_choice("view", view_ids, get_view, set_view),
    document_number("yaw", -360, 360, "deg", get_camera<&Camera::yaw_deg>, set_camera<&Camera::yaw_deg>),
    document_number("pitch", -90, 90, "deg", get_camera<&Camera::pitch_deg>, set_camera<&Camera::pitch_deg>),
    document_number("distance", camera_nearest_mm, camera_farthest_mm, "mm", get_camera<&Camera::distance_mm>,
                    set_camera<&Camera::distance_mm>),
    document_number("zoom", 0.02, 50, "x", get_zoom, set_zoom),
    document_number("peel", 0, 1, {}, get_peel, set_peel),
    document_choice("highlight", highlight_ids, get_highlight, set_highlight),
    OptionInfo{.id = "select",
               .scope = OptionScope::document,
               .type = OptionType::structure,
               .get = get_select,
               .set = set_select},
    document_number("section", section_highest_s, section_lowest_s, {}, get_section, set_section),
};

std::string expectation(const OptionInfo& option) {
  switch (option.type) {
  case OptionType::boolean:
    return "expected true or false";
  case OptionType::number:
    return fmt::format("expected a number from {} to {}", option.lowest, option.highest);
  case OptionType::choice:
    return fmt::format("expected one of {}", fmt::join(option.choices, ", "));
  case OptionType::texts:
    return option.choices.empty() ? "expected a list of ids"
                                  : fmt::format("expected a list of {}", fmt::join(option.choices, ", "));
  case OptionType::structure:
    return "expected the id of a structure";
  case OptionType::text:
    return "expected a text";
  }
  return {};
}

bool acceptable(const OptionInfo& option, const Value& value) {
  switch (option.type) {
  case OptionType::boolean:
    return value.boolean() != nullptr;
  case OptionType::number:
    return value.number() && value.as_number() >= option.lowest && value.as_number() <= option.highest;
  case OptionType::choice:
    return value.text() && one_of(option.choices, value.as_text());
  case OptionType::structure:
  case OptionType::text:
    return value.text() != nullptr;
  case OptionType::texts:
    return value.texts() && (option.choices.empty() ||
                             std::all_of(value.as_texts().begin(), value.as_texts().end(),
                                         [&](const std::string& text) { return one_of(option.choices, text); }));
  }
  return false;
}

std::optional<double> parse_number(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') // as the conventions write angles; from_chars knows no plus
    text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

Value::Texts parse_list(std::string_view text) {
  Value::Texts out;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (const std::string_view word = text.substr(0, comma); !word.empty())
      out.emplace_back(word);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return out;
}

std::string place_of(const OptionInfo& option, std::string_view from) {
  return std::string(from.empty() ? option.id : from);
}

} // namespace

std::span<const OptionInfo> option_table() {
  return table;
}

const OptionInfo* find_option(std::string_view id) {
  for (const OptionInfo& option : table)
    if (option.id == id)
      return &option;
  return nullptr;
}

Value option_value(const AppState& state, const OptionInfo& option) {
  return option.get(state);
}

Value option_default(const OptionInfo& option) {
  return option.get(AppState{});
}

bool set_option(AppState& state, const OptionInfo& option, const Value& value, IssueList& issues,
                std::string_view from) {
  if (!acceptable(option, value)) {
    issues.error("", 0, place_of(option, from), fmt::format("{}, got \"{}\"", expectation(option), to_string(value)));
    return false;
  }
  return option.set(state, value, issues);
}

std::optional<Value> parse_value(const OptionInfo& option, std::string_view text, IssueList& issues,
                                 std::string_view from) {
  std::optional<Value> value;
  switch (option.type) {
  case OptionType::boolean:
    if (text == "true" || text == "1" || text == "yes" || text == "on" || text.empty())
      value = Value(true);
    else if (text == "false" || text == "0" || text == "no" || text == "off")
      value = Value(false);
    break;
  case OptionType::number:
    if (const auto number = parse_number(text))
      value = Value(*number);
    break;
  case OptionType::texts:
    value = Value(parse_list(text));
    break;
  default:
    value = Value(text);
    break;
  }
  if (!value || !acceptable(option, *value)) {
    issues.error("", 0, place_of(option, from), fmt::format("{}, got \"{}\"", expectation(option), text));
    return std::nullopt;
  }
  return value;
}

} // namespace calfscope
