#include "geometry/isosurface.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace calfscope {
namespace {

// Corner c of a cell stands at (c & 1, c >> 1 & 1, c >> 2). Edges 0-3 run along x, 4-7 along y, 8-11 along z.
struct Edge {
  int low;  // corner
  int high; // corner
  int axis;
};

constexpr std::array<Edge, 12> edges{{{0, 1, 0},
                                      {2, 3, 0},
                                      {4, 5, 0},
                                      {6, 7, 0},
                                      {0, 2, 1},
                                      {1, 3, 1},
                                      {4, 6, 1},
                                      {5, 7, 1},
                                      {0, 4, 2},
                                      {1, 5, 2},
                                      {2, 6, 2},
                                      {3, 7, 2}}};

// Corners of each face, counter-clockwise seen from outside the cell.
constexpr std::array<std::array<int, 4>, 6> faces{
    {{0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}}};

int edge_between(int a, int b) {
  for (int e = 0; e < 12; ++e) {
    const Edge& edge = edges[static_cast<std::size_t>(e)];
    if ((edge.low == a && edge.high == b) || (edge.low == b && edge.high == a))
      return e;
  }
  return -1;
}

bool share_a_face(int first, int second) {
  for (const auto& face : faces) {
    int found = 0;
    for (int i = 0; i < 4; ++i) {
      const int e = edge_between(face[static_cast<std::size_t>(i)], face[static_cast<std::size_t>((i + 1) % 4)]);
      found += e == first || e == second ? 1 : 0;
    }
    if (found == 2)
      return true;
  }
  return false;
}

// One polygon of a case: cell edges in order, wound outwards. `fan` is the corner to fan from, or -1 if every diagonal
// would lie in a face (where a neighbour's diagonal might coincide): then a centre point is used.
struct Patch {
  std::vector<int> edge_loop;
  int fan = 0;
};

int fan_corner(const std::vector<int>& loop) {
  const int count = static_cast<int>(loop.size());
  for (int start = 0; start < count; ++start) {
    bool sound = true;
    for (int other = 2; other < count - 1; ++other)
      sound = sound && !share_a_face(loop[static_cast<std::size_t>(start)],
                                     loop[static_cast<std::size_t>((start + other) % count)]);
    if (sound)
      return start;
  }
  return -1;
}

std::vector<Patch> patches_of(int inside_mask) {
  const auto inside = [&](int corner) { return (inside_mask >> corner & 1) != 0; };
  // In each face the outline runs from the edge where, going counter-clockwise from outside, inside turns to outside,
  // to the nearest edge before it where outside turned to inside: the piece around one run of inside corners.
  std::array<int, 12> next;
  next.fill(-1);
  for (const auto& face : faces)
    for (int i = 0; i < 4; ++i) {
      const int here = face[static_cast<std::size_t>(i)];
      const int after = face[static_cast<std::size_t>((i + 1) % 4)];
      if (!inside(here) || inside(after))
        continue;
      const int leaving = edge_between(here, after);
      int back = i;
      while (inside(face[static_cast<std::size_t>((back + 3) % 4)]))
        back = (back + 3) % 4;
      const int entering =
          edge_between(face[static_cast<std::size_t>((back + 3) % 4)], face[static_cast<std::size_t>(back)]);
      next[static_cast<std::size_t>(entering)] = leaving;
    }
  std::vector<Patch> patches;
  std::array<bool, 12> used{};
  for (int start = 0; start < 12; ++start) {
    if (next[static_cast<std::size_t>(start)] < 0 || used[static_cast<std::size_t>(start)])
      continue;
    Patch patch;
    for (int e = start; !used[static_cast<std::size_t>(e)]; e = next[static_cast<std::size_t>(e)]) {
      used[static_cast<std::size_t>(e)] = true;
      patch.edge_loop.push_back(e);
    }
    patch.fan = patch.edge_loop.size() == 3 ? 0 : fan_corner(patch.edge_loop);
    patches.push_back(std::move(patch));
  }
  return patches;
}

const std::array<std::vector<Patch>, 256>& all_patches() {
  static const std::array<std::vector<Patch>, 256> table = [] {
    std::array<std::vector<Patch>, 256> out;
    for (int mask = 1; mask < 255; ++mask)
      out[static_cast<std::size_t>(mask)] = patches_of(mask);
    return out;
  }();
  return table;
}

} // namespace

TriMesh isosurface(const ScalarGrid& field, float level) {
  TriMesh mesh;
  const glm::ivec3 size = field.frame.size;
  if (glm::any(glm::lessThan(size, glm::ivec3(2))))
    return mesh;
  const auto& table = all_patches();
  const auto value = [&](const glm::ivec3& node) {
    const bool border = glm::any(glm::equal(node, glm::ivec3(0))) || glm::any(glm::equal(node, size - 1));
    const float v = field.at(node.x, node.y, node.z) - level;
    return border ? std::max(v, 0.05f * field.frame.step_mm) : v;
  };
  // Vertices on the edges of the two slabs that meet at the current one, by axis and place.
  const std::size_t slab_nodes = static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y);
  constexpr std::uint32_t none = 0xffffffffu;
  std::array<std::array<std::vector<std::uint32_t>, 3>, 2> known;
  for (auto& slab : known)
    for (auto& axis : slab)
      axis.assign(slab_nodes, none);

  for (int k = 0; k + 1 < size.z; ++k) {
    for (auto& axis : known[static_cast<std::size_t>((k + 1) % 2)])
      std::fill(axis.begin(), axis.end(), none);
    for (int j = 0; j + 1 < size.y; ++j)
      for (int i = 0; i + 1 < size.x; ++i) {
        std::array<float, 8> corner;
        int mask = 0;
        for (int c = 0; c < 8; ++c) {
          corner[static_cast<std::size_t>(c)] = value({i + (c & 1), j + (c >> 1 & 1), k + (c >> 2)});
          mask |= corner[static_cast<std::size_t>(c)] < 0 ? 1 << c : 0;
        }
        if (mask == 0 || mask == 255)
          continue;
        const auto vertex_on = [&](int e) {
          const Edge& edge = edges[static_cast<std::size_t>(e)];
          const glm::ivec3 node(i + (edge.low & 1), j + (edge.low >> 1 & 1), k + (edge.low >> 2));
          const std::size_t place =
              static_cast<std::size_t>(node.x) + static_cast<std::size_t>(size.x) * static_cast<std::size_t>(node.y);
          std::uint32_t& name = known[static_cast<std::size_t>(node.z % 2)][static_cast<std::size_t>(edge.axis)][place];
          if (name == none) {
            name = static_cast<std::uint32_t>(mesh.positions.size());
            const float a = corner[static_cast<std::size_t>(edge.low)];
            const float b = corner[static_cast<std::size_t>(edge.high)];
            // Kept off the nodes, so that no triangle collapses where the level passes through a node.
            const float t = std::clamp(a / (a - b), 0.08f, 0.92f);
            glm::vec3 position = field.frame.position(node.x, node.y, node.z);
            position[edge.axis] += t * field.frame.step_mm;
            mesh.positions.push_back(position);
          }
          return name;
        };
        for (const Patch& patch : table[static_cast<std::size_t>(mask)]) {
          const std::size_t count = patch.edge_loop.size();
          std::array<std::uint32_t, 12> loop{};
          glm::vec3 centre(0);
          for (std::size_t n = 0; n < count; ++n) {
            loop[n] = vertex_on(patch.edge_loop[n]);
            centre += mesh.positions[loop[n]] / static_cast<float>(count);
          }
          if (patch.fan < 0) {
            const auto middle = static_cast<std::uint32_t>(mesh.positions.size());
            mesh.positions.push_back(centre);
            for (std::size_t n = 0; n < count; ++n)
              mesh.triangles.push_back({middle, loop[n], loop[(n + 1) % count]});
            continue;
          }
          const std::size_t fan = static_cast<std::size_t>(patch.fan);
          for (std::size_t n = 1; n + 1 < count; ++n)
            mesh.triangles.push_back({loop[fan], loop[(fan + n) % count], loop[(fan + n + 1) % count]});
        }
      }
  }
  return mesh;
}

} // namespace calfscope
