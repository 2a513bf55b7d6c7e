// What SurfaceOverlay says of pain and of places not to press is what is painted.

#include "render/mesh_cache.h"
#include "render/stage.h"

#include <catch2/catch.hpp>

#include <glm/gtc/matrix_transform.hpp>

#include <cmath>
#include <limits>

using namespace calfscope;
using test::brightness;
using test::differing_pixels;
using test::picture_of;
using test::pixel;

namespace {

using Field = std::vector<glm::vec4>;

constexpr glm::vec3 skin_colour{0.80f, 0.60f, 0.48f};

// One value for every vertex to the right (x > 0), nothing to the left; seen from +Z as it is.
std::shared_ptr<const Field> right_half(const SurfaceMesh& mesh, glm::vec4 value) {
  Field field;
  for (const glm::vec3& p : mesh.surface.positions)
    field.push_back(p.x > 4 ? value : glm::vec4(0));
  return std::make_shared<const Field>(std::move(field));
}

Frame painted_sphere(glm::vec4 value, Quality quality = Quality::full) {
  const auto sphere = test::make_sphere(60);
  Frame frame = test::frame_of({test::item_of(sphere, Material::skin, skin_colour)}, 160);
  frame.quality = quality;
  frame.items[0].overlay.field = right_half(*sphere, value);
  frame.items[0].overlay.front_mm = 500;
  return frame;
}

Frame without_paint(Frame frame) {
  for (DrawItem& item : frame.items)
    item.overlay = {};
  return frame;
}

struct Patch {
  float mean = 0;
  float grain = 0; // how much pixels differ from those three to their right
};

Patch patch(const Image& image, int x, int y, int half = 14) {
  float sum = 0, squares = 0, count = 0;
  for (int j = y - half; j <= y + half; ++j)
    for (int i = x - half; i <= x + half; ++i) {
      const float value = brightness(pixel(image, i, j)), step = value - brightness(pixel(image, i + 3, j));
      sum += value;
      squares += step * step;
      ++count;
    }
  return {sum / count, std::sqrt(squares / count)};
}

constexpr int right_x = 80 + 30, left_x = 80 - 30; // 30 mm beside the middle
constexpr glm::vec4 essential{1, 0, 0, 0}, spillover{0, 1, 0, 0}, never{0, 0, 0, 1}, careful{0, 0, 0, 0.5f};

} // namespace

TEST_CASE("an overlay that shows nothing leaves every pixel as it is") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame frame = painted_sphere({1, 1, 0, 1}, quality);
    const Image plain = picture_of(without_paint(frame));
    SurfaceOverlay& overlay = frame.items[0].overlay;
    overlay.front_mm = 0;
    CHECK(picture_of(frame) == plain);
    overlay.front_mm = 500;
    overlay.strength = 0;
    CHECK(picture_of(frame) == plain);
    overlay.strength = 1;
    overlay.field = right_half(*frame.items[0].mesh, glm::vec4(0));
    CHECK(picture_of(frame) == plain);
  }
}

TEST_CASE("pain appears where the field says, opaque and ghosted, moving and at rest") {
  for (const Quality quality : {Quality::moving, Quality::full})
    for (const float ghost : {0.0f, 0.4f, 1.0f}) {
      Frame frame = painted_sphere(essential, quality);
      frame.items[0].ghost = ghost;
      const Image with = picture_of(frame), without = picture_of(without_paint(frame));
      INFO(ghost);
      const glm::ivec3 here = pixel(with, right_x, 80);
      CHECK(here.x > here.y + 60);
      CHECK(here.x > here.z + 60);
      for (int x = 80 - 56; x < 80; x += 8)
        CHECK(pixel(with, x, 80) == pixel(without, x, 80));
    }
}

TEST_CASE("where the skin is ghosted a painted place hides most of what lies behind") {
  Frame frame = painted_sphere(essential);
  frame.items[0].ghost = 1;
  const auto at = [&](float grey, int x) {
    frame.background.top = frame.background.bottom = glm::vec3(grey);
    return brightness(pixel(picture_of(frame), x, 80));
  };
  const float painted = at(0.9f, right_x) - at(0.1f, right_x), free = at(0.9f, left_x) - at(0.1f, left_x);
  CHECK(painted < 0.4f * free);
}

TEST_CASE("neither transparent nor glowing things behind a ghosted skin outshine what is painted on it") {
  for (const Quality quality : {Quality::moving, Quality::full})
    for (const bool transparent : {false, true}) {
      Frame frame = painted_sphere(essential, quality);
      frame.items[0].ghost = 1;
      frame.items.push_back(test::item_of(test::make_sphere(50), Material::plain, {0.15f, 0.25f, 0.9f}));
      frame.items[1].opacity = transparent ? 0.9f : 1.0f;
      frame.items[1].glow = 1;
      const Image image = picture_of(frame);
      INFO(transparent);
      CHECK(pixel(image, left_x, 80).z > pixel(image, left_x, 80).x + 40);
      CHECK(pixel(image, right_x, 80).x > pixel(image, right_x, 80).z + 40);
    }
}

TEST_CASE("pain spreads: nothing beyond its front, all of it behind, and it grows in between") {
  Frame frame = painted_sphere(essential);
  const std::size_t count = frame.items[0].mesh->surface.positions.size();
  frame.items[0].overlay.field = std::make_shared<const Field>(count, glm::vec4(1, 0, 100, 0));
  const Image plain = picture_of(without_paint(frame));
  SurfaceOverlay& overlay = frame.items[0].overlay;
  overlay.front_width_mm = 25;
  overlay.front_mm = 99;
  CHECK(picture_of(frame) == plain);
  const auto redness = [&] {
    const glm::ivec3 here = pixel(picture_of(frame), right_x, 80);
    return here.x - here.y;
  };
  int before = redness();
  for (const float front_mm : {118.0f, 124.0f, 150.0f}) {
    overlay.front_mm = front_mm;
    const int now = redness();
    INFO(front_mm);
    CHECK(now > before);
    before = now;
  }
  overlay.strength = 0.4f;
  CHECK(redness() < before);
  overlay.strength = 1;
  overlay.front_width_mm = 0; // a sharp front is no division by nothing
  CHECK(redness() == Approx(before).margin(2));
}

TEST_CASE("spillover is stippled and lighter than essential pain, so that they differ without colour") {
  for (const float ghost : {0.0f, 0.8f}) {
    Frame solid = painted_sphere(essential), dotted = painted_sphere(spillover);
    for (Frame* frame : {&solid, &dotted}) {
      frame->items[0].ghost = ghost;
      frame->background.top = frame->background.bottom = glm::vec3(0.2f);
    }
    const Image bare = picture_of(without_paint(solid));
    const Patch core = patch(picture_of(solid), right_x, 80), dots = patch(picture_of(dotted), right_x, 80);
    INFO(ghost);
    CHECK(dots.grain > 1.5f * core.grain);
    CHECK(dots.grain > 2.0f * patch(bare, right_x, 80).grain);
    if (ghost == 0)
      CHECK(dots.mean > 1.15f * core.mean);
  }
}

TEST_CASE("what a person marks is solid where it fits and netted where not, in skin and in glass, and looks like no "
          "referral") {
  for (const float ghost : {0.0f, 1.0f}) {
    Frame solid = painted_sphere(essential), netted = painted_sphere(spillover);
    const Image referred = picture_of(solid);
    for (Frame* frame : {&solid, &netted}) {
      frame->items[0].overlay.marked = true;
      frame->items[0].ghost = ghost;
      frame->items[0].opacity = ghost > 0 ? 0.3f : 1.0f;
      frame->background.top = frame->background.bottom = glm::vec3(0.9f); // as dark ink is hardest told from dark
    }
    const Image whole = picture_of(solid), lines = picture_of(netted);
    INFO(ghost);
    CHECK(patch(lines, right_x, 80).grain > 2 * patch(whole, right_x, 80).grain);
    CHECK(patch(lines, right_x, 80).mean > patch(whole, right_x, 80).mean);
    CHECK(differing_pixels(whole, referred, 20) > 1000);
  }
}

TEST_CASE("dots stay on the surface: turned, they turn with it") {
  Frame frame = painted_sphere(spillover);
  const auto sphere = frame.items[0].mesh;
  frame.items[0].overlay.field = std::make_shared<const Field>(sphere->surface.positions.size(), spillover);
  // A half turn of the camera shows other dots, a half turn of camera and thing together the same ones.
  const Image first = picture_of(frame);
  frame.camera.yaw_deg = 0;
  const Image behind = picture_of(frame);
  frame.segments = {glm::rotate(glm::mat4(1), glm::radians(180.0f), glm::vec3(0, 1, 0))};
  const Image turned = picture_of(frame);
  CHECK(differing_pixels(first, behind, 20) > 500);
  CHECK(differing_pixels(first, turned, 20) < 60);
}

TEST_CASE("paint follows a bending item") {
  const auto rod = test::make_bending_rod(14, 70);
  Frame frame = test::frame_of({test::item_of(rod, Material::skin, skin_colour)});
  frame.scene = {{-90, -90, -90}, {90, 90, 90}};
  frame.segments = {glm::mat4(1), glm::rotate(glm::mat4(1), glm::radians(90.0f), glm::vec3(0, 0, 1))};
  Field field;
  for (const glm::vec3& p : rod->surface.positions)
    field.push_back(p.y > 30 ? essential : glm::vec4(0));
  const Image plain = picture_of(frame);
  frame.items[0].overlay = {.field = std::make_shared<const Field>(field), .front_mm = 500};
  const Image painted = picture_of(frame);
  const glm::ivec3 here = pixel(painted, 80 - 40, 80); // 50 mm to the side, where the upper half points now
  CHECK(here.x > here.y + 60);
  CHECK(pixel(painted, 80, 80 + 32) == pixel(plain, 80, 80 + 32));
}

TEST_CASE("places not to press are hatched: never in dark stripes, with caution in lighter ones") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame frame = painted_sphere(never, quality);
    frame.items[0].overlay.front_mm = 0;
    const Image plain = picture_of(frame);
    CHECK(plain == picture_of(without_paint(frame)));
    frame.items[0].overlay.no_press = 1;
    const Image forbidden = picture_of(frame);
    frame.items[0].overlay.field = right_half(*frame.items[0].mesh, careful);
    const Image caution = picture_of(frame);
    const Patch bare = patch(plain, right_x, 80), dark = patch(forbidden, right_x, 80),
                light = patch(caution, right_x, 80);
    CHECK(dark.grain > 3 * bare.grain);
    CHECK(light.grain > 1.3f * bare.grain);
    CHECK(dark.mean < 0.9f * light.mean);
    CHECK(pixel(caution, left_x, 80) == pixel(plain, left_x, 80));
  }
}

TEST_CASE("moving and full pictures paint the same places") {
  for (const glm::vec4 value : {essential, spillover}) {
    std::array<int, 2> painted{};
    for (const Quality quality : {Quality::moving, Quality::full}) {
      const Frame frame = painted_sphere(value, quality);
      painted[quality == Quality::full] = differing_pixels(picture_of(frame), picture_of(without_paint(frame)), 12);
    }
    CHECK(painted[1] > 800);
    CHECK(painted[0] == Approx(painted[1]).epsilon(0.12));
  }
}

TEST_CASE("a field of another length, or of values that are no numbers, does no harm") {
  Frame frame = painted_sphere(essential);
  const Image plain = picture_of(without_paint(frame));
  for (const std::size_t length : {std::size_t{0}, std::size_t{5}, std::size_t{100000}}) {
    frame.items[0].overlay.field = std::make_shared<const Field>(length, essential);
    CHECK(picture_of(frame) == plain);
  }
  const float odd = std::numeric_limits<float>::quiet_NaN(), endless = std::numeric_limits<float>::infinity();
  frame.items[0].overlay.field = right_half(*frame.items[0].mesh, {odd, odd, odd, odd});
  CHECK(picture_of(frame) == plain);
  frame.items[0].overlay.field = right_half(*frame.items[0].mesh, {1, 1, endless, 0});
  CHECK(picture_of(frame) == plain);
  frame.items[0].overlay.field = right_half(*frame.items[0].mesh, {1e30f, -5, -10, 0});
  CHECK(pixel(picture_of(frame), right_x, 80).x > pixel(plain, right_x, 80).y);
}

TEST_CASE("a field is copied once, and forgotten with its last owner") {
  test::renderer();
  render::MeshCache cache;
  const auto sphere = test::make_sphere(20);
  auto field = std::make_shared<const Field>(sphere->surface.positions.size(), essential);
  const render::PaintedMesh* copy = cache.find_or_paint(sphere, field);
  REQUIRE(copy);
  CHECK(cache.find_or_paint(sphere, field) == copy);
  CHECK_FALSE(cache.find_or_paint(sphere, std::make_shared<const Field>(3)));
  cache.forget_unused(); // the short field has no owner
  CHECK(cache.painted_size() == 1);
  field.reset();
  cache.forget_unused();
  CHECK(cache.painted_size() == 0);
}
