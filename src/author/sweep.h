#pragma once
// A body whose horizontal sections are declared at some heights and blended between them.

#include "author/curve.h"
#include "author/description.h"
#include "geometry/scalar_grid.h"

#include <array>

namespace calfscope {

// Place of a point in its section.
struct SectionPlace {
  float reach = 0; // 0 in the middle, 1 on the outline, more outside
  float angle = 0; // radians around the section, -pi..pi, 0 on the +width side
};

class Sweep {
public:
  explicit Sweep(const Sections& sections);

  float top_mm() const { return top_; }
  float bottom_mm() const { return bottom_; }
  SectionLevel at(float y_mm) const;
  SectionPlace place_of(glm::vec3 p) const;
  // Point on the outline at a height.
  glm::vec3 outline(float y_mm, float angle) const;
  glm::vec3 centre(float y_mm) const;
  // Turn of the section, radians from +X towards +Z.
  float turn(float y_mm) const;
  // sqrt(half width * half depth), the section's size.
  float size_mm(float y_mm) const;
  float largest_size_mm() const { return largest_size_; }
  Bounds bounds() const;

  // Field with a clean zero level, first order in mm next to it. Only nodes within about 6 mm of the body get more than
  // a rough value.
  ScalarGrid field(const GridFrame& frame) const;

private:
  float top_, bottom_;
  float largest_size_ = 0;
  std::array<Curve, section_numbers - 1> curves_;
};

} // namespace calfscope
