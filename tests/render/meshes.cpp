// The GPU copies of meshes.

#include "gl/debug.h"
#include "render/mesh_cache.h"
#include "render/stage.h"
#include "render/streak_place.h"

#include <catch2/catch.hpp>

#include <numbers>

using namespace calfscope;
using namespace calfscope::render;

TEST_CASE("a mesh is copied once, and forgotten with its last owner") {
  test::renderer();
  MeshCache cache;
  auto sphere = test::make_sphere(20);
  const GpuMesh* copy = &cache.find_or_upload(sphere);
  CHECK(&cache.find_or_upload(sphere) == copy);
  CHECK(copy->levels[0].count == 3 * sphere->surface.triangles.size());
  CHECK(cache.forget_unused() == 0);
  sphere.reset();
  CHECK(cache.forget_unused() == 1);
  CHECK(cache.size() == 0);
  CHECK(gl::take_errors().empty());
}

TEST_CASE("a copy knows its box, its segments and which way its fibres run") {
  test::renderer();
  const GpuMesh rod = upload(*test::make_bending_rod(10, 50));
  REQUIRE(rod.parts.size() == 2);
  CHECK_FALSE(rod.rigid);
  CHECK(rod.parts[0].bounds.upper.y < 15);
  CHECK(rod.parts[1].bounds.lower.y > -15);
  CHECK(rod.bounds.upper.y == Approx(50));

  auto fibred = test::make_sphere(20);
  for (glm::vec3& fibre : fibred->fibre)
    fibre = glm::normalize(glm::vec3(1, 2, -1));
  const GpuMesh copy = upload(*fibred);
  CHECK(copy.rigid);
  CHECK(std::abs(glm::dot(copy.grain * glm::normalize(glm::vec3(1, 2, -1)), glm::vec3(0, 0, 1))) > 0.999f);
}

TEST_CASE("on an unrolled muscle the place across stays the same along a fibre") {
  // A tube with fibres that wind around it.
  SurfaceMesh tube;
  constexpr int around = 48, levels = 40;
  constexpr float radius = 20, length = 120, pi = std::numbers::pi_v<float>;
  const float lean = glm::radians(20.0f);
  for (int level = 0; level <= levels; ++level)
    for (int i = 0; i <= around; ++i) { // the seam is doubled
      const float turn = 2 * pi * static_cast<float>(i) / around, along = static_cast<float>(level) / levels;
      tube.surface.positions.push_back({radius * std::cos(turn), -length * along, radius * std::sin(turn)});
      tube.muscle_place.push_back({static_cast<float>(i) / around, along});
      const glm::vec3 across(-std::sin(turn), 0, std::cos(turn));
      tube.fibre.push_back(std::cos(lean) * glm::vec3(0, -1, 0) + std::sin(lean) * across);
    }
  for (int level = 0; level < levels; ++level)
    for (int i = 0; i < around; ++i) {
      const auto at = [&](int l, int k) { return static_cast<std::uint32_t>(l * (around + 1) + k); };
      tube.surface.triangles.push_back({at(level, i), at(level, i + 1), at(level + 1, i)});
      tube.surface.triangles.push_back({at(level, i + 1), at(level + 1, i + 1), at(level + 1, i)});
    }
  const StreakPlaces unrolled = unroll(tube);
  REQUIRE(unrolled.places.size() == tube.surface.positions.size());
  CHECK(unrolled.around_mm == Approx(2 * pi * radius).epsilon(0.02));
  // Down one level a fibre moves sideways by tan(lean) of that way.
  const float turns_per_level = std::tan(lean) * (length / levels) / (2 * pi * radius);
  const float drift_of_grid = unrolled.places[around + 1].x - unrolled.places[0].x;
  CHECK(drift_of_grid == Approx(-turns_per_level).epsilon(0.05));
  CHECK(unrolled.places[around].x - unrolled.places[0].x == Approx(1.0f)); // the seam closes
  CHECK(unroll(SurfaceMesh{}).places.empty());
}
