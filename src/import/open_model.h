#pragma once
// The one door for whatever a person names as a model: a pack's folder, or a mesh file of any format.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <filesystem>
#include <optional>
#include <string>

namespace calfscope {

// A folder is read as a pack, a file as a foreign mesh in a child process. `unit` ("mm", "cm", "m", "in") is of a mesh
// file; empty = guessed from its size. nullopt if there is nothing to show, with the reasons in `issues`.
std::optional<Atlas> open_model(const std::filesystem::path& path, const std::string& unit, IssueList& issues);

} // namespace calfscope
