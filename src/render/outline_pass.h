#pragma once
// The line around outlined structures. It is kept apart from the picture, so that it can pulse without a new picture.

#include "render/full_screen.h"
#include "render/plan.h"
#include "render/programs.h"
#include "render/targets.h"

namespace calfscope::render {

bool has_outline(const Plan& plan);

// Fills the picture's mask from the plan's outlined items; forgets it if there are none.
void draw_outline_mask(Programs& programs, const Plan& plan, const SceneTarget& scene, glm::vec3 colour,
                       KeptPicture& picture);

// Into the bound framebuffer of this size.
void draw_outline(Programs& programs, const FullScreen& screen, const KeptPicture& picture, float strength,
                  glm::ivec2 size);

} // namespace calfscope::render
