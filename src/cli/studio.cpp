#include "cli/studio.h"

#include "base/files.h"

namespace calfscope {

std::optional<Studio> open_studio(IssueList& issues) {
  const auto root = find_program_root();
  Studio studio;
  studio.context = HeadlessContext::create(issues);
  if (!root) {
    issues.error("shaders", 0, "", "the program's own folder with its shaders was not found; set CALFSCOPE_ROOT to it");
    return std::nullopt;
  }
  studio.root = *root;
  if (!studio.context || !studio.text.load(*root / "content/program/text/en.json", issues))
    return std::nullopt;
  return studio;
}

} // namespace calfscope
