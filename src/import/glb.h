#pragma once
// The binary glTF container: written for packs, and checked before any other reader sees a file. glTF 2.0, section 4.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <string>
#include <string_view>

namespace calfscope {

// The GLB of an atlas: a node per structure named by its id, one skin whose joint nodes are named by the segments.
// Positions in metres. Vertices and triangles are put in cache order. Same atlas, same bytes.
std::string glb_of(const Atlas& atlas);

// Where glb_of keeps each vertex of a mesh; ~0 for those that no triangle uses.
std::vector<unsigned int> places_in_glb(const SurfaceMesh& mesh);

// Whether every chunk, view, accessor and index of a GLB stays inside the file and every number it counts on is there.
// Assimp trusts these numbers, so a file that fails here never reaches it. `file` is the name shown in issues.
bool glb_is_sound(std::string_view bytes, const std::string& file, IssueList& issues);

} // namespace calfscope
