#pragma once
// Where a point lies round a muscle.

#include "geometry/mesh_neighbours.h"
#include "import/muscle_line.h"

namespace calfscope {

// The way round the muscle at each vertex in turns (0..1), by its outlines across the line, which are aligned with each
// other from the thickest one outwards. `value` as for centre_line().
std::vector<float> turns_round(const TriMesh& mesh, const VertexNeighbours& neighbours,
                               const std::vector<double>& value, const CentreLine& line, const Frames& frames);

} // namespace calfscope
