#pragma once
// The meshes of a pack's GLB, in millimetres, by the name of their node.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace calfscope {

using MeshesByName = std::map<std::string, std::shared_ptr<SurfaceMesh>>;

// Reads the bytes of a GLB through Assimp after its container was checked. Weights name segments of `atlas`. Numbers
// out of range become issues and are clamped. nullopt if they cannot be read. `file` is the name shown in issues.
std::optional<MeshesByName> parse_pack_meshes(const std::string& bytes, const std::string& file, const Atlas& atlas,
                                              IssueList& issues);

} // namespace calfscope
