#include "geometry/trimesh.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace calfscope {
namespace {

struct CellHash {
  std::size_t operator()(const glm::i64vec3& cell) const {
    // Large odd constants spread neighbouring cells; collisions only cost time.
    return static_cast<std::size_t>(cell.x) * 73856093u ^ static_cast<std::size_t>(cell.y) * 19349663u ^
           static_cast<std::size_t>(cell.z) * 83492791u;
  }
};

int find_root(std::vector<int>& parent, int i) {
  while (parent[static_cast<std::size_t>(i)] != i) {
    parent[static_cast<std::size_t>(i)] = parent[static_cast<std::size_t>(parent[static_cast<std::size_t>(i)])];
    i = parent[static_cast<std::size_t>(i)];
  }
  return i;
}

TriMesh compacted(const std::vector<glm::vec3>& positions, const std::vector<glm::vec3>& normals,
                  const std::vector<glm::uvec3>& triangles) {
  TriMesh out;
  constexpr std::uint32_t unused = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> renamed(positions.size(), unused);
  for (const glm::uvec3& triangle : triangles) {
    glm::uvec3 next{};
    for (int k = 0; k < 3; ++k) {
      std::uint32_t& name = renamed[triangle[k]];
      if (name == unused) {
        name = static_cast<std::uint32_t>(out.positions.size());
        out.positions.push_back(positions[triangle[k]]);
        if (!normals.empty())
          out.normals.push_back(normals[triangle[k]]);
      }
      next[k] = name;
    }
    out.triangles.push_back(next);
  }
  return out;
}

} // namespace

void Bounds::add(glm::vec3 point) {
  lower = glm::min(lower, point);
  upper = glm::max(upper, point);
}

void Bounds::add(const Bounds& other) {
  lower = glm::min(lower, other.lower);
  upper = glm::max(upper, other.upper);
}

namespace {

// For each vertex the first one that stands where it stands.
std::vector<std::uint32_t> first_at_same_place(const std::vector<glm::vec3>& positions) {
  struct PlaceHash {
    std::size_t operator()(const glm::vec3& p) const {
      const auto bits = [](float f) { return static_cast<std::int64_t>(std::bit_cast<std::uint32_t>(f + 0.0f)); };
      return CellHash{}({bits(p.x), bits(p.y), bits(p.z)}); // + 0 makes one zero of two
    }
  };
  std::unordered_map<glm::vec3, std::uint32_t, PlaceHash> first;
  first.reserve(positions.size());
  std::vector<std::uint32_t> out(positions.size());
  for (std::uint32_t i = 0; i < positions.size(); ++i)
    out[i] = first.try_emplace(positions[i], i).first->second;
  return out;
}

// For each vertex the first one within the tolerance, looked for in the 27 cells around its own.
std::vector<std::uint32_t> first_nearby(const std::vector<glm::vec3>& positions, float tolerance_mm) {
  const auto cell_of = [&](glm::vec3 p) { return glm::i64vec3(glm::floor(glm::dvec3(p) / double{tolerance_mm})); };
  std::unordered_map<glm::i64vec3, std::vector<std::uint32_t>, CellHash> cells;
  std::vector<std::uint32_t> out(positions.size());
  for (std::uint32_t i = 0; i < positions.size(); ++i) {
    const glm::vec3 p = positions[i];
    const glm::i64vec3 home = cell_of(p);
    bool joined = false;
    for (int n = 0; n < 27 && !joined; ++n) {
      const glm::i64vec3 cell = home + glm::i64vec3(n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1);
      const auto found = cells.find(cell);
      if (found == cells.end())
        continue;
      for (const std::uint32_t other : found->second) {
        if (glm::distance(positions[other], p) <= tolerance_mm) {
          out[i] = other;
          joined = true;
          break;
        }
      }
    }
    if (!joined) {
      out[i] = i;
      cells[home].push_back(i);
    }
  }
  return out;
}

} // namespace

TriMesh weld(const TriMesh& mesh, float tolerance_mm) {
  const std::vector<std::uint32_t> representative =
      tolerance_mm > 0 ? first_nearby(mesh.positions, tolerance_mm) : first_at_same_place(mesh.positions);
  std::vector<glm::uvec3> triangles;
  triangles.reserve(mesh.triangles.size());
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::uvec3 next(representative[t.x], representative[t.y], representative[t.z]);
    if (next.x != next.y && next.y != next.z && next.z != next.x)
      triangles.push_back(next);
  }
  return compacted(mesh.positions, {}, triangles);
}

std::vector<int> connected_pieces(const TriMesh& mesh) {
  std::vector<int> parent(mesh.positions.size());
  std::iota(parent.begin(), parent.end(), 0);
  for (const glm::uvec3& t : mesh.triangles) {
    const int a = find_root(parent, static_cast<int>(t.x));
    parent[static_cast<std::size_t>(find_root(parent, static_cast<int>(t.y)))] = a;
    parent[static_cast<std::size_t>(find_root(parent, static_cast<int>(t.z)))] = a;
  }
  std::unordered_map<int, int> count;
  for (const glm::uvec3& t : mesh.triangles)
    ++count[find_root(parent, static_cast<int>(t.x))];
  std::vector<std::pair<int, int>> order(count.begin(), count.end());
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  std::unordered_map<int, int> number;
  for (std::size_t i = 0; i < order.size(); ++i)
    number[order[i].first] = static_cast<int>(i);
  std::vector<int> pieces;
  pieces.reserve(mesh.triangles.size());
  for (const glm::uvec3& t : mesh.triangles)
    pieces.push_back(number[find_root(parent, static_cast<int>(t.x))]);
  return pieces;
}

std::vector<TriMesh> separated(const TriMesh& mesh) {
  const std::vector<int> pieces = connected_pieces(mesh);
  const int count = pieces.empty() ? 0 : 1 + *std::max_element(pieces.begin(), pieces.end());
  std::vector<TriMesh> out(static_cast<std::size_t>(count));
  constexpr std::uint32_t unused = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> renamed(mesh.positions.size(), unused); // no vertex belongs to two pieces
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    TriMesh& piece = out[static_cast<std::size_t>(pieces[i])];
    glm::uvec3 next{};
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t old = mesh.triangles[i][k];
      if (renamed[old] == unused) {
        renamed[old] = static_cast<std::uint32_t>(piece.positions.size());
        piece.positions.push_back(mesh.positions[old]);
        if (!mesh.normals.empty())
          piece.normals.push_back(mesh.normals[old]);
      }
      next[k] = renamed[old];
    }
    piece.triangles.push_back(next);
  }
  return out;
}

TriMesh keep_triangles(const TriMesh& mesh, const std::vector<bool>& keep) {
  std::vector<glm::uvec3> kept;
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i)
    if (keep[i])
      kept.push_back(mesh.triangles[i]);
  return compacted(mesh.positions, mesh.normals, kept);
}

void compute_normals(TriMesh& mesh) {
  mesh.normals.assign(mesh.positions.size(), glm::vec3(0));
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::vec3 corner[3] = {mesh.positions[t.x], mesh.positions[t.y], mesh.positions[t.z]};
    const glm::vec3 face = glm::cross(corner[1] - corner[0], corner[2] - corner[0]);
    const float length = glm::length(face);
    if (!(length > 0))
      continue;
    for (int k = 0; k < 3; ++k) {
      const glm::vec3 u = corner[(k + 1) % 3] - corner[k];
      const glm::vec3 v = corner[(k + 2) % 3] - corner[k];
      const float scale = glm::length(u) * glm::length(v);
      const float angle = scale > 0 ? std::acos(glm::clamp(glm::dot(u, v) / scale, -1.0f, 1.0f)) : 0.0f;
      mesh.normals[t[k]] += face * (angle / length);
    }
  }
  for (glm::vec3& normal : mesh.normals) {
    const float length = glm::length(normal);
    normal = length > 0 ? normal / length : glm::vec3(0, 1, 0);
  }
}

std::vector<glm::uvec3> merged_at_seams(const std::vector<glm::vec3>& positions, std::vector<glm::uvec3> triangles) {
  std::vector<std::uint32_t> order(positions.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    const glm::vec3 &p = positions[a], &q = positions[b];
    return std::tie(p.x, p.y, p.z, a) < std::tie(q.x, q.y, q.z, b);
  };
  std::sort(order.begin(), order.end(), before);
  std::vector<std::uint32_t> first(positions.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    first[order[i]] = i > 0 && positions[order[i]] == positions[order[i - 1]] ? first[order[i - 1]] : order[i];
  for (glm::uvec3& t : triangles)
    t = {first[t.x], first[t.y], first[t.z]};
  return triangles;
}

Bounds bounds_of(const TriMesh& mesh) {
  Bounds bounds;
  for (const glm::vec3& p : mesh.positions)
    bounds.add(p);
  return bounds;
}

double signed_volume_mm3(const TriMesh& mesh) {
  // Tetrahedra to the first vertex instead of the origin keep the numbers small.
  if (mesh.triangles.empty())
    return 0;
  const glm::dvec3 origin(mesh.positions[mesh.triangles[0].x]);
  double six = 0;
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::dvec3 a = glm::dvec3(mesh.positions[t.x]) - origin;
    const glm::dvec3 b = glm::dvec3(mesh.positions[t.y]) - origin;
    const glm::dvec3 c = glm::dvec3(mesh.positions[t.z]) - origin;
    six += glm::dot(a, glm::cross(b, c));
  }
  return six / 6;
}

double area_mm2(const TriMesh& mesh) {
  double twice = 0;
  for (const glm::uvec3& t : mesh.triangles)
    twice += glm::length(glm::cross(glm::dvec3(mesh.positions[t.y] - mesh.positions[t.x]),
                                    glm::dvec3(mesh.positions[t.z] - mesh.positions[t.x])));
  return twice / 2;
}

void flip_winding(TriMesh& mesh) {
  for (glm::uvec3& t : mesh.triangles)
    std::swap(t.y, t.z);
  for (glm::vec3& normal : mesh.normals)
    normal = -normal;
}

} // namespace calfscope
