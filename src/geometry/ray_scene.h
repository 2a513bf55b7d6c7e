#pragma once
// Rays against triangle meshes (Embree): picking, anchoring, contact. No GPU needed.

#include "geometry/trimesh.h"

#include <memory>
#include <optional>
#include <span>

namespace calfscope {

struct Ray {
  glm::vec3 origin{0};    // mm
  glm::vec3 direction{0}; // unit length, so that distances are mm
};

struct RayHit {
  float distance_mm = 0;
  glm::vec3 position{0};
  glm::vec3 normal{0};    // geometric, unit, as the triangle is wound
  std::uint32_t mesh = 0; // number given to add()
  std::uint32_t triangle = 0;
  glm::vec2 barycentric{0}; // weights of corner 1 and 2
};

struct SurfacePoint {
  float distance_mm = 0;
  glm::vec3 position{0};
  std::uint32_t mesh = 0;
  std::uint32_t triangle = 0;
};

// Owns copies of positions and triangles. Move-only. commit() after the last add(), before any query.
class RayScene {
public:
  RayScene();
  ~RayScene();
  RayScene(RayScene&&) noexcept;
  RayScene& operator=(RayScene&&) noexcept;

  // Adds a mesh and returns its number, counted from 0.
  std::uint32_t add(std::span<const glm::vec3> positions, std::span<const glm::uvec3> triangles);
  void commit();

  // First hit at least min_mm away. If accept_mesh is given, meshes that are false in it are passed through.
  std::optional<RayHit> first_hit(const Ray& ray, float min_mm = 0,
                                  const std::vector<bool>* accept_mesh = nullptr) const;
  // All hits along the ray, nearest first.
  std::vector<RayHit> all_hits(const Ray& ray, float min_mm = 0) const;
  // Nearest surface point within max_mm.
  std::optional<SurfacePoint> nearest(glm::vec3 point, float max_mm) const;
  // Inside a closed mesh: odd number of crossings, by majority of three skew directions.
  bool inside(glm::vec3 point, std::uint32_t mesh) const;

private:
  struct Scene;
  std::unique_ptr<Scene> scene_;
};

} // namespace calfscope
