#pragma once
// Draws planned surfaces into the bound framebuffer, coloured by their materials.

#include "render/plan.h"
#include "render/programs.h"

#include <span>

namespace calfscope::render {

enum class SurfaceTarget : std::uint8_t {
  scene,
  blended, // the sums of order-independent transparency
  glass,   // the same, only what the keyhole opens of opaque surfaces
};

// The noise volume must be bound to noise_unit, the frame block to its slot.
void draw_surfaces(Programs& programs, std::span<const PlannedItem> items, const gl::Rect& scissor,
                   SurfaceTarget target);

// What a program must be able to do to stand the item where it is, and where that is; for other passes over the same
// triangles.
void add_pose_defines(gl::ProgramFiles& files, const PlannedItem& item);
void set_pose(const gl::Program& program, const PlannedItem& item);
void draw_triangles_of(const PlannedItem& item);

} // namespace calfscope::render
