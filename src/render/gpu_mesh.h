#pragma once
// The copy of a SurfaceMesh that the GPU draws from, and what the renderer wants to know about the mesh as a whole.

#include "geometry/trimesh.h"
#include "gl/objects.h"

namespace calfscope::render {

// Numbers of shaders/attributes.glsl.
enum AttributeSlot : unsigned int {
  slot_position = 0,
  slot_normal = 1,
  slot_fibre = 2,
  slot_shares = 3,
  slot_segment = 4,
  slot_weight = 5,
  slot_streak = 6,
  slot_field = 7,  // only in a PaintedMesh
  slot_bend_0 = 8, // four of them, and four normals, only where flesh bends
  slot_bend_normal_0 = 12,
};

struct SegmentPart {
  std::uint8_t segment = 0;
  Bounds bounds; // rest pose, of the vertices that this segment moves at least a little
};

// A run of the index buffer.
struct IndexRange {
  std::size_t first = 0;
  std::size_t count = 0;
  float error_mm = 0; // how far its surface lies from the fine one at most
};

struct GpuMesh {
  gl::Buffer vertices;
  gl::Buffer indices;
  gl::VertexArray array;
  std::vector<IndexRange> levels; // the fine triangles, then coarser ones
  Bounds bounds;                  // rest pose
  std::vector<SegmentPart> parts; // ordered by segment
  std::uint8_t main_segment = 0;  // the one that moves most vertices
  bool rigid = true;              // every vertex follows main_segment alone
  glm::mat3 grain{1};             // turns the rest pose so that the mean fibre direction is z
  // Cells of the fibre pattern in one turn around the muscle, a multiple of the noise's period so that the pattern has
  // no seam; 0 where the mesh does not say how it is placed.
  float streak_cells = 0;
  float around_mm = 0; // mean length of that turn
  bool closed = false; // encloses a volume, so that a cut can be filled
};

// The same vertices with a SurfaceOverlay's field. Triangles that have something of it stand apart: where the processor
// draws, a shader's branches cost as much untaken as taken.
struct PaintedMesh {
  struct Level {
    IndexRange plain, painted;
  };
  gl::Buffer vertices;
  gl::Buffer indices;
  gl::VertexArray array;     // empty if the field does not fit the mesh
  std::vector<Level> levels; // as GpuMesh::levels
};

// Without those that name vertices the mesh lacks.
std::vector<glm::uvec3> sound_triangles(const std::vector<glm::uvec3>& triangles, std::size_t vertices);

// Triangles that name vertices the mesh lacks are left out; missing normals are computed.
GpuMesh upload(const SurfaceMesh& mesh);

// Values that are no numbers count as free of everything; a field with another number of values than the mesh has
// vertices gives an empty copy.
PaintedMesh upload_painted(const SurfaceMesh& mesh, const std::vector<glm::vec4>& field);

} // namespace calfscope::render
