#include "cli/session.h"

#include "base/files.h"
#include "content/read_content.h"
#include "import/open_model.h"
#include "render/image.h"
#include "state/options.h"
#include "state/script.h"
#include "state/state_file.h"
#include "state/technique_state.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace calfscope {
namespace fs = std::filesystem;
namespace {

bool apply_options(const CommandLine& line, AppState& state, IssueList& issues) {
  bool fine = true;
  // In the order of the table, not of the typing: the side is set before the view that depends on it.
  for (const OptionInfo& option : option_table()) {
    const auto given = line.options.find(std::string(option.id));
    if (given == line.options.end())
      continue;
    const std::string from = "--" + given->first;
    const auto value = parse_value(option, given->second, issues, from);
    fine = value && set_option(state, option, *value, issues, from) && fine;
  }
  return fine;
}

// Without a window nobody waits: the time of a script passes at once.
void play_to_end(const CommandLine& line, AppState& state, IssueList& issues) {
  auto script = load_script(line.script, issues);
  if (!script)
    return;
  ScriptPlayer player(std::move(*script));
  while (!player.done()) {
    player.play(state, issues);
    state.requests.clear(); // pictures and windows belong to `view`
    if (player.wait_left_s(state) > 0)
      advance(state, player.wait_left_s(state));
  }
  state.flight.reset();
}

// The text of a dump, or of the one that a saved picture carries. nullopt and an issue if there is none.
std::optional<std::string> state_text(const fs::path& file, IssueList& issues) {
  constexpr std::size_t most_bytes = 16u << 20;
  return looks_like_png(file) ? read_png_text(file, state_keyword, issues) : read_text(file, issues, most_bytes);
}

} // namespace

fs::path model_path(const std::string& model) {
  const auto root = find_program_root();
  if (model.empty())
    return root ? *root / "models/lower_leg" : fs::path("models/lower_leg");
  std::error_code error;
  if (fs::exists(model, error) || model.find('/') != std::string::npos)
    return model;
  for (const fs::path& folder : {data_folder() / "models", root ? *root / "models" : fs::path()})
    if (!folder.empty() && fs::exists(folder / model / "model.json", error))
      return folder / model;
  return model;
}

fs::path content_path(const std::string& content) {
  if (!content.empty())
    return content;
  const auto root = find_program_root();
  return root ? *root / "content/calf" : fs::path("content/calf");
}

std::optional<AppState> start_session(const CommandLine& line, const Viewport& viewport, IssueList& issues,
                                      bool& wrong_usage, const std::optional<Settings>& person) {
  wrong_usage = false;
  AppState state;
  state.settings = person.value_or(Settings{});
  state.viewport = viewport;
  state.model_path = line.model;
  std::optional<std::string> saved;
  std::optional<double> pain_s, technique_s;
  if (!line.state.empty()) {
    saved = state_text(line.state, issues);
    if (!saved)
      return std::nullopt;
    const SavedLook look = parse_look(*saved);
    if (line.model.empty())
      state.model_path = look.model_path;
    if (!person && look.viewport)
      state.viewport = {line.size.empty() ? look.viewport->size : viewport.size, look.viewport->free_area};
    if (!person && look.theme)
      state.settings.theme = *look.theme;
    state.place = look.place.value_or(state.place);
    pain_s = look.pain_s;
    technique_s = look.technique_s;
  }
  auto atlas = open_model(model_path(state.model_path), line.unit, issues);
  if (!atlas) {
    if (saved && line.model.empty())
      issues.error(line.state, 0, "model", "shows the model \"" + state.model_path + "\"; name its place with --model");
    return std::nullopt;
  }
  auto content = read_content(content_path(line.content), issues);
  if (!content)
    return std::nullopt;
  set_content(state, std::make_shared<const ContentPack>(std::move(*content)));
  open_leg(state, std::make_shared<const Atlas>(std::move(*atlas)));
  if (saved) {
    const auto document = parse_document(*saved, line.state, state.document, issues);
    if (!document)
      return std::nullopt;
    set_document(state, *document);
    state.pain.seconds = std::clamp(pain_s.value_or(state.pain.seconds), 0.0, pain_last_s);
    if (technique_s && chosen_technique(state)) {
      state.technique.follow = false; // the camera stays where it was saved
      seek_technique(state, *technique_s);
    }
  }
  if (!apply_options(line, state, issues)) {
    wrong_usage = true;
    return std::nullopt;
  }
  if (!line.script.empty())
    play_to_end(line, state, issues);
  return state;
}

std::optional<glm::ivec2> parse_size(const std::string& text, IssueList& issues) {
  glm::ivec2 size{0};
  const char* end = text.data() + text.size();
  const auto width = std::from_chars(text.data(), end, size.x);
  if (width.ec == std::errc() && width.ptr < end && *width.ptr == 'x') {
    const auto height = std::from_chars(width.ptr + 1, end, size.y);
    if (height.ec == std::errc() && height.ptr == end && size.x >= 16 && size.y >= 16 && size.x <= 8192 &&
        size.y <= 8192)
      return size;
  }
  issues.error("", 0, "--size",
               "\"" + text + "\" is no size; WIDTHxHEIGHT in pixels, 16x16 to 8192x8192, was expected");
  return std::nullopt;
}

bool write_dump(const CommandLine& line, const AppState& state, IssueList& issues) {
  if (line.dump_state.empty())
    return true;
  const std::string text = dump_state_text(state);
  if (line.dump_state == "-") {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return true;
  }
  return write_atomic(line.dump_state, text, issues);
}

} // namespace calfscope
