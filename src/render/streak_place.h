#pragma once
// Where on a muscle's or tendon's surface a point lies, unrolled so that fibres run straight: what the fibre patterns
// are drawn on.

#include "geometry/trimesh.h"

#include <vector>

namespace calfscope::render {

struct StreakPlaces {
  // Per vertex: x in turns around the muscle, the same all along a fibre and larger by one beyond the seam; y in mm
  // along. Empty where the mesh does not say how it is placed.
  std::vector<glm::vec2> places;
  float around_mm = 0; // mean length of one turn
};

StreakPlaces unroll(const SurfaceMesh& mesh);

} // namespace calfscope::render
