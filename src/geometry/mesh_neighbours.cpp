#include "geometry/mesh_neighbours.h"

#include <algorithm>

namespace calfscope {

VertexNeighbours::VertexNeighbours(const TriMesh& mesh) {
  std::vector<std::size_t> count(mesh.positions.size() + 1, 0);
  for (const glm::uvec3& t : mesh.triangles)
    for (int k = 0; k < 3; ++k)
      count[t[k] + 1] += 2;
  for (std::size_t v = 1; v < count.size(); ++v)
    count[v] += count[v - 1];
  std::vector<std::uint32_t> raw(count.back());
  std::vector<std::size_t> fill(count.begin(), count.end() - 1);
  for (const glm::uvec3& t : mesh.triangles)
    for (int k = 0; k < 3; ++k) {
      raw[fill[t[k]]++] = t[(k + 1) % 3];
      raw[fill[t[k]]++] = t[(k + 2) % 3];
    }
  start_.push_back(0);
  for (std::size_t v = 0; v + 1 < count.size(); ++v) {
    const auto first = raw.begin() + static_cast<std::ptrdiff_t>(count[v]);
    const auto last = raw.begin() + static_cast<std::ptrdiff_t>(count[v + 1]);
    std::sort(first, last);
    list_.insert(list_.end(), first, std::unique(first, last));
    start_.push_back(list_.size());
  }
}

} // namespace calfscope
