#pragma once
// The last word on overlaps, on the finished meshes.

#include "geometry/trimesh.h"

#include <span>

namespace calfscope {

// Thinning out triangles leaves single vertices a little inside a neighbour, or outside the skin. They are moved to
// just beyond the surface they crossed. Normals of meshes that changed are computed anew. Closed meshes; empty ones are
// passed over.
void part_meshes(std::span<TriMesh* const> meshes, const TriMesh& skin);

} // namespace calfscope
