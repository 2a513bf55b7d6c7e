#pragma once
// The stages between a description and finished meshes.

#include "author/attributes.h"
#include "author/description.h"
#include "author/packing.h"
#include "author/shapes.h"
#include "author/sweep.h"
#include "base/issue.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

// A structure on its way from figures to a mesh.
struct Body {
  const StructureDescription* what = nullptr;
  std::optional<Sweep> sweep;
  std::vector<CordPath> cords;
  ScalarGrid cord_field; // empty without cords
  ScalarGrid belly;      // packed muscles: the shared-out field
  ScalarGrid field;      // the whole structure, negative inside; true distance near the surface
};

struct BuildSettings {
  float packing_mm = 1.5f; // grid of the final competition
  float solve_mm = 2.5f;   // grid of the volume solve
  float mesh_scale = 1;    // meshes are found on mesh_mm times this
  int solve_rounds = 22;
  std::function<void(double, std::string_view)> progress;
};

struct BuiltLeg {
  std::vector<Body> bodies; // in the order of the description
  ScalarGrid skin;
  std::vector<PackedMuscle> muscles; // growths as solved; fields emptied
};

BuiltLeg build_bodies(const AnatomyDescription& anatomy, const BuildSettings& settings);

} // namespace calfscope
