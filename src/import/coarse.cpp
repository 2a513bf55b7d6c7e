#include "import/coarse.h"

#include <meshoptimizer.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace calfscope {
namespace {

constexpr double share_kept = 0.25;
// Below this a mesh is a sesamoid or a phalanx, whose outline would show the loss.
constexpr std::size_t fewest_triangles = 120;
// Largest deviation as a share of the mesh's extent; a limit only for thin slips that would vanish.
constexpr float largest_error = 0.02f;

} // namespace

std::vector<glm::uvec3> coarse_triangles_of(const SurfaceMesh& mesh) {
  const auto& triangles = mesh.surface.triangles;
  const auto& positions = mesh.surface.positions;
  const auto target =
      std::max(static_cast<std::size_t>(static_cast<double>(triangles.size()) * share_kept), fewest_triangles);
  if (triangles.size() <= target)
    return triangles;
  std::vector<glm::uvec3> coarse(triangles.size());
  const std::size_t indices =
      meshopt_simplify(&coarse[0].x, &triangles[0].x, triangles.size() * 3, &positions[0].x, positions.size(),
                       sizeof(glm::vec3), target * 3, largest_error, 0, nullptr);
  coarse.resize(indices / 3);
  if (coarse.empty())
    return triangles;
  meshopt_optimizeVertexCache(&coarse[0].x, &coarse[0].x, coarse.size() * 3, positions.size());
  return coarse;
}

void make_coarse(std::span<const std::shared_ptr<SurfaceMesh>> meshes) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < meshes.size(); i = next++)
      meshes[i]->coarse_triangles = coarse_triangles_of(*meshes[i]);
  };
  const unsigned helpers = std::min(std::max(std::thread::hardware_concurrency(), 1u) - 1, 7u);
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < helpers; ++i)
    threads.emplace_back(work);
  work();
}

} // namespace calfscope
