#pragma once
// A sheet in the middle of the window, over everything else.

#include "ui/ui.h"

namespace calfscope {

// Dims everything behind and opens the sheet; a click beside it closes it.
void begin_dialog(const Ui& ui, const char* id, Panel panel, const Rect& screen, ImVec2 size_px);
void end_dialog();

} // namespace calfscope
