#include "cli/command_line.h"
#include "import/recipe_import.h"

namespace calfscope {

ExitCode run_import(const CommandLine& line) {
  IssueList issues;
  {
    ProgressLine progress;
    import_with_recipe(
        line.recipe, line.from, line.output,
        [&](std::string_view what, float share) { progress(static_cast<double>(share), what); }, issues);
  }
  return report(issues);
}

} // namespace calfscope
