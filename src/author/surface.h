#pragma once
// From a field to a finished surface.

#include "geometry/scalar_grid.h"

namespace calfscope {

struct SurfaceOptions {
  float detail = 0.2f;       // share of triangles kept
  float longest_edge_mm = 9; // keeps flat parts evenly divided
  int smoothing_rounds = 4;
};

struct FinishedSurface {
  TriMesh mesh;            // closed, manifold, outward, one piece, with normals
  int dropped_pieces = 0;  // smaller pieces that were left out ...
  double dropped_mm3 = 0;  // ... and their volume
  glm::vec3 dropped_at{0}; // middle of the largest of them
};

// Isosurface at 0, largest piece, smoothed and evened, fewer triangles.
FinishedSurface finish_surface(const ScalarGrid& field, const SurfaceOptions& options);

} // namespace calfscope
