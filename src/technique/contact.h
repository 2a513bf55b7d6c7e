#pragma once
// How a tool is laid into the tissue: how deep it sinks at a pressure, and what it gives itself.

#include "content/technique.h"
#include "geometry/indentation.h"

namespace calfscope {

// How deep a tool sinks at a pressure, mm: grows with pressure and thickness, less for broad tools, and never more than
// half of the tissue.
float dent_mm(ToolShape shape, float pressure, float thickness_mm);

// A tool at a place, sunk in as far as the pressure says. `give` as in Tool.
Contact press(const ContactFrame& frame, const SkinShape& skin, const Tool& tool, float pressure, float thickness_mm);

} // namespace calfscope
