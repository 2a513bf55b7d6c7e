#pragma once
// The whole surface around the picture: bars, panels, dialogs, notices. One call per frame of the panels.

#include "ui/ui.h"

namespace calfscope {

// Lays everything out in the framebuffer that ImGui was told of, and fills ui.out.
void draw_shell(const Ui& ui);

} // namespace calfscope
