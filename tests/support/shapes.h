#pragma once
// Simple closed meshes with known sizes. Millimetres.

#include "geometry/trimesh.h"

#include <cmath>

namespace calfscope::test {

struct TaperedCylinder {
  glm::vec3 top{0, 100, 0};
  glm::vec3 bottom{0, -100, 0}; // straight below `top` or not: rings stay level
  float top_radius = 50;
  float bottom_radius = 30;
  int around = 96;
  int along = 60;
};

// Closed, wound outwards, with level rings.
inline TriMesh make(const TaperedCylinder& c) {
  TriMesh mesh;
  const auto count = static_cast<std::uint32_t>(c.around);
  for (int ring = 0; ring <= c.along; ++ring) {
    const float t = static_cast<float>(ring) / static_cast<float>(c.along);
    const glm::vec3 centre = glm::mix(c.top, c.bottom, t);
    const float radius = glm::mix(c.top_radius, c.bottom_radius, t);
    for (int i = 0; i < c.around; ++i) {
      const double angle = 2 * 3.14159265358979 * i / c.around;
      mesh.positions.push_back(centre + radius * glm::vec3(std::cos(angle), 0, std::sin(angle)));
    }
  }
  for (std::uint32_t ring = 0; ring < static_cast<std::uint32_t>(c.along); ++ring)
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t a = ring * count + i, b = ring * count + (i + 1) % count;
      mesh.triangles.push_back({a, b, a + count});
      mesh.triangles.push_back({b, b + count, a + count});
    }
  const auto top = static_cast<std::uint32_t>(mesh.positions.size());
  mesh.positions.push_back(c.top);
  mesh.positions.push_back(c.bottom);
  const std::uint32_t last = static_cast<std::uint32_t>(c.along) * count;
  for (std::uint32_t i = 0; i < count; ++i) {
    mesh.triangles.push_back({top, (i + 1) % count, i});
    mesh.triangles.push_back({top + 1, last + i, last + (i + 1) % count});
  }
  if (signed_volume_mm3(mesh) < 0)
    flip_winding(mesh);
  compute_normals(mesh);
  return mesh;
}

inline TriMesh make_box(glm::vec3 lower, glm::vec3 upper) {
  TriMesh mesh;
  for (int i = 0; i < 8; ++i)
    mesh.positions.emplace_back(i & 1 ? upper.x : lower.x, i & 2 ? upper.y : lower.y, i & 4 ? upper.z : lower.z);
  mesh.triangles = {{0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {0, 1, 4}, {1, 5, 4},
                    {2, 6, 3}, {3, 6, 7}, {0, 4, 2}, {2, 4, 6}, {1, 3, 5}, {3, 7, 5}};
  if (signed_volume_mm3(mesh) < 0)
    flip_winding(mesh);
  compute_normals(mesh);
  return mesh;
}

inline TriMesh joined(TriMesh a, const TriMesh& b) {
  const auto offset = static_cast<std::uint32_t>(a.positions.size());
  a.positions.insert(a.positions.end(), b.positions.begin(), b.positions.end());
  a.normals.insert(a.normals.end(), b.normals.begin(), b.normals.end());
  for (const glm::uvec3& t : b.triangles)
    a.triangles.push_back(t + offset);
  return a;
}

} // namespace calfscope::test
