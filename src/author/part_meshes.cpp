#include "author/part_meshes.h"

#include "geometry/parallel.h"
#include "geometry/ray_scene.h"

#include <cmath>
#include <vector>

namespace calfscope {
namespace {

constexpr float deepest_mm = 3;    // fields have parted everything that lies deeper
constexpr float beyond_mm = 0.03f; // so far past the surface
constexpr float under_skin_mm = 0.3f;
constexpr int rounds_outwards = 6;
constexpr int most_rounds = 14;

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

// Moves vertices of `mesh` out of `other`; true if any moved. What lies between two others would go to and fro, so
// later rounds draw it back into its own body instead.
bool move_out_of(TriMesh& mesh, const TriMesh& other, const Room& room, bool into_itself) {
  bool moved = false;
  for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
    glm::vec3& p = mesh.positions[v];
    if (!in_box(p, room.box))
      continue;
    const auto nearest = room.scene.nearest(p, deepest_mm);
    if (!nearest)
      continue;
    const glm::vec3 out = facing(other, nearest->triangle);
    const glm::vec3 way = nearest->position - p;
    // Right over a triangle its side tells; beside an edge only the whole body does.
    const bool over_it = std::abs(glm::dot(way, out)) > 0.99f * nearest->distance_mm;
    if ((over_it && glm::dot(way, out) <= 0) || !room.scene.inside(p, 0))
      continue;
    p = into_itself ? p - (nearest->distance_mm + beyond_mm) * mesh.normals[v] : nearest->position + beyond_mm * out;
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
        if (move_out_of(next[i], *meshes[j], rooms[j], round >= rounds_outwards))
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
