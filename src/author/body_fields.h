#pragma once
// What every stage of the build needs: boxes, grids and fields of single bodies. Millimetres, negative inside.

#include "author/build.h"

namespace calfscope {

inline constexpr float far_outside_mm = 1e3f; // field value where a body has no field
inline constexpr float cord_reach_mm = 6;
inline constexpr float belly_to_cord_blend_mm = 2.5f;

// Box of a structure's declared shape.
Bounds declared_box(const Body& body);

// Box of the nodes inside a body; empty if there are none.
Bounds box_inside(const ScalarGrid& field);

// Declared shape without neighbours: sections, ends faded in, ellipsoids and cords melted together.
ScalarGrid declared_field(const Body& body, const GridFrame& frame);

// A flat cap; nothing where there is none (1e6).
void cut_top(ScalarGrid& field, float top_mm);

// Thin things need their fine grid even in a coarse build, or they break up.
float mesh_step(const StructureDescription& what, const BuildSettings& settings);
GridFrame frame_for(const Body& body, const BuildSettings& settings);

// Lowest value of several fields at every node of a frame; nodes outside a field's own grid are not touched by it.
ScalarGrid lowest_of(const GridFrame& frame, const std::vector<const ScalarGrid*>& fields);

// The body without its parts thinner than twice half_mm: blades of flesh thinner than the grid would fray.
ScalarGrid opened(ScalarGrid field, float half_mm);

// nullptr if there is none of that name.
Body* find_body(std::vector<Body>& bodies, std::string_view id);

bool lies_on_skin(const StructureDescription& what);    // nails
bool lies_under_skin(const StructureDescription& what); // veins and nerves in the fat

} // namespace calfscope
