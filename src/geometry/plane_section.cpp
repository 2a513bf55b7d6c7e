#include "geometry/plane_section.h"

#include "geometry/triangle.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace calfscope {

std::vector<std::vector<glm::vec3>> section_outlines(const TriMesh& mesh, const Plane& plane) {
  // Every crossed triangle gives one directed segment between two crossed mesh edges. Points are named by their edge,
  // so chains join exactly. A vertex on the plane counts as above it: no segment is lost or doubled.
  std::vector<float> height(mesh.positions.size());
  for (std::size_t i = 0; i < height.size(); ++i)
    height[i] = plane.distance_mm(mesh.positions[i]);
  const auto above = [&](std::uint32_t v) { return height[v] >= 0; };
  const auto crossing = [&](std::uint32_t a, std::uint32_t b) {
    if (a > b)
      std::swap(a, b); // same arithmetic from both neighbours
    const float t = height[a] / (height[a] - height[b]);
    return glm::mix(mesh.positions[a], mesh.positions[b], t);
  };

  std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> next;
  std::unordered_map<std::uint64_t, glm::vec3> place;
  std::unordered_map<std::uint64_t, int> incoming;
  for (const glm::uvec3& t : mesh.triangles) {
    std::uint64_t entry = 0, leave = 0;
    int crossed = 0;
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t a = t[k], b = t[(k + 1) % 3];
      if (above(a) == above(b))
        continue;
      const std::uint64_t key = edge_key(a, b);
      place.try_emplace(key, crossing(a, b));
      (above(a) ? leave : entry) = key;
      ++crossed;
    }
    if (crossed == 2) {
      next[leave].push_back(entry);
      ++incoming[entry];
    }
  }

  std::vector<std::vector<glm::vec3>> outlines;
  const auto walk_from = [&](std::uint64_t start) {
    std::vector<glm::vec3> outline;
    std::uint64_t at = start;
    while (true) {
      auto& ways = next[at];
      if (ways.empty())
        break;
      outline.push_back(place[at]);
      const std::uint64_t to = ways.back();
      ways.pop_back();
      at = to;
      if (at == start)
        break;
    }
    if (at != start)
      outline.push_back(place[at]);
    if (outline.size() >= 3)
      outlines.push_back(std::move(outline));
  };
  std::vector<std::uint64_t> keys;
  for (const auto& entry : next)
    keys.push_back(entry.first);
  std::sort(keys.begin(), keys.end()); // the order of a hash map must not show in results
  for (const std::uint64_t key : keys) // open chains first, from their loose ends
    if (incoming[key] == 0)
      walk_from(key);
  for (const std::uint64_t key : keys)
    while (!next[key].empty())
      walk_from(key);
  return outlines;
}

double outline_length_mm(const std::vector<std::vector<glm::vec3>>& outlines) {
  double length = 0;
  for (const auto& outline : outlines)
    for (std::size_t i = 0; i < outline.size(); ++i)
      length += glm::distance(outline[i], outline[(i + 1) % outline.size()]);
  return length;
}

double outline_area_mm2(const std::vector<std::vector<glm::vec3>>& outlines, const Plane& plane) {
  double area = 0;
  for (const auto& outline : outlines) {
    glm::dvec3 sum(0);
    for (std::size_t i = 0; i < outline.size(); ++i)
      sum +=
          glm::cross(glm::dvec3(outline[i] - outline[0]), glm::dvec3(outline[(i + 1) % outline.size()] - outline[0]));
    area += 0.5 * glm::dot(sum, glm::dvec3(plane.normal));
  }
  return std::abs(area);
}

} // namespace calfscope
