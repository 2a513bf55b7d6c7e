#include "base/log.h"

#include <atomic>
#include <cstdio>
#include <string>

namespace calfscope {
namespace {

std::atomic<bool> quiet_mode{false};

void write_line(std::string_view label, std::string_view message) {
  // One fwrite per line, so that lines of a child process and ours do not mix.
  std::string line = "calfscope: ";
  line += label;
  line += message;
  line += "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace

void log_info(std::string_view message) {
  if (!quiet_mode)
    write_line("", message);
}

void log_warning(std::string_view message) {
  write_line("warning: ", message);
}

void log_error(std::string_view message) {
  write_line("error: ", message);
}

void set_log_quiet(bool quiet) {
  quiet_mode = quiet;
}

} // namespace calfscope
