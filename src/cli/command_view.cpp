#include "app/run_window.h"
#include "base/files.h"
#include "base/log.h"
#include "cli/command_line.h"
#include "cli/session.h"
#include "import/open_model.h"
#include "state/options.h"

namespace calfscope {

ExitCode run_view(const CommandLine& line) {
  IssueList issues;
  const auto root = find_program_root();
  if (!root) {
    issues.error("shaders", 0, "", "the program's own folder with its shaders was not found; set CALFSCOPE_ROOT to it");
    report(issues);
    return ExitCode::machine_cannot;
  }
  Catalogue text;
  if (!text.load(*root / "content/program/text/en.json", issues)) {
    report(issues);
    return ExitCode::machine_cannot;
  }

  WindowOptions window;
  window.program_root = *root;
  window.open_model = [](const std::string& path, const std::string& unit, IssueList& faults) {
    return open_model(model_path(path), unit, faults);
  };
  window.content_folder = content_path(line.content);
  window.settings_file = settings_file();
  window.dump_state = line.dump_state;
  window.window_picture = line.output;
  window.quit_after_script = line.quit_after_script;
  if (!line.script.empty()) {
    window.script = load_script(line.script, issues);
    if (!window.script)
      return report(issues);
  }
  if (!line.size.empty()) {
    const auto size = parse_size(line.size, issues);
    if (!size) {
      report(issues);
      return ExitCode::wrong_usage;
    }
    window.size = *size;
  }

  // A model that cannot be read opens no empty window: the reason is told where the person typed.
  bool wrong_usage = false;
  CommandLine quiet_line = line;
  quiet_line.script.clear(); // played in the window, in real time
  const Settings settings = load_settings(window.settings_file, issues);
  auto state = start_session(quiet_line, {.size = window.size}, issues, wrong_usage, settings);
  if (!state) {
    report(issues);
    return wrong_usage ? ExitCode::wrong_usage : ExitCode::input_has_faults;
  }
  const ExitCode code = run_window(std::move(*state), text, window, issues);
  report(issues);
  return code;
}

} // namespace calfscope
