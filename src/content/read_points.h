#pragma once
// points.json of a content pack.

#include "base/json_document.h"
#include "content/content_pack.h"

namespace calfscope {

void read_points(const JsonReader& root, ContentPack& pack);

} // namespace calfscope
