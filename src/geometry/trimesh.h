#pragma once
// Triangle meshes as plain arrays. Space (conventions): millimetres, X to the subject's left, Y up, Z anterior.

#include <glm/glm.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace calfscope {

// Axis-aligned box; empty (lower > upper) until something is added.
struct Bounds {
  glm::vec3 lower{std::numeric_limits<float>::max()};
  glm::vec3 upper{std::numeric_limits<float>::lowest()};

  void add(glm::vec3 point);
  void add(const Bounds& other);
  bool empty() const { return lower.x > upper.x; }
  glm::vec3 centre() const { return 0.5f * (lower + upper); }
  glm::vec3 size() const { return upper - lower; }
  bool operator==(const Bounds&) const = default;
};

struct TriMesh {
  std::vector<glm::vec3> positions;  // mm
  std::vector<glm::vec3> normals;    // unit, outward; empty, or one per position
  std::vector<glm::uvec3> triangles; // counter-clockwise seen from outside

  bool empty() const { return triangles.empty(); }
};

// A leg has this many rigid parts at most; shaders keep a matrix for each.
inline constexpr std::size_t max_segments = 16;

// Joints bound to a vertex: indices into Atlas::segments, weights sum to 255.
struct SkinBinding {
  std::array<std::uint8_t, 4> segment{0, 0, 0, 0};
  std::array<std::uint8_t, 4> weight{255, 0, 0, 0};
  bool operator==(const SkinBinding&) const = default;
};

// Where flesh near a joint goes beyond what its segments do: up to four offsets per vertex at rest, of which a pose
// takes shares (BendShares).
inline constexpr std::size_t bend_joints = 3;
using BendOffsets = std::array<glm::vec3, 4>;
struct Bend {
  std::uint8_t joint = 0; // which of the BendShares
  BendOffsets position_mm{};
  BendOffsets normal{};
  bool operator==(const Bend&) const = default;
};

// What the shares hold, per vertex, all 0..1 (conventions, "Ids": COLOR_0.rgb).
struct TissueShares {
  float tendon = 0; // 0 muscle belly, 1 tendon
  float depth = 1;  // 0 at the bone, 1 at the skin
  float relief = 0.5f;
  bool operator==(const TissueShares&) const = default;
};

// Fewer triangles over the same vertices, for moving pictures.
struct CoarseLevel {
  std::vector<glm::uvec3> triangles;
  float error_mm = 0; // farthest this surface lies from the fine one, measured at corners, edges and centres
};

// A structure's surface with everything the pictures, the poses and the slices need. Each attribute list is empty or
// as long as surface.positions.
struct SurfaceMesh {
  TriMesh surface;
  std::vector<glm::vec3> fibre;        // unit direction of the muscle fibres, or zero
  std::vector<glm::vec2> muscle_place; // x: around the section 0..1, y: along 0 proximal .. 1 distal
  std::vector<TissueShares> shares;
  std::vector<SkinBinding> binding;
  std::vector<Bend> bends;
  std::vector<CoarseLevel> coarse; // each coarser than the one before; may be empty
};

// Merges vertices closer than tolerance_mm (grid hashing), drops triangles that lose area and vertices without any.
// Normals are dropped; call compute_normals afterwards. tolerance 0 merges equal positions only.
TriMesh weld(const TriMesh& mesh, float tolerance_mm);

// Index of the connected piece of each triangle, pieces numbered from 0 by falling triangle count.
std::vector<int> connected_pieces(const TriMesh& mesh);

// The connected pieces as meshes of their own, largest first.
std::vector<TriMesh> separated(const TriMesh& mesh);

// Triangles for which keep[i] is true, with unused vertices removed.
TriMesh keep_triangles(const TriMesh& mesh, const std::vector<bool>& keep);

// Angle-weighted vertex normals.
void compute_normals(TriMesh& mesh);

// Vertices that only differ in what they carry (along the seam of a texture) count as one, so that the surface is
// whole.
std::vector<glm::uvec3> merged_at_seams(const std::vector<glm::vec3>& positions, std::vector<glm::uvec3> triangles);

Bounds bounds_of(const TriMesh& mesh);
double signed_volume_mm3(const TriMesh& mesh); // positive if closed and wound outwards
double area_mm2(const TriMesh& mesh);
void flip_winding(TriMesh& mesh); // normals follow

} // namespace calfscope
