#pragma once
// Where the clip plane cuts the posed surfaces: the outlines, and triangles to fill and rim them on the GPU.

#include "gl/objects.h"
#include "render/plan.h"

#include <unordered_map>

namespace calfscope::render {

struct Section {
  gl::Buffer vertices;
  gl::VertexArray array;
  int fill_count = 0; // vertices of triangles whose winding, added up, is the inside of the outlines
  int rim_count = 0;  // vertices of triangles along the outlines, behind those of the fill
  Bounds bounds;      // world
  bool empty() const { return fill_count == 0; }
};

class SectionCache {
public:
  // Kept while plane, pose and mesh stay as they are.
  const Section& find_or_cut(const Frame& frame, const PlannedItem& item, float rim_mm);
  void clear();

private:
  Plane plane_;
  std::vector<glm::mat4> segments_;
  std::unordered_map<const GpuMesh*, Section> sections_;
};

} // namespace calfscope::render
