#pragma once
// One line to stderr, prefixed with the program's name. Results go to stdout, never through here.

#include <string_view>

namespace calfscope {

void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);

// Hides info lines (for tests and --quiet). Warnings and errors are always shown.
void set_log_quiet(bool quiet);

} // namespace calfscope
