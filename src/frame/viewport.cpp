#include "frame/viewport.h"

#include <algorithm>

namespace calfscope {

Viewport tamed(const Viewport& viewport) {
  Viewport out = viewport;
  out.size = glm::max(viewport.size, glm::ivec2(1));
  const glm::vec4 area = viewport.free_area;
  // Written so that a NaN fails it.
  const bool sound = area.x >= 0 && area.y >= 0 && area.z <= 1 && area.w <= 1 && area.x < area.z && area.y < area.w;
  if (!sound)
    out.free_area = {0, 0, 1, 1};
  return out;
}

float aspect_of(const Viewport& viewport) {
  const Viewport v = tamed(viewport);
  return static_cast<float>(v.size.x) * (v.free_area.z - v.free_area.x) /
         (static_cast<float>(v.size.y) * (v.free_area.w - v.free_area.y));
}

glm::mat4 projection_matrix(const Camera& camera, const Viewport& viewport, const Bounds& scene) {
  const glm::vec4 area = tamed(viewport).free_area;
  glm::mat4 place(1);
  place[0][0] = area.z - area.x;
  place[1][1] = area.w - area.y;
  place[3][0] = area.x + area.z - 1;
  place[3][1] = 1 - area.y - area.w;
  return place * projection_matrix(camera, aspect_of(viewport), scene);
}

glm::vec2 picture_point(const Viewport& viewport, glm::vec2 fraction) {
  const glm::vec4 area = tamed(viewport).free_area;
  const glm::vec2 within = (fraction - glm::vec2(area.x, area.y)) / glm::vec2(area.z - area.x, area.w - area.y);
  return {2 * within.x - 1, 1 - 2 * within.y};
}

Ray ray_through(const Camera& camera, const Viewport& viewport, glm::vec2 fraction) {
  return ray_through(camera, aspect_of(viewport), picture_point(viewport, fraction));
}

std::optional<glm::vec2> fraction_of(const Camera& camera, const Viewport& viewport, glm::vec3 point_mm) {
  const glm::vec4 clip = projection_matrix(camera, viewport, Bounds{}) * view_matrix(camera) * glm::vec4(point_mm, 1);
  if (clip.w <= 0)
    return std::nullopt;
  return glm::vec2(0.5f + 0.5f * clip.x / clip.w, 0.5f - 0.5f * clip.y / clip.w);
}

float mm_per_pixel(const Camera& camera, const Viewport& viewport) {
  const Viewport v = tamed(viewport);
  return height_at_target_mm(camera) / (static_cast<float>(v.size.y) * (v.free_area.w - v.free_area.y));
}

} // namespace calfscope
