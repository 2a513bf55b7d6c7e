#include "author/surface.h"

#include "geometry/isosurface.h"
#include "geometry/mesh_decimation.h"
#include "geometry/mesh_smoothing.h"

#include <cmath>

namespace calfscope {

FinishedSurface finish_surface(const ScalarGrid& field, const SurfaceOptions& options) {
  FinishedSurface out;
  TriMesh raw = isosurface(field);
  const std::vector<int> piece = connected_pieces(raw);
  std::vector<bool> keep(piece.size());
  for (std::size_t t = 0; t < piece.size(); ++t) {
    keep[t] = piece[t] == 0;
    out.dropped_pieces = std::max(out.dropped_pieces, piece[t]);
  }
  if (out.dropped_pieces > 0) {
    Bounds lost;
    for (std::size_t t = 0; t < piece.size(); ++t)
      if (piece[t] == 1)
        lost.add(raw.positions[raw.triangles[t].x]);
    out.dropped_at = lost.centre();
    const double whole = signed_volume_mm3(raw);
    raw = keep_triangles(raw, keep);
    out.dropped_mm3 = std::abs(whole - signed_volume_mm3(raw));
  }
  smooth_surface(raw, options.smoothing_rounds);
  relax_tangentially(raw, 4);
  const auto target = static_cast<std::size_t>(options.detail * static_cast<float>(raw.triangles.size()));
  out.mesh = decimate(
      raw, {.target_triangles = std::max<std::size_t>(target, 60), .longest_edge_mm = options.longest_edge_mm});
  relax_tangentially(out.mesh, 3);
  compute_normals(out.mesh);
  return out;
}

} // namespace calfscope
