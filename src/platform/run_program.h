#pragma once
// Small helpers of the desktop, run as programs of their own: nothing of theirs can hang or crash ours.

#include <optional>
#include <string>
#include <vector>

namespace calfscope {

// Runs arguments[0], looked for in PATH, without a shell and without input, and gives what it printed. nullopt if it is
// not installed, ends with a fault or takes longer than `limit_s` seconds (it is killed then). What it leaves running
// in the background is let be.
std::optional<std::string> run_program(const std::vector<std::string>& arguments, double limit_s);

} // namespace calfscope
