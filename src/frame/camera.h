#pragma once
// Where the picture is taken from. A turntable: the leg's long axis stays upright on the screen, so it cannot flip.

#include "geometry/ray_scene.h"
#include "geometry/trimesh.h"

#include <glm/glm.hpp>

namespace calfscope {

struct Camera {
  glm::vec3 target_mm{0};       // point in the middle of the picture
  float yaw_deg = 0;            // 0 looks from behind (camera at -Z), +90 from +X; wrapped to (-180, 180]
  float pitch_deg = 0;          // + from above; -90 … +90
  float distance_mm = 1200;     // camera to target
  float field_of_view_deg = 26; // vertical; for the orthographic switch the visible height at the target stays the same
  bool orthographic = false;

  bool operator==(const Camera&) const = default;
};

inline constexpr float camera_nearest_mm = 15;    // closer than this the zoom stops
inline constexpr float camera_farthest_mm = 6000; // so that the leg never shrinks to nothing

// World directions of the picture, unit.
glm::vec3 forward_of(const Camera& camera); // from the eye into the scene
glm::vec3 up_of(const Camera& camera);
glm::vec3 right_of(const Camera& camera);
glm::vec3 eye_of(const Camera& camera);

// The same camera turned to look along a unit direction.
Camera looking_along(Camera camera, glm::vec3 forward);

glm::mat4 view_matrix(const Camera& camera);
// Near and far fit the scene's box, so that depth precision does not depend on the zoom. GL clip space, z -1..1.
glm::mat4 projection_matrix(const Camera& camera, float aspect, const Bounds& scene);

// Visible height in mm at the target.
float height_at_target_mm(const Camera& camera);

// Ray through a point of the picture; `at` in -1..1, x right, y up.
Ray ray_through(const Camera& camera, float aspect, glm::vec2 at);

// The same camera with distance and target chosen so that the box fills the picture but for `margin` (0.06 = 6 %).
Camera fitted(const Camera& camera, const Bounds& box, float aspect, float margin);

// Brings every number back into range; NaN becomes the default. The camera never gets lost: its target stays within
// the scene's box grown by half.
Camera tamed(const Camera& camera, const Bounds& scene);

// Between two cameras, `t` 0..1, turning the short way round.
Camera between(const Camera& from, const Camera& to, float t);

} // namespace calfscope
