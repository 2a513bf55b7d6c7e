#include "technique/contact.h"

#include <algorithm>
#include <cmath>

namespace calfscope {

float dent_mm(ToolShape shape, float pressure, float thickness_mm) {
  // mm at full pressure in soft tissue of any thickness: a narrow tool sinks deeper at the same feeling.
  float most = 16;
  switch (shape) {
  case ToolShape::cylinder:
    most = 10;
    break;
  case ToolShape::beads:
    most = 8;
    break;
  case ToolShape::sphere:
    most = 18;
    break;
  case ToolShape::digit:
    most = 13;
    break;
  case ToolShape::pincer:
    most = 9;
    break;
  }
  const float p = std::clamp(pressure, 0.0f, 10.0f) / 10;
  // Tissue stiffens: most of the way is made at the start.
  return std::min(most * (1 - std::exp(-2.2f * p)) / (1 - std::exp(-2.2f)), 0.5f * thickness_mm);
}

Contact press(const ContactFrame& frame, const SkinShape& skin, const Tool& tool, float pressure, float thickness_mm) {
  Contact contact;
  contact.frame = frame;
  contact.skin = skin;
  contact.is_long = tool.shape == ToolShape::cylinder || tool.shape == ToolShape::beads;
  contact.radius_mm = 0.5f * tool.diameter_mm;
  contact.half_length_mm = contact.is_long ? 0.5f * tool.length_mm : 0;
  contact.thickness_mm = thickness_mm;
  contact.tip_mm = dent_mm(tool.shape, pressure, thickness_mm);
  // A soft tool gives way as the tissue does, each by its share.
  contact.flat_mm = std::min(tool.give * contact.tip_mm, 0.3f * contact.radius_mm);
  find_patch(contact);
  return contact;
}

} // namespace calfscope
