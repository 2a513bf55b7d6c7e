#include "render/stage.h"

#include "base/files.h"
#include "gl/debug.h"
#include "platform/headless_context.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <numbers>
#include <stdexcept>

namespace calfscope::test {
namespace {

std::unique_ptr<HeadlessContext> make_context() {
  IssueList issues;
  auto context = HeadlessContext::create(issues);
  if (!context)
    throw std::runtime_error(to_string(issues));
  gl::collect_errors();
  return context;
}

} // namespace

Renderer& renderer() {
  static const auto context = make_context();
  static Renderer shared{std::filesystem::path(CALFSCOPE_SOURCE_DIR)};
  return shared;
}

std::shared_ptr<SurfaceMesh> make_sphere(float radius_mm, glm::vec3 centre, int rings) {
  auto mesh = std::make_shared<SurfaceMesh>();
  const int around = 2 * rings;
  TriMesh& surface = mesh->surface;
  const auto add = [&](float polar, float turn) {
    const glm::vec3 n(std::sin(polar) * std::cos(turn), std::cos(polar), std::sin(polar) * std::sin(turn));
    surface.positions.push_back(centre + radius_mm * n);
    surface.normals.push_back(n);
    mesh->fibre.push_back({-std::cos(polar) * std::cos(turn), std::sin(polar), -std::cos(polar) * std::sin(turn)});
    mesh->shares.push_back({.tendon = 0, .depth = 1, .relief = 0.5f});
  };
  constexpr float pi = std::numbers::pi_v<float>;
  for (int ring = 1; ring < rings; ++ring)
    for (int i = 0; i < around; ++i)
      add(pi * static_cast<float>(ring) / static_cast<float>(rings),
          2 * pi * static_cast<float>(i) / static_cast<float>(around));
  const auto top = static_cast<std::uint32_t>(surface.positions.size());
  add(0, 0);
  const std::uint32_t bottom = top + 1;
  add(pi, 0);
  const auto at = [&](int ring, int i) { return static_cast<std::uint32_t>((ring - 1) * around + i % around); };
  for (int i = 0; i < around; ++i) {
    surface.triangles.push_back({top, at(1, i + 1), at(1, i)});
    surface.triangles.push_back({bottom, at(rings - 1, i), at(rings - 1, i + 1)});
    for (int ring = 1; ring + 1 < rings; ++ring) {
      surface.triangles.push_back({at(ring, i), at(ring, i + 1), at(ring + 1, i)});
      surface.triangles.push_back({at(ring, i + 1), at(ring + 1, i + 1), at(ring + 1, i)});
    }
  }
  return mesh;
}

std::shared_ptr<SurfaceMesh> make_bending_rod(float radius_mm, float half_mm) {
  auto mesh = std::make_shared<SurfaceMesh>();
  constexpr int levels = 60, around = 32;
  TriMesh& surface = mesh->surface;
  for (int level = 0; level <= levels; ++level)
    for (int i = 0; i < around; ++i) {
      const float turn = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / around;
      const float share = static_cast<float>(level) / levels;
      // The first and last ring are points, so that the rod is closed.
      const float radius = level == 0 || level == levels ? 0.0f : radius_mm;
      surface.positions.push_back({radius * std::cos(turn), -half_mm + 2 * half_mm * share, radius * std::sin(turn)});
      const auto weight = static_cast<std::uint8_t>(std::lround(255 * glm::smoothstep(0.4f, 0.6f, share)));
      mesh->binding.push_back({{0, 1, 0, 0}, {static_cast<std::uint8_t>(255 - weight), weight, 0, 0}});
    }
  for (int level = 0; level < levels; ++level)
    for (int i = 0; i < around; ++i) {
      const auto at = [&](int l, int k) { return static_cast<std::uint32_t>(l * around + k % around); };
      surface.triangles.push_back({at(level, i), at(level + 1, i), at(level, i + 1)});
      surface.triangles.push_back({at(level, i + 1), at(level + 1, i), at(level + 1, i + 1)});
    }
  if (signed_volume_mm3(surface) < 0)
    flip_winding(surface);
  compute_normals(surface);
  return mesh;
}

DrawItem item_of(std::shared_ptr<const SurfaceMesh> mesh, Material material, glm::vec3 colour) {
  DrawItem item;
  item.mesh = std::move(mesh);
  item.material = material;
  item.colour = colour;
  return item;
}

Frame frame_of(std::vector<DrawItem> items, float height_mm) {
  Frame frame;
  for (const DrawItem& item : items)
    frame.scene.add(bounds_of(item.mesh->surface));
  frame.items = std::move(items);
  frame.camera.yaw_deg = 180; // from +Z
  frame.camera.orthographic = true;
  frame.camera.distance_mm = height_mm / (2 * std::tan(glm::radians(frame.camera.field_of_view_deg) / 2));
  frame.background = {.top = glm::vec3(0.3f), .bottom = glm::vec3(0.3f), .floor = false};
  return frame;
}

Image picture_of(const Frame& frame, glm::ivec2 size) {
  renderer().draw(frame, size);
  Image image = renderer().read(frame.quality);
  for (const std::string& error : gl::take_errors())
    FAIL_CHECK(error);
  REQUIRE(image.width == size.x);
  REQUIRE(image.height == size.y);
  return image;
}

glm::ivec3 pixel(const Image& image, int x, int y) {
  const std::uint8_t* at = image.at(x, y);
  return {at[0], at[1], at[2]};
}

int differing_pixels(const Image& a, const Image& b, int tolerance) {
  REQUIRE(a.width == b.width);
  REQUIRE(a.height == b.height);
  int count = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) {
      const glm::ivec3 d = glm::abs(pixel(a, x, y) - pixel(b, x, y));
      count += std::max({d.x, d.y, d.z}) > tolerance;
    }
  return count;
}

float brightness(glm::ivec3 colour) {
  return (0.2126f * static_cast<float>(colour.x) + 0.7152f * static_cast<float>(colour.y) +
          0.0722f * static_cast<float>(colour.z)) /
         255;
}

} // namespace calfscope::test
