#pragma once
// Cutting a mesh with a plane: outlines and the filled area between them.

#include "geometry/trimesh.h"

namespace calfscope {

// Points with dot(normal, p) = offset_mm. `normal` is unit and points to the side that is cut away.
struct Plane {
  glm::vec3 normal{0, 1, 0};
  float offset_mm = 0;
  float distance_mm(glm::vec3 p) const { return glm::dot(normal, p) - offset_mm; }
  bool operator==(const Plane&) const = default;
};

// Closed outlines (first point not repeated) where the plane meets a closed mesh, seen against the normal:
// outer ones counter-clockwise, holes clockwise. Open meshes give open chains, which are closed by a straight line.
std::vector<std::vector<glm::vec3>> section_outlines(const TriMesh& mesh, const Plane& plane);

// Length in mm and enclosed area in mm2 (holes subtracted) of such outlines.
double outline_length_mm(const std::vector<std::vector<glm::vec3>>& outlines);
double outline_area_mm2(const std::vector<std::vector<glm::vec3>>& outlines, const Plane& plane);

} // namespace calfscope
