#pragma once
// Lines as drawn with a pen along the leg round a place: where a tool drags the skin aside they bend with it.

#include "technique/contact_ground.h"

namespace calfscope {

class SkinLines {
public:
  // Lines along the leg to either side of the place, fixed to the resting skin. `ground` is only asked here.
  SkinLines(const ContactGround& ground, LegPlace middle);

  struct Point {
    glm::vec3 at{0};      // mm
    glm::vec3 outward{0}; // unit
  };
  using Line = std::vector<Point>;
  // On the posed finer skin as the contacts, in its space, have moved it; without what lies under a tool.
  std::vector<Line> posed(std::span<const glm::vec3> posed_finer_skin, std::span<const Contact> contacts) const;

  LegPlace middle() const { return middle_; }

private:
  LegPlace middle_;
  std::vector<std::vector<ContactGround::SkinPlace>> lines_;
};

} // namespace calfscope
