#pragma once
// Fewer triangles for the same shape, with the topology kept: closed stays closed, manifold stays manifold.

#include "geometry/trimesh.h"

namespace calfscope {

struct DecimationOptions {
  std::size_t target_triangles = 0; // stops when reached
  float max_error_mm = 1e6f;        // collapses that move the surface further are refused
  float longest_edge_mm = 1e6f;     // none is made longer than this: keeps triangles even on flat parts
};

// Edge collapses in order of quadric error (Garland and Heckbert 1997), each only if it keeps the mesh manifold (link
// condition), turns no triangle over and makes no sliver. Normals are dropped.
TriMesh decimate(const TriMesh& mesh, const DecimationOptions& options);

} // namespace calfscope
