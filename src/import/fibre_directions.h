#pragma once
// Which way the fibres of a muscle run at each vertex of its surface. All directions are unit and lie in the surface.

#include "geometry/mesh_neighbours.h"
#include "import/muscle_fibres.h"
#include "import/muscle_line.h"

namespace calfscope {

// Up the slope of `value`; along `fallback` where that says nothing.
std::vector<glm::vec3> slope_of(const TriMesh& mesh, const VertexNeighbours& neighbours,
                                const std::vector<double>& value, glm::vec3 fallback);

// Fibres of a muscle in one piece run as its line does; where it has several slips, `slope` knows better. `smooth` is
// the mesh with normals.
std::vector<glm::vec3> along_line(const TriMesh& smooth, const std::vector<double>& value, const CentreLine& line,
                                  const Frames& frames, const std::vector<glm::vec3>& slope);

// Turns the directions by the pennation angle towards the midline as seen from behind. A muscle on one side of it leans
// one way all round, as a twisted rope does; one that lies across it is feathered.
void lean_to_midline(std::vector<glm::vec3>& directions, const TriMesh& smooth, const FibreOptions& options);

} // namespace calfscope
