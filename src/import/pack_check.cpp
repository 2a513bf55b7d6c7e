#include "import/pack.h"

namespace calfscope {

void check_pack(const std::filesystem::path& folder, IssueList& issues) {
  read_pack(folder, issues);
}

} // namespace calfscope
