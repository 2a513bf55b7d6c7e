#pragma once
// Fewer triangles over the same vertices, for moving pictures.

#include "anatomy/atlas.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace calfscope {

// Levels for three distances of the eye, as far as fewer triangles are worth it: a small mesh, or one whose every
// triangle counts, has none.
std::vector<CoarseLevel> coarse_levels_of(const SurfaceMesh& mesh);

// Fills `coarse` of every mesh (they must not be shared yet), on all cores.
void make_coarse(std::span<const std::shared_ptr<SurfaceMesh>> meshes);

// The same, remembered in cache_folder()/coarse under `key`, a hash of all that the meshes come from. A cache that is
// missing, damaged or cannot be written costs time and nothing else. The newest few files are kept.
void make_coarse_cached(std::span<const std::shared_ptr<SurfaceMesh>> meshes, std::uint64_t key);

// Not for secrets: 64 bits, quick, the same everywhere.
std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = 0);

} // namespace calfscope
