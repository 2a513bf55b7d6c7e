#pragma once
// Fills what the clip plane cut open, so that no surface shows its inside.

#include "render/programs.h"
#include "render/section_cache.h"

#include <span>

namespace calfscope::render {

class CapPass {
public:
  // Into the bound framebuffer, whose depth the uncut surfaces have filled. Items that the plane does not cross are
  // passed over.
  void draw(Programs& programs, const Frame& frame, const Plan& plan, std::span<const PlannedItem> items, bool blended);
  // Before meshes are forgotten.
  void forget() { sections_.clear(); }

private:
  void draw_one(Programs& programs, const Frame& frame, const Plan& plan, const PlannedItem& item, bool blended);

  SectionCache sections_;
  gl::Buffer sheet_vertices_{gl::Buffer::Use::vertices, 4 * 16};
  gl::VertexArray sheet_ = make_sheet_array();
  gl::VertexArray make_sheet_array() const;
};

} // namespace calfscope::render
