// slice: a cross-section as a PNG. Needs no OpenGL.

#include "base/files.h"
#include "base/log.h"
#include "cli/command_line.h"
#include "cli/session.h"
#include "compose/section_sheet.h"
#include "render/flat_picture.h"
#include "state/action.h"
#include "state/state_file.h"

#include <algorithm>

namespace calfscope {

ExitCode run_slice(const CommandLine& line) {
  IssueList issues;
  if (std::filesystem::path(line.output).extension() != ".png") {
    issues.error(line.output, 0, "-o", "a file name that ends in .png was expected: pictures are written as PNG");
    report(issues);
    return ExitCode::wrong_usage;
  }
  const auto size = parse_size(line.size.empty() ? "1000x760" : line.size, issues);
  if (!size) {
    report(issues);
    return ExitCode::wrong_usage;
  }
  bool wrong_usage = false;
  auto state = start_session(line, {.size = *size}, issues, wrong_usage);
  const ExitCode started = report(issues);
  if (!state)
    return wrong_usage ? ExitCode::wrong_usage : ExitCode::input_has_faults;

  IssueList faults;
  if (!state->document.section.on && !apply(*state, {"section", {{"on", true}}}, faults)) {
    report(faults);
    return ExitCode::input_has_faults;
  }
  Catalogue text;
  const auto root = find_program_root();
  if (!root || !text.load(*root / "content/program/text/en.json", faults)) {
    report(faults);
    return ExitCode::machine_cannot;
  }
  constexpr float lines_high = 42; // letters as on a printed page of this height
  SectionDrawer drawer;
  const SectionSheet& sheet = drawer.draw(
      *state, text, *size,
      std::max(12.0f, std::min(static_cast<float>(size->y), 0.76f * static_cast<float>(size->x)) / lines_high));
  if (!sheet.drawing) {
    std::fputs("calfscope: error: this model has no leg levels, so no cross-section can be made of it\n", stderr);
    return ExitCode::input_has_faults;
  }
  if (!write_png(line.output, draw_flat(*sheet.drawing), faults, picture_texts(*state)) ||
      !write_dump(line, *state, faults)) {
    report(faults);
    return ExitCode::machine_cannot;
  }
  log_info(section_level_text(*state, text));
  if (!state->atlas->attribution.empty())
    log_info(state->atlas->attribution);
  return started;
}

} // namespace calfscope
