#pragma once
// The last word between fields: who gives way to whom, and what is too thin to be left.

#include "author/build.h"

namespace calfscope {

// On the grids of the meshes themselves: of two structures the softer gives way, equals meet half-way. Only pairs that
// `concerns` names.
void part_neighbours(std::vector<Body>& bodies, const std::function<bool(const Body&, const Body&)>& concerns);

// Where a harder neighbour runs through flesh, what is left over it may be a bridge too thin to be seen as more than a
// tear: it is taken off, so that the neighbour lies in a groove and not in a tunnel. Tendons stay.
void take_off_thin_flesh(std::vector<Body>& bodies);

} // namespace calfscope
