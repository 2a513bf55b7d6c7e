// Opacity, ghost, glow, emphasis, outline, clip and floor do what frame.h says of them.

#include "render/stage.h"

#include <catch2/catch.hpp>

#include <glm/gtc/matrix_transform.hpp>

using namespace calfscope;
using test::brightness;
using test::item_of;
using test::make_sphere;
using test::picture_of;
using test::pixel;

namespace {

constexpr glm::vec3 red{0.85f, 0.15f, 0.12f};
constexpr glm::vec3 blue{0.15f, 0.20f, 0.85f};

float colourfulness(glm::ivec3 c) {
  return static_cast<float>(std::max({c.x, c.y, c.z}) - std::min({c.x, c.y, c.z})) / 255;
}

} // namespace

TEST_CASE("opacity blends an item with what lies behind it") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame frame = test::frame_of({item_of(make_sphere(60), Material::plain, {0.9f, 0.9f, 0.9f})});
    frame.quality = quality;
    frame.background.top = frame.background.bottom = glm::vec3(0.05f);
    float before = -1;
    for (const float opacity : {0.001f, 0.3f, 0.6f, 1.0f}) {
      frame.items[0].opacity = opacity;
      const float now = brightness(pixel(picture_of(frame), 80, 80));
      CHECK(now > before);
      before = now;
    }
  }
}

TEST_CASE("transparent items look the same in whatever order they are given") {
  Frame frame = test::frame_of({item_of(make_sphere(40, {0, 0, 30}), Material::plain, red),
                                item_of(make_sphere(60, {0, 0, -30}), Material::plain, blue)});
  frame.items[0].opacity = frame.items[1].opacity = 0.5f;
  const Image one_way = picture_of(frame);
  std::swap(frame.items[0], frame.items[1]);
  CHECK(test::differing_pixels(one_way, picture_of(frame), 1) == 0);
}

TEST_CASE("a ghost is clear in the middle and kept at its silhouette") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame frame = test::frame_of({item_of(make_sphere(70), Material::skin, {0.95f, 0.9f, 0.85f})}, 160);
    frame.quality = quality;
    frame.background.top = frame.background.bottom = glm::vec3(0.05f);
    frame.items[0].ghost = 1;
    const Image image = picture_of(frame);
    const float background = brightness(pixel(image, 2, 2));
    const float middle = brightness(pixel(image, 80, 80)) - background;
    const float edge = brightness(pixel(image, 80 + 67, 80)) - background;
    CHECK(middle > 0.005f);
    CHECK(edge > 1.6f * middle);
  }
}

TEST_CASE("something that glows shows through what hides it") {
  for (const Quality quality : {Quality::moving, Quality::full})
    for (const bool ghosted : {false, true}) {
      Frame frame = test::frame_of(
          {item_of(make_sphere(70), Material::plain, red), item_of(make_sphere(30), Material::plain, blue)});
      frame.quality = quality;
      frame.items[0].ghost = ghosted ? 0.6f : 0.0f;
      const glm::ivec3 without = pixel(picture_of(frame), 80, 80);
      frame.items[1].glow = 1;
      const Image image = picture_of(frame);
      CHECK(pixel(image, 80, 80).z > without.z + 12);
      CHECK(pixel(image, 80, 80 - 50).x > pixel(image, 80, 80 - 50).z); // beside it the front stays what it is
    }
}

TEST_CASE("what glowed in an earlier picture leaves no trace") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame wide = test::frame_of({item_of(make_sphere(70), Material::plain, red)});
    wide.quality = quality;
    wide.items[0].glow = 1;
    Frame narrow = test::frame_of({item_of(make_sphere(25), Material::plain, red)});
    narrow.quality = quality;
    narrow.camera = wide.camera;
    narrow.items[0].glow = 1;
    const Image first = picture_of(narrow);
    picture_of(wide);
    CHECK(picture_of(narrow) == first);
  }
}

TEST_CASE("a structure that steps back is greyer and dimmer, a selected one brighter") {
  Frame frame = test::frame_of({item_of(make_sphere(60), Material::plain, red)});
  const glm::ivec3 normal = pixel(picture_of(frame), 80, 80);
  frame.items[0].emphasis = -1;
  const glm::ivec3 back = pixel(picture_of(frame), 80, 80);
  frame.items[0].emphasis = 1;
  const glm::ivec3 selected = pixel(picture_of(frame), 80, 80);
  CHECK(colourfulness(back) < 0.6f * colourfulness(normal));
  CHECK(brightness(back) < brightness(normal));
  CHECK(brightness(selected) > brightness(normal));
}

TEST_CASE("an outline runs around a selected item and more faintly through what hides it") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame frame =
        test::frame_of({item_of(make_sphere(40)), item_of(make_sphere(30, {-45, 0, 60}), Material::plain, blue)}, 160);
    frame.quality = quality;
    frame.outline_colour = {0, 1, 0};
    const Image without = picture_of(frame);
    frame.items[0].outlined = true;
    const Image with = picture_of(frame);
    const auto greener = [&](int x, int y) { return pixel(with, x, y).y - pixel(without, x, y).y; };
    int open = 0, hidden = 0;
    for (int reach = 0; reach < 5; ++reach) {
      open = std::max(open, greener(80 + 40 + reach, 80));
      hidden = std::max(hidden, greener(80 - 40 - reach, 80));
    }
    CHECK(open > 100);
    CHECK(hidden > 20);
    CHECK(hidden < open / 2);
    CHECK(pixel(with, 80, 80) == pixel(without, 80, 80));
    // The line belongs to showing, not to the picture: it can be left out.
    CHECK(test::differing_pixels(with, without, 4) < 2500);
  }
}

TEST_CASE("the clip plane cuts away its normal's side and fills the cut") {
  for (const Material material : {Material::plain, Material::muscle, Material::bone, Material::skin, Material::artery,
                                  Material::nerve, Material::tendon}) {
    Frame frame = test::frame_of({item_of(make_sphere(60), material, {0.8f, 0.8f, 0.8f})});
    // From above, at half height: the upper half is gone, the cut is a disc of the sphere's own width.
    frame.camera.pitch_deg = 90;
    Frame nothing = frame;
    nothing.items.clear();
    const Image background = picture_of(nothing);
    frame.clip = Plane{{0, 1, 0}, 0};
    const Image cut = picture_of(frame);
    frame.clip = Plane{{0, 1, 0}, -70};
    const Image gone = picture_of(frame);
    frame.clip = Plane{{0, 1, 0}, 52};
    const Image slice = picture_of(frame);
    CHECK(gone == background);
    for (int x = 80 - 45; x <= 80 + 45; x += 6) {
      INFO(x);
      CHECK(pixel(cut, x, 80) != pixel(background, x, 80));
    }
    // At 52 of 60 mm the cut has a radius of 30 mm = 24 px; around it the sphere goes on.
    CHECK(pixel(slice, 80, 80) != pixel(background, 80, 80));
    CHECK(pixel(slice, 80 + 40, 80) != pixel(background, 80 + 40, 80));
  }
}

TEST_CASE("the cut of a hollow thing is a ring, and what lies inside is seen through it") {
  auto shell = make_sphere(60);
  const auto inner = make_sphere(40);
  const auto offset = static_cast<std::uint32_t>(shell->surface.positions.size());
  const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(shell->surface.positions, inner->surface.positions);
  for (const glm::vec3& n : inner->surface.normals)
    shell->surface.normals.push_back(-n);
  append(shell->fibre, inner->fibre);
  append(shell->shares, inner->shares);
  for (const glm::uvec3& t : inner->surface.triangles)
    shell->surface.triangles.push_back({t.x + offset, t.z + offset, t.y + offset});
  Frame frame = test::frame_of({item_of(shell, Material::plain, red), item_of(make_sphere(15), Material::plain, blue)});
  frame.clip = Plane{{0, 0, 1}, 0};
  const Image image = picture_of(frame);
  CHECK(pixel(image, 80, 80).z > pixel(image, 80, 80).x); // the small sphere's cut
  const glm::ivec3 ring = pixel(image, 80 + 40, 80);      // 50 mm: between the walls
  const glm::ivec3 hollow = pixel(image, 80 + 22, 80);    // 27 mm: the far wall, in shade
  CHECK(ring.x > ring.z);
  CHECK(std::abs(brightness(hollow) - brightness(ring)) > 0.01f);
  CHECK(hollow.x > hollow.z);
}

TEST_CASE("the cut follows the pose, and an item that is not clipped stays whole") {
  const auto rod = test::make_bending_rod(14, 70);
  Frame frame = test::frame_of({item_of(rod)});
  frame.scene = {{-90, -90, -90}, {90, 90, 90}};
  frame.segments = {glm::mat4(1), glm::rotate(glm::mat4(1), glm::radians(90.0f), glm::vec3(0, 0, 1))};
  frame.clip = Plane{{-1, 0, 0}, 30}; // the upper half now points to -X; the plane takes what lies beyond -30
  frame.camera.yaw_deg = -90;         // from -X: right on the cut
  Frame nothing = frame;
  nothing.items.clear();
  const Image background = picture_of(nothing);
  CHECK(pixel(picture_of(frame), 80, 80) != pixel(background, 80, 80));
  frame.camera.yaw_deg = 180;
  CHECK(pixel(picture_of(frame), 80 - 40, 80) == pixel(background, 80 - 40, 80)); // 50 mm out: cut away
  frame.items[0].clipped = false;
  CHECK(pixel(picture_of(frame), 80 - 40, 80) != pixel(background, 80 - 40, 80));
}

TEST_CASE("the foot casts a soft shadow on the floor, and none when seen from below") {
  Frame frame = test::frame_of({item_of(make_sphere(40, {0, 42, 0}))}, 260);
  frame.background = {.top = glm::vec3(0.9f), .bottom = glm::vec3(0.9f), .floor = true, .floor_y_mm = 0};
  frame.camera.pitch_deg = 35;
  const Image above = picture_of(frame);
  frame.background.floor = false;
  const Image without = picture_of(frame);
  // The contact point is hidden by the sphere; a little in front of it the shadow is seen.
  float darkest = 1;
  for (int y = 80; y < 130; ++y)
    darkest = std::min(darkest, brightness(pixel(above, 80, y)) / brightness(pixel(without, 80, y)));
  CHECK(darkest < 0.8f);
  frame.camera.pitch_deg = -35;
  const Image below_without = picture_of(frame);
  frame.background.floor = true;
  CHECK(test::differing_pixels(picture_of(frame), below_without, 2) == 0);
}

TEST_CASE("occlusion darkens where surfaces meet, and only there") {
  Frame frame = test::frame_of({item_of(make_sphere(45, {-40, 0, 0})), item_of(make_sphere(45, {40, 0, 0}))});
  const Image with = picture_of(frame);
  frame.lighting.occlusion = 0;
  const Image without = picture_of(frame);
  CHECK(brightness(pixel(with, 80, 76)) < 0.93f * brightness(pixel(without, 80, 76)));
  const int middle_of_left = 80 - 32;
  CHECK(brightness(pixel(with, middle_of_left, 80)) ==
        Approx(brightness(pixel(without, middle_of_left, 80))).epsilon(0.06));
}

TEST_CASE("muscle shows its fibres close by, and its tendinous ends are pale") {
  const auto muscle = make_sphere(60);
  for (std::size_t i = 0; i < muscle->shares.size(); ++i)
    muscle->shares[i].tendon = muscle->surface.positions[i].y > 25 ? 1.0f : 0.0f;
  Frame frame = test::frame_of({item_of(muscle, Material::muscle, {0.62f, 0.22f, 0.20f})}, 130);
  const Image image = picture_of(frame);
  CHECK(colourfulness(pixel(image, 80, 80 - 50)) < 0.5f * colourfulness(pixel(image, 80, 80 + 20)));
  float darkest = 1, brightest = 0;
  for (int x = 70; x < 90; ++x) {
    darkest = std::min(darkest, brightness(pixel(image, x, 90)));
    brightest = std::max(brightest, brightness(pixel(image, x, 90)));
  }
  CHECK(brightest > 1.05f * darkest);
}
