// The keyhole opens what is said to be opened, before its place and around the line of sight, and nothing else.

#include "render/stage.h"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <numbers>

using namespace calfscope;
using test::differing_pixels;
using test::item_of;
using test::make_sphere;
using test::picture_of;
using test::pixel;

namespace {

constexpr glm::vec3 red{0.80f, 0.15f, 0.12f};
constexpr glm::vec3 blue{0.15f, 0.20f, 0.85f};

bool is_blue(glm::ivec3 c) {
  return c.z > c.x + 25;
}
bool is_red(glm::ivec3 c) {
  return c.x > c.z + 25;
}

// A red shell around a blue ball; 160 px show 200 mm, so a millimetre is 0.8 px.
Frame shell_and_ball(Quality quality = Quality::full) {
  Frame frame =
      test::frame_of({item_of(make_sphere(60), Material::plain, red), item_of(make_sphere(25), Material::plain, blue)});
  frame.quality = quality;
  frame.items[0].opened = true;
  return frame;
}

constexpr Keyhole middle{.at_mm = {0, 0, 0}, .radius_mm = 30, .feather_mm = 6};

} // namespace

TEST_CASE("the keyhole shows what lies deep, whatever the surface above it is, moving and at rest") {
  for (const Quality quality : {Quality::moving, Quality::full})
    for (const bool orthographic : {true, false})
      for (const float opacity : {1.0f, 0.8f}) {
        Frame frame = shell_and_ball(quality);
        frame.camera.orthographic = orthographic;
        frame.items[0].opacity = opacity;
        const Image closed = picture_of(frame);
        frame.keyhole = middle;
        const Image open = picture_of(frame);
        INFO(orthographic << " " << opacity);
        CHECK_FALSE(is_blue(pixel(closed, 80, 80)));
        CHECK(is_blue(pixel(open, 80, 80)));
        // Beside it everything is as it was.
        for (const int away : {36, 40, 44})
          for (const glm::ivec2 at : {glm::ivec2(80 + away, 80), glm::ivec2(80, 80 - away)}) {
            const glm::ivec3 d = glm::abs(pixel(open, at.x, at.y) - pixel(closed, at.x, at.y));
            CHECK(std::max({d.x, d.y, d.z}) <= 12);
          }
      }
}

TEST_CASE("what is not to be opened, or lies behind the place, stays as it is") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame frame = shell_and_ball(quality);
    const Image closed = picture_of(frame);
    frame.keyhole = middle;
    frame.items[0].opened = false;
    CHECK(picture_of(frame) == closed);
    frame.items[0].opened = true;
    frame.keyhole->at_mm = {0, 0, 61};
    CHECK(picture_of(frame) == closed);
    frame.keyhole->at_mm = {0, 300, 0};
    CHECK(picture_of(frame) == closed);
    frame.keyhole = Keyhole{.at_mm = {0, 0, 0}, .radius_mm = 0, .feather_mm = 0};
    CHECK(picture_of(frame) == closed);
  }
}

TEST_CASE("opened surfaces keep their silhouettes") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    // A small opened ball before the place, wholly within the hole.
    Frame frame = test::frame_of({item_of(make_sphere(25, {0, 0, 40}), Material::plain, {0.9f, 0.85f, 0.8f})}, 100);
    frame.quality = quality;
    frame.scene = {{-60, -60, -60}, {60, 60, 70}};
    frame.background.top = frame.background.bottom = glm::vec3(0.1f);
    frame.items[0].opened = true;
    const float background = test::brightness(pixel(picture_of(frame), 2, 2));
    frame.keyhole = Keyhole{.at_mm = {0, 0, 0}, .radius_mm = 40, .feather_mm = 6};
    const Image image = picture_of(frame);
    const float inside = test::brightness(pixel(image, 80, 80)) - background;
    float edge = 0; // 25 mm are 40 px
    for (int x = 80 + 35; x <= 80 + 41; ++x)
      edge = std::max(edge, test::brightness(pixel(image, x, 80)) - background);
    CHECK(inside > 0.005f);
    CHECK(inside < 0.2f);
    CHECK(edge > 2.5f * inside);
  }
}

TEST_CASE("a bright rim runs around the hole") {
  Frame frame = shell_and_ball();
  const Image closed = picture_of(frame);
  frame.keyhole = middle;
  const Image open = picture_of(frame);
  float brightest = 0;
  for (int x = 80 + 18; x <= 80 + 26; ++x) // 30 mm are 24 px
    brightest = std::max(brightest, test::brightness(pixel(open, x, 80)) - test::brightness(pixel(closed, x, 80)));
  CHECK(brightest > 0.15f);
}

TEST_CASE("the radius is measured where the surface is: perspective shows the hole larger the nearer it is") {
  Frame frame = test::frame_of({item_of(make_sphere(60), Material::plain, red)});
  frame.items[0].opened = true;
  frame.keyhole = Keyhole{.at_mm = {0, 0, 0}, .radius_mm = 20, .feather_mm = 2};
  const auto hole_px = [&] {
    Frame closed = frame;
    closed.keyhole.reset();
    return differing_pixels(picture_of(frame), picture_of(closed), 10);
  };
  const float radius_px = 20 * 0.8f;
  CHECK(hole_px() == Approx(std::numbers::pi * radius_px * radius_px).epsilon(0.12));
  frame.camera.orthographic = false;
  const float distance = frame.camera.distance_mm;
  const float nearer_px = radius_px * distance / (distance - std::sqrt(60.0f * 60 - 20 * 20));
  CHECK(hole_px() == Approx(std::numbers::pi * nearer_px * nearer_px).epsilon(0.12));
}

TEST_CASE("a cut within the keyhole is opened too") {
  Frame frame = shell_and_ball();
  frame.clip = Plane{{0, 0, 1}, 40};
  frame.items[1].clipped = false;
  CHECK(is_red(pixel(picture_of(frame), 80, 80)));
  frame.keyhole = middle;
  CHECK(is_blue(pixel(picture_of(frame), 80, 80)));
}

TEST_CASE("moving and full pictures open the same place, and it closes again without a trace") {
  std::array<int, 2> opened{};
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame frame = shell_and_ball(quality);
    const Image closed = picture_of(frame);
    frame.keyhole = middle;
    opened[quality == Quality::full] = differing_pixels(picture_of(frame), closed, 12);
    frame.keyhole.reset();
    CHECK(picture_of(frame) == closed);
  }
  CHECK(opened[1] > 1000);
  CHECK(opened[0] == Approx(opened[1]).epsilon(0.08));
}

TEST_CASE("paint is opened with the surface it lies on") {
  Frame frame = shell_and_ball();
  const std::size_t count = frame.items[0].mesh->surface.positions.size();
  frame.items[0].overlay = {.field = std::make_shared<const std::vector<glm::vec4>>(count, glm::vec4(1, 1, 0, 1)),
                            .front_mm = 500,
                            .no_press = 1};
  CHECK_FALSE(is_blue(pixel(picture_of(frame), 80, 80)));
  frame.keyhole = middle;
  CHECK(is_blue(pixel(picture_of(frame), 80, 80)));
}
