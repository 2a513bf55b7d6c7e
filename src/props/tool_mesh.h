#pragma once
// Tools as they look. Space: mm, origin in the tool's middle; X the long axis of cylinder and stick, Z the way it
// presses.

#include "content/technique.h"
#include "geometry/trimesh.h"

#include <string>
#include <vector>

namespace calfscope {

// A piece that has a look of its own.
struct PropPart {
  std::string id;
  TriMesh mesh;
};

// "foam" for a roller, "ball", or "rod", "beads" and "grip" of a stick. Nothing for a digit and for a pincer: they are
// hands (hand_mesh.h). Diameter and length as the tool says; all other sizes are design choices.
std::vector<PropPart> tool_parts(const Tool& tool);

// All its pieces as one mesh.
TriMesh tool_mesh(const Tool& tool);

} // namespace calfscope
