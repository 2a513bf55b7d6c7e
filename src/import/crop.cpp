#include "import/crop.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace calfscope {
namespace {

using Outline = std::vector<glm::vec2>;

double cross(glm::vec2 a, glm::vec2 b) {
  return static_cast<double>(a.x) * b.y - static_cast<double>(a.y) * b.x;
}

double turn(glm::vec2 a, glm::vec2 b, glm::vec2 c) {
  return cross(b - a, c - a);
}

double signed_area(const Outline& outline) {
  double twice = 0;
  for (std::size_t i = 0; i < outline.size(); ++i)
    twice += cross(outline[i] - outline[0], outline[(i + 1) % outline.size()] - outline[0]);
  return twice / 2;
}

bool inside(glm::vec2 p, const Outline& outline) {
  bool in = false;
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
    const glm::vec2 a = outline[i];
    const glm::vec2 b = outline[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
      in = !in;
  }
  return in;
}

// A corner of a ring that is being cut up: its point and the number it has outside.
struct Corner {
  glm::vec2 point;
  std::uint32_t index;
};

bool in_triangle(glm::vec2 p, glm::vec2 a, glm::vec2 b, glm::vec2 c) {
  return turn(a, b, p) >= 0 && turn(b, c, p) >= 0 && turn(c, a, p) >= 0;
}

bool is_ear(const std::vector<Corner>& ring, std::size_t i) {
  const std::size_t n = ring.size();
  const Corner& a = ring[(i + n - 1) % n];
  const Corner& b = ring[i];
  const Corner& c = ring[(i + 1) % n];
  if (turn(a.point, b.point, c.point) <= 0)
    return false;
  return std::none_of(ring.begin(), ring.end(), [&](const Corner& other) {
    const bool is_corner = other.point == a.point || other.point == b.point || other.point == c.point;
    return !is_corner && in_triangle(other.point, a.point, b.point, c.point);
  });
}

// Ear clipping. Where rounding leaves no ear, the widest corner goes, so that it always ends and always closes.
void clip_ears(std::vector<Corner> ring, std::vector<glm::uvec3>& out) {
  while (ring.size() > 3) {
    std::size_t best = ring.size();
    double best_quality = -1e30;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const glm::vec2 a = ring[(i + ring.size() - 1) % ring.size()].point;
      const glm::vec2 b = ring[i].point;
      const glm::vec2 c = ring[(i + 1) % ring.size()].point;
      // Shortest new edge first: compact triangles instead of a fan of slivers.
      const double quality = (is_ear(ring, i) ? 0.0 : -1e20) - static_cast<double>(glm::dot(a - c, a - c)) +
                             (turn(a, b, c) > 0 ? 0.0 : -1e10);
      if (quality > best_quality) {
        best_quality = quality;
        best = i;
      }
    }
    const std::size_t n = ring.size();
    out.emplace_back(ring[(best + n - 1) % n].index, ring[best].index, ring[(best + 1) % n].index);
    ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(best));
  }
  if (ring.size() == 3)
    out.emplace_back(ring[0].index, ring[1].index, ring[2].index);
}

bool crosses(glm::vec2 a, glm::vec2 b, glm::vec2 c, glm::vec2 d) {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

// Joins a hole to its outer ring by a double edge between two corners that see each other.
void bridge(std::vector<Corner>& ring, const std::vector<Corner>& hole) {
  const auto blocked = [](glm::vec2 a, glm::vec2 b, const std::vector<Corner>& corners) {
    for (std::size_t i = 0; i < corners.size(); ++i)
      if (crosses(a, b, corners[i].point, corners[(i + 1) % corners.size()].point))
        return true;
    return false;
  };
  std::size_t best_ring = 0;
  std::size_t best_hole = 0;
  double best = 1e30;
  for (std::size_t i = 0; i < ring.size(); ++i)
    for (std::size_t j = 0; j < hole.size(); ++j) {
      const glm::vec2 way = ring[i].point - hole[j].point;
      const double length = static_cast<double>(glm::dot(way, way));
      if (length < best && !blocked(ring[i].point, hole[j].point, ring) &&
          !blocked(ring[i].point, hole[j].point, hole)) {
        best = length;
        best_ring = i;
        best_hole = j;
      }
    }
  std::vector<Corner> inserted;
  for (std::size_t k = 0; k <= hole.size(); ++k)
    inserted.push_back(hole[(best_hole + k) % hole.size()]);
  inserted.push_back(ring[best_ring]);
  ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(best_ring) + 1, inserted.begin(), inserted.end());
}

// Chains directed edges into rings. An edge without a follower ends its ring, which is then closed straight.
std::vector<std::vector<std::uint32_t>> rings_of(std::multimap<std::uint32_t, std::uint32_t> edges) {
  std::vector<std::vector<std::uint32_t>> rings;
  while (!edges.empty()) {
    std::vector<std::uint32_t> ring;
    auto edge = edges.begin();
    const std::uint32_t start = edge->first;
    while (edge != edges.end()) {
      ring.push_back(edge->first);
      const std::uint32_t next = edge->second;
      edges.erase(edge);
      if (next == start)
        break;
      edge = edges.find(next);
      if (edge == edges.end())
        ring.push_back(next);
    }
    if (ring.size() >= 3)
      rings.push_back(std::move(ring));
  }
  return rings;
}

} // namespace

std::vector<glm::uvec3> fill_outlines(const std::vector<std::vector<glm::vec2>>& outlines) {
  std::vector<std::vector<Corner>> rings;
  std::vector<double> areas;
  std::uint32_t index = 0;
  for (const Outline& outline : outlines) {
    auto& ring = rings.emplace_back();
    for (const glm::vec2 point : outline)
      ring.push_back({point, index++});
    areas.push_back(signed_area(outline));
  }
  std::vector<std::vector<std::size_t>> holes_of(outlines.size());
  std::vector<bool> is_hole(outlines.size(), false);
  for (std::size_t h = 0; h < outlines.size(); ++h) {
    if (areas[h] >= 0)
      continue;
    std::size_t home = outlines.size();
    for (std::size_t o = 0; o < outlines.size(); ++o)
      if (areas[o] > 0 && inside(outlines[h][0], outlines[o]) && (home == outlines.size() || areas[o] < areas[home]))
        home = o;
    if (home == outlines.size())
      continue; // a hole in nothing: a body wound inwards; it is filled as it is
    holes_of[home].push_back(h);
    is_hole[h] = true;
  }
  std::vector<glm::uvec3> out;
  for (std::size_t o = 0; o < outlines.size(); ++o) {
    if (is_hole[o])
      continue;
    for (const std::size_t h : holes_of[o])
      bridge(rings[o], rings[h]);
    clip_ears(std::move(rings[o]), out);
  }
  return out;
}

CroppedMesh crop(const TriMesh& mesh, const Plane& plane) {
  // A vertex this close to the plane is moved off it, so that no edge is cut at its end.
  constexpr float clearance_mm = 0.01f;
  TriMesh work;
  work.positions = mesh.positions;
  std::vector<float> height(mesh.positions.size());
  for (std::size_t i = 0; i < height.size(); ++i) {
    height[i] = plane.distance_mm(work.positions[i]);
    if (std::abs(height[i]) < clearance_mm) {
      work.positions[i] += (clearance_mm - height[i]) * plane.normal;
      height[i] = clearance_mm;
    }
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> cut_vertices;
  const auto cut = [&](std::uint32_t a, std::uint32_t b) {
    const auto key = std::minmax(a, b);
    const auto [found, is_new] = cut_vertices.emplace(key, static_cast<std::uint32_t>(work.positions.size()));
    if (is_new) {
      const auto [low, high] = key;
      const float t = height[low] / (height[low] - height[high]);
      work.positions.push_back(glm::mix(work.positions[low], work.positions[high], t));
    }
    return found->second;
  };
  std::multimap<std::uint32_t, std::uint32_t> rim; // as the cap runs along it
  for (const glm::uvec3& t : mesh.triangles) {
    const int out_count = (height[t.x] > 0) + (height[t.y] > 0) + (height[t.z] > 0);
    if (out_count == 3)
      continue;
    if (out_count == 0) {
      work.triangles.push_back(t);
      continue;
    }
    int odd = 0; // the corner that is alone on its side
    for (int k = 0; k < 3; ++k)
      if ((height[t[k]] > 0) == (out_count == 1))
        odd = k;
    const std::uint32_t a = t[odd];
    const std::uint32_t b = t[(odd + 1) % 3];
    const std::uint32_t c = t[(odd + 2) % 3];
    const std::uint32_t ab = cut(a, b);
    const std::uint32_t ac = cut(a, c);
    if (out_count == 2) {
      work.triangles.emplace_back(a, ab, ac);
      rim.emplace(ac, ab);
    } else {
      work.triangles.emplace_back(ab, b, c);
      work.triangles.emplace_back(ab, c, ac);
      rim.emplace(ab, ac);
    }
  }
  CroppedMesh out;
  out.first_cap_triangle = work.triangles.size();
  // In the plane, seen against the normal, x and y so that counter-clockwise stays so.
  const glm::vec3 helper = std::abs(plane.normal.x) < 0.9f ? glm::vec3(1, 0, 0) : glm::vec3(0, 1, 0);
  const glm::vec3 u = glm::normalize(glm::cross(helper, plane.normal));
  const glm::vec3 v = glm::cross(plane.normal, u);
  std::vector<Outline> outlines;
  std::vector<std::uint32_t> names;
  for (const auto& ring : rings_of(std::move(rim))) {
    auto& outline = outlines.emplace_back();
    for (const std::uint32_t i : ring) {
      outline.emplace_back(glm::dot(u, work.positions[i]), glm::dot(v, work.positions[i]));
      names.push_back(i);
    }
  }
  for (const glm::uvec3& t : fill_outlines(outlines))
    work.triangles.emplace_back(names[t.x], names[t.y], names[t.z]);
  out.mesh = keep_triangles(work, std::vector<bool>(work.triangles.size(), true));
  return out;
}

CappedMesh with_flat_cap(const CroppedMesh& cropped, const Plane& plane) {
  CappedMesh out;
  TriMesh& mesh = out.mesh;
  mesh.positions = cropped.mesh.positions;
  out.source.resize(mesh.positions.size());
  std::iota(out.source.begin(), out.source.end(), 0u);
  const auto cap = cropped.mesh.triangles.begin() + static_cast<std::ptrdiff_t>(cropped.first_cap_triangle);
  mesh.triangles.assign(cropped.mesh.triangles.begin(), cap);
  compute_normals(mesh);
  std::map<std::uint32_t, std::uint32_t> doubled;
  for (auto t = cap; t != cropped.mesh.triangles.end(); ++t) {
    glm::uvec3 next{};
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t rim = (*t)[k];
      const auto [found, is_new] = doubled.emplace(rim, static_cast<std::uint32_t>(mesh.positions.size()));
      if (is_new) {
        mesh.positions.push_back(cropped.mesh.positions[rim]);
        mesh.normals.push_back(plane.normal);
        out.source.push_back(rim);
      }
      next[k] = found->second;
    }
    mesh.triangles.push_back(next);
  }
  return out;
}

} // namespace calfscope
