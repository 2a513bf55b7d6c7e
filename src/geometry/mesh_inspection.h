#pragma once
// What a mesh is like: closed, manifold, in how many pieces. Used by `check`, the import and the author's report.

#include "geometry/trimesh.h"

namespace calfscope {

struct MeshInspection {
  std::size_t vertices = 0;
  std::size_t triangles = 0;
  std::size_t degenerate_triangles = 0; // repeated corner, or area below 1e-10 mm2
  std::size_t non_finite_positions = 0;
  std::size_t out_of_range_indices = 0;
  std::size_t boundary_edges = 0;   // edges with one triangle
  std::size_t crowded_edges = 0;    // edges with more than two triangles
  std::size_t flipped_edges = 0;    // edges whose two triangles run the same way
  std::size_t pinched_vertices = 0; // vertices whose triangles do not form one fan
  int pieces = 0;
  double volume_mm3 = 0;

  bool closed() const { return triangles > 0 && boundary_edges == 0 && crowded_edges == 0; }
  bool manifold() const { return crowded_edges == 0 && flipped_edges == 0 && pinched_vertices == 0; }
  bool outward() const { return volume_mm3 > 0; }
};

// Counts on the mesh as given; weld first if seams should not count as open edges.
MeshInspection inspect(const TriMesh& mesh);

// The smallest angle of every triangle, from the least up, degrees. Triangles without area count as 0.
std::vector<float> smallest_angles_deg(const TriMesh& mesh);

} // namespace calfscope
