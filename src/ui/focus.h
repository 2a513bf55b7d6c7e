#pragma once
// The keyboard's way through the controls: Tab walks from one to the next, Enter or Space uses the one with the ring.
// Everything is a stop that calls focus_stop() right after its ImGui item.

#include "ui/ui.h"

namespace calfscope {

void begin_focus(const Ui& ui); // before anything is drawn
void end_focus(const Ui& ui);   // after everything; draws the ring
// What was drawn so far lies under a dialog and cannot be reached.
void restart_focus_order(const Ui& ui);

struct FocusStop {
  bool here = false;    // the ring is on it
  bool pressed = false; // and Enter or Space was pressed
};
FocusStop focus_stop(const Ui& ui, bool enabled = true);

} // namespace calfscope
