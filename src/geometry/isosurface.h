#pragma once
// The surface at a level of a scalar field, as a closed mesh.

#include "geometry/scalar_grid.h"

namespace calfscope {

// Marching cubes whose cases are derived, not listed: on a face with four crossings the two inside corners are always
// kept apart, seen from either cell, so the mesh is closed and manifold for any field. Nodes on the grid's border count
// as outside, which closes bodies that leave the grid. Wound outwards (towards larger values); no normals.
TriMesh isosurface(const ScalarGrid& field, float level = 0);

} // namespace calfscope
