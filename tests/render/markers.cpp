// Markers stand where their place appears, of one size from any distance, over everything.

#include "render/stage.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using test::differing_pixels;
using test::picture_of;
using test::pixel;

namespace {

constexpr glm::ivec2 size{320, 320};

// 1 pixel is half a millimetre; a line is 13 px.
Frame marked(const Marker& marker, Quality quality) {
  Frame frame = test::frame_of({test::item_of(test::make_sphere(60))}, 160);
  frame.quality = quality;
  frame.markers = {marker};
  return frame;
}

Frame unmarked(Frame frame) {
  frame.markers.clear();
  return frame;
}

} // namespace

TEST_CASE("a marker stands at its place in its colour, moving and at rest, also where the leg hides the place") {
  for (const Quality quality : {Quality::moving, Quality::full})
    for (const float z : {60.0f, -60.0f}) {
      // From +Z x runs to the right; 30 mm are 60 px.
      const Frame frame = marked({.text = "", .at_mm = {30, 20, z}, .colour = {0.1f, 0.7f, 0.2f}, .size = 2}, quality);
      const Image image = picture_of(frame, size);
      const glm::ivec3 here = pixel(image, 160 + 60, 160 - 40);
      CHECK(here.y > 150);
      CHECK(here.x < 60);
      const Image plain = picture_of(unmarked(frame), size);
      CHECK(pixel(image, 160, 160) == pixel(plain, 160, 160));
      CHECK(pixel(image, 160 + 60 + 26, 160 - 40) == pixel(plain, 160 + 60 + 26, 160 - 40));
    }
}

TEST_CASE("a marker of opacity 0, behind the eye or far outside changes nothing") {
  Frame frame = marked({.text = "1", .at_mm = {0, 0, 60}, .opacity = 0, .halo = 1}, Quality::full);
  const Image plain = picture_of(unmarked(frame), size);
  CHECK(picture_of(frame, size) == plain);
  frame.markers[0].opacity = 1;
  frame.markers[0].at_mm = {1e8f, -1e8f, 0};
  CHECK(picture_of(frame, size) == plain);
  frame.markers[0].at_mm = {0, 0, 0};
  frame.markers[0].size = 0;
  CHECK(picture_of(frame, size) == plain);
  frame.markers[0].size = 1;
  frame.camera.orthographic = false;
  frame.markers[0].at_mm = {0, 0, 1e5f};
  CHECK(picture_of(frame, size) == picture_of(unmarked(frame), size));
}

TEST_CASE("a marker has the same size from near and far, and a halo more") {
  std::vector<int> covered;
  for (const float nearer : {1.0f, 3.0f})
    for (const float halo : {0.0f, 1.0f}) {
      Frame frame =
          marked({.text = "", .at_mm = {0, 0, 0}, .colour = {0, 0, 1}, .size = 2, .halo = halo}, Quality::full);
      frame.camera.distance_mm /= nearer;
      covered.push_back(differing_pixels(picture_of(frame, size), picture_of(unmarked(frame), size), 24));
    }
  CHECK(covered[0] == Approx(covered[2]).epsilon(0.1));
  CHECK(covered[0] > 500); // a disc of 26 px
  CHECK(covered[1] > 1.5 * covered[0]);
}

TEST_CASE("a marker's number is readable on light and dark discs, and fainter with the marker") {
  for (const float tone : {0.1f, 0.95f}) {
    const auto with_text = [tone](std::string text) {
      return marked({.text = std::move(text), .at_mm = {0, 0, 60}, .colour = glm::vec3(tone), .size = 2},
                    Quality::full);
    };
    const Image blank = picture_of(with_text(""), size), numbered = picture_of(with_text("5"), size);
    float strongest = 0;
    for (int y = 150; y < 170; ++y)
      for (int x = 150; x < 170; ++x)
        strongest = std::max(strongest,
                             std::abs(test::brightness(pixel(numbered, x, y)) - test::brightness(pixel(blank, x, y))));
    INFO(tone);
    CHECK(strongest > 0.6f);
    CHECK(differing_pixels(blank, numbered, 60) < 200); // within the disc
  }
  const auto change = [](float opacity) {
    const Frame frame =
        marked({.text = "5", .at_mm = {0, 0, 60}, .colour = {0, 0, 1}, .size = 2, .opacity = opacity}, Quality::full);
    return pixel(picture_of(frame, size), 160, 152).z - pixel(picture_of(unmarked(frame), size), 160, 152).z;
  };
  CHECK(change(0.3f) > 20);
  CHECK(change(0.3f) < change(1) / 2);
}

TEST_CASE("a marker that has moved on leaves no trace, and a picture without surfaces shows it too") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame frame = marked({.text = "7", .at_mm = {75, 75, 0}, .halo = 1}, quality);
    const Image plain = picture_of(unmarked(frame), size);
    CHECK(differing_pixels(picture_of(frame, size), plain, 8) > 50);
    frame.markers[0].at_mm = {-75, -75, 0};
    const Image moved = picture_of(frame, size);
    CHECK(pixel(moved, 160 + 150, 160 - 150) == pixel(plain, 160 + 150, 160 - 150));
    CHECK(picture_of(unmarked(frame), size) == plain);
    frame.items.clear();
    CHECK(differing_pixels(picture_of(frame, size), picture_of(unmarked(frame), size), 8) > 50);
  }
}
