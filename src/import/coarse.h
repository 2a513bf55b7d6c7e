#pragma once
// Fewer triangles over the same vertices, for moving pictures.

#include "anatomy/atlas.h"

#include <filesystem>
#include <span>

namespace calfscope {

// About a quarter of the triangles; small meshes keep more. Never more than the mesh has.
std::vector<glm::uvec3> coarse_triangles_of(const SurfaceMesh& mesh);

// Fills coarse_triangles of every mesh (they must not be shared yet), on all cores.
void make_coarse(std::span<const std::shared_ptr<SurfaceMesh>> meshes);

} // namespace calfscope
