#pragma once
// The flesh around a bending knee as one soft body: bones hold it, thigh and calf lie against each other in the crease,
// and nothing gets into a bone. What follows from it is kept per vertex (bends.h), so this is computed once per leg.

#include "anatomy/atlas.h"
#include "geometry/soft_lattice.h"

namespace calfscope {

class KneeLattice {
public:
  // For an atlas that shows a right leg and whose bones are bound to segments.
  explicit KneeLattice(const Atlas& atlas);

  // Bends on from where it is; angles must grow from call to call, or start anew from a fresh lattice.
  void bend_to(float knee_deg);

  // Where a point of the flesh at rest is now, mm.
  glm::vec3 carried(glm::vec3 at_rest) const;

private:
  enum Holder : std::uint8_t { nothing, shank, thigh };

  void hold_bones(const Atlas& atlas, const ScalarGrid& skin);
  glm::vec3 allowed(std::size_t node, glm::vec3 place) const;

  glm::vec3 centre_{0}, axis_{1, 0, 0}, up_{0, 1, 0}, back_{0, 0, -1}; // of the knee; unit
  float size_ = 1; // against the leg that the lengths in the code were found on
  float top_ = 0;  // above the knee, mm: here the thigh is held whole
  GridFrame frame_;
  ScalarGrid shank_bones_, thigh_bones_; // distance at rest, mm
  std::vector<Holder> holder_;           // per node
  std::vector<std::int8_t> side_;        // of the crease: 1 thigh, -1 calf, 0 too deep to touch the other
  std::vector<glm::vec3> rest_, places_; // per node; at rest and now
  std::vector<float> firm_;              // per node: how firmly the thigh holds it, 0 … 1
  std::unique_ptr<SoftLattice> body_;
  float knee_deg_ = 0;
  glm::mat4 turned_{1}, back_turned_{1}; // thigh from rest, and back
};

} // namespace calfscope
