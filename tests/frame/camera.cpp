#include "frame/camera.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace calfscope;

namespace {

const Bounds leg = [] {
  Bounds box;
  box.add({-70, -430, -90});
  box.add({70, 150, 190});
  return box;
}();

Camera random_camera(std::mt19937& random) {
  const auto real = [&](float lowest, float highest) {
    return std::uniform_real_distribution<float>(lowest, highest)(random);
  };
  Camera camera;
  camera.target_mm = {real(-70, 70), real(-430, 150), real(-90, 190)};
  camera.yaw_deg = real(-180, 180);
  camera.pitch_deg = real(-90, 90);
  camera.distance_mm = real(camera_nearest_mm, 3000);
  camera.orthographic = random() % 2 == 0;
  return camera;
}

bool finite(const glm::mat4& m) {
  for (int c = 0; c < 4; ++c)
    for (int r = 0; r < 4; ++r)
      if (!std::isfinite(m[c][r]))
        return false;
  return true;
}

} // namespace

TEST_CASE("the picture's directions are a right-handed frame with the leg upright, straight from above too") {
  for (float yaw = -180; yaw <= 180; yaw += 15)
    for (float pitch = -90; pitch <= 90; pitch += 15) {
      Camera camera;
      camera.yaw_deg = yaw;
      camera.pitch_deg = pitch;
      const glm::vec3 f = forward_of(camera), u = up_of(camera), r = right_of(camera);
      CHECK(glm::length(f) == Approx(1).margin(1e-5));
      CHECK(glm::length(u) == Approx(1).margin(1e-5));
      CHECK(glm::dot(f, u) == Approx(0).margin(1e-5));
      CHECK(glm::length(glm::cross(r, u) + f) < 1e-5f);
      CHECK(u.y >= -1e-6f);
      CHECK(r.y == Approx(0).margin(1e-5));
      CHECK(finite(view_matrix(camera)));
      const glm::vec4 middle = view_matrix(camera) * glm::vec4(camera.target_mm, 1);
      CHECK(middle.z == Approx(-camera.distance_mm).epsilon(1e-4));
    }
}

TEST_CASE("yaw 0 looks from behind, 90 from +X") {
  CHECK(eye_of(Camera{}).z == Approx(-1200));
  Camera side;
  side.yaw_deg = 90;
  CHECK(eye_of(side).x == Approx(1200));
}

TEST_CASE("a ray through a point of the picture meets what the matrices draw there") {
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    const Camera camera = random_camera(random);
    const float aspect = std::uniform_real_distribution<float>(0.4f, 2.5f)(random);
    const glm::vec2 at(std::uniform_real_distribution<float>(-1, 1)(random),
                       std::uniform_real_distribution<float>(-1, 1)(random));
    const Ray ray = ray_through(camera, aspect, at);
    CHECK(glm::length(ray.direction) == Approx(1).margin(1e-4));
    // A point on the ray at the target's depth.
    const float along =
        glm::dot(camera.target_mm - ray.origin, forward_of(camera)) / glm::dot(ray.direction, forward_of(camera));
    const glm::vec4 clip =
        projection_matrix(camera, aspect, leg) * view_matrix(camera) * glm::vec4(ray.origin + along * ray.direction, 1);
    CHECK(clip.x / clip.w == Approx(at.x).margin(3e-3));
    CHECK(clip.y / clip.w == Approx(at.y).margin(3e-3));
  }
}

TEST_CASE("near and far hold the whole scene in front of the eye") {
  std::mt19937 random(8);
  for (int i = 0; i < 300; ++i) {
    const Camera camera = random_camera(random);
    const glm::mat4 matrix = projection_matrix(camera, 1.6f, leg) * view_matrix(camera);
    REQUIRE(finite(matrix));
    for (int corner = 0; corner < 8; ++corner) {
      const glm::vec3 p(corner & 1 ? leg.upper.x : leg.lower.x, corner & 2 ? leg.upper.y : leg.lower.y,
                        corner & 4 ? leg.upper.z : leg.lower.z);
      if (!camera.orthographic && glm::dot(p - eye_of(camera), forward_of(camera)) < 2)
        continue; // behind the eye
      const glm::vec4 clip = matrix * glm::vec4(p, 1);
      CHECK(clip.z / clip.w <= 1.0001f);
      CHECK(clip.z / clip.w >= -1.0001f);
    }
  }
}

TEST_CASE("a fitted box is in the picture with its margin and touches it") {
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    const float aspect = std::uniform_real_distribution<float>(0.5f, 2.2f)(random);
    const Camera camera = fitted(random_camera(random), leg, aspect, 0.06f);
    const glm::mat4 matrix = projection_matrix(camera, aspect, leg) * view_matrix(camera);
    float widest = 0;
    for (int corner = 0; corner < 8; ++corner) {
      const glm::vec4 clip =
          matrix * glm::vec4(corner & 1 ? leg.upper.x : leg.lower.x, corner & 2 ? leg.upper.y : leg.lower.y,
                             corner & 4 ? leg.upper.z : leg.lower.z, 1);
      widest = std::max({widest, std::abs(clip.x / clip.w), std::abs(clip.y / clip.w)});
    }
    CHECK(widest <= 0.885f);
    CHECK(widest > 0.8f);
  }
}

TEST_CASE("taming brings anything back, and what is tame stays as it is") {
  const float nan = std::nanf(""), infinity = std::numeric_limits<float>::infinity();
  for (const float bad : {nan, infinity, -infinity, 1e30f, -1e30f}) {
    Camera camera;
    camera.target_mm = {bad, bad, bad};
    camera.yaw_deg = bad;
    camera.pitch_deg = bad;
    camera.distance_mm = bad;
    camera.field_of_view_deg = bad;
    for (const Bounds& scene : {leg, Bounds{}}) {
      const Camera tame = tamed(camera, scene);
      CHECK(finite(view_matrix(tame)));
      CHECK(finite(projection_matrix(tame, 1.5f, scene)));
      CHECK(tame.distance_mm >= camera_nearest_mm);
      CHECK(tamed(tame, scene) == tame);
    }
  }
  std::mt19937 random(5);
  for (int i = 0; i < 100; ++i) {
    const Camera tame = tamed(random_camera(random), leg);
    CHECK(tamed(tame, leg) == tame);
  }
}

TEST_CASE("a way between two cameras begins and ends there and turns the short way round") {
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    const Camera from = random_camera(random), to = random_camera(random);
    CHECK(between(from, to, 0) == from);
    CHECK(between(from, to, 1) == to);
    float turned = 0, before = from.yaw_deg;
    for (int k = 1; k <= 20; ++k) {
      const Camera at = between(from, to, static_cast<float>(k) / 20);
      turned += std::abs(std::remainder(at.yaw_deg - before, 360.0f));
      before = at.yaw_deg;
      CHECK(at.distance_mm >= std::min(from.distance_mm, to.distance_mm) * 0.999f);
      CHECK(at.distance_mm <= std::max(from.distance_mm, to.distance_mm) * 1.001f);
    }
    CHECK(turned <= 180.1f);
  }
}

TEST_CASE("the orthographic switch keeps the size at the target") {
  Camera camera;
  const float height = height_at_target_mm(camera);
  camera.orthographic = true;
  CHECK(height_at_target_mm(camera) == height);
  const glm::vec4 top = projection_matrix(camera, 1, leg) * view_matrix(camera) * glm::vec4(0, height / 2, 0, 1);
  CHECK(top.y / top.w == Approx(1).margin(1e-4));
}
