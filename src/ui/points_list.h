#pragma once

#include "ui/ui.h"

namespace calfscope {

// The trigger points in the layers panel: what of them is shown, and each by number and name.
void draw_points_list(const Ui& ui);

// A row of that list, or of a muscle's card.
void draw_point_row(const Ui& ui, const TriggerPoint& point);

} // namespace calfscope
