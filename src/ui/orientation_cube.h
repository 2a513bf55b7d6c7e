#pragma once
// A small cube that turns with the leg and names its sides; a click on a side looks at the leg from there.

#include "ui/ui.h"

namespace calfscope {

void draw_orientation_cube(const Ui& ui, const Rect& where);

// Views of the cube's six sides for a leg shown on `side`, with their outward direction in the leg's space.
struct CubeFace {
  StandardView view;
  glm::vec3 normal; // unit
  glm::vec3 up;     // unit, of the written name
};
std::array<CubeFace, 6> cube_faces(Side side);

} // namespace calfscope
