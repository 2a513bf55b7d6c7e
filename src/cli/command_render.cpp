#include "base/log.h"
#include "cli/command_line.h"
#include "cli/session.h"
#include "cli/studio.h"
#include "compose/compose.h"
#include "compose/pain_still.h"
#include "render/flat_picture.h"
#include "render/image.h"
#include "render/renderer.h"
#include "state/state_file.h"
#include "state/theme.h"

#include <fmt/format.h>

#include <algorithm>

namespace calfscope {
namespace {

// Stills of the chosen point's pain side by side, each with its second below.
Image draw_strip(Renderer& renderer, const AppState& state, glm::ivec2 size, const Catalogue& text) {
  const Theme& theme = theme_of(state);
  const float line_px = std::max(13.0f, 0.035f * static_cast<float>(size.y));
  const int gap = std::max(2, size.x / 250), caption = static_cast<int>(2.2f * line_px);
  const auto count = static_cast<int>(strip_seconds.size());
  const glm::ivec2 still{std::max((size.x - gap * (count + 1)) / count, 1), std::max(size.y - gap - caption, 1)};
  FlatDrawing sheet{size, theme.ui.window, {}};
  Image out = draw_flat(sheet);
  for (int i = 0; i < count; ++i) {
    const double seconds = strip_seconds[static_cast<std::size_t>(i)];
    Frame frame = pain_still(state, seconds, still, text);
    frame.quality = Quality::full;
    const Image picture = renderer.picture_of(frame, still);
    const int left = gap + i * (still.x + gap);
    for (int y = 0; y < picture.height && gap + y < out.height; ++y)
      std::copy_n(picture.at(0, y), static_cast<std::size_t>(std::min(picture.width, out.width - left)) * 4,
                  out.rgba.begin() + (out.at(left, gap + y) - out.rgba.data()));
    sheet.shapes.emplace_back(FlatText{text.format("ui.pain.seconds", {{"value", fmt::format("{:.0f}", seconds)}}),
                                       {static_cast<float>(left) + 0.5f * static_cast<float>(still.x),
                                        static_cast<float>(gap + still.y) + 0.5f * static_cast<float>(caption)},
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
  const auto size = parse_size(line.size.empty() ? (line.strip ? "1500x600" : "1280x720") : line.size, issues);
  if (!size) {
    report(issues);
    return ExitCode::wrong_usage;
  }
  bool wrong_usage = false;
  const auto state = start_session(line, {.size = *size}, issues, wrong_usage); // --state may bring another size
  const ExitCode started = report(issues);
  if (!state)
    return wrong_usage ? ExitCode::wrong_usage : ExitCode::input_has_faults;

  if (line.strip && !chosen_place(*state)) {
    IssueList wrong;
    wrong.error("", 0, "--strip", "a strip shows the pain of a trigger point; name one with --point");
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
  const Image picture = line.strip ? draw_strip(renderer, *state, viewport.size, text) : draw_whole();
  if (!write_png(line.output, picture, faults, picture_texts(*state)) || !write_dump(line, *state, faults)) {
    report(faults);
    return ExitCode::machine_cannot;
  }
  if (!state->atlas->attribution.empty())
    log_info(state->atlas->attribution);
  return started;
}

} // namespace calfscope
