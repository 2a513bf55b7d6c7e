#pragma once
// The fonts of the panels: Inter where it is found, something readable where not.

#include "base/issue.h"

#include <imgui.h>

namespace calfscope {

// Weights that the design uses. Sizes are fixed when the fonts are built, so that every glyph is drawn pixel by pixel.
struct Fonts {
  ImFont* text = nullptr;
  ImFont* text_strong = nullptr;
  ImFont* small = nullptr;
  ImFont* small_strong = nullptr;
  ImFont* title = nullptr;   // headings of panels
  ImFont* display = nullptr; // headings of pages
};

struct FontSizes {
  float text_px = 15; // framebuffer pixels
  float small_px = 13;
  float title_px = 19;
  float display_px = 28;
  bool operator==(const FontSizes&) const = default;
};

// Fills the current ImGui context's atlas, dropping what was in it. A missing Inter is named by a warning and replaced
// by another sans-serif font of the system, or by ImGui's own.
Fonts build_fonts(const FontSizes& sizes, IssueList& issues);

} // namespace calfscope
