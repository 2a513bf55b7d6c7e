#pragma once

#include <string_view>

namespace calfscope {

std::string_view program_version(); // "0.1.0"

} // namespace calfscope
