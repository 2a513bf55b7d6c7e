#pragma once
// A content pack that was edited while it is shown.

#include "content/content_pack.h"

#include <memory>

namespace calfscope {

struct AppState;

// Shows it in place of the one before. What it no longer has (a point, a technique, a mistake, a tool) is let go; a
// technique that goes on stays in the phase where it was, or within its time if that phase is gone.
void replace_content(AppState& state, std::shared_ptr<const ContentPack> content);

} // namespace calfscope
