#pragma once
// Which vertices an edge joins to a vertex.

#include "geometry/trimesh.h"

#include <span>

namespace calfscope {

// Every vertex's neighbours, each once, in rising order.
class VertexNeighbours {
public:
  explicit VertexNeighbours(const TriMesh& mesh);
  std::span<const std::uint32_t> of(std::size_t vertex) const {
    return std::span(list_).subspan(start_[vertex], start_[vertex + 1] - start_[vertex]);
  }

private:
  std::vector<std::size_t> start_;
  std::vector<std::uint32_t> list_;
};

} // namespace calfscope
