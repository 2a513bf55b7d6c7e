#pragma once
// Offline: a declared anatomy becomes meshes.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

namespace calfscope {

struct AuthorOptions {
  std::filesystem::path description;        // anatomy.json
  std::optional<double> leg_length_mm = {}; // knee joint line to Achilles insertion, 340..450
  std::optional<double> calf_girth_mm = {}; // largest, 300..460
  Side side = Side::right;
  double grid_mm = 1.5;                                        // where muscles share their room; meshes scale with it
  std::function<void(double, std::string_view)> progress = {}; // 0..1 and what is being built; may be empty
};

// The leg, in millimetres, with everything a pack needs. nullopt if the description has faults (all are listed).
// The same description gives the same vertices. About two minutes on two cores at the default grid.
std::optional<Atlas> author_leg(const AuthorOptions& options, IssueList& issues);

} // namespace calfscope
