#pragma once
// Parts of the card of a trigger point.

#include "ui/ui.h"

namespace calfscope {

// Play, pause, scrub and speed of the pain, and its stage in words.
void draw_pain_player(const Ui& ui);

// Press and hold, or a slider, with what the pressure means; and the same beside the point on the picture.
void draw_press(const Ui& ui);
void draw_press_mark(const Ui& ui, ImDrawList& list, ImVec2 point);

// The way to the point from landmarks that can be felt, for a leg of a chosen length.
// `only_to_know`: it lies where one must not press.
void draw_find_on_me(const Ui& ui, const TriggerPoint& point, bool only_to_know);

} // namespace calfscope
