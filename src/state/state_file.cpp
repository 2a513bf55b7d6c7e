#include "state/state_file.h"

#include "base/json_document.h"
#include "base/version.h"
#include "state/app_state.h"
#include "state/options.h"
#include "state/paint_file.h"
#include "state/technique_state.h"
#include "state/theme.h"
#include "state/value_json.h"

#include <fmt/format.h>

#include <filesystem>

namespace calfscope {
namespace {

using nlohmann::json;

constexpr std::string_view format_id = "calfscope-state-1";

json to_json(glm::vec3 v) {
  return {v.x, v.y, v.z};
}

json to_json(const Bounds& box) {
  if (box.empty())
    return nullptr;
  return {{"lower", to_json(box.lower)}, {"upper", to_json(box.upper)}};
}

json to_json(const Camera& camera) {
  return {{"target_mm", to_json(camera.target_mm)},
          {"yaw_deg", camera.yaw_deg},
          {"pitch_deg", camera.pitch_deg},
          {"distance_mm", camera.distance_mm},
          {"field_of_view_deg", camera.field_of_view_deg},
          {"orthographic", camera.orthographic}};
}

json to_json(const Clip& clip) {
  return {{"on", clip.on},
          {"orientation", id_in(clip_orientation_ids, clip.orientation)},
          {"position_mm", clip.position_mm},
          {"flipped", clip.flipped},
          {"normal", to_json(clip.normal)}};
}

json to_json(const Pose& pose) {
  json out = json::object();
  for (const PoseAngle& angle : pose_angles())
    out[std::string(angle.id)] = pose.*angle.value;
  return out;
}

json to_json(const std::optional<PickResult>& hit) {
  if (!hit)
    return nullptr;
  return {{"structure", hit->structure},
          {"position_mm", to_json(hit->position)},
          {"normal", to_json(hit->normal)},
          {"distance_mm", hit->distance_mm},
          {"on_section", hit->on_section}};
}

std::string_view id_of(Severity severity) {
  switch (severity) {
  case Severity::note:
    return "note";
  case Severity::warning:
    return "warning";
  case Severity::error:
    return "error";
  }
  return "error";
}

json to_json(const Notice& notice) {
  json values = json::object();
  for (const auto& [name, text] : notice.values)
    values[name] = text;
  return {{"severity", id_of(notice.severity)}, {"key", notice.key}, {"values", values}, {"details", notice.details}};
}

json model_json(const AppState& state) {
  if (!state.atlas)
    return nullptr;
  const Atlas& atlas = *state.atlas;
  json out = {{"id", atlas.id},
              {"title", atlas.title},
              {"path", state.model_path},
              {"stored_side", calfscope::id_of(atlas.stored_side)},
              {"structures", atlas.structures.size()},
              {"bounds_mm", to_json(state.facts->bounds)},
              {"attribution", atlas.attribution},
              {"licence", atlas.licence},
              {"lacks", atlas.lacks}};
  if (!atlas.guessed_unit.empty())
    out["guessed_unit"] = atlas.guessed_unit;
  if (state.facts->coordinates)
    out["length_mm"] = state.facts->coordinates->length_mm();
  return out;
}

// What the person wants to see, and how much of it the peel leaves.
json structures_json(const AppState& state) {
  json shown = json::array(), ghosted = json::array(), hidden = json::array(), peeled = json::array();
  if (state.atlas)
    for (std::size_t i = 0; i < state.atlas->structures.size(); ++i) {
      const std::string& id = state.atlas->structures[i].id;
      const Show show = show_of(state, i);
      if (show == Show::hidden)
        hidden.push_back(id);
      else if (state.facts->structures[i].peel.opacity_at(state.document.peel) < 0.01f)
        peeled.push_back(id);
      else
        (show == Show::ghosted ? ghosted : shown).push_back(id);
    }
  return {{"shown", shown}, {"ghosted", ghosted}, {"hidden", hidden}, {"peeled", peeled}};
}

// What overlaps with where it hurts, best first.
json lookup_json(const AppState& state) {
  if (!hurts_somewhere(state))
    return nullptr;
  const LookupResult& found = looked_up(state);
  json entries = json::array();
  for (const LookupEntry& entry : found.entries)
    entries.push_back({{"id", entry.id}, {"overlap", entry.overlap.score}});
  return {{"entries", entries}, {"unexplained", found.unexplained}};
}

// Where the chosen point's mark is, as the action "click" takes it.
json point_at_json(const AppState& state) {
  const BoundPoint* place = chosen_place(state);
  if (!place)
    return nullptr;
  const auto at = fraction_of(camera_now(state), state.viewport, place->skin.position);
  return at ? json{at->x, at->y} : json(nullptr);
}

// Where the tool is seen, as fractions of the picture; null while none is on the leg.
json tool_at_json(const AppState& state) {
  if (!state.atlas || !chosen_tool(state))
    return nullptr;
  const Contact* touch = stage_of(state)->touch();
  const auto at = touch ? fraction_of(camera_now(state), state.viewport, middle_of(*touch)) : std::nullopt;
  return at ? json{at->x, at->y} : json(nullptr);
}

json carried_json(const AppState& state) {
  const auto& to = state.technique.carried;
  return to ? json{{"s", to->s}, {"a_deg", to->a_deg}} : json(nullptr);
}

json settings_json(const AppState& state) {
  json out = json::object();
  for (const OptionInfo& option : option_table())
    if (option.scope == OptionScope::settings)
      out[std::string(option.id)] = to_json(option_value(state, option));
  return out;
}

// --- reading back ----------------------------------------------------------------------------------------------------

void read(const JsonReader& reader, std::string_view key, float& value) {
  if (const auto number = reader.try_number(key))
    value = static_cast<float>(*number);
}

void read(const JsonReader& reader, std::string_view key, bool& value) {
  if (const auto flag = reader.try_boolean(key))
    value = *flag;
}

void read(const JsonReader& reader, std::string_view key, glm::vec3& value) {
  if (!reader.has(key))
    return;
  const std::vector<double> numbers = reader.numbers(key, 3);
  if (numbers.size() == 3)
    value = {numbers[0], numbers[1], numbers[2]};
}

template <typename Enum, std::size_t N>
void read(const JsonReader& reader, std::string_view key, const std::array<std::string_view, N>& ids, Enum& value) {
  const auto text = reader.try_text(key);
  if (!text)
    return;
  if (const auto found = find_in<Enum>(ids, *text))
    value = *found;
  else
    reader.fault(key, fmt::format("expected one of {}, got \"{}\"", fmt::join(ids, ", "), *text));
}

Camera read_camera(const JsonReader& reader, Camera camera) {
  reader.allow_only({"target_mm", "yaw_deg", "pitch_deg", "distance_mm", "field_of_view_deg", "orthographic"});
  read(reader, "target_mm", camera.target_mm);
  read(reader, "yaw_deg", camera.yaw_deg);
  read(reader, "pitch_deg", camera.pitch_deg);
  read(reader, "distance_mm", camera.distance_mm);
  read(reader, "field_of_view_deg", camera.field_of_view_deg);
  read(reader, "orthographic", camera.orthographic);
  return camera;
}

Clip read_clip(const JsonReader& reader, Clip clip) {
  reader.allow_only({"on", "orientation", "position_mm", "flipped", "normal"});
  read(reader, "on", clip.on);
  read(reader, "orientation", clip_orientation_ids, clip.orientation);
  read(reader, "position_mm", clip.position_mm);
  read(reader, "flipped", clip.flipped);
  read(reader, "normal", clip.normal);
  return clip;
}

Pose read_pose(const JsonReader& reader, Pose pose) {
  for (const std::string& key : reader.keys()) {
    bool known = false;
    for (const PoseAngle& angle : pose_angles())
      if (angle.id == key) {
        read(reader, key, pose.*angle.value);
        known = true;
      }
    if (!known)
      reader.fault(key, "there is no such joint angle");
  }
  return pose;
}

void read_overrides(const JsonReader& reader, Document& document) {
  document.overrides.clear();
  for (const std::string& id : reader.keys()) {
    Show show = Show::shown;
    read(reader, id, show_ids, show);
    document.overrides[id] = show;
  }
}

Document read_document(const JsonReader& reader, Document document) {
  reader.allow_only({"side",      "overrides",     "layers",    "isolated",     "selected",   "peel",
                     "highlight", "clip",          "point",     "points_shown", "neighbours", "no_press",
                     "hurts",     "painted",       "technique", "tool",         "mistake",    "restricted",
                     "walk",      "leg_length_mm", "labels",    "section",      "pose",       "camera"});
  if (const auto side = reader.try_text("side")) {
    if (const auto known = side_from(*side))
      document.side = *known;
    else
      reader.fault("side", "expected right or left");
  }
  if (reader.has("overrides"))
    read_overrides(reader.object("overrides"), document);
  if (reader.has("layers")) {
    document.kinds.fill(false);
    for (const std::string& id : reader.texts("layers")) {
      if (const auto kind = kind_from(id))
        document.kinds[static_cast<std::size_t>(*kind)] = true;
      else
        reader.fault("layers", fmt::format("there is no kind \"{}\"", id));
    }
  }
  if (reader.has("isolated")) {
    const std::vector<std::string> ids = reader.texts("isolated");
    document.isolated = {ids.begin(), ids.end()};
  }
  if (const auto selected = reader.try_text("selected"))
    document.selected = *selected;
  if (const auto point = reader.try_text("point"))
    document.point = *point;
  read(reader, "points_shown", document.points_shown);
  read(reader, "neighbours", document.neighbours);
  read(reader, "no_press", document.no_press);
  if (reader.has("hurts")) {
    const std::vector<std::string> ids = reader.texts("hurts");
    document.hurts = {ids.begin(), ids.end()};
  }
  if (reader.has("painted"))
    document.painted = read_painted(reader, "painted");
  for (const auto& [key, value] :
       {std::pair{"technique", &document.technique}, {"tool", &document.tool}, {"mistake", &document.mistake}})
    if (const auto id = reader.try_text(key))
      *value = *id;
  read(reader, "restricted", document.restricted);
  read(reader, "walk", document.walk);
  read(reader, "leg_length_mm", document.leg_length_mm);
  read(reader, "peel", document.peel);
  read(reader, "highlight", highlight_ids, document.highlight);
  if (reader.has("clip"))
    document.clip = read_clip(reader.object("clip"), document.clip);
  read(reader, "labels", label_names_ids, document.labels);
  if (reader.has("section")) {
    const JsonReader section = reader.object("section");
    section.allow_only({"on", "s"});
    read(section, "on", document.section.on);
    read(section, "s", document.section.s);
  }
  if (reader.has("pose"))
    document.pose = read_pose(reader.object("pose"), document.pose);
  if (reader.has("camera"))
    document.camera = read_camera(reader.object("camera"), document.camera);
  return document;
}

} // namespace

nlohmann::json to_json(const Document& document) {
  json overrides = json::object();
  for (const auto& [id, show] : document.overrides)
    overrides[id] = id_in(show_ids, show);
  json layers = json::array();
  for (const KindInfo& kind : kind_table)
    if (document.kinds[static_cast<std::size_t>(kind.kind)])
      layers.push_back(kind.id);
  return {{"side", id_of(document.side)},
          {"overrides", overrides},
          {"layers", layers},
          {"isolated", document.isolated},
          {"selected", document.selected},
          {"peel", document.peel},
          {"highlight", id_in(highlight_ids, document.highlight)},
          {"clip", to_json(document.clip)},
          {"point", document.point},
          {"points_shown", document.points_shown},
          {"neighbours", document.neighbours},
          {"no_press", document.no_press},
          {"hurts", document.hurts},
          {"painted", to_json(document.painted)},
          {"technique", document.technique},
          {"tool", document.tool},
          {"mistake", document.mistake},
          {"restricted", document.restricted},
          {"walk", document.walk},
          {"leg_length_mm", document.leg_length_mm},
          {"labels", id_in(label_names_ids, document.labels)},
          {"section", {{"on", document.section.on}, {"s", document.section.s}}},
          {"pose", to_json(document.pose)},
          {"camera", to_json(document.camera)}};
}

nlohmann::json dump_state(const AppState& state) {
  json panels = json::array();
  for (const Panel panel : state.open_panels)
    panels.push_back(id_in(panel_ids, panel));
  json notices = json::array();
  for (const Notice& notice : state.notices)
    notices.push_back(to_json(notice));
  json results = json::array();
  for (const SearchHit& hit : state.search_results)
    results.push_back({{"structure", hit.structure}, {"matched", hit.matched}, {"score", hit.score}});
  const glm::vec4 free = state.viewport.free_area;
  return {{"format", format_id},
          {"document", to_json(state.document)},
          {"model", model_json(state)},
          {"structures", structures_json(state)},
          {"place", id_in(place_ids, state.place)},
          {"open_panels", panels},
          {"camera_now", to_json(camera_now(state))},
          {"in_motion", in_motion(state)},
          {"hovered", state.hovered},
          {"last_pick", to_json(state.last_pick)},
          {"search", {{"text", state.search_text}, {"results", results}}},
          {"undo_depth", state.history.past.size()},
          {"redo_depth", state.history.future.size()},
          {"notices", notices},
          {"settings", settings_json(state)},
          {"theme", theme_of(state).id},
          {"viewport",
           {{"width", state.viewport.size.x},
            {"height", state.viewport.size.y},
            {"free_area", {free.x, free.y, free.z, free.w}}}},
          {"content", state.content ? json(state.content->id) : json(nullptr)},
          {"hovered_point", state.hovered_point},
          {"point_at", point_at_json(state)},
          {"lookup", lookup_json(state)},
          {"technique",
           {{"seconds", state.technique.seconds},
            {"playing", state.technique.playing},
            {"speed", state.technique.speed},
            {"loop", state.technique.loop},
            {"lapse", state.technique.lapse},
            {"follow", state.technique.follow},
            {"tool_at", tool_at_json(state)},
            {"carried", carried_json(state)}}},
          {"pain", {{"seconds", state.pain.seconds}, {"playing", state.pain.playing}, {"speed", state.pain.speed}}},
          {"press", {{"pressure", state.press.pressure}, {"held", state.press.held}, {"steady", state.press.steady}}},
          {"brush",
           {{"on", state.brush.on},
            {"erase", state.brush.erase},
            {"radius_mm", state.brush.radius_mm},
            {"intensity", state.brush.intensity},
            {"over_skin", state.brush_ring.has_value()}}},
          {"clock_s", state.clock_s}};
}

namespace {

// Texts that are no UTF-8 (a file name) are replaced, not refused.
std::string text_of(const json& dump) {
  return dump.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

// What of the state may leave the house in a picture that is shown to others: neither the folders of this machine nor
// what was searched for or went wrong.
json shareable(json dump) {
  dump.erase("notices");
  dump.erase("search");
  if (dump["model"].is_object()) {
    std::filesystem::path path = dump["model"]["path"].get<std::string>();
    if (!path.has_filename()) // "folder/"
      path = path.parent_path();
    dump["model"]["path"] = path.filename().string();
  }
  return dump;
}

} // namespace

std::string dump_state_text(const AppState& state) {
  return text_of(dump_state(state));
}

std::optional<Document> parse_document(std::string_view text, std::string file, const Document& base,
                                       IssueList& issues) {
  IssueList own;
  std::optional<Document> out;
  if (const auto document = JsonDocument::parse(text, std::move(file), own)) {
    const JsonReader root(*document, "", own);
    if (!root.is_object())
      root.fault("", "expected an object: a state dump, or its \"document\"");
    else if (root.has("document"))
      out = read_document(root.object("document"), base);
    else
      out = read_document(root, base);
  }
  issues.append(own);
  if (own.has_errors())
    return std::nullopt;
  return out;
}

SavedLook parse_look(std::string_view text) {
  SavedLook look;
  IssueList ignored;
  const auto document = JsonDocument::parse(text, "", ignored);
  if (!document)
    return look;
  const JsonReader root(*document, "", ignored);
  if (!root.is_object())
    return look;
  look.theme = find_in<ThemeChoice>(theme_ids, root.try_text("theme").value_or(""));
  if (root.has("model"))
    look.model_path = root.object("model").try_text("path").value_or("");
  look.place = find_in<Place>(place_ids, root.try_text("place").value_or(""));
  const auto seconds_of = [&](const char* clock) {
    return root.has(clock) ? root.object(clock).try_number("seconds") : std::nullopt;
  };
  look.pain_s = seconds_of("pain");
  look.technique_s = seconds_of("technique");
  if (!root.has("viewport"))
    return look;
  const JsonReader viewport = root.object("viewport");
  const std::vector<double> area = viewport.numbers("free_area", 4);
  const auto width = viewport.try_number("width"), height = viewport.try_number("height");
  if (width && height && area.size() == 4)
    look.viewport = tamed({glm::ivec2(glm::clamp(glm::dvec2(*width, *height), 16.0, 8192.0)),
                           glm::vec4(area[0], area[1], area[2], area[3])});
  return look;
}

std::vector<std::pair<std::string, std::string>> picture_texts(const AppState& state) {
  std::vector<std::pair<std::string, std::string>> texts{{"Software", fmt::format("Calfscope {}", program_version())}};
  if (state.atlas) {
    const Atlas& atlas = *state.atlas;
    for (const auto& [keyword, text] :
         {std::pair{"Title", &atlas.title}, {"Source", &atlas.attribution}, {"Copyright", &atlas.licence}})
      if (!text->empty())
        texts.emplace_back(keyword, *text);
  }
  AppState shown = state;
  shown.document.camera = camera_now(state); // a picture taken during a flight shows where the camera was
  texts.emplace_back(state_keyword, text_of(shareable(dump_state(shown))));
  return texts;
}

} // namespace calfscope
