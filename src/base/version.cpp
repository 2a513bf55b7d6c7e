#include "base/version.h"

namespace calfscope {

std::string_view program_version() {
  return CALFSCOPE_VERSION;
}

} // namespace calfscope
