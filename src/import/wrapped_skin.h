#pragma once
// A closed skin round everything: what lies inside is closed over (hollows between muscles filled), covered with fat by
// region, and, where the data has a skin of its own, led by it.

#include "geometry/trimesh.h"

#include <vector>

namespace calfscope {

struct SkinOptions {
  float ankle_y_mm = -363;    // landmark ankle_centre
  float calf_length_mm = 363; // from there to the knee
  float top_y_mm = 150;       // the skin ends here, in a rough cap that the caller crops
  float step_mm = 2;
  float least_cover_mm = 2;     // over every structure ...
  float vessel_cover_mm = 1.3f; // ... and over vessels, which would else stand out as ridges
  std::size_t triangles = 26'000;
};

// Welded closed meshes of a right leg.
struct SkinContents {
  std::vector<const TriMesh*> bodies;
  std::vector<const TriMesh*> vessels;
  TriMesh guide; // outer skin of the data, may have an open rim; empty if none
};

TriMesh wrap_skin(const SkinContents& contents, const SkinOptions& options);

} // namespace calfscope
