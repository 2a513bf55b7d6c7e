#pragma once
// A soft body on a regular lattice, carried along by nodes that are held: it turns rather than stretches, and keeps its
// volume as far as it can. Quasi-static: every call finds the rest of all forces. Bouaziz et al. 2014 (projective
// dynamics), with the rotations of Müller et al. 2016.

#include "geometry/scalar_grid.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace calfscope {

class SoftLattice {
public:
  // `used`: per node, as the lower corner of a cell, whether that cell is filled. `held`: per node, whether its place
  // is given. Nodes of no used cell are ignored. `firmness`: weight of volume against shape.
  SoftLattice(const GridFrame& frame, std::span<const std::uint8_t> used, std::span<const std::uint8_t> held,
              float firmness);
  ~SoftLattice();

  // Moves the held nodes where `places` (one per node, mm) puts them, and lets the others follow, over this many
  // rounds. `places` of the others are ignored on the way in and hold the result on the way out. `allowed` moves a free
  // node out of where it must not be.
  void settle(std::vector<glm::vec3>& places, int rounds,
              const std::function<glm::vec3(std::size_t node, glm::vec3 place)>& allowed);

private:
  struct Body;
  std::unique_ptr<Body> body_;
};

} // namespace calfscope
