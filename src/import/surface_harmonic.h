#pragma once
// Values that run evenly over a surface between those that are given.

#include "geometry/mesh_neighbours.h"
#include "geometry/trimesh.h"

#include <vector>

namespace calfscope {

// Harmonic between the fixed values (cotangent weights; Pinkall and Polthier 1993). `values` is where the iteration
// starts. Without fixed values nothing changes.
std::vector<double> harmonic(const TriMesh& mesh, const VertexNeighbours& neighbours, std::vector<double> values,
                             const std::vector<bool>& fixed);

} // namespace calfscope
