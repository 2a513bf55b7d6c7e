#include "import/coarse.h"

#include "geometry/parallel.h"
#include "geometry/ray_scene.h"

#include <meshoptimizer.h>

#include <algorithm>
#include <array>
#include <span>

namespace calfscope {
namespace {

// How far a level may lie from the fine surface. A picture that shows the whole leg has about 0.9 mm per pixel at
// 1280x720 and 0.5 at 1920x1080; the finest level serves where a knee or a foot fills the picture.
constexpr std::array<float, 3> errors_allowed_mm{0.1f, 0.25f, 0.75f};
// The simplifier is asked again for less while what it made lies farther off than its own estimate says.
constexpr int most_tries = 4;
// A level that keeps more than this of the one before is not worth its memory.
constexpr double most_kept = 0.8;
// Below this a mesh is a sesamoid or a phalanx, whose outline would show the loss.
constexpr std::size_t fewest_triangles = 60;

// Distances beyond this make a level useless; they need not be told apart.
constexpr float beyond_use_mm = 5;

float farthest_mm(const RayScene& scene, std::span<const glm::vec3> points) {
  float farthest = 0;
  for (const glm::vec3& p : points) {
    const auto nearest = scene.nearest(p, beyond_use_mm);
    farthest = std::max(farthest, nearest ? nearest->distance_mm : beyond_use_mm);
  }
  return farthest;
}

// How far the two surfaces lie apart at most: the fine one's vertices from the coarse one, and the coarse one's centres
// and edges from the fine one. The simplifier's own figure is an estimate, and up to three times too small.
float deviation_mm(const std::vector<glm::vec3>& positions, const RayScene& fine,
                   const std::vector<glm::uvec3>& coarse) {
  RayScene scene;
  scene.add(positions, coarse);
  scene.commit();
  std::vector<glm::vec3> between;
  between.reserve(coarse.size() * 4);
  for (const glm::uvec3& t : coarse) {
    const glm::vec3 a = positions[t.x], b = positions[t.y], c = positions[t.z];
    between.insert(between.end(), {(a + b) / 2.f, (b + c) / 2.f, (c + a) / 2.f, (a + b + c) / 3.f});
  }
  return std::max(farthest_mm(scene, positions), farthest_mm(fine, between));
}

// Fewer of `triangles`, by the simplifier's estimate at most error_mm away from them.
std::vector<glm::uvec3> simplified(const std::vector<glm::vec3>& positions, const std::vector<glm::uvec3>& triangles,
                                   float error_mm) {
  const float scale_mm = meshopt_simplifyScale(&positions[0].x, positions.size(), sizeof(glm::vec3));
  if (!(scale_mm > 0))
    return triangles;
  std::vector<glm::uvec3> out(triangles.size());
  const std::size_t indices =
      meshopt_simplify(&out[0].x, &triangles[0].x, triangles.size() * 3, &positions[0].x, positions.size(),
                       sizeof(glm::vec3), fewest_triangles * 3, error_mm / scale_mm, 0, nullptr);
  out.resize(indices / 3);
  return out;
}

// A level made from the one before, which lies before_mm off, that is at most allowed_mm off the fine surface; without
// triangles if there is none.
CoarseLevel within(float allowed_mm, float before_mm, const std::vector<glm::vec3>& positions, const RayScene& fine,
                   const std::vector<glm::uvec3>& from) {
  float asked_mm = allowed_mm - before_mm;
  for (int i = 0; i < most_tries; ++i) {
    CoarseLevel level{simplified(positions, from, asked_mm), 0};
    if (level.triangles.empty())
      return {};
    level.error_mm = std::max(deviation_mm(positions, fine, level.triangles), before_mm);
    if (level.error_mm <= allowed_mm)
      return level;
    asked_mm *= std::clamp(allowed_mm / level.error_mm, 0.4f, 0.8f);
  }
  return {};
}

} // namespace

std::vector<CoarseLevel> coarse_levels_of(const SurfaceMesh& mesh) {
  std::vector<CoarseLevel> levels;
  const auto& positions = mesh.surface.positions;
  if (positions.empty())
    return levels;
  RayScene fine;
  fine.add(positions, mesh.surface.triangles);
  fine.commit();
  for (const float allowed_mm : errors_allowed_mm) {
    const bool first = levels.empty();
    const auto& from = first ? mesh.surface.triangles : levels.back().triangles;
    if (from.size() <= fewest_triangles)
      break;
    const float before_mm = first ? 0 : levels.back().error_mm;
    if (before_mm >= allowed_mm)
      continue;
    CoarseLevel level = within(allowed_mm, before_mm, positions, fine, from);
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
