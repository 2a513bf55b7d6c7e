#pragma once
// ImGui's style from the theme table.

#include "state/theme.h"

#include <imgui.h>

namespace calfscope {

ImU32 colour_u32(glm::vec3 srgb, float opacity = 1);
ImVec4 colour_vec4(glm::vec3 srgb, float opacity = 1);

// `scale`: framebuffer pixels per logical pixel.
void apply_style(const Theme& theme, float scale);

} // namespace calfscope
