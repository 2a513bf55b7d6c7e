// Pictures as wholes: that they are the same twice, cover what they should, and come finished in pieces too.

#include "gl/debug.h"
#include "gl/objects.h"
#include "render/stage.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <glm/gtc/matrix_transform.hpp>
#include <numbers>

using namespace calfscope;
using test::item_of;
using test::make_sphere;
using test::picture_of;
using test::pixel;

namespace {

// Pixels that differ from an empty picture of the same kind: the silhouette.
std::vector<bool> silhouette(Frame frame, glm::ivec2 size) {
  const Image with = picture_of(frame, size);
  frame.items.clear();
  const Image without = picture_of(frame, size);
  std::vector<bool> covered;
  for (int y = 0; y < size.y; ++y)
    for (int x = 0; x < size.x; ++x) {
      const glm::ivec3 d = glm::abs(pixel(with, x, y) - pixel(without, x, y));
      covered.push_back(d.x + d.y + d.z > 40);
    }
  return covered;
}

int covered_count(const std::vector<bool>& covered) {
  return static_cast<int>(std::count(covered.begin(), covered.end(), true));
}

// Pixels covered in one that have nothing covered in the other within one pixel.
int beyond_a_pixel(const std::vector<bool>& a, const std::vector<bool>& b, glm::ivec2 size) {
  int count = 0;
  for (int y = 1; y + 1 < size.y; ++y)
    for (int x = 1; x + 1 < size.x; ++x) {
      if (!a[static_cast<std::size_t>(y * size.x + x)])
        continue;
      bool near = false;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
          near = near || b[static_cast<std::size_t>((y + dy) * size.x + x + dx)];
      count += !near;
    }
  return count;
}

// The same, either way.
int apart(const std::vector<bool>& a, const std::vector<bool>& b, glm::ivec2 size) {
  return beyond_a_pixel(a, b, size) + beyond_a_pixel(b, a, size);
}

std::shared_ptr<SurfaceMesh> sphere_with_coarse_level(float error_mm) {
  auto mesh = make_sphere(70, glm::vec3(0), 64);
  CoarseLevel coarse{{}, error_mm};
  // Every other ring and turn of the same vertices.
  constexpr int rings = 64, around = 128;
  const auto at = [](int ring, int i) { return static_cast<std::uint32_t>((ring - 1) * around + i % around); };
  const std::uint32_t top = (rings - 1) * around, bottom = top + 1;
  for (int i = 0; i < around; i += 4) {
    coarse.triangles.push_back({top, at(2, i + 4), at(2, i)});
    coarse.triangles.push_back({bottom, at(rings - 2, i), at(rings - 2, i + 4)});
    for (int ring = 2; ring + 4 <= rings - 2; ring += 4) {
      coarse.triangles.push_back({at(ring, i), at(ring, i + 4), at(ring + 4, i)});
      coarse.triangles.push_back({at(ring, i + 4), at(ring + 4, i + 4), at(ring + 4, i)});
    }
  }
  mesh->coarse.push_back(std::move(coarse));
  return mesh;
}

} // namespace

TEST_CASE("an empty frame is a calm background") {
  Frame frame;
  const Image image = picture_of(frame, {64, 64});
  int steps = 0;
  for (int y = 1; y < 64; ++y)
    steps = std::max(steps, std::abs(pixel(image, 32, y).x - pixel(image, 32, y - 1).x));
  CHECK(steps <= 3);
  CHECK(pixel(image, 32, 4).z > pixel(image, 32, 60).z); // the default is lighter at the top
}

TEST_CASE("a sphere covers the area it should, in its own colour") {
  for (const Quality quality : {Quality::moving, Quality::full}) {
    Frame frame = test::frame_of({item_of(make_sphere(60))}, 160); // 1 mm per pixel
    frame.quality = quality;
    const double expected = std::numbers::pi * 60 * 60;
    CHECK(covered_count(silhouette(frame, {160, 160})) == Approx(expected).epsilon(0.02));
    const glm::ivec3 middle = pixel(picture_of(frame), 80, 80);
    CHECK(middle.x > middle.y + 40);
    CHECK(middle.y > middle.z);
  }
}

TEST_CASE("the same frame gives the same bytes, whatever was drawn in between") {
  Frame frame = test::frame_of({item_of(make_sphere(60), Material::muscle), item_of(make_sphere(75), Material::skin)});
  frame.items[1].ghost = 1;
  frame.background.floor = true;
  frame.background.floor_y_mm = -60;
  frame.camera.pitch_deg = 20;
  const Image first = picture_of(frame);
  Frame other = test::frame_of({item_of(make_sphere(20), Material::bone)});
  other.quality = Quality::moving;
  picture_of(other, {90, 70});
  CHECK(picture_of(frame) == first);
}

TEST_CASE("a full picture drawn in pieces equals one drawn at once, and the older one stays until it is finished") {
  Renderer& renderer = test::renderer();
  std::vector<DrawItem> items;
  for (int i = 0; i < 6; ++i)
    items.push_back(item_of(make_sphere(30, glm::vec3(20 * i - 50, 0, 10 * i), 64), Material::muscle));
  items[2].opacity = 0.5f;
  items[3].glow = 1;
  const Frame frame = test::frame_of(items);
  const Image whole = picture_of(frame);
  const Image older = picture_of(test::frame_of({item_of(make_sphere(10))}));

  renderer.begin_full(frame, {160, 160});
  int steps = 0;
  for (bool done = false; !done; ++steps) {
    CHECK(renderer.read(Quality::full) == older);
    // Input is heard between the pieces, and may ask for moving pictures.
    Frame moving = test::frame_of({item_of(make_sphere(40))});
    moving.quality = Quality::moving;
    picture_of(moving, {80, 60});
    done = renderer.step_full();
  }
  CHECK(renderer.read(Quality::full) == whole);
  CHECK_FALSE(renderer.full_is_under_way());
  if (renderer.moving_is_coarse())
    CHECK(steps > 2);
}

TEST_CASE("a full picture that is given up leaves the older one") {
  Renderer& renderer = test::renderer();
  const Image older = picture_of(test::frame_of({item_of(make_sphere(10))}));
  renderer.begin_full(test::frame_of({item_of(make_sphere(50))}), {160, 160});
  renderer.step_full();
  renderer.abandon_full();
  CHECK(renderer.step_full());
  if (renderer.moving_is_coarse())
    CHECK(renderer.read(Quality::full) == older);
}

TEST_CASE("silhouettes of moving and full pictures agree within a pixel") {
  for (const float height : {40.0f, 200.0f, 800.0f}) {
    Frame frame = test::frame_of({item_of(sphere_with_coarse_level(0.4f))}, height);
    frame.camera.target_mm = {60, 0, 0};
    frame.quality = Quality::full;
    const auto full = silhouette(frame, {160, 160});
    frame.quality = Quality::moving;
    const auto moving = silhouette(frame, {160, 160});
    INFO(height);
    CHECK(apart(full, moving, {160, 160}) == 0);
  }
}

TEST_CASE("flesh that gives way in the vertex shader looks like flesh moved by the formula on the processor") {
  const auto rod = test::make_bending_rod(12, 70);
  auto flesh = std::make_shared<SurfaceMesh>(*rod);
  for (std::size_t i = 0; i < flesh->surface.positions.size(); ++i) {
    const glm::vec3 p = flesh->surface.positions[i];
    Bend bend{.joint = static_cast<std::uint8_t>(p.x < 0 ? 1 : 2)};
    for (std::size_t k = 0; k < bend.position_mm.size(); ++k) {
      const float phase = 0.05f * p.x + static_cast<float>(k);
      bend.position_mm[k] = (6.0f + 3.0f * static_cast<float>(k)) * glm::vec3(0.2f, std::sin(phase), std::cos(phase));
      bend.normal[k] = {0, 0.3f * std::cos(phase), 0};
    }
    flesh->bends.push_back(bend);
  }
  Frame frame = test::frame_of({item_of(flesh)});
  frame.segments = {glm::mat4(1), glm::rotate(glm::mat4(1), glm::radians(50.0f), glm::vec3(0, 0, 1))};
  frame.bends[1] = {0.4f, -0.2f, 0.7f, 0.3f};
  frame.bends[2] = {-0.1f, 0.9f, 0.2f, -0.6f};
  frame.scene = {{-120, -120, -60}, {120, 120, 60}};
  const auto bent = silhouette(frame, {160, 160});
  const Image lit = test::picture_of(frame);

  auto before = std::make_shared<SurfaceMesh>();
  before->surface = flesh->surface;
  before->surface.positions = posed_positions(*flesh, frame.segments, frame.bends);
  before->surface.normals = posed_normals(*flesh, frame.segments, frame.bends);
  float farthest = 0;
  const auto plain = posed_positions(*flesh, frame.segments);
  for (std::size_t i = 0; i < plain.size(); ++i)
    farthest = std::max(farthest, glm::distance(plain[i], before->surface.positions[i]));
  CHECK(farthest > 8); // else this could not fail
  frame.items = {item_of(before)};
  frame.segments.clear();
  const auto expected = silhouette(frame, {160, 160});
  CHECK(covered_count(bent) > 1500);
  CHECK(apart(bent, expected, {160, 160}) == 0);
  CHECK(test::differing_pixels(lit, test::picture_of(frame), 12) < 60);
}

TEST_CASE("an item that bends in the vertex shader looks like one bent before") {
  const auto rod = test::make_bending_rod(12, 70);
  Frame frame = test::frame_of({item_of(rod)});
  frame.segments = {glm::mat4(1), glm::rotate(glm::mat4(1), glm::radians(50.0f), glm::vec3(0, 0, 1))};
  frame.scene = {{-80, -80, -20}, {80, 80, 20}};
  const auto bent = silhouette(frame, {160, 160});

  auto before = std::make_shared<SurfaceMesh>();
  before->surface = rod->surface;
  for (std::size_t i = 0; i < rod->binding.size(); ++i) {
    const float weight = static_cast<float>(rod->binding[i].weight[1]) / 255;
    const glm::vec4 rest(rod->surface.positions[i], 1);
    before->surface.positions[i] = glm::vec3((1 - weight) * rest + weight * (frame.segments[1] * rest));
  }
  compute_normals(before->surface);
  frame.items = {item_of(before)};
  frame.segments.clear();
  const auto expected = silhouette(frame, {160, 160});
  CHECK(covered_count(bent) > 1500);
  CHECK(apart(bent, expected, {160, 160}) == 0);
}

TEST_CASE("kept pictures are shown alone or mixed") {
  Renderer& renderer = test::renderer();
  Frame frame = test::frame_of({item_of(make_sphere(60), Material::plain, {0.9f, 0.1f, 0.1f})});
  frame.quality = Quality::moving;
  picture_of(frame);
  frame.items[0].colour = {0.1f, 0.1f, 0.9f};
  frame.quality = Quality::full;
  picture_of(frame);
  const glm::ivec3 red = pixel(renderer.read(Quality::moving), 80, 80);
  const glm::ivec3 blue = pixel(renderer.read(Quality::full), 80, 80);

  const gl::Texture texture(gl::Format::rgba8, {160, 160}, gl::Filter::nearest);
  const gl::Framebuffer window({&texture}, nullptr);
  const auto shown = [&](float share) {
    window.bind();
    REQUIRE(renderer.present(share, {160, 160}));
    return pixel(Image{160, 160, window.read_rgba()}, 80, 80);
  };
  CHECK(shown(0) == red);
  CHECK(shown(1) == blue);
  const glm::ivec3 mixed = shown(0.5f);
  CHECK(mixed.x == Approx((red.x + blue.x) / 2).margin(2));
  CHECK(mixed.z == Approx((red.z + blue.z) / 2).margin(2));
  CHECK(gl::take_errors().empty());
}

TEST_CASE("the picture keeps its place when its size changes") {
  Frame frame = test::frame_of({item_of(make_sphere(60))});
  const Image small = picture_of(frame, {80, 80});
  const Image large = picture_of(frame, {320, 320});
  CHECK(glm::length(glm::vec3(pixel(small, 40, 40) - pixel(large, 160, 160))) < 12);
  CHECK(picture_of(frame, {80, 80}) == small);
}

TEST_CASE("meshes with faults are drawn as far as they go") {
  auto broken = make_sphere(50);
  broken->surface.triangles.push_back({0, 1, 4000000000u});
  broken->surface.normals.clear();
  broken->fibre.resize(3);
  const Image image = picture_of(test::frame_of({item_of(broken, Material::muscle)}));
  CHECK(pixel(image, 80, 80) != pixel(image, 2, 2));
  auto empty = std::make_shared<SurfaceMesh>();
  Frame frame = test::frame_of({item_of(make_sphere(50)), item_of(empty)});
  frame.items.push_back(DrawItem{});
  CHECK(pixel(picture_of(frame), 80, 80) != pixel(image, 2, 2));
}

TEST_CASE("flesh dented by a tool in the vertex shader looks like flesh dented by the formula on the processor") {
  struct Case {
    Material material;
    float share;
    bool is_long;
  };
  for (const Case& tried : {Case{Material::skin, 1.0f, false}, Case{Material::skin, 1.0f, true},
                            Case{Material::muscle, 0.7f, false}, Case{Material::muscle, 0.4f, true}}) {
    INFO(static_cast<int>(tried.material) << " " << tried.share << " " << tried.is_long);
    auto flesh = std::make_shared<SurfaceMesh>(*test::make_bending_rod(30, 110));
    flesh->binding.clear();
    flesh->shares.assign(flesh->surface.positions.size(), TissueShares{.depth = tried.share});
    Contact contact;
    contact.frame = {{4, 0, 30}, {0, 0, -1}, {0, 1, 0}, {1, 0, 0}};
    contact.skin = {1 / 60.0f, 0, 0};
    contact.is_long = tried.is_long;
    contact.radius_mm = 22;
    contact.half_length_mm = tried.is_long ? 60.0f : 0.0f;
    contact.tip_mm = 11;
    contact.flat_mm = 2;
    contact.thickness_mm = 28;
    contact.shift_across_mm = 4;
    find_patch(contact);
    DrawItem item = item_of(flesh);
    item.material = tried.material;
    Frame frame = test::frame_of({item});
    frame.contacts = {contact};
    frame.scene = {{-120, -120, -60}, {120, 120, 60}};
    frame.camera.yaw_deg = 40; // the dent is seen at the outline and from the side
    const auto dented_here = silhouette(frame, {200, 200});
    const Image lit = test::picture_of(frame);

    auto before = std::make_shared<SurfaceMesh>(*flesh);
    float farthest = 0;
    for (glm::vec3& p : before->surface.positions) {
      const glm::vec3 goes_to = dented(contact, p, tried.share, tried.material == Material::skin);
      farthest = std::max(farthest, glm::distance(p, goes_to));
      p = goes_to;
    }
    CHECK(farthest > 2.5f); // else this could not fail
    before->surface.normals.clear();
    compute_normals(before->surface);
    frame.items.front().mesh = before;
    frame.contacts.clear();
    const auto expected = silhouette(frame, {200, 200});
    CHECK(covered_count(dented_here) > 1500);
    CHECK(apart(dented_here, expected, {200, 200}) == 0);
    // Skin and muscle carry patterns that live at rest, so only light may differ a little where the surface turns.
    CHECK(test::differing_pixels(lit, test::picture_of(frame), 40) < 400);
  }
}

TEST_CASE("bone and what stands round the leg are not dented, and what is placed stands where it is placed") {
  const auto rod = test::make_bending_rod(20, 80);
  DrawItem bone = item_of(rod);
  bone.is_rigid = true;
  Frame frame = test::frame_of({bone});
  frame.scene = {{-160, -120, -60}, {160, 120, 60}};
  const auto before = silhouette(frame, {160, 160});
  Contact contact;
  contact.frame = {{0, 20, 0}, {0, -1, 0}, {1, 0, 0}, {0, 0, 1}};
  contact.tip_mm = 12;
  contact.radius_mm = 20;
  find_patch(contact);
  frame.contacts = {contact};
  const auto moved = [&] {
    const auto now = silhouette(frame, {160, 160});
    return apart(now, before, {160, 160});
  };
  CHECK(moved() == 0);
  frame.items.front().is_rigid = false;
  frame.items.front().material = Material::skin;
  CHECK(moved() > 20);
  frame.items.front().placement = glm::mat4(1);
  CHECK(moved() == 0);
  frame.items.front().placement = glm::translate(glm::mat4(1), glm::vec3(40, 0, 0));
  CHECK(moved() > 20);
}
