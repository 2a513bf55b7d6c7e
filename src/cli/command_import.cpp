#include "cli/command_line.h"
#include "import/recipe_import.h"

#include <cstdio>

namespace calfscope {

ExitCode run_import(const CommandLine& line) {
  IssueList issues;
  bool written = false;
  {
    ProgressLine progress;
    written = import_with_recipe(
        line.recipe, line.from, line.output,
        [&](std::string_view what, float share) { progress(static_cast<double>(share), what); }, issues);
  }
  const ExitCode code = report(issues);
  if (written)
    std::printf("The leg is in %s; show it with: calfscope --model %s\n", line.output.c_str(), line.output.c_str());
  return code;
}

} // namespace calfscope
