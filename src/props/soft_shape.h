#pragma once
// Round bodies from a few parts that flow into each other, and their surface. All in mm.

#include "geometry/trimesh.h"

#include <functional>
#include <vector>

namespace calfscope {

// A round cone from a to b, or an ellipsoid about a.
struct SoftPart {
  glm::vec3 a{0}, b{0};
  float ra = 0, rb = 0;
  glm::vec3 thin{0};  // unit; a cone is flatter this way …
  float thinness = 1; // … by this factor, at most 1
  glm::vec3 radii{0}; // of an ellipsoid, along the columns of `frame`; 0 for a cone
  glm::mat3 frame{1};
  int bone = 0; // what it hangs on

  float distance(glm::vec3 p) const; // exact on the surface, elsewhere never more than the true distance
  Bounds bounds() const;
};

SoftPart round_cone(glm::vec3 a, glm::vec3 b, float ra, float rb);
SoftPart flat_cone(glm::vec3 a, glm::vec3 b, float ra, float rb, glm::vec3 thin, float thinness);
SoftPart ellipsoid(glm::vec3 centre, glm::vec3 radii, const glm::mat3& frame = glm::mat3(1));

// Parts that flow into each other over `blend_mm`.
struct SoftGroup {
  std::vector<SoftPart> parts{};
  float blend_mm = 4;
  glm::vec3 cut_at{0}, cut_way{0}; // what lies this way of there is cut off; none if the way is zero
};

// Two groups seen as one; i == j for a group by itself.
struct SoftJoin {
  std::size_t i = 0, j = 0;
  float blend_mm = 0;
};

struct SoftShape {
  std::vector<SoftGroup> groups{};
  std::vector<SoftJoin> joins{}; // the shape is the union of these
  float blend_mm = 1;            // between joins
  // Last change to the field at a place: cuts, grooves. Must grow no faster than the distance does.
  std::function<float(glm::vec3, float)> finish{};

  float distance(glm::vec3 p) const;
};

// Its surface, closed, wound outwards, with normals from the field rather than from the triangles.
TriMesh surface_of(const SoftShape& shape, float step_mm);

} // namespace calfscope
