#include "base/files.h"
#include "base/log.h"
#include "cli/command_line.h"
#include "cli/session.h"
#include "compose/compose.h"
#include "platform/headless_context.h"
#include "render/image.h"
#include "render/renderer.h"
#include "state/state_file.h"

namespace calfscope {

ExitCode run_render(const CommandLine& line) {
  IssueList issues;
  if (std::filesystem::path(line.output).extension() != ".png") {
    issues.error(line.output, 0, "-o", "a file name that ends in .png was expected: pictures are written as PNG");
    report(issues);
    return ExitCode::wrong_usage;
  }
  const auto size = parse_size(line.size.empty() ? "1280x720" : line.size, issues);
  if (!size) {
    report(issues);
    return ExitCode::wrong_usage;
  }
  bool wrong_usage = false;
  const auto state = start_session(line, {.size = *size}, issues, wrong_usage); // --state may bring another size
  const ExitCode started = report(issues);
  if (!state)
    return wrong_usage ? ExitCode::wrong_usage : ExitCode::input_has_faults;

  IssueList faults;
  const auto root = find_program_root();
  const auto context = HeadlessContext::create(faults);
  Catalogue text;
  if (!root)
    faults.error("shaders", 0, "", "the program's own folder with its shaders was not found; set CALFSCOPE_ROOT to it");
  if (!context || !root || !text.load(*root / "content/program/text/en.json", faults)) {
    report(faults);
    return ExitCode::machine_cannot;
  }
  Renderer renderer(*root);
  const Viewport& viewport = state->viewport;
  renderer.draw(compose(*state, {.quality = Quality::full, .free_area = viewport.free_area, .text = &text}),
                viewport.size);
  if (!write_png(line.output, renderer.read(Quality::full), faults, picture_texts(*state)) ||
      !write_dump(line, *state, faults)) {
    report(faults);
    return ExitCode::machine_cannot;
  }
  if (!state->atlas->attribution.empty())
    log_info(state->atlas->attribution);
  return started;
}

} // namespace calfscope
