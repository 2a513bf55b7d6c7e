#pragma once
// Someone else's meshes made into a model pack by a recipe.

#include "base/issue.h"

#include <functional>
#include <string_view>

namespace calfscope {

// Tells what is being done and how far it is, 0..1.
using ImportProgress = std::function<void(std::string_view what, float share)>;

// `from` is a folder or a zip archive in one of the recipe's layouts. Writes a pack into `out`. false with every fault
// in `issues` if it cannot; warnings where something is missing or disagrees with the recipe. Half a minute.
bool import_with_recipe(const std::filesystem::path& recipe, const std::filesystem::path& from,
                        const std::filesystem::path& out, const ImportProgress& progress, IssueList& issues);

} // namespace calfscope
