#include "geometry/plane_section.h"

#include "support/shapes.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace calfscope;

namespace {

constexpr double pi = 3.14159265358979;

// Signed area seen against the normal: counter-clockwise is positive.
double signed_area(const std::vector<glm::vec3>& outline, glm::vec3 normal) {
  glm::dvec3 sum(0);
  for (std::size_t i = 0; i < outline.size(); ++i)
    sum += glm::cross(glm::dvec3(outline[i] - outline[0]), glm::dvec3(outline[(i + 1) % outline.size()] - outline[0]));
  return 0.5 * glm::dot(sum, glm::dvec3(normal));
}

} // namespace

TEST_CASE("sections across a tapered cylinder are circles of the right size, also through its rings of vertices") {
  const TriMesh mesh = test::make({.around = 256});
  for (float y = -95; y <= 95; y += 5) { // every second one is a ring
    const Plane plane{{0, 1, 0}, y};
    const auto outlines = section_outlines(mesh, plane);
    REQUIRE(outlines.size() == 1);
    const double radius = 40 + 10.0 * y / 100;
    CHECK(outline_area_mm2(outlines, plane) == Approx(pi * radius * radius).epsilon(0.002));
    CHECK(outline_length_mm(outlines) == Approx(2 * pi * radius).epsilon(0.002));
    for (const glm::vec3& p : outlines[0])
      CHECK(plane.distance_mm(p) == Approx(0).margin(1e-3));
  }
  CHECK(section_outlines(mesh, {{0, 1, 0}, 101}).empty());
  CHECK(section_outlines(mesh, {{0, 1, 0}, -101}).empty());
}

TEST_CASE("outlines run counter-clockwise seen against the normal, holes clockwise, from either side") {
  TriMesh hollow = test::make_box(glm::vec3(-20), glm::vec3(20));
  TriMesh hole = test::make_box(glm::vec3(-5), glm::vec3(5));
  flip_winding(hole);
  hollow = test::joined(std::move(hollow), hole);
  for (const float sign : {1.0f, -1.0f}) {
    const Plane plane{{0, sign, 0}, 0};
    const auto outlines = section_outlines(hollow, plane);
    REQUIRE(outlines.size() == 2);
    double sum = 0;
    for (const auto& outline : outlines) {
      const double area = signed_area(outline, plane.normal);
      CHECK((std::abs(area) == Approx(1600) || std::abs(area) == Approx(100)));
      CHECK((area > 0) == (std::abs(area) > 500));
      sum += area;
    }
    CHECK(sum == Approx(1500));
    CHECK(outline_area_mm2(outlines, plane) == Approx(1500));
  }
}

TEST_CASE("sections along any direction add up to the volume") {
  const TriMesh mesh = test::make({.top = {10, 60, -5}, .bottom = {-20, -70, 15}, .around = 64, .along = 20});
  std::mt19937 random(9);
  std::normal_distribution<float> normal;
  for (int i = 0; i < 5; ++i) {
    const glm::vec3 direction = glm::normalize(glm::vec3(normal(random), normal(random), normal(random)));
    constexpr float step = 0.5f;
    double volume = 0;
    for (float offset = -120.25f; offset < 120; offset += step) {
      const Plane plane{direction, offset};
      volume += step * outline_area_mm2(section_outlines(mesh, plane), plane);
    }
    CHECK(volume == Approx(signed_volume_mm3(mesh)).epsilon(0.003));
  }
}

TEST_CASE("an open mesh gives a chain that is closed by a straight line") {
  TriMesh mesh = test::make({.around = 64});
  std::vector<bool> keep(mesh.triangles.size());
  for (std::size_t i = 0; i < keep.size(); ++i)
    keep[i] = mesh.positions[mesh.triangles[i].x].x > 0;
  const TriMesh half = keep_triangles(mesh, keep);
  const Plane plane{{0, 1, 0}, 1.3f};
  const auto outlines = section_outlines(half, plane);
  REQUIRE(outlines.size() == 1);
  CHECK(outline_area_mm2(outlines, plane) == Approx(0.5 * pi * 40.13 * 40.13).epsilon(0.1));
}
