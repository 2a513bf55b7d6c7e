#pragma once
// Files of a recipe, from a folder or straight from a zip archive.

#include "base/issue.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

class MeshSource {
public:
  // A folder, or an archive that libarchive reads. nullopt and an issue if it is neither.
  static std::optional<MeshSource> open(const std::filesystem::path& path, IssueList& issues);

  // The name as it is found here: itself, or without its leading folders (a folder may be given from inside).
  // nullopt if it is not here, or would lead out of the folder.
  std::optional<std::string> find(const std::string& name) const;

  // Contents of the named files (names as find() gave them). An archive is read once, from front to back. Files that
  // cannot be read, or are larger than 200 MB, give an issue and are left out.
  std::map<std::string, std::string> read(const std::vector<std::string>& names, IssueList& issues) const;

  // The name for issues: folder/name or archive:name.
  std::string shown(const std::string& name) const;

private:
  std::filesystem::path path_;
  bool is_archive_ = false;
  std::vector<std::string> entries_; // of an archive, sorted
};

} // namespace calfscope
