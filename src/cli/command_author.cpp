#include "author/author.h"
#include "author/report.h"
#include "base/files.h"
#include "cli/command_line.h"
#include "cli/session.h"
#include "import/bends.h"
#include "import/pack.h"

#include <algorithm>
#include <cstdio>

namespace calfscope {

ExitCode run_author(const CommandLine& line) {
  IssueList issues;
  if (line.output.empty() && !line.report) {
    issues.error("", 0, "-o", "a folder for the pack, or --report, was expected");
    report(issues);
    return ExitCode::wrong_usage;
  }
  AuthorOptions options;
  options.description =
      line.description.empty() ? model_path("") / "anatomy.json" : std::filesystem::path(line.description);
  options.leg_length_mm = line.leg_length_mm;
  options.calf_girth_mm = line.calf_girth_mm;
  if (const auto side = line.options.find("side"); side != line.options.end())
    options.side = side_from(side->second).value_or(Side::right);
  if (line.grid_mm > 0)
    options.grid_mm = line.grid_mm;

  std::optional<Atlas> atlas;
  {
    ProgressLine progress;
    options.progress = [&](double fraction, std::string_view step) { progress(0.8 * fraction, step); };
    atlas = author_leg(options, issues);
    if (atlas && !line.output.empty()) {
      progress(0.8, "flesh of bent joints");
      bend_flesh(*atlas);
    }
  }
  // A value of the command line, not of the description, was out of range.
  const bool wrong_usage = std::any_of(issues.all().begin(), issues.all().end(), [](const Issue& issue) {
    return issue.severity == Severity::error && issue.key.starts_with("--");
  });
  if (!atlas && wrong_usage) {
    report(issues);
    return ExitCode::wrong_usage;
  }
  if (atlas && !line.output.empty() && !write_pack(*atlas, line.output, issues) && report(issues) != ExitCode::ok)
    return ExitCode::machine_cannot;
  if (atlas && line.report) {
    const auto measures = report_on(*atlas,
                                    {.description = options.description,
                                     .reference = reference_folder(),
                                     .leg_length_mm = options.leg_length_mm,
                                     .calf_girth_mm = options.calf_girth_mm},
                                    issues);
    if (measures)
      std::fputs((line.json ? to_json_text(*measures) : to_text(*measures)).c_str(), stdout);
  }
  return report(issues);
}

} // namespace calfscope
