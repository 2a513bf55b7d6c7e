#include "frame/camera.h"

#include <glm/gtc/matrix_transform.hpp>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

float wrapped_deg(float degrees) {
  degrees = std::fmod(degrees, 360.0f);
  if (degrees > 180)
    degrees -= 360;
  if (degrees <= -180)
    degrees += 360;
  return degrees;
}

float finite_or(float value, float fallback) {
  return std::isfinite(value) ? value : fallback;
}

template <typename Visit>
void for_each_corner(const Bounds& box, Visit visit) {
  for (int i = 0; i < 8; ++i)
    visit(glm::vec3(i & 1 ? box.upper.x : box.lower.x, i & 2 ? box.upper.y : box.lower.y,
                    i & 4 ? box.upper.z : box.lower.z));
}

} // namespace

glm::vec3 forward_of(const Camera& camera) {
  const float yaw = glm::radians(camera.yaw_deg), pitch = glm::radians(camera.pitch_deg);
  return {-std::sin(yaw) * std::cos(pitch), -std::sin(pitch), std::cos(yaw) * std::cos(pitch)};
}

glm::vec3 up_of(const Camera& camera) {
  // Derived from the angles, not from a cross product, so that it is sound straight from above and below too.
  const float yaw = glm::radians(camera.yaw_deg), pitch = glm::radians(camera.pitch_deg);
  return {-std::sin(yaw) * std::sin(pitch), std::cos(pitch), std::cos(yaw) * std::sin(pitch)};
}

glm::vec3 right_of(const Camera& camera) {
  return glm::cross(forward_of(camera), up_of(camera));
}

glm::vec3 eye_of(const Camera& camera) {
  return camera.target_mm - camera.distance_mm * forward_of(camera);
}

Camera looking_along(Camera camera, glm::vec3 forward) {
  camera.pitch_deg = glm::degrees(std::asin(glm::clamp(-forward.y, -1.0f, 1.0f)));
  camera.yaw_deg = glm::degrees(std::atan2(-forward.x, forward.z));
  return camera;
}

glm::mat4 view_matrix(const Camera& camera) {
  return glm::lookAt(eye_of(camera), camera.target_mm, up_of(camera));
}

float height_at_target_mm(const Camera& camera) {
  return 2 * camera.distance_mm * std::tan(glm::radians(camera.field_of_view_deg) / 2);
}

glm::mat4 projection_matrix(const Camera& camera, float aspect, const Bounds& scene) {
  float nearest = camera.distance_mm * 0.5f, farthest = camera.distance_mm * 2;
  if (!scene.empty()) {
    nearest = std::numeric_limits<float>::max();
    farthest = std::numeric_limits<float>::lowest();
    const glm::vec3 eye = eye_of(camera), forward = forward_of(camera);
    for_each_corner(scene, [&](glm::vec3 corner) {
      const float depth = glm::dot(corner - eye, forward);
      nearest = std::min(nearest, depth);
      farthest = std::max(farthest, depth);
    });
  }
  // A little air, so that nothing on the box's faces is cut.
  const float air = 0.02f * std::max(farthest - nearest, 1.0f);
  nearest -= air;
  farthest += air;
  if (camera.orthographic) {
    const float half = height_at_target_mm(camera) / 2;
    return glm::ortho(-half * aspect, half * aspect, -half, half, nearest, std::max(farthest, nearest + 1));
  }
  nearest = std::max({nearest, farthest / 2000, 1.0f});
  return glm::perspective(glm::radians(camera.field_of_view_deg), aspect, nearest, std::max(farthest, nearest + 1));
}

Ray ray_through(const Camera& camera, float aspect, glm::vec2 at) {
  const float half = height_at_target_mm(camera) / 2;
  const glm::vec3 offset = right_of(camera) * (at.x * half * aspect) + up_of(camera) * (at.y * half);
  if (camera.orthographic) {
    // Far enough back to start before everything, however near the eye has come.
    const glm::vec3 origin = camera.target_mm + offset - forward_of(camera) * (camera.distance_mm + camera_farthest_mm);
    return {origin, forward_of(camera)};
  }
  const glm::vec3 eye = eye_of(camera);
  return {eye, glm::normalize(camera.target_mm + offset - eye)};
}

Camera fitted(const Camera& camera, const Bounds& box, float aspect, float margin) {
  if (box.empty())
    return camera;
  Camera out = camera;
  out.target_mm = box.centre();
  const glm::vec3 right = right_of(camera), up = up_of(camera), forward = forward_of(camera);
  const float tangent = std::tan(glm::radians(camera.field_of_view_deg) / 2) * (1 - 2 * margin);
  float distance = 0;
  for_each_corner(box, [&](glm::vec3 corner) {
    const glm::vec3 offset = corner - out.target_mm;
    const float towards = camera.orthographic ? 0.0f : -glm::dot(offset, forward);
    distance = std::max(distance, towards + std::abs(glm::dot(offset, up)) / tangent);
    distance = std::max(distance, towards + std::abs(glm::dot(offset, right)) / (tangent * aspect));
  });
  out.distance_mm = std::clamp(distance, camera_nearest_mm, camera_farthest_mm);
  return out;
}

Camera tamed(const Camera& camera, const Bounds& scene) {
  const Camera fallback;
  Camera out = camera;
  out.yaw_deg = wrapped_deg(finite_or(camera.yaw_deg, fallback.yaw_deg));
  out.pitch_deg = std::clamp(finite_or(camera.pitch_deg, fallback.pitch_deg), -90.0f, 90.0f);
  out.distance_mm =
      std::clamp(finite_or(camera.distance_mm, fallback.distance_mm), camera_nearest_mm, camera_farthest_mm);
  out.field_of_view_deg = std::clamp(finite_or(camera.field_of_view_deg, fallback.field_of_view_deg), 5.0f, 90.0f);
  for (int k = 0; k < 3; ++k) {
    const float middle = scene.empty() ? 0.0f : scene.centre()[k];
    const float reach = scene.empty() ? 1000.0f : scene.size()[k];
    out.target_mm[k] = std::clamp(finite_or(camera.target_mm[k], middle), middle - reach, middle + reach);
  }
  return out;
}

Camera between(const Camera& from, const Camera& to, float t) {
  if (t <= 0)
    return from;
  if (t >= 1)
    return to;
  Camera out = to;
  out.target_mm = glm::mix(from.target_mm, to.target_mm, t);
  out.yaw_deg = wrapped_deg(from.yaw_deg + wrapped_deg(to.yaw_deg - from.yaw_deg) * t);
  out.pitch_deg = glm::mix(from.pitch_deg, to.pitch_deg, t);
  // Zooming feels even when the logarithm moves evenly.
  out.distance_mm = std::exp(glm::mix(std::log(from.distance_mm), std::log(to.distance_mm), t));
  out.field_of_view_deg = glm::mix(from.field_of_view_deg, to.field_of_view_deg, t);
  return out;
}

} // namespace calfscope
