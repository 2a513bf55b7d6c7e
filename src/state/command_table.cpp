#include "state/action.h"

#include "state/app_state.h"
#include "state/technique_state.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

namespace calfscope {
namespace {

// Keys whose character would be hard to read in the table.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> character_names{
    {{"Slash", "/"}, {"Comma", ","}, {"Plus", "+"}, {"Minus", "-"}}};

template <Panel panel>
bool panel_open(const AppState& state) {
  return state.open_panels.contains(panel);
}
template <Place place>
bool at_place(const AppState& state) {
  return state.place == place;
}
template <Kind kind>
bool kind_shown(const AppState& state) {
  return state.document.kinds[static_cast<std::size_t>(kind)];
}

template <LabelNames names>
bool is_named(const AppState& state) {
  return state.document.labels == names;
}

std::vector<Command> make_table() {
  const auto view = [](std::string_view id, std::string_view key, std::string_view name) {
    return Command{id, Menu::view, key, {"view", {{"name", name}}}};
  };
  const auto orbit = [](std::string_view id, std::string_view key, float yaw_deg, float pitch_deg) {
    return Command{id, Menu::none, key, {"camera_orbit", {{"by_deg", glm::vec2(yaw_deg, pitch_deg)}}}};
  };
  const auto kind = [](std::string_view id, std::string_view name, bool (*checked)(const AppState&)) {
    return Command{id, Menu::structure, {}, {"toggle_kind", {{"kind", name}}}, checked};
  };
  const auto labels = [](std::string_view id, std::string_view key, std::string_view names,
                         bool (*checked)(const AppState&)) {
    return Command{id, Menu::view, key, {"labels", {{"names", names}}}, checked};
  };
  return {
      {"open_model", Menu::file, "Ctrl+O", {"open_model", {}}},
      {"screenshot", Menu::file, "Ctrl+S", {"screenshot", {}}},
      {"copy_picture", Menu::file, "Ctrl+C", {"copy_picture", {}}},
      {"save_state", Menu::file, "Ctrl+Shift+S", {"save_state", {}}},
      {"quit", Menu::file, "Ctrl+Q", {"quit", {}}},

      {"undo", Menu::edit, "Ctrl+Z", {"undo", {}}},
      {"redo", Menu::edit, "Ctrl+Shift+Z", {"redo", {}}},
      {"redo_alternative", Menu::none, "Ctrl+Y", {"redo", {}}},
      {"search", Menu::edit, "Ctrl+F", {"open_panel", {{"panel", "search"}}}},
      {"search_slash", Menu::none, "Slash", {"open_panel", {{"panel", "search"}}}},
      {"deselect", Menu::edit, "Escape", {"deselect", {}}},
      {"settings", Menu::edit, "Ctrl+Comma", {"toggle_panel", {{"panel", "settings"}}}, panel_open<Panel::settings>},

      view("view_calf", "0", "calf"),
      view("view_posterior", "1", "posterior"),
      view("view_anterior", "2", "anterior"),
      view("view_medial", "3", "medial"),
      view("view_lateral", "4", "lateral"),
      view("view_plantar", "5", "plantar"),
      view("view_top", "6", "top"),
      {"home", Menu::view, "Home", {"home", {}}},
      {"fit", Menu::view, "F", {"camera_fit", {{"what", "all"}}}},
      {"fit_selection", Menu::view, "Shift+F", {"camera_fit", {{"what", "selection"}}}},
      {"orthographic",
       Menu::view,
       "O",
       {"orthographic", {}},
       [](const AppState& state) { return state.document.camera.orthographic; }},
      {"side", Menu::view, "M", {"side", {}}},
      {"next_labels",
       Menu::view,
       "V",
       {"next_labels", {}},
       [](const AppState& state) { return state.document.labels != LabelNames::off; }},
      labels("labels_off", "Shift+V", "off", is_named<LabelNames::off>),
      labels("labels_patient", {}, "patient", is_named<LabelNames::patient>),
      labels("labels_latin", {}, "latin", is_named<LabelNames::latin>),
      labels("labels_clinician", {}, "clinician", is_named<LabelNames::clinician>),
      {"zoom_in", Menu::none, "Plus", {"camera_zoom", {{"factor", 1.25}}}},
      {"zoom_out", Menu::none, "Minus", {"camera_zoom", {{"factor", 0.8}}}},
      orbit("orbit_left", "Left", 10, 0),
      orbit("orbit_right", "Right", -10, 0),
      orbit("orbit_up", "Up", 0, 10),
      orbit("orbit_down", "Down", 0, -10),

      {"hide", Menu::structure, "H", {"hide", {}}},
      {"ghost", Menu::structure, "G", {"ghost", {}}},
      {"isolate", Menu::structure, "I", {"isolate", {}}},
      {"leave_isolation", Menu::structure, "Shift+I", {"leave_isolation", {}}},
      {"show_all", Menu::structure, "A", {"show_all", {}}},
      {"next_structure", Menu::structure, "N", {"next_structure", {}}},
      {"previous_structure", Menu::structure, "Shift+N", {"previous_structure", {}}},
      {"highlight_calf",
       Menu::structure,
       "C",
       {"highlight", {{"name", "calf"}}},
       [](const AppState& state) { return state.document.highlight == Highlight::calf; }},
      {"highlight_none", Menu::structure, "Shift+C", {"highlight", {{"name", "none"}}}},
      {"peel_more", Menu::structure, "P", {"peel_by", {{"by", 0.05}}}},
      {"peel_less", Menu::structure, "Shift+P", {"peel_by", {{"by", -0.05}}}},
      kind("kind_skin", "skin", kind_shown<Kind::skin>),
      kind("kind_fascia", "fascia", kind_shown<Kind::fascia>),
      kind("kind_muscle", "muscle", kind_shown<Kind::muscle>),
      kind("kind_tendon", "tendon", kind_shown<Kind::tendon>),
      kind("kind_ligament", "ligament", kind_shown<Kind::ligament>),
      kind("kind_vessel", "vessel", kind_shown<Kind::vessel>),
      kind("kind_nerve", "nerve", kind_shown<Kind::nerve>),
      kind("kind_bone", "bone", kind_shown<Kind::bone>),

      {"next_point", Menu::structure, "T", {"next_point", {}}},
      {"previous_point", Menu::structure, "Shift+T", {"previous_point", {}}},
      {"deselect_point", Menu::structure, "Alt+T", {"deselect_point", {}}},
      {"points", Menu::structure, "Y", {"points", {}}, [](const AppState& s) { return s.document.points_shown; }},
      {"neighbours", Menu::structure, {}, {"neighbours", {}}, [](const AppState& s) { return s.document.neighbours; }},
      {"no_press", Menu::structure, "Shift+Y", {"no_press", {}}, [](const AppState& s) { return s.document.no_press; }},
      {"play",
       Menu::structure,
       "Space",
       {"play", {}},
       [](const AppState& s) { return s.pain.playing || s.technique.playing; }},
      {"technique_next", Menu::structure, ".", {"technique_step", {{"by", 1}}}},
      {"technique_back", Menu::structure, "Comma", {"technique_step", {{"by", -1}}}},
      {"technique_follow",
       Menu::structure,
       "Shift+R",
       {"technique_follow", {}},
       [](const AppState& s) { return s.technique.follow && chosen_technique(s); }},
      {"restricted",
       Menu::structure,
       "Alt+A",
       {"restricted", {}},
       [](const AppState& s) { return s.document.restricted && chosen_technique(s); }},
      {"carry_up", Menu::none, "Alt+Up", {"carry_tool_toward", {{"x", 0}, {"y", 1}}}},
      {"carry_down", Menu::none, "Alt+Down", {"carry_tool_toward", {{"x", 0}, {"y", -1}}}},
      {"carry_left", Menu::none, "Alt+Left", {"carry_tool_toward", {{"x", -1}, {"y", 0}}}},
      {"carry_right", Menu::none, "Alt+Right", {"carry_tool_toward", {{"x", 1}, {"y", 0}}}},
      {"put_tool_back", Menu::structure, "Alt+P", {"put_tool_back", {}}},
      {"technique_other_leg", Menu::structure, "Alt+M", {"technique_other_leg", {}}},
      {"leave_technique", Menu::structure, "Alt+R", {"leave_technique", {}}},
      {"pain_restart", Menu::structure, "Shift+Space", {"pain_restart", {}}},
      {"walk", Menu::structure, {}, {"walk", {}}, [](const AppState& s) { return s.document.walk; }},
      {"brush", Menu::structure, "B", {"brush", {}}, [](const AppState& s) { return s.brush.on; }},
      {"brush_smaller", Menu::none, "[", {"brush", {{"larger", 0.8}}}},
      {"brush_larger", Menu::none, "]", {"brush", {{"larger", 1.25}}}},
      {"panel_lookup", Menu::structure, "W", {"toggle_panel", {{"panel", "lookup"}}}, panel_open<Panel::lookup>},

      {"panel_clip", Menu::slice, "Shift+X", {"toggle_panel", {{"panel", "clip"}}}, panel_open<Panel::clip>},
      {"clip", Menu::slice, "X", {"clip", {}}, [](const AppState& state) { return state.document.clip.on; }},
      {"section", Menu::slice, "K", {"section", {}}, [](const AppState& state) { return state.document.section.on; }},
      {"section_lower", Menu::slice, "Shift+PageDown", {"section_by", {{"mm", 5}}}},
      {"section_higher", Menu::slice, "Shift+PageUp", {"section_by", {{"mm", -5}}}},
      {"clip_axial", Menu::slice, {}, {"clip_set", {{"orientation", "axial"}}}},
      {"clip_sagittal", Menu::slice, {}, {"clip_set", {{"orientation", "sagittal"}}}},
      {"clip_coronal", Menu::slice, {}, {"clip_set", {{"orientation", "coronal"}}}},
      {"clip_further", Menu::slice, "PageDown", {"clip_by", {{"mm", 5}}}},
      {"clip_nearer", Menu::slice, "PageUp", {"clip_by", {{"mm", -5}}}},
      {"panel_pose", Menu::slice, "J", {"toggle_panel", {{"panel", "pose"}}}, panel_open<Panel::pose>},
      {"reset_pose", Menu::slice, {}, {"reset_pose", {}}},

      {"place_explore", Menu::place, "Ctrl+1", {"place", {{"place", "explore"}}}, at_place<Place::explore>},
      {"place_release", Menu::place, "Ctrl+2", {"place", {{"place", "release"}}}, at_place<Place::release>},
      {"place_journal", Menu::place, "Ctrl+3", {"place", {{"place", "journal"}}}, at_place<Place::journal>},
      {"panel_layers", Menu::place, "L", {"toggle_panel", {{"panel", "layers"}}}, panel_open<Panel::layers>},

      {"shortcuts", Menu::help, "F1", {"toggle_panel", {{"panel", "shortcuts"}}}, panel_open<Panel::shortcuts>},
      {"about", Menu::help, {}, {"toggle_panel", {{"panel", "about"}}}, panel_open<Panel::about>},
  };
}

std::string key_of(std::string_view word) {
  for (const auto& [name, character] : character_names)
    if (word == name)
      return std::string(character);
  if (word.size() == 1)
    return std::string(1, static_cast<char>(std::toupper(static_cast<unsigned char>(word[0]))));
  return std::string(word);
}

const Command* exact_command_for(const KeyChord& chord) {
  for (const Command& command : command_table())
    if (!command.shortcut.empty() && parse_chord(command.shortcut) == chord)
      return &command;
  return nullptr;
}

} // namespace

std::span<const Command> command_table() {
  static const std::vector<Command> table = make_table();
  return table;
}

const Command* find_command(std::string_view id) {
  for (const Command& command : command_table())
    if (command.id == id)
      return &command;
  return nullptr;
}

KeyChord parse_chord(std::string_view shortcut) {
  KeyChord chord;
  while (true) {
    const std::size_t plus = shortcut.find('+');
    const std::string_view word = shortcut.substr(0, plus);
    if (word == "Ctrl")
      chord.ctrl = true;
    else if (word == "Shift")
      chord.shift = true;
    else if (word == "Alt")
      chord.alt = true;
    else
      chord.key = key_of(word);
    if (plus == std::string_view::npos)
      return chord;
    shortcut.remove_prefix(plus + 1);
  }
}

const Command* command_for(const KeyChord& pressed) {
  if (pressed.key.empty())
    return nullptr;
  KeyChord chord = pressed;
  if (chord.key.starts_with("Keypad ") && chord.key.size() == 8)
    chord.key = chord.key.substr(7);
  if (chord.key == "=") // where + needs the shift key
    chord.key = "+";
  if (const Command* command = exact_command_for(chord))
    return command;
  // Which characters need the shift key depends on the keyboard.
  const bool symbol = chord.key.size() == 1 && std::ispunct(static_cast<unsigned char>(chord.key[0]));
  if (!symbol || !chord.shift)
    return nullptr;
  chord.shift = false;
  return exact_command_for(chord);
}

} // namespace calfscope
