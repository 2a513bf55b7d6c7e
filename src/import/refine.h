#pragma once
// Finer triangles for surfaces that were modelled coarsely.

#include "geometry/trimesh.h"

namespace calfscope {

// Every triangle cut into four. The old vertices stay; each new one lies on the curve that leaves both ends of its edge
// square to their normals (the edge curve of a PN triangle; Vlachos et al. 2001), so that round bodies become rounder.
// The mesh must be welded; it stays closed. Normals are dropped.
TriMesh refined(const TriMesh& mesh);

} // namespace calfscope
