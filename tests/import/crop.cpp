// Cutting with a plane and filling the cut.

#include "import/crop.h"
#include "geometry/mesh_inspection.h"
#include "import/muscle_fibres.h"
#include "import/refine.h"
#include "sample_atlas.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using namespace calfscope::testing;

namespace {

double filled_area(const std::vector<std::vector<glm::vec2>>& outlines) {
  std::vector<glm::vec2> points;
  for (const auto& outline : outlines)
    points.insert(points.end(), outline.begin(), outline.end());
  double area = 0;
  for (const glm::uvec3& t : fill_outlines(outlines)) {
    const glm::vec2 u = points[t.y] - points[t.x];
    const glm::vec2 v = points[t.z] - points[t.x];
    const double twice = static_cast<double>(u.x) * v.y - static_cast<double>(u.y) * v.x;
    CHECK(twice >= 0);
    area += twice / 2;
  }
  return area;
}

std::vector<glm::vec2> ring(glm::vec2 centre, float radius, int corners, bool clockwise = false) {
  std::vector<glm::vec2> out;
  for (int i = 0; i < corners; ++i) {
    const float a = 6.2831853f * static_cast<float>(clockwise ? -i : i) / static_cast<float>(corners);
    out.push_back(centre + radius * glm::vec2(std::cos(a), std::sin(a)));
  }
  return out;
}

double ring_area(float radius, int corners) {
  return 0.5 * corners * static_cast<double>(radius * radius) * std::sin(6.28318530718 / corners);
}

// Two spindles, one inside the other and wound inwards: a wall.
TriMesh tube() {
  TriMesh outer = spindle({0, 100, 0}, 200, 40)->surface;
  TriMesh inner = spindle({0, 80, 0}, 160, 25)->surface;
  flip_winding(inner);
  const auto base = static_cast<std::uint32_t>(outer.positions.size());
  outer.positions.insert(outer.positions.end(), inner.positions.begin(), inner.positions.end());
  for (const glm::uvec3& t : inner.triangles)
    outer.triangles.push_back(t + base);
  outer.normals.clear();
  return outer;
}

} // namespace

TEST_CASE("Outlines are filled exactly: bent ones, ones with holes, islands in holes") {
  CHECK(filled_area({ring({0, 0}, 10, 32)}) == Approx(ring_area(10, 32)));
  CHECK(filled_area({{{0, 0}, {10, 0}, {10, 10}, {5, 2}, {0, 10}}}) == Approx(60));
  CHECK(filled_area({ring({0, 0}, 10, 32), ring({1, 2}, 4, 20, true)}) == Approx(ring_area(10, 32) - ring_area(4, 20)));
  CHECK(
      filled_area({ring({0, 0}, 10, 32), ring({-5, 0}, 3, 20, true), ring({4, 1}, 4, 12, true), ring({4, 1}, 2, 9)}) ==
      Approx(ring_area(10, 32) - ring_area(3, 20) - ring_area(4, 12) + ring_area(2, 9)));
}

TEST_CASE("What is left of a cropped body is closed, flat on top and as large as it should be") {
  const TriMesh body = weld(spindle({3, 100, 5}, 200, 40)->surface, 0);
  const double whole = signed_volume_mm3(body);
  for (const float height : {60.0f, 33.3f, 0.0f, -71.0f}) {
    const Plane plane{.normal = {0, 1, 0}, .offset_mm = height};
    const CroppedMesh below = crop(body, plane);
    const CroppedMesh above = crop(body, {.normal = {0, -1, 0}, .offset_mm = -height});
    INFO(height);
    CHECK(inspect(below.mesh).closed());
    CHECK(inspect(below.mesh).manifold());
    CHECK(inspect(above.mesh).closed());
    CHECK(signed_volume_mm3(below.mesh) + signed_volume_mm3(above.mesh) == Approx(whole).epsilon(1e-3));
    CHECK(bounds_of(below.mesh).upper.y == Approx(height).margin(0.02));
    const CappedMesh capped = with_flat_cap(below, plane);
    CHECK(capped.source.size() == capped.mesh.positions.size());
    CHECK(inspect(weld(capped.mesh, 0)).closed());
    for (std::size_t i = below.mesh.positions.size(); i < capped.mesh.positions.size(); ++i)
      REQUIRE(capped.mesh.normals[i] == plane.normal);
  }
}

TEST_CASE("A body with a hollow keeps it open to nothing: the cap is a ring") {
  const TriMesh body = tube();
  const double whole = signed_volume_mm3(body);
  const CroppedMesh below = crop(body, {.normal = {0, 1, 0}, .offset_mm = 1.5f});
  const CroppedMesh above = crop(body, {.normal = {0, -1, 0}, .offset_mm = -1.5f});
  CHECK(inspect(below.mesh).closed());
  CHECK(signed_volume_mm3(below.mesh) + signed_volume_mm3(above.mesh) == Approx(whole).epsilon(1e-3));
}

TEST_CASE("A body that the plane misses stays whole or vanishes") {
  const TriMesh body = weld(spindle({0, 100, 0}, 200, 40)->surface, 0);
  CHECK(crop(body, {.normal = {0, 1, 0}, .offset_mm = 150}).mesh.triangles.size() == body.triangles.size());
  CHECK(crop(body, {.normal = {0, 1, 0}, .offset_mm = -150}).mesh.empty());
}

TEST_CASE("Fibres of a spindle run along it, its place grows downwards, its ends are tendon") {
  const TriMesh body = weld(spindle({0, 100, 0}, 200, 25)->surface, 0);
  const FibreField field = lay_fibres(body, {});
  TriMesh smooth = body;
  compute_normals(smooth);
  for (std::size_t i = 0; i < body.positions.size(); ++i) {
    const glm::vec3 p = body.positions[i];
    CHECK(glm::length(field.direction[i]) == Approx(1).margin(1e-4));
    CHECK(std::abs(glm::dot(field.direction[i], smooth.normals[i])) < 0.01f);
    if (std::abs(p.y) < 60) {
      CHECK(field.direction[i].y < -0.85f);
      CHECK(field.muscle_place[i].y == Approx(0.5 - p.y / 200).margin(0.1));
      CHECK(field.tendon[i] < 0.3f);
    }
    if (std::abs(p.y) > 96)
      CHECK(field.tendon[i] > 0.6f);
  }
}

TEST_CASE("Seen from behind, pennate fibres lean to the midline: from both sides, or from the one the muscle is on") {
  const auto lean_at = [](float centre_x, float side) {
    const TriMesh body = weld(spindle({centre_x, 100, 0}, 200, 25)->surface, 0);
    const FibreField field =
        lay_fibres(body, {.pennation_deg = 15, .midline_upper = {0, 100, 0}, .midline_lower = {0, -100, 0}});
    float sum = 0;
    for (std::size_t i = 0; i < body.positions.size(); ++i) {
      const glm::vec3 p = body.positions[i];
      if (std::abs(p.y) < 30 && p.z < -8 && side * (p.x - centre_x) > 6)
        sum += field.direction[i].x;
    }
    return sum;
  };
  CHECK(lean_at(0, 1) < 0);
  CHECK(lean_at(0, -1) > 0);
  CHECK(lean_at(40, 1) < 0);
  CHECK(lean_at(40, -1) < 0);
  CHECK(lean_at(-40, 1) > 0);
}

TEST_CASE("No triangle runs backwards round the muscle once its seam is split") {
  SurfaceMesh mesh;
  mesh.surface = weld(spindle({0, 100, 0}, 200, 25)->surface, 0);
  compute_normals(mesh.surface);
  mesh.muscle_place = lay_fibres(mesh.surface, {}).muscle_place;
  const std::size_t before = mesh.surface.positions.size();
  split_seam(mesh);
  CHECK(mesh.surface.positions.size() > before);
  CHECK(mesh.surface.normals.size() == mesh.surface.positions.size());
  CHECK(mesh.muscle_place.size() == mesh.surface.positions.size());
  CHECK(inspect(weld(mesh.surface, 0)).closed());
  for (const glm::uvec3& t : mesh.surface.triangles) {
    const float a = mesh.muscle_place[t.x].x;
    const float b = mesh.muscle_place[t.y].x;
    const float c = mesh.muscle_place[t.z].x;
    // At the very tips one triangle spans half the circle and more.
    const float along = mesh.muscle_place[t.x].y;
    if (along > 0.15f && along < 0.85f)
      REQUIRE(std::max({a, b, c}) - std::min({a, b, c}) <= 0.5f);
  }
}

TEST_CASE("Refining a ball makes it rounder, keeps its vertices and keeps it closed") {
  TriMesh ball;
  ball.positions = {{50, 0, 0}, {-50, 0, 0}, {0, 50, 0}, {0, -50, 0}, {0, 0, 50}, {0, 0, -50}};
  ball.triangles = {{0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4}, {2, 0, 5}, {1, 2, 5}, {3, 1, 5}, {0, 3, 5}};
  for (glm::vec3& p : ball.positions)
    p = 50.0f * glm::normalize(p);
  // Onto the sphere, so that normals of neighbours agree.
  for (int round = 0; round < 2; ++round) {
    ball = refined(ball);
    for (glm::vec3& p : ball.positions)
      p = 50.0f * glm::normalize(p);
  }
  const double full = 4.0 / 3.0 * 3.14159265 * 50 * 50 * 50;
  const TriMesh finer = refined(ball);
  CHECK(finer.triangles.size() == 4 * ball.triangles.size());
  CHECK(std::equal(ball.positions.begin(), ball.positions.end(), finer.positions.begin()));
  CHECK(inspect(finer).closed());
  CHECK(inspect(finer).manifold());
  CHECK(std::abs(full - signed_volume_mm3(finer)) < 0.4 * std::abs(full - signed_volume_mm3(ball)));
}
