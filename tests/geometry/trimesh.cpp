#include "geometry/trimesh.h"

#include "geometry/mesh_inspection.h"
#include "support/shapes.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace calfscope;

namespace {

// The same mesh with every triangle owning its corners, as STL files are.
TriMesh soup_of(const TriMesh& mesh) {
  TriMesh out;
  for (const glm::uvec3& t : mesh.triangles) {
    const auto first = static_cast<std::uint32_t>(out.positions.size());
    for (int c = 0; c < 3; ++c)
      out.positions.push_back(mesh.positions[t[c]]);
    out.triangles.emplace_back(first, first + 1, first + 2);
  }
  return out;
}

} // namespace

TEST_CASE("welding a soup of triangles gives the closed mesh back") {
  const TriMesh mesh = test::make({});
  const TriMesh soup = soup_of(mesh);
  CHECK_FALSE(inspect(soup).closed());
  for (const float tolerance : {0.0f, 0.01f}) {
    const TriMesh welded = weld(soup, tolerance);
    CHECK(welded.positions.size() == mesh.positions.size());
    CHECK(inspect(welded).closed());
    CHECK(inspect(welded).manifold());
    CHECK(signed_volume_mm3(welded) == Approx(signed_volume_mm3(mesh)).epsilon(1e-4));
  }
}

TEST_CASE("welding closes gaps smaller than its tolerance, also across the cells of its grid") {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> shake(-0.01f, 0.01f);
  TriMesh soup = soup_of(test::make({.around = 24, .along = 10}));
  for (glm::vec3& p : soup.positions)
    p += glm::vec3(shake(random), shake(random), shake(random));
  CHECK(inspect(weld(soup, 0.1f)).closed());
  CHECK_FALSE(inspect(weld(soup, 0)).closed());
}

TEST_CASE("without a tolerance only equal places are welded, both zeros among them, however close the others are") {
  TriMesh mesh;
  for (int i = 0; i < 30'000; ++i) { // all of them within a billionth of a millimetre
    mesh.positions.emplace_back(1e-14f * static_cast<float>(i), 0.0f, 1.0f);
    mesh.positions.emplace_back(1e-14f * static_cast<float>(i), -0.0f, 1.0f);
    mesh.positions.emplace_back(static_cast<float>(i), 5.0f, -1.0f);
    const auto first = static_cast<std::uint32_t>(3 * i);
    mesh.triangles.emplace_back(first, first + 2, (first + 4) % 90'000);
  }
  CHECK(weld(mesh, 0).positions.size() == 60'000);
}

TEST_CASE("separated pieces are the whole mesh, the largest first, each as keeping its triangles gives it") {
  TriMesh mesh = test::joined(test::make_box({0, 0, 0}, {1, 1, 1}), test::make({}));
  mesh = test::joined(std::move(mesh), test::make_box({500, 0, 0}, {501, 1, 1}));
  const auto parts = separated(mesh);
  const auto pieces = connected_pieces(mesh);
  REQUIRE(parts.size() == 3);
  for (int piece = 0; piece < 3; ++piece) {
    std::vector<bool> keep;
    for (const int of_triangle : pieces)
      keep.push_back(of_triangle == piece);
    const TriMesh expected = keep_triangles(mesh, keep);
    const TriMesh& found = parts[static_cast<std::size_t>(piece)];
    CHECK(found.positions == expected.positions);
    CHECK(found.normals == expected.normals);
    CHECK(found.triangles == expected.triangles);
  }
  CHECK(separated(TriMesh{}).empty());
}

TEST_CASE("pieces are counted and the largest comes first") {
  const TriMesh mesh =
      test::joined(test::make_box({0, 0, 0}, {1, 1, 1}), test::make({.top = {300, 50, 0}, .bottom = {300, 0, 0}}));
  const std::vector<int> pieces = connected_pieces(mesh);
  CHECK(inspect(mesh).pieces == 2);
  std::vector<bool> largest;
  for (const int piece : pieces)
    largest.push_back(piece == 0);
  const TriMesh kept = keep_triangles(mesh, largest);
  CHECK(kept.triangles.size() == mesh.triangles.size() - 12);
  CHECK(kept.positions.size() == mesh.positions.size() - 8);
  CHECK(bounds_of(kept).lower.x > 200);
}

TEST_CASE("volume and area of a box are exact, flipping turns the sign and the normals") {
  TriMesh box = test::make_box({-1, -2, -3}, {1, 2, 3});
  CHECK(signed_volume_mm3(box) == Approx(48));
  CHECK(area_mm2(box) == Approx(2 * (2 * 4 + 2 * 6 + 4 * 6)));
  CHECK(bounds_of(box).centre() == glm::vec3(0));
  const glm::vec3 normal = box.normals.front();
  flip_winding(box);
  CHECK(signed_volume_mm3(box) == Approx(-48));
  CHECK(box.normals.front() == -normal);
}

TEST_CASE("normals are unit and point outwards") {
  TriMesh mesh = test::make({});
  mesh.normals.clear();
  compute_normals(mesh);
  REQUIRE(mesh.normals.size() == mesh.positions.size());
  for (std::size_t i = 0; i + 2 < mesh.normals.size(); ++i) {
    CHECK(glm::length(mesh.normals[i]) == Approx(1).margin(1e-4));
    CHECK(glm::dot(mesh.normals[i], glm::vec3(mesh.positions[i].x, 0, mesh.positions[i].z)) > 0);
  }
}

TEST_CASE("inspection counts what is wrong") {
  TriMesh mesh = test::make_box({0, 0, 0}, {1, 1, 1});
  CHECK(inspect(mesh).closed());
  TriMesh open = mesh;
  open.triangles.pop_back();
  CHECK(inspect(open).boundary_edges == 3);
  TriMesh flipped = mesh;
  std::swap(flipped.triangles.back().x, flipped.triangles.back().y);
  CHECK(inspect(flipped).flipped_edges == 3);
  TriMesh crowded = mesh;
  crowded.positions.emplace_back(5.0f, 5.0f, 5.0f);
  crowded.triangles.emplace_back(mesh.triangles[0].x, mesh.triangles[0].y, 8u);
  CHECK(inspect(crowded).crowded_edges == 1);
  TriMesh broken = mesh;
  broken.positions[0].x = NAN;
  broken.triangles.emplace_back(0u, 1u, 99u);
  broken.triangles.emplace_back(3u, 3u, 4u);
  const MeshInspection found = inspect(broken);
  CHECK(found.non_finite_positions == 1);
  CHECK(found.out_of_range_indices >= 1);
  CHECK(found.degenerate_triangles >= 1);
  CHECK(inspect(TriMesh{}).triangles == 0);
}

TEST_CASE("two cones that touch in their tips are pinched there") {
  TriMesh mesh;
  mesh.positions = {{0, 0, 0}, {1, 1, 0}, {-1, 1, 1}, {-1, 1, -1}, {1, -1, 0}, {-1, -1, 1}, {-1, -1, -1}};
  mesh.triangles = {{0, 1, 2}, {0, 2, 3}, {0, 3, 1}, {1, 3, 2}, {0, 5, 4}, {0, 6, 5}, {0, 4, 6}, {4, 5, 6}};
  CHECK(inspect(mesh).pinched_vertices == 1);
  CHECK_FALSE(inspect(mesh).manifold());
}

TEST_CASE("a tip shared by very many triangles is looked at quickly and found sound") {
  const TriMesh cone = test::make({.around = 100'000, .along = 1});
  const MeshInspection found = inspect(cone);
  CHECK(found.closed());
  CHECK(found.pinched_vertices == 0);
  TriMesh twins = cone; // a second body that touches the first one in that tip
  const auto tip = static_cast<std::uint32_t>(cone.positions.size() - 2);
  TriMesh above = test::make({.top = cone.positions[tip], .bottom = {0, 300, 0}, .around = 1000, .along = 1});
  twins = test::joined(std::move(twins), above);
  const auto other = static_cast<std::uint32_t>(twins.positions.size() - 2);
  for (glm::uvec3& t : twins.triangles)
    for (int k = 0; k < 3; ++k)
      if (t[k] == other)
        t[k] = tip;
  CHECK(inspect(twins).pinched_vertices == 1);
}
