#pragma once
// Parts of the card of a trigger point.

#include "ui/ui.h"

namespace calfscope {

// Play, pause, scrub and speed of the pain, and its stage in words.
void draw_pain_player(const Ui& ui);

// Press and hold, or a slider, with what the pressure means; and the same beside the point on the picture.
void draw_press(const Ui& ui);
void draw_press_mark(const Ui& ui, ImDrawList& list, ImVec2 point);
// The same as stills side by side, for reduced motion: a click shows that moment on the leg.
void draw_film_strip(const Ui& ui);

// Where on the body pain is felt that lies off the model: a small figure for each such region of the point.
void draw_body_inset(const Ui& ui, const TriggerPoint& point);

// The way to the point from landmarks that can be felt, for a leg of a chosen length.
// `only_to_know`: it lies where one must not press.
void draw_find_on_me(const Ui& ui, const TriggerPoint& point, bool only_to_know);

} // namespace calfscope
