#include "frame/viewport.h"

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

const std::vector<Viewport> viewports{{{1280, 720}, {0, 0, 1, 1}},
                                      {{1280, 720}, {0.25f, 0.06f, 0.8f, 0.95f}},
                                      {{600, 900}, {0, 0.4f, 1, 1}},
                                      {{1000, 640}, {0.5f, 0.5f, 0.9f, 0.9f}}};

} // namespace

TEST_CASE("the camera's target is seen in the middle of the free area") {
  for (const Viewport& viewport : viewports) {
    Camera camera;
    camera.target_mm = {10, -100, 30};
    const auto at = fraction_of(camera, viewport, camera.target_mm);
    REQUIRE(at);
    CHECK(at->x == Approx((viewport.free_area.x + viewport.free_area.z) / 2).margin(1e-4));
    CHECK(at->y == Approx((viewport.free_area.y + viewport.free_area.w) / 2).margin(1e-4));
  }
}

TEST_CASE("drawing, the way back and rays agree everywhere, under the panels too") {
  std::mt19937 random(2);
  std::uniform_real_distribution<float> anywhere(0, 1);
  for (const Viewport& viewport : viewports)
    for (int i = 0; i < 100; ++i) {
      Camera camera;
      camera.yaw_deg = 360 * anywhere(random) - 180;
      camera.pitch_deg = 120 * anywhere(random) - 60;
      camera.orthographic = i % 2 == 0;
      const glm::vec2 at(anywhere(random), anywhere(random));
      const Ray ray = ray_through(camera, viewport, at);
      const float along =
          glm::dot(camera.target_mm - ray.origin, forward_of(camera)) / glm::dot(ray.direction, forward_of(camera));
      const glm::vec3 point = ray.origin + along * ray.direction;
      const auto back = fraction_of(camera, viewport, point);
      REQUIRE(back);
      CHECK(back->x == Approx(at.x).margin(1e-3));
      CHECK(back->y == Approx(at.y).margin(1e-3));
      const glm::vec4 clip = projection_matrix(camera, viewport, leg) * view_matrix(camera) * glm::vec4(point, 1);
      CHECK(0.5f + 0.5f * clip.x / clip.w == Approx(at.x).margin(1e-3));
      CHECK(0.5f - 0.5f * clip.y / clip.w == Approx(at.y).margin(1e-3));
    }
}

TEST_CASE("a pixel is a square of the same size everywhere at the target's depth") {
  for (const Viewport& viewport : viewports) {
    const Camera camera;
    const float mm = mm_per_pixel(camera, viewport);
    const glm::vec3 right = camera.target_mm + 50 * mm * right_of(camera),
                    up = camera.target_mm + 50 * mm * up_of(camera);
    const glm::vec2 size(viewport.size), middle = *fraction_of(camera, viewport, camera.target_mm) * size;
    CHECK((*fraction_of(camera, viewport, right) * size).x - middle.x == Approx(50).margin(0.1));
    CHECK(middle.y - (*fraction_of(camera, viewport, up) * size).y == Approx(50).margin(0.1));
  }
}

TEST_CASE("a free area that is none becomes the whole target") {
  for (const glm::vec4 bad : {glm::vec4(0.5f, 0, 0.5f, 1), glm::vec4(0.9f, 0, 0.1f, 1), glm::vec4(NAN, 0, 1, 1)}) {
    const Viewport viewport = tamed(Viewport{{800, 600}, bad});
    CHECK(viewport.free_area == glm::vec4(0, 0, 1, 1));
  }
  CHECK(aspect_of({{800, 400}, {0, 0, 0.5f, 1}}) == Approx(1));
}

TEST_CASE("what is behind the eye is nowhere in the picture") {
  const Camera camera;
  CHECK_FALSE(fraction_of(camera, viewports[0], eye_of(camera) - 10.0f * forward_of(camera)));
}
