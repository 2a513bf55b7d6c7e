#include "props/mesh_forms.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

namespace calfscope {

TriMesh turned_about_x(std::span<const glm::vec2> profile, int around, bool ring) {
  TriMesh mesh;
  std::vector<std::uint32_t> first; // of each ring of vertices; a pole is one vertex
  const auto pole = [&](std::size_t i) { return profile[i].y <= 0; };
  for (std::size_t i = 0; i < profile.size(); ++i) {
    first.push_back(static_cast<std::uint32_t>(mesh.positions.size()));
    for (int a = 0; a < (pole(i) ? 1 : around); ++a) {
      const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(a) / static_cast<float>(around);
      mesh.positions.emplace_back(profile[i].x, profile[i].y * std::cos(angle), profile[i].y * std::sin(angle));
    }
  }
  const auto at = [&](std::size_t i, int a) {
    return first[i] + (pole(i) ? 0u : static_cast<std::uint32_t>(a % around));
  };
  for (std::size_t i = 0; i + (ring ? 0 : 1) < profile.size(); ++i) {
    const std::size_t next = (i + 1) % profile.size();
    for (int a = 0; a < around; ++a) {
      if (!pole(i))
        mesh.triangles.emplace_back(at(i, a), at(i, a + 1), at(next, a));
      if (!pole(next))
        mesh.triangles.emplace_back(at(next, a), at(i, a + 1), at(next, a + 1));
    }
  }
  if (signed_volume_mm3(mesh) < 0)
    flip_winding(mesh);
  compute_normals(mesh);
  return mesh;
}

TriMesh even_sphere(float radius_mm, int splits) {
  const float g = std::numbers::phi_v<float>;
  TriMesh mesh;
  mesh.positions = {{-1, g, 0},  {1, g, 0},  {-1, -g, 0}, {1, -g, 0}, {0, -1, g},  {0, 1, g},
                    {0, -1, -g}, {0, 1, -g}, {g, 0, -1},  {g, 0, 1},  {-g, 0, -1}, {-g, 0, 1}};
  mesh.triangles = {{0, 11, 5},  {0, 5, 1},  {0, 1, 7},  {0, 7, 10}, {0, 10, 11}, {1, 5, 9}, {5, 11, 4},
                    {11, 10, 2}, {10, 7, 6}, {7, 1, 8},  {3, 9, 4},  {3, 4, 2},   {3, 2, 6}, {3, 6, 8},
                    {3, 8, 9},   {4, 9, 5},  {2, 4, 11}, {6, 2, 10}, {8, 6, 7},   {9, 8, 1}};
  for (int s = 0; s < splits; ++s) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
    const auto middle = [&](std::uint32_t a, std::uint32_t b) {
      const auto [found, fresh] =
          middles.try_emplace(std::minmax(a, b), static_cast<std::uint32_t>(mesh.positions.size()));
      if (fresh)
        mesh.positions.push_back(0.5f * (mesh.positions[a] + mesh.positions[b]));
      return found->second;
    };
    std::vector<glm::uvec3> finer;
    for (const glm::uvec3& t : mesh.triangles) {
      const std::uint32_t a = middle(t.x, t.y), b = middle(t.y, t.z), c = middle(t.z, t.x);
      finer.insert(finer.end(), {{t.x, a, c}, {t.y, b, a}, {t.z, c, b}, {a, b, c}});
    }
    mesh.triangles = std::move(finer);
    for (glm::vec3& position : mesh.positions)
      position = normalize(position);
  }
  for (glm::vec3& position : mesh.positions) {
    position = normalize(position);
    mesh.normals.push_back(position);
    position *= radius_mm;
  }
  return mesh;
}

TriMesh rounded_box(glm::vec3 centre, glm::vec3 size, float radius_mm) {
  constexpr int turns = 5; // steps over a round edge
  const glm::vec3 inner = 0.5f * size - radius_mm;
  // A cube whose faces are split only along their borders, blown up to the round edge.
  std::array<float, 2 * turns + 2> ticks{};
  for (int i = 0; i <= turns; ++i) {
    const float t = std::tan(std::numbers::pi_v<float> / 4 * (1 - static_cast<float>(i) / turns));
    ticks[static_cast<std::size_t>(i)] = -t;
    ticks[ticks.size() - 1 - static_cast<std::size_t>(i)] = t;
  }
  TriMesh mesh;
  const auto sides = static_cast<int>(ticks.size());
  for (int axis = 0; axis < 3; ++axis)
    for (const float sign : {-1.0f, 1.0f}) {
      const auto base = static_cast<std::uint32_t>(mesh.positions.size());
      for (int j = 0; j < sides; ++j)
        for (int i = 0; i < sides; ++i) {
          // The first half of the ticks belongs to one border, the second to the other, with the plain face between.
          glm::vec3 way(0), corner(0);
          way[axis] = sign;
          corner[axis] = sign;
          way[(axis + 1) % 3] = ticks[static_cast<std::size_t>(i)];
          way[(axis + 2) % 3] = ticks[static_cast<std::size_t>(j)];
          corner[(axis + 1) % 3] = i <= turns ? -1.0f : 1.0f;
          corner[(axis + 2) % 3] = j <= turns ? -1.0f : 1.0f;
          const glm::vec3 normal = normalize(way);
          mesh.positions.push_back(centre + corner * inner + radius_mm * normal);
          mesh.normals.push_back(normal);
        }
      for (int j = 0; j + 1 < sides; ++j)
        for (int i = 0; i + 1 < sides; ++i) {
          const auto v = base + static_cast<std::uint32_t>(j * sides + i), up = v + static_cast<std::uint32_t>(sides);
          if (sign > 0)
            mesh.triangles.insert(mesh.triangles.end(), {{v, v + 1, up}, {up, v + 1, up + 1}});
          else
            mesh.triangles.insert(mesh.triangles.end(), {{v, up, v + 1}, {up, up + 1, v + 1}});
        }
    }
  // The six faces meet along their borders.
  TriMesh whole = weld(mesh, 1e-3f);
  compute_normals(whole);
  return whole;
}

void append(TriMesh& to, const TriMesh& more) {
  const auto base = static_cast<std::uint32_t>(to.positions.size());
  to.positions.insert(to.positions.end(), more.positions.begin(), more.positions.end());
  to.normals.insert(to.normals.end(), more.normals.begin(), more.normals.end());
  for (const glm::uvec3& t : more.triangles)
    to.triangles.push_back(t + base);
}

TriMesh moved(TriMesh mesh, const glm::mat4& matrix) {
  const glm::mat3 turn(matrix);
  for (glm::vec3& position : mesh.positions)
    position = glm::vec3(matrix * glm::vec4(position, 1));
  for (glm::vec3& normal : mesh.normals)
    normal = turn * normal;
  if (glm::determinant(turn) < 0)
    for (glm::uvec3& t : mesh.triangles)
      std::swap(t.y, t.z);
  return mesh;
}

} // namespace calfscope
