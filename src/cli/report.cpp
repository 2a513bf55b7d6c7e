#include "cli/command_line.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace calfscope {

ExitCode report(const IssueList& issues) {
  std::fputs(to_string(issues).c_str(), stderr);
  return issues.has_errors() ? ExitCode::input_has_faults : ExitCode::ok;
}

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (terminal_ && shown_percent_ >= 0)
    std::fputs("\r\033[K", stderr);
}

void ProgressLine::operator()(double fraction, std::string_view step) {
  const int percent = static_cast<int>(100 * std::clamp(fraction, 0.0, 1.0));
  if (terminal_) {
    if (percent == shown_percent_ && step == step_)
      return;
    const std::string bar(static_cast<std::size_t>(percent * 30 / 100), '#');
    std::fprintf(stderr, "\r\033[K[%-30s] %3d %%  %.*s", bar.c_str(), percent, static_cast<int>(step.size()),
                 step.data());
  } else if (step != step_) {
    std::fprintf(stderr, "%3d %%  %.*s\n", percent, static_cast<int>(step.size()), step.data());
  }
  shown_percent_ = percent;
  step_ = step;
}

} // namespace calfscope
