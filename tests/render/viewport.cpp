// Where the camera's picture lies in a target that panels cover in part; drawing and picking must agree.

#include "frame/viewport.h"
#include "render/stage.h"

#include <catch2/catch.hpp>

#include <limits>

using namespace calfscope;

TEST_CASE("what a ray goes through appears where the ray was sent") {
  for (const bool orthographic : {false, true})
    for (const glm::vec4 area : {glm::vec4(0, 0, 1, 1), glm::vec4(0.3f, 0.1f, 1, 0.9f)})
      for (const glm::vec2 fraction : {glm::vec2(0.5f, 0.5f), glm::vec2(0.1f, 0.9f), glm::vec2(0.95f, 0.2f)}) {
        Camera camera;
        camera.yaw_deg = 33;
        camera.pitch_deg = 21;
        camera.orthographic = orthographic;
        const Viewport viewport{{1280, 720}, area};
        const Ray ray = ray_through(camera, viewport, fraction);
        const auto back = fraction_of(camera, viewport, ray.origin + (camera.distance_mm + 6000) * ray.direction);
        REQUIRE(back);
        CHECK(back->x == Approx(fraction.x).margin(1e-4));
        CHECK(back->y == Approx(fraction.y).margin(1e-4));
      }
}

TEST_CASE("the camera's target stands in the middle of the free area, and the scale follows the area's height") {
  Camera camera;
  const Viewport viewport{{1000, 500}, {0.4f, 0.2f, 1.0f, 0.6f}};
  const auto at = fraction_of(camera, viewport, camera.target_mm);
  REQUIRE(at);
  CHECK(at->x == Approx(0.7f));
  CHECK(at->y == Approx(0.4f));
  const auto above =
      fraction_of(camera, viewport, camera.target_mm + up_of(camera) * height_at_target_mm(camera) / 2.0f);
  REQUIRE(above);
  CHECK(above->y == Approx(0.2f).margin(1e-4));
  CHECK(mm_per_pixel(camera, viewport) == Approx(height_at_target_mm(camera) / 200));
}

TEST_CASE("a senseless free area counts as the whole target") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const glm::vec4 area : {glm::vec4(0.5f, 0, 0.5f, 1), glm::vec4(0.8f, 0, 0.2f, 1), glm::vec4(nan, 0, 1, 1),
                               glm::vec4(-1, 0, 1, 1), glm::vec4(0, 0, 1, 7)})
    CHECK(tamed({{64, 64}, area}).free_area == glm::vec4(0, 0, 1, 1));
}

TEST_CASE("a sphere is drawn in the middle of the free area") {
  Frame frame = test::frame_of({test::item_of(test::make_sphere(60))});
  frame.free_area = {0.5f, 0, 1, 1};
  const Image image = test::picture_of(frame, {240, 120});
  frame.items.clear();
  const Image background = test::picture_of(frame, {240, 120});
  CHECK(test::pixel(image, 180, 60) != test::pixel(background, 180, 60));
  CHECK(test::pixel(image, 60, 60) == test::pixel(background, 60, 60));
}
