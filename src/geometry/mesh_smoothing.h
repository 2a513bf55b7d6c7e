#pragma once
// Making the triangles of an extracted surface even, and the surface itself smooth, without losing volume.

#include "geometry/scalar_grid.h"

namespace calfscope {

// Taubin's low-pass filter: alternating shrinking and growing rounds, so that steps of the grid vanish and bodies keep
// their size. More rounds reach longer waves.
void smooth_surface(TriMesh& mesh, int rounds);

// Moves vertices within their tangent plane towards the middle of their neighbours: even triangles, same surface.
void relax_tangentially(TriMesh& mesh, int rounds);

// Moves vertices along the slope of the field onto its level, by at most max_step_mm a round.
void project_to_level(TriMesh& mesh, const ScalarGrid& field, float level, int rounds, float max_step_mm);

} // namespace calfscope
