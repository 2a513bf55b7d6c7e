#pragma once
// Model packs: a folder with model.json and one GLB (conventions, "Ids"). Files are in metres, the Atlas in mm.
//
// model.json
//   { "format": "calfscope-model-1", "id", "title", "side": "right"|"left", "units": "m", "mesh": "lower_leg.glb",
//     "licence", "attribution", "sources": [..], "lacks": [..],
//     "landmarks": [ { "id", "position_m": [x,y,z], "how" } ],
//     "joints": [ { "id": "knee", "moves": "thigh", "parent": "shank", "centre_m", "axis", "range_deg": [low, high] }
//     ], "belly_ends": { "gastrocnemius_medial": s, "gastrocnemius_lateral": s, "soleus": s }, "structures": [ { "id",
//     "kind", "name", "latin", "synonyms": [..], "fma", "group", "source" } ] }
// Each structure is one mesh of the GLB whose node carries the structure's id. Per vertex as in the conventions:
// POSITION, NORMAL, TANGENT.xyz fibre, TEXCOORD_0 place across and along, COLOR_0.rgb tendon, depth, relief,
// JOINTS_0 / WEIGHTS_0 into a skin whose joint nodes carry the segment ids. Attributes that say nothing are left out.
// Beside the GLB, with its name: the offsets of bent flesh (bends_file.h); may be absent.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <filesystem>
#include <optional>

namespace calfscope {

// Reads a pack (through Assimp; coarse triangles are made and cached). nullopt if nothing can be shown, with every
// fault in `issues`. Paths that leave the pack's folder are refused.
std::optional<Atlas> read_pack(const std::filesystem::path& folder, IssueList& issues);

// Writes model.json and the GLB, both atomically. Vertices are ordered for the cache. Same atlas, same bytes.
bool write_pack(const Atlas& atlas, const std::filesystem::path& folder, IssueList& issues);

// Everything read_pack checks, and what only a closer look shows: open or non-manifold meshes, inward winding, shares
// out of range, weights that do not sum to one, structures outside the skin, landmarks missing.
void check_pack(const std::filesystem::path& folder, IssueList& issues);

} // namespace calfscope
