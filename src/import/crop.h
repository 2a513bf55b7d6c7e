#pragma once
// Cutting a closed mesh with a plane and closing it again with a flat, filled cap.

#include "geometry/plane_section.h"

namespace calfscope {

struct CroppedMesh {
  TriMesh mesh;                       // welded, no normals; the cap shares its rim with the wall
  std::size_t first_cap_triangle = 0; // caps are the triangles from here on
};

// The part of the mesh behind the plane (the normal points to what is cut away). The mesh must be welded and, near the
// plane, closed; open chains there are closed by a straight line.
CroppedMesh crop(const TriMesh& mesh, const Plane& plane);

// The mesh with normals: smooth on the wall, flat on the cap, whose rim vertices are doubled for it. `source` is, for
// each vertex of the result, the vertex of the cropped mesh it comes from.
struct CappedMesh {
  TriMesh mesh;
  std::vector<std::uint32_t> source;
};
CappedMesh with_flat_cap(const CroppedMesh& cropped, const Plane& plane);

// Triangles that fill a set of outlines in a plane (outer ones counter-clockwise, holes clockwise), as indices into the
// concatenated points. Always n - 2 + 2 holes triangles an outline, so that the fill closes whatever it is given.
std::vector<glm::uvec3> fill_outlines(const std::vector<std::vector<glm::vec2>>& outlines);

} // namespace calfscope
