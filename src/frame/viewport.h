#pragma once
// Where the camera's picture lies in a target that panels cover in part. Drawing and picking share these functions, so
// what is seen is what is picked.

#include "frame/camera.h"

#include <optional>

namespace calfscope {

struct Viewport {
  glm::ivec2 size{1, 1};           // of the target, pixels
  glm::vec4 free_area{0, 0, 1, 1}; // as Frame::free_area: fractions x0 y0 x1 y1, origin at the top left
  bool operator==(const Viewport&) const = default;
};

// A free area that is empty, turned round or not a number becomes the whole target.
Viewport tamed(const Viewport& viewport);

// Width over height of the free area; what the camera functions want as `aspect`.
float aspect_of(const Viewport& viewport);

// View space to clip space of the whole target, with the camera's target in the middle of the free area. Content goes
// on beyond the free area's edges, under the panels.
glm::mat4 projection_matrix(const Camera& camera, const Viewport& viewport, const Bounds& scene);

// Fractions of the target, origin top left, to the `at` of ray_through, and the ray itself.
glm::vec2 picture_point(const Viewport& viewport, glm::vec2 fraction);
Ray ray_through(const Camera& camera, const Viewport& viewport, glm::vec2 fraction);

// Where a point of the world appears, in fractions of the target with the origin at the top left; nullopt behind the
// eye.
std::optional<glm::vec2> fraction_of(const Camera& camera, const Viewport& viewport, glm::vec3 point_mm);

// Millimetres per pixel of the target at the camera's target.
float mm_per_pixel(const Camera& camera, const Viewport& viewport);

} // namespace calfscope
