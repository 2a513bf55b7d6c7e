#pragma once
// The offsets of bent flesh in a pack, beside its mesh: `lower_leg.bends`. A pack without it bends by its segments
// alone.
//
// Little endian. "calfbend", u32 version 1, u64 hash of the GLB it belongs to, u64 hash of what follows, u32
// structures; per structure: u16 length and bytes of its id, u32 vertices of its mesh, u32 entries; per entry whole
// numbers of 7 bits a byte, lowest first, the eighth telling that more follow: vertices since the last entry, joint,
// and for the twelve components, in steps of bend_step_mm, what they differ from the last entry's (0, -1, 1, -2, … as
// 0, 1, 2, 3, …).

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace calfscope {

// `places`: per structure, where the GLB keeps each vertex (~0: nowhere).
std::string bends_text_of(const Atlas& atlas, std::span<const std::vector<unsigned int>> places,
                          std::uint64_t glb_hash);

// Fills the bends of the meshes. A file that is damaged or belongs to another mesh is an issue, and changes nothing.
void parse_bends(std::string_view bytes, const std::string& file, std::uint64_t glb_hash,
                 const std::map<std::string, std::shared_ptr<SurfaceMesh>>& meshes, IssueList& issues);

} // namespace calfscope
