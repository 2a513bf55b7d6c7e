#include "import/coarse.h"

#include "geometry/parallel.h"

#include <meshoptimizer.h>

#include <algorithm>
#include <array>

namespace calfscope {
namespace {

// How far a level may lie from the fine surface. A picture that shows the whole leg has about 0.9 mm per pixel at
// 1280x720 and 0.5 at 1920x1080; the finest level serves where a knee or a foot fills the picture.
constexpr std::array<float, 3> errors_allowed_mm{0.06f, 0.15f, 0.5f};
// A level that keeps more than this of the one before is not worth its memory.
constexpr double most_kept = 0.8;
// Below this a mesh is a sesamoid or a phalanx, whose outline would show the loss.
constexpr std::size_t fewest_triangles = 60;

// Fewer of `triangles`, at most error_mm away from them; error_mm becomes what it came to.
std::vector<glm::uvec3> simplified(const std::vector<glm::vec3>& positions, const std::vector<glm::uvec3>& triangles,
                                   float& error_mm) {
  const float scale_mm = meshopt_simplifyScale(&positions[0].x, positions.size(), sizeof(glm::vec3));
  if (!(scale_mm > 0))
    return triangles;
  std::vector<glm::uvec3> out(triangles.size());
  float error = 0;
  const std::size_t indices =
      meshopt_simplify(&out[0].x, &triangles[0].x, triangles.size() * 3, &positions[0].x, positions.size(),
                       sizeof(glm::vec3), fewest_triangles * 3, error_mm / scale_mm, 0, &error);
  out.resize(indices / 3);
  error_mm = error * scale_mm;
  return out;
}

} // namespace

std::vector<CoarseLevel> coarse_levels_of(const SurfaceMesh& mesh) {
  std::vector<CoarseLevel> levels;
  const auto& positions = mesh.surface.positions;
  if (positions.empty())
    return levels;
  for (const float allowed_mm : errors_allowed_mm) {
    const bool first = levels.empty();
    const auto& from = first ? mesh.surface.triangles : levels.back().triangles;
    if (from.size() <= fewest_triangles)
      break;
    CoarseLevel level;
    // Each level is made from the one before, so their errors add up.
    const float before_mm = first ? 0 : levels.back().error_mm;
    level.error_mm = allowed_mm - before_mm;
    level.triangles = simplified(positions, from, level.error_mm);
    level.error_mm += before_mm;
    if (level.triangles.empty() ||
        static_cast<double>(level.triangles.size()) > most_kept * static_cast<double>(from.size()))
      continue;
    meshopt_optimizeVertexCache(&level.triangles[0].x, &level.triangles[0].x, level.triangles.size() * 3,
                                positions.size());
    levels.push_back(std::move(level));
  }
  return levels;
}

void make_coarse(std::span<const std::shared_ptr<SurfaceMesh>> meshes) {
  parallel_for(0, static_cast<int>(meshes.size()), [&](int i) {
    SurfaceMesh& mesh = *meshes[static_cast<std::size_t>(i)];
    mesh.coarse = coarse_levels_of(mesh);
  });
}

} // namespace calfscope
