#pragma once
// What the driver complains about, collected so that tests can fail on it.

#include <string>
#include <vector>

namespace calfscope::gl {

// Asks the current context for its messages, if it can give them (KHR_debug).
void collect_errors();

// Errors since the last call: what the driver said and what glGetError still holds. Empty = all went well.
std::vector<std::string> take_errors();

} // namespace calfscope::gl
