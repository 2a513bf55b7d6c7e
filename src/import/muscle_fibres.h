#pragma once
// How the fibres of a muscle run over its surface, where a point lies along and around it, and which part is tendon:
// from the shape alone.

#include "geometry/trimesh.h"
#include "import/recipe.h"

namespace calfscope {

struct FibreOptions {
  MuscleRun run = MuscleRun::down;
  // Vertices of the flat cap where the muscle was cut off; it goes on beyond, so there is no tendon there. Empty if the
  // proximal end is its own.
  std::vector<std::uint32_t> cut_end = {};
  // A section with this share of the largest area is all tendon, or all belly.
  float tendon_below = 0.10f;
  float belly_above = 0.28f;
  // The first of the way from an own proximal end is tendon as well, fading out to this length.
  float origin_mm = 0;
  // Fibres lean by this angle from the muscle's own line towards the midline …
  float pennation_deg = 0;
  // … which runs straight between these two points.
  glm::vec3 midline_upper{0};
  glm::vec3 midline_lower{0};
};

// One entry per vertex.
struct FibreField {
  std::vector<glm::vec3> direction;    // unit, proximal to distal, in the surface
  std::vector<glm::vec2> muscle_place; // as SurfaceMesh::muscle_place; x has its seam on the front (or upper) side
  std::vector<float> tendon;           // 0 belly .. 1 tendon, by the area of the section against the largest
};

// The mesh must be welded and closed. The line of the muscle is the slope of a harmonic function that rises from its
// proximal end to all of its tips, so that it follows slips and bends.
FibreField lay_fibres(const TriMesh& mesh, const FibreOptions& options);

// Doubles vertices along the seam, so that muscle_place.x does not run backwards through a triangle. Every attribute
// list is carried along.
void split_seam(SurfaceMesh& mesh);

} // namespace calfscope
