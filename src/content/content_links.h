#pragma once
// Whether what a content pack names exists in it: sources, regions, points.

#include "content/content_pack.h"

namespace calfscope {

void check_links(const ContentPack& pack, IssueList& issues);

} // namespace calfscope
