#include "import/surface_harmonic.h"

#include <algorithm>
#include <numeric>

namespace calfscope {
namespace {

// A symmetric positive system over the vertices of a mesh, with entries for neighbours only.
class SurfaceSystem {
public:
  SurfaceSystem(const TriMesh& mesh, const VertexNeighbours& neighbours) : neighbours_(neighbours) {
    const std::size_t count = mesh.positions.size();
    start_.resize(count + 1, 0);
    for (std::size_t i = 0; i < count; ++i)
      start_[i + 1] = start_[i] + neighbours.of(i).size();
    off_diagonal_.assign(start_[count], 0.0);
    diagonal_.assign(count, 0.0);
  }

  void add(std::uint32_t row, std::uint32_t column, double value) {
    if (row == column) {
      diagonal_[row] += value;
      return;
    }
    const auto list = neighbours_.of(row);
    const auto found = std::lower_bound(list.begin(), list.end(), column);
    off_diagonal_[start_[row] + static_cast<std::size_t>(found - list.begin())] += value;
  }

  // Conjugate gradients from the given values; `fixed` ones are kept (empty: none).
  std::vector<double> solve(std::vector<double> values, const std::vector<double>& right,
                            const std::vector<bool>& fixed) const {
    const std::size_t count = values.size();
    const auto free = [&](std::size_t i) { return fixed.empty() || !fixed[i]; };
    std::vector<double> residual = apply(values);
    for (std::size_t i = 0; i < count; ++i)
      residual[i] = free(i) ? right[i] - residual[i] : 0.0;
    std::vector<double> way = residual;
    double square = std::inner_product(residual.begin(), residual.end(), residual.begin(), 0.0);
    const double enough = square * 1e-12;
    for (std::size_t round = 0; round < 4 * count && square > enough && square > 0; ++round) {
      std::vector<double> image = apply(way);
      for (std::size_t i = 0; i < count; ++i)
        if (!free(i))
          image[i] = 0;
      const double slope = std::inner_product(way.begin(), way.end(), image.begin(), 0.0);
      if (!(slope > 0))
        break;
      for (std::size_t i = 0; i < count; ++i) {
        values[i] += square / slope * way[i];
        residual[i] -= square / slope * image[i];
      }
      const double next = std::inner_product(residual.begin(), residual.end(), residual.begin(), 0.0);
      for (std::size_t i = 0; i < count; ++i)
        way[i] = residual[i] + next / square * way[i];
      square = next;
    }
    return values;
  }

private:
  std::vector<double> apply(const std::vector<double>& values) const {
    std::vector<double> out(values.size(), 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
      out[i] = diagonal_[i] * values[i];
      const auto list = neighbours_.of(i);
      for (std::size_t n = 0; n < list.size(); ++n)
        out[i] += off_diagonal_[start_[i] + n] * values[list[n]];
    }
    return out;
  }

  const VertexNeighbours& neighbours_;
  std::vector<std::size_t> start_;
  std::vector<double> off_diagonal_;
  std::vector<double> diagonal_;
};

} // namespace

std::vector<double> harmonic(const TriMesh& mesh, const VertexNeighbours& neighbours, std::vector<double> values,
                             const std::vector<bool>& fixed) {
  SurfaceSystem system(mesh, neighbours);
  // Weights never fall below a small positive number, so that slivers do no harm.
  for (const glm::uvec3& t : mesh.triangles)
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t a = t[k];
      const std::uint32_t b = t[(k + 1) % 3];
      const glm::vec3 u = mesh.positions[a] - mesh.positions[t[(k + 2) % 3]];
      const glm::vec3 v = mesh.positions[b] - mesh.positions[t[(k + 2) % 3]];
      const float sine = glm::length(glm::cross(u, v));
      const double weight = sine > 1e-9f ? std::clamp(glm::dot(u, v) / sine, 0.01f, 5.0f) / 2.0 : 0.005;
      system.add(a, b, -weight);
      system.add(b, a, -weight);
      system.add(a, a, weight);
      system.add(b, b, weight);
    }
  const std::vector<double> zero(values.size(), 0.0);
  return system.solve(std::move(values), zero, fixed);
}

} // namespace calfscope
