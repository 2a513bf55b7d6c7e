#pragma once
// Reads a content pack from its folder and checks everything that can be checked without a leg: types, ranges, ids that
// lead nowhere, claims without a source, words that are missing.

#include "content/content_pack.h"

#include <filesystem>
#include <optional>

namespace calfscope {

// nullopt if anything in it is wrong; every fault is in `issues`, with file, line and key.
std::optional<ContentPack> read_content(const std::filesystem::path& folder, IssueList& issues);

} // namespace calfscope
