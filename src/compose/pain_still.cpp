#include "compose/pain_still.h"

#include "compose/compose.h"

namespace calfscope {

Frame pain_still(const AppState& state, double seconds, glm::ivec2 size, const Catalogue& text) {
  AppState still = state;
  still.history = {};
  still.hovered.clear();
  still.hovered_point.clear();
  still.flight.reset();
  still.viewport = {size, {0, 0, 1, 1}};
  still.document.labels = LabelNames::off;
  still.document.section.on = false;
  still.document.points_shown = false;
  still.pain.seconds = seconds;
  still.press = {}; // else it would decide the pain, not the second
  still.document.camera = point_camera(still, still.document.point);
  return compose(still, {.quality = Quality::moving, .text = &text});
}

} // namespace calfscope
