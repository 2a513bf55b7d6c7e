#pragma once
// Reads `tools.json`, the files of `techniques/` and their words, and checks them without a leg: bounds, phases that
// are named, times within what the sources allow, points and sources that exist, words that are missing.

#include "content/content_pack.h"

#include <filesystem>

namespace calfscope {

// Fills pack.tools and pack.techniques; call it after points, sources and texts are read. A pack without the folder
// `techniques` has none; every fault is an issue.
void read_techniques(const std::filesystem::path& folder, ContentPack& pack, IssueList& issues);

} // namespace calfscope
