#include "author/part_meshes.h"

#include "geometry/parallel.h"
#include "geometry/ray_scene.h"

#include <cmath>
#include <optional>
#include <vector>

namespace calfscope {
namespace {

constexpr float deepest_mm = 3;    // fields have parted everything that lies deeper
constexpr float beyond_mm = 0.03f; // so far past the surface
constexpr float under_skin_mm = 0.3f;
constexpr int rounds_outwards = 6;
constexpr int most_rounds = 24; // usually fewer: it ends when nothing moves

struct Room {
  RayScene scene;
  Bounds box;
};

Room room_of(const TriMesh& mesh) {
  Room room;
  room.box = bounds_of(mesh);
  room.scene.add(mesh.positions, mesh.triangles);
  room.scene.commit();
  return room;
}

bool in_box(glm::vec3 p, const Bounds& box) {
  return !glm::any(glm::lessThan(p, box.lower)) && !glm::any(glm::greaterThan(p, box.upper));
}

glm::vec3 facing(const TriMesh& mesh, std::uint32_t triangle) {
  const glm::uvec3 t = mesh.triangles[triangle];
  const glm::vec3 a = mesh.positions[t.x];
  const glm::vec3 across = glm::cross(mesh.positions[t.y] - a, mesh.positions[t.z] - a);
  const float length = glm::length(across);
  return length > 0 ? across / length : glm::vec3(0);
}

// Where p lies inside the body that is in the room: the nearest place of its surface.
std::optional<SurfacePoint> way_out(glm::vec3 p, const TriMesh& body, const Room& room) {
  if (!in_box(p, room.box))
    return std::nullopt;
  const auto nearest = room.scene.nearest(p, deepest_mm);
  if (!nearest)
    return std::nullopt;
  const glm::vec3 way = nearest->position - p;
  const float outwards = glm::dot(way, facing(body, nearest->triangle));
  // Right over a triangle its side tells; beside an edge only the whole body does.
  const bool over_it = std::abs(outwards) > 0.99f * nearest->distance_mm;
  if ((over_it && outwards <= 0) || !room.scene.inside(p, 0))
    return std::nullopt;
  return nearest;
}

// Moves vertices of `mesh` out of `other`; true if any moved.
bool move_out_of(TriMesh& mesh, const TriMesh& other, const Room& room) {
  bool moved = false;
  for (glm::vec3& p : mesh.positions)
    if (const auto nearest = way_out(p, other, room)) {
      p = nearest->position + beyond_mm * facing(other, nearest->triangle);
      moved = true;
    }
  return moved;
}

// What lies between two others would be moved to and fro. Instead it is drawn back into its own body, and so is the
// surface that others still stick in. `before` and `room` are the mesh as the others see it.
bool draw_back(TriMesh& mesh, const TriMesh& before, const Room& room, const TriMesh& other, const Room& other_room) {
  bool moved = false;
  for (std::size_t v = 0; v < mesh.positions.size(); ++v)
    if (const auto nearest = way_out(before.positions[v], other, other_room)) {
      mesh.positions[v] -= (nearest->distance_mm + beyond_mm) * mesh.normals[v];
      moved = true;
    }
  for (const glm::vec3 p : other.positions)
    if (const auto nearest = way_out(p, before, room)) {
      const glm::uvec3 t = mesh.triangles[nearest->triangle];
      for (int k = 0; k < 3; ++k)
        mesh.positions[t[k]] -= (0.5f * nearest->distance_mm + beyond_mm) * mesh.normals[t[k]];
      moved = true;
    }
  return moved;
}

bool move_under(TriMesh& mesh, const TriMesh& skin, const Room& room) {
  bool moved = false;
  for (glm::vec3& p : mesh.positions) {
    const auto nearest = room.scene.nearest(p, under_skin_mm);
    const bool inside = room.scene.inside(p, 0);
    if (inside && !nearest)
      continue;
    const auto surface = nearest ? nearest : room.scene.nearest(p, 2 * deepest_mm);
    if (!surface)
      continue;
    p = surface->position - 1.5f * under_skin_mm * facing(skin, surface->triangle);
    moved = true;
  }
  return moved;
}

} // namespace

void part_meshes(std::span<TriMesh* const> meshes, const TriMesh& skin) {
  const int count = static_cast<int>(meshes.size());
  std::vector<char> ever_moved(meshes.size(), 0);
  for (TriMesh* mesh : meshes)
    if (mesh->normals.size() != mesh->positions.size())
      compute_normals(*mesh);
  const Room skin_room = room_of(skin);
  parallel_for(0, count, [&](int n) {
    const auto i = static_cast<std::size_t>(n);
    ever_moved[i] = move_under(*meshes[i], skin, skin_room) ? 1 : 0;
  });
  std::vector<Room> rooms(meshes.size());
  std::vector<char> changed(meshes.size(), 1);
  for (int round = 0; round < most_rounds; ++round) {
    parallel_for(0, count, [&](int n) {
      const auto i = static_cast<std::size_t>(n);
      if (changed[i] != 0 && !meshes[i]->empty())
        rooms[i] = room_of(*meshes[i]);
    });
    // Every mesh reads the places of this round and writes those of the next.
    std::vector<TriMesh> next(meshes.size());
    std::vector<char> moved(meshes.size(), 0);
    parallel_for(0, count, [&](int n) {
      const auto i = static_cast<std::size_t>(n);
      if (meshes[i]->empty())
        return;
      next[i] = *meshes[i];
      for (std::size_t j = 0; j < meshes.size(); ++j) {
        const bool apart = glm::any(glm::greaterThan(rooms[i].box.lower, rooms[j].box.upper)) ||
                           glm::any(glm::lessThan(rooms[i].box.upper, rooms[j].box.lower));
        if (j == i || meshes[j]->empty() || apart || (changed[i] == 0 && changed[j] == 0))
          continue;
        if (round < rounds_outwards ? move_out_of(next[i], *meshes[j], rooms[j])
                                    : draw_back(next[i], *meshes[i], rooms[i], *meshes[j], rooms[j]))
          moved[i] = 1;
      }
    });
    bool any = false;
    for (std::size_t i = 0; i < meshes.size(); ++i) {
      changed[i] = moved[i];
      if (moved[i] == 0)
        continue;
      *meshes[i] = std::move(next[i]);
      ever_moved[i] = 1;
      any = true;
    }
    if (!any)
      break;
  }
  for (std::size_t i = 0; i < meshes.size(); ++i)
    if (ever_moved[i] != 0)
      compute_normals(*meshes[i]);
}

} // namespace calfscope
