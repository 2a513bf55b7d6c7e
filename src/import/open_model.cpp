#include "import/open_model.h"

#include "import/foreign.h"
#include "import/pack.h"

namespace calfscope {

std::optional<Atlas> open_model(const std::filesystem::path& path, const std::string& unit, IssueList& issues) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return read_pack(path, issues);
  return read_foreign(path, unit.empty() ? std::nullopt : std::optional(unit), issues);
}

} // namespace calfscope
