#pragma once
// Meshes made straight from sizes. mm.

#include "geometry/trimesh.h"

#include <span>

namespace calfscope {

// A profile of (x, radius) turned about the X axis, running towards + X on the outside; closed at ends of radius 0, or
// into a ring if `ring`. Wound outwards, with normals.
TriMesh turned_about_x(std::span<const glm::vec2> profile, int around, bool ring = false);

// A sphere about the origin, in triangles of nearly one size. With normals.
TriMesh even_sphere(float radius_mm, int splits);

// A box about `centre` with round edges; radius at most half of its least side. With normals.
TriMesh rounded_box(glm::vec3 centre, glm::vec3 size, float radius_mm);

void append(TriMesh& to, const TriMesh& more);

// Under a rigid motion, or a mirror if that is what the matrix is: stays wound outwards.
TriMesh moved(TriMesh mesh, const glm::mat4& matrix);

} // namespace calfscope
