#pragma once
// A skin that was carried into the crease of a joint can lie in pleats that run through each other.

#include "geometry/trimesh.h"

namespace calfscope {

// Smooths `places` of a closed skin where it lies within itself and did not at rest, until it no longer does. `same`:
// per vertex the first of those that lie in one place.
void smooth_pleats(std::vector<glm::vec3>& places, const TriMesh& rest, const std::vector<std::uint32_t>& same);

} // namespace calfscope
