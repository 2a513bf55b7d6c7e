#include "base/log.h"
#include "cli/command_line.h"
#include "cli/session.h"
#include "cli/studio.h"
#include "compose/compose.h"
#include "compose/pain_still.h"
#include "compose/telling_moments.h"
#include "render/flat_picture.h"
#include "render/image.h"
#include "render/renderer.h"
#include "state/state_file.h"
#include "state/technique_state.h"
#include "state/theme.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace calfscope {
namespace {

struct Still {
  std::string words; // below it
  std::function<Frame(glm::ivec2 size)> frame;
};

// As the pain of the chosen point spreads, each with its second.
std::vector<Still> pain_stills(const AppState& state, const Catalogue& text) {
  std::vector<Still> out;
  for (const double seconds : strip_seconds)
    out.push_back({text.format("ui.pain.seconds", {{"value", fmt::format("{:.0f}", seconds)}}),
                   [&state, &text, seconds](glm::ivec2 size) { return pain_still(state, seconds, size, text); }});
  return out;
}

// The moments of the chosen technique that differ most, each with its phase and second.
std::vector<Still> technique_stills(const AppState& state, const Catalogue& text) {
  constexpr std::size_t most = 6;
  const auto timeline = technique_timeline(state);
  const std::string key = "techniques." + state.document.technique + ".phases.";
  std::vector<Still> out;
  for (const double seconds : telling_moments(*timeline, most)) {
    const TechniqueMoment moment = timeline->at(static_cast<float>(seconds));
    const Phase& phase = timeline->phases()[timeline->spans()[moment.span].phase];
    std::string words = state.leg_content->pack().text(key + phase.id + ".title") + "  ·  " +
                        text.format("ui.pain.seconds", {{"value", fmt::format("{:.0f}", seconds)}});
    out.push_back({std::move(words), [&state, &text, seconds](glm::ivec2 size) {
                     AppState still = state;
                     still.viewport = {size, {0, 0, 1, 1}};
                     still.document.labels = LabelNames::off;
                     still.document.points_shown = false; // of the points the chosen one alone
                     still.technique.follow = true;
                     seek_technique(still, seconds);
                     return compose(still, {.text = &text});
                   }});
  }
  return out;
}

// Stills in rows, each with its words below.
Image draw_strip(Renderer& renderer, const Theme& theme, const std::vector<Still>& stills, int rows, glm::ivec2 size,
                 bool wordless) {
  const float line_px = std::max(13.0f, 0.035f * static_cast<float>(size.y) / static_cast<float>(rows));
  const int gap = std::max(2, size.x / 250), caption = wordless ? 0 : static_cast<int>(2.2f * line_px);
  const int columns = (static_cast<int>(stills.size()) + rows - 1) / rows;
  const glm::ivec2 still{std::max((size.x - gap * (columns + 1)) / columns, 1),
                         std::max((size.y - (gap + caption) * rows) / rows, 1)};
  FlatDrawing sheet{size, theme.ui.window, {}};
  Image out = draw_flat(sheet);
  for (int i = 0; i < static_cast<int>(stills.size()); ++i) {
    const Still& each = stills[static_cast<std::size_t>(i)];
    Frame frame = each.frame(still);
    frame.quality = Quality::full;
    const Image picture = renderer.picture_of(frame, still);
    const int left = gap + i % columns * (still.x + gap), top = gap + i / columns * (still.y + gap + caption);
    for (int y = 0; y < picture.height && top + y < out.height; ++y)
      std::copy_n(picture.at(0, y), static_cast<std::size_t>(std::min(picture.width, out.width - left)) * 4,
                  out.rgba.begin() + (out.at(left, top + y) - out.rgba.data()));
    if (!wordless)
      sheet.shapes.emplace_back(FlatText{each.words,
                                         {static_cast<float>(left) + 0.5f * static_cast<float>(still.x),
                                          static_cast<float>(top + still.y) + 0.5f * static_cast<float>(caption)},
                                         FlatAlign::middle,
                                         line_px,
                                         theme.ui.text,
                                         theme.ui.window,
                                         1});
  }
  draw_flat_over(out, sheet);
  return out;
}

} // namespace

ExitCode run_render(const CommandLine& line) {
  IssueList issues;
  if (std::filesystem::path(line.output).extension() != ".png") {
    issues.error(line.output, 0, "-o", "a file name that ends in .png was expected: pictures are written as PNG");
    report(issues);
    return ExitCode::wrong_usage;
  }
  const bool of_technique = line.strip && line.options.contains("technique");
  const std::string usual = of_technique ? "1800x900" : line.strip ? "1500x600" : "1280x720";
  const auto size = parse_size(line.size.empty() ? usual : line.size, issues);
  if (!size) {
    report(issues);
    return ExitCode::wrong_usage;
  }
  bool wrong_usage = false;
  const auto state = start_session(line, {.size = *size}, issues, wrong_usage); // --state may bring another size
  const ExitCode started = report(issues);
  if (!state)
    return wrong_usage ? ExitCode::wrong_usage : ExitCode::input_has_faults;

  const bool shows_technique = chosen_technique(*state) != nullptr;
  if (line.strip && !shows_technique && !chosen_place(*state)) {
    IssueList wrong;
    wrong.error("", 0, "--strip", "a strip shows a technique, or the pain of a point; name one: --technique, --point");
    report(wrong);
    return ExitCode::wrong_usage;
  }

  IssueList faults;
  const auto studio = open_studio(faults);
  if (!studio) {
    report(faults);
    return ExitCode::machine_cannot;
  }
  const Catalogue& text = studio->text;
  Renderer renderer(studio->root);
  const Viewport& viewport = state->viewport;
  const auto draw_whole = [&] {
    renderer.draw(compose(*state, {.quality = Quality::full, .free_area = viewport.free_area, .text = &text}),
                  viewport.size);
    return renderer.read(Quality::full);
  };
  const auto draw_stills = [&] {
    return draw_strip(renderer, theme_of(*state),
                      shows_technique ? technique_stills(*state, text) : pain_stills(*state, text),
                      shows_technique ? 2 : 1, viewport.size, line.wordless);
  };
  const Image picture = line.strip ? draw_stills() : draw_whole();
  if (!write_png(line.output, picture, faults, picture_texts(*state)) || !write_dump(line, *state, faults)) {
    report(faults);
    return ExitCode::machine_cannot;
  }
  if (!state->atlas->attribution.empty())
    log_info(state->atlas->attribution);
  return started;
}

} // namespace calfscope
