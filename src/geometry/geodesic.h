#pragma once
// Distance along a surface by the heat method (Crane, Weischedel and Wardetzky, ACM Trans. Graph. 32:152, 2013): one
// factorisation per surface, then a few milliseconds per source.

#include "geometry/trimesh.h"

#include <memory>
#include <optional>
#include <vector>

namespace calfscope {

class GeodesicSolver {
public:
  // Factors the surface's matrices; nullopt if it has no triangles or triangles without area spoil them. Vertices that
  // no triangle uses are left out.
  static std::optional<GeodesicSolver> make(const TriMesh& mesh);

  ~GeodesicSolver();
  GeodesicSolver(GeodesicSolver&&) noexcept;
  GeodesicSolver& operator=(GeodesicSolver&&) noexcept;

  // mm from a point of the surface (in `triangle`, at `position`) to every vertex. Never negative; pieces of the
  // surface that are not connected with the source get infinity.
  std::vector<float> distances_mm(std::uint32_t triangle, glm::vec3 position) const;

private:
  struct Matrices;
  explicit GeodesicSolver(std::unique_ptr<Matrices> matrices);
  std::unique_ptr<Matrices> matrices_;
};

} // namespace calfscope
