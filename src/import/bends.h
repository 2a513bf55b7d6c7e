#pragma once
// What flesh does beyond following its segments when joints bend: found once per leg, kept per vertex, and read back
// with its pack. The knee is settled as one soft body; elsewhere flesh only makes way for bones.

#include "anatomy/atlas.h"

namespace calfscope {

// Fills SurfaceMesh::bends of every structure of a rigged leg that has a skin, a knee and a femur; leaves others as
// they are. Half a minute.
void bend_flesh(Atlas& atlas);

// The normals that belong to the offsets of positions, for a leg as it was read.
void add_bend_normals(Atlas& atlas);

// Steps that offsets are kept in, mm.
inline constexpr float bend_step_mm = 0.01f;

} // namespace calfscope
