#pragma once
// What every vertex of a finished structure knows: fibre direction, place in the muscle, tendon share, relief.

#include "author/shapes.h"
#include "author/sweep.h"
#include "geometry/trimesh.h"

#include <memory>
#include <vector>

namespace calfscope {

struct BodyParts {
  const StructureDescription* what = nullptr;
  const Sweep* sweep = nullptr;      // null for bodies without sections
  const ScalarGrid* belly = nullptr; // field of the swept part as packed; null if it was not packed
  const std::vector<CordPath>* cords = nullptr;
  const ScalarGrid* cord_field = nullptr; // null if there are no cords
};

// Fills fibre, muscle_place and shares (tendon, relief; depth is left at 1 for the rig to set).
SurfaceMesh with_attributes(TriMesh mesh, const BodyParts& parts);

} // namespace calfscope
