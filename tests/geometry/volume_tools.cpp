// The volume tools against bodies whose distance, volume and topology are known.

#include "geometry/isosurface.h"
#include "geometry/mesh_decimation.h"
#include "geometry/mesh_inspection.h"
#include "geometry/mesh_smoothing.h"
#include "geometry/parallel.h"
#include "geometry/scalar_grid.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <cmath>
#include <random>

using namespace calfscope;

namespace {

constexpr double pi = 3.14159265358979;

GridFrame cube_frame(float half_mm, float step_mm) {
  Bounds box;
  box.add(glm::vec3(-half_mm));
  box.add(glm::vec3(half_mm));
  return GridFrame::around(box, step_mm, 0);
}

ScalarGrid ball(float radius_mm, float step_mm, glm::vec3 centre = glm::vec3(0)) {
  return fill_grid(cube_frame(radius_mm + 5, step_mm),
                   [=](glm::vec3 p) { return glm::distance(p, centre) - radius_mm; });
}

void require_sound(const TriMesh& mesh) {
  const MeshInspection found = inspect(mesh);
  CHECK(found.closed());
  CHECK(found.manifold());
  CHECK(found.outward());
  CHECK(found.degenerate_triangles == 0);
}

} // namespace

TEST_CASE("a loop split over the cores runs every index once") {
  std::vector<std::atomic<int>> runs(1000);
  parallel_for(0, 1000, [&](int i) { ++runs[static_cast<std::size_t>(i)]; });
  for (const auto& count : runs)
    REQUIRE(count == 1);
}

TEST_CASE("an exception inside a split loop reaches the caller") {
  CHECK_THROWS_AS(parallel_for(0, 100, [](int i) { i == 57 ? throw std::runtime_error("57") : void(); }),
                  std::runtime_error);
}

TEST_CASE("grids of one step share their nodes") {
  Bounds small;
  small.add(glm::vec3(0.3f));
  small.add(glm::vec3(4.1f));
  const GridFrame a = GridFrame::around(small, 1.5f, 0);
  const GridFrame b = GridFrame::around(small, 1.5f, 7);
  const glm::ivec3 shift = a.first - b.first;
  CHECK(a.position(1, 0, 2) == b.position(1 + shift.x, shift.y, 2 + shift.z));
}

TEST_CASE("sampling a linear field gives the field back, and its slope") {
  const ScalarGrid field = fill_grid(cube_frame(6, 1.5f), [](glm::vec3 p) { return 2 * p.x - p.y + 0.5f * p.z; });
  std::mt19937 random(3);
  std::uniform_real_distribution<float> anywhere(-5, 5);
  for (int n = 0; n < 50; ++n) {
    const glm::vec3 p(anywhere(random), anywhere(random), anywhere(random));
    CHECK(field.sample(p) == Approx(2 * p.x - p.y + 0.5f * p.z).margin(1e-4));
    CHECK(glm::distance(field.gradient(p), glm::vec3(2, -1, 0.5f)) < 1e-3f);
  }
}

TEST_CASE("blurring keeps a constant field and the sum of a spike") {
  ScalarGrid flat(cube_frame(6, 1), 3.0f);
  blur(flat, 1.7f);
  for (const float value : flat.values)
    REQUIRE(value == Approx(3.0f));
  ScalarGrid spike(cube_frame(10, 1));
  spike.at(10, 10, 10) = 1;
  blur(spike, 1.5f);
  double sum = 0;
  for (const float value : spike.values)
    sum += value;
  CHECK(sum == Approx(1.0).epsilon(1e-4));
  CHECK(spike.at(10, 10, 10) > spike.at(11, 10, 10));
}

TEST_CASE("distance from a distorted field's zero level is true distance") {
  // Same zero level as a ball of 12 mm, but far from a distance: cubic growth, steep on one side.
  const ScalarGrid field = fill_grid(cube_frame(20, 1), [](glm::vec3 p) {
    const float d = glm::length(p) - 12;
    return (d + 0.02f * d * d * d) * (2 + p.x / 20);
  });
  const ScalarGrid distance = signed_distance(field);
  float worst = 0;
  for (int k = 0; k < field.frame.size.z; ++k)
    for (int j = 0; j < field.frame.size.y; ++j)
      for (int i = 0; i < field.frame.size.x; ++i) {
        const float truth = glm::length(field.frame.position(i, j, k)) - 12;
        if (truth > -9)
          worst = std::max(worst, std::abs(distance.at(i, j, k) - truth));
      }
  CHECK(worst < 0.4f);
}

TEST_CASE("distance from a mesh agrees with the body the mesh was made from") {
  const glm::vec3 centre(0.7f, -1.2f, 0.4f);
  const TriMesh mesh = isosurface(ball(10, 1, centre));
  const ScalarGrid distance = signed_distance(mesh, cube_frame(18, 1.5f));
  for (int k = 0; k < distance.frame.size.z; ++k)
    for (int j = 0; j < distance.frame.size.y; ++j)
      for (int i = 0; i < distance.frame.size.x; ++i) {
        const float truth = glm::distance(distance.frame.position(i, j, k), centre) - 10;
        REQUIRE(distance.at(i, j, k) == Approx(truth).margin(0.25));
      }
}

TEST_CASE("a mesh with a missing triangle still has an inside") {
  TriMesh mesh = isosurface(ball(10, 1));
  mesh.triangles.erase(mesh.triangles.begin() + 100);
  const ScalarGrid distance = signed_distance(mesh, cube_frame(14, 1));
  std::size_t inside = 0;
  for (const float value : distance.values)
    inside += value < 0 ? 1 : 0;
  CHECK(static_cast<double>(inside) == Approx(4.0 / 3 * pi * 1000).epsilon(0.02));
}

TEST_CASE("the surface of a ball is closed, outward, one piece and has the ball's volume") {
  const TriMesh mesh = isosurface(ball(10, 1, glm::vec3(0.31f, 0.17f, -0.4f)));
  require_sound(mesh);
  CHECK(inspect(mesh).pieces == 1);
  CHECK(signed_volume_mm3(mesh) == Approx(4.0 / 3 * pi * 1000).epsilon(0.01));
}

TEST_CASE("the surface of noise, with every ambiguous case, is closed and manifold") {
  std::mt19937 random(11);
  std::uniform_real_distribution<float> noise(-1, 1);
  ScalarGrid field(cube_frame(9, 1));
  for (float& value : field.values)
    value = noise(random);
  const TriMesh mesh = isosurface(field);
  const MeshInspection found = inspect(mesh);
  CHECK(found.triangles > 5000);
  CHECK(found.closed());
  CHECK(found.manifold());
  CHECK(found.outward());
}

TEST_CASE("a body that leaves the grid is closed at the border") {
  const ScalarGrid field =
      fill_grid(cube_frame(8, 1), [](glm::vec3 p) { return glm::length(glm::vec2(p.x, p.z)) - 5; });
  require_sound(isosurface(field));
}

TEST_CASE("smoothing and relaxing keep the volume and even out the triangles") {
  TriMesh mesh = isosurface(ball(12, 1, glm::vec3(0.2f)));
  const double before = signed_volume_mm3(mesh);
  const auto worst_angle_quality = [](const TriMesh& m) {
    double sum = 0;
    for (const glm::uvec3& t : m.triangles) {
      const glm::vec3 a = m.positions[t.x], b = m.positions[t.y], c = m.positions[t.z];
      const float edges = glm::dot(b - a, b - a) + glm::dot(c - b, c - b) + glm::dot(a - c, a - c);
      sum += 3.4641 * glm::length(glm::cross(b - a, c - a)) / edges;
    }
    return sum / static_cast<double>(m.triangles.size());
  };
  const double raw_quality = worst_angle_quality(mesh);
  smooth_surface(mesh, 6);
  relax_tangentially(mesh, 8);
  project_to_level(mesh, ball(12, 1, glm::vec3(0.2f)), 0, 2, 0.5f);
  require_sound(mesh);
  CHECK(signed_volume_mm3(mesh) == Approx(before).epsilon(0.01));
  CHECK(worst_angle_quality(mesh) > raw_quality);
  CHECK(worst_angle_quality(mesh) > 0.9);
}

TEST_CASE("decimation keeps a ring closed, manifold, one hole and near its shape") {
  const ScalarGrid ring = fill_grid(cube_frame(20, 1), [](glm::vec3 p) {
    return glm::length(glm::vec2(glm::length(glm::vec2(p.x, p.z)) - 12, p.y)) - 5;
  });
  const TriMesh fine = isosurface(ring);
  const TriMesh coarse = decimate(fine, {.target_triangles = fine.triangles.size() / 6});
  require_sound(coarse);
  CHECK(coarse.triangles.size() <= fine.triangles.size() / 6);
  const auto euler = static_cast<long>(coarse.positions.size()) - static_cast<long>(coarse.triangles.size()) / 2;
  CHECK(euler == 0);
  CHECK(signed_volume_mm3(coarse) == Approx(signed_volume_mm3(fine)).epsilon(0.02));
  for (const glm::vec3 p : coarse.positions)
    REQUIRE(std::abs(ring.sample(p)) < 0.4f);
}

TEST_CASE("decimation stops before it destroys a small body") {
  const TriMesh fine = isosurface(ball(4, 1));
  require_sound(decimate(fine, {.target_triangles = 0, .max_error_mm = 100}));
  const TriMesh same = decimate(fine, {.target_triangles = 10, .max_error_mm = 0.0f});
  CHECK(signed_volume_mm3(same) == Approx(signed_volume_mm3(fine)).epsilon(0.01));
}
