// The GPU copies of meshes.

#include "gl/debug.h"
#include "render/mesh_cache.h"
#include "render/stage.h"
#include "render/streak_place.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

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

namespace {

constexpr int around = 48, levels = 40;
constexpr float tube_mm = 120, pi = std::numbers::pi_v<float>;

// An open tube with half axes a and b; `lean` in radians against its long side, by share of the turn.
template <typename Lean>
SurfaceMesh make_tube(float a_mm, float b_mm, Lean lean) {
  SurfaceMesh tube;
  for (int level = 0; level <= levels; ++level)
    for (int i = 0; i <= around; ++i) { // the seam is doubled
      const float share = static_cast<float>(i) / around, along = static_cast<float>(level) / levels;
      const float turn = 2 * pi * share;
      tube.surface.positions.push_back({a_mm * std::cos(turn), -tube_mm * along, b_mm * std::sin(turn)});
      tube.muscle_place.push_back({share, along});
      const glm::vec3 across = glm::normalize(glm::vec3(-a_mm * std::sin(turn), 0, b_mm * std::cos(turn)));
      tube.fibre.push_back(std::cos(lean(share)) * glm::vec3(0, -1, 0) + std::sin(lean(share)) * across);
    }
  for (int level = 0; level < levels; ++level)
    for (int i = 0; i < around; ++i) {
      const auto at = [&](int l, int k) { return static_cast<std::uint32_t>(l * (around + 1) + k); };
      tube.surface.triangles.push_back({at(level, i), at(level, i + 1), at(level + 1, i)});
      tube.surface.triangles.push_back({at(level, i + 1), at(level + 1, i + 1), at(level + 1, i)});
    }
  return tube;
}

// Narrowest and widest that one turn would be at the rate of its edges around.
std::pair<float, float> widths_mm(const SurfaceMesh& tube, const StreakPlaces& unrolled) {
  std::pair<float, float> range(1e9f, -1e9f);
  for (std::size_t i = 0; i + 1 < tube.surface.positions.size(); ++i) {
    if (i % (around + 1) == around)
      continue;
    const float mm = glm::distance(tube.surface.positions[i], tube.surface.positions[i + 1]);
    const float turns = unrolled.places[i + 1].x - unrolled.places[i].x;
    range = {std::min(range.first, mm / turns), std::max(range.second, mm / turns)};
  }
  return range;
}

} // namespace

TEST_CASE("on an unrolled muscle the place across stays the same along a fibre") {
  constexpr float radius = 20;
  const float lean = glm::radians(20.0f);
  const SurfaceMesh tube = make_tube(radius, radius, [&](float) { return lean; });
  const StreakPlaces unrolled = unroll(tube);
  REQUIRE(unrolled.places.size() == tube.surface.positions.size());
  CHECK(unrolled.around_mm == Approx(2 * pi * radius).epsilon(0.02));
  // Down one level a fibre moves sideways by tan(lean) of that way.
  const float turns_per_level = std::tan(lean) * (tube_mm / levels) / (2 * pi * radius);
  const float drift_of_grid = unrolled.places[around + 1].x - unrolled.places[0].x;
  CHECK(drift_of_grid == Approx(-turns_per_level).epsilon(0.05));
  CHECK(unrolled.places[around].x - unrolled.places[0].x == Approx(1.0f)); // the seam closes
  CHECK(unroll(SurfaceMesh{}).places.empty());
}

TEST_CASE("fibres that lean towards each other neither fold the pattern nor pull it apart") {
  const SurfaceMesh tube = make_tube(20, 20, [](float share) { return glm::radians(share < 0.5f ? 35.0f : -35.0f); });
  const StreakPlaces unrolled = unroll(tube);
  REQUIRE(unrolled.places.size() == tube.surface.positions.size());
  const auto [narrowest, widest] = widths_mm(tube, unrolled);
  CHECK(narrowest > 0.5f * unrolled.around_mm);
  CHECK(widest < 2.3f * unrolled.around_mm);
  // Yet it leans as they do, in the middle of either side.
  const auto drift = [&](int i) {
    return unrolled.places[static_cast<std::size_t>(levels * (around + 1) + i)].x -
           unrolled.places[static_cast<std::size_t>(i)].x;
  };
  CHECK(drift(around / 4) < -0.02f);
  CHECK(drift(3 * around / 4) > 0.02f);
}

TEST_CASE("on a flat tendon the pattern is as wide on its faces as on its edges") {
  const SurfaceMesh tube = make_tube(30, 5, [](float) { return 0.0f; });
  const StreakPlaces unrolled = unroll(tube);
  REQUIRE(unrolled.places.size() == tube.surface.positions.size());
  float longest = 0, shortest = 1e9f;
  for (std::size_t i = 0; i < around; ++i) {
    const float mm = glm::distance(tube.surface.positions[i], tube.surface.positions[i + 1]);
    longest = std::max(longest, mm);
    shortest = std::min(shortest, mm);
  }
  const auto [narrowest, widest] = widths_mm(tube, unrolled);
  CHECK(longest / shortest > 4); // as told by angles
  CHECK(widest / narrowest < 2.2f);
}
