// Distance along surfaces whose true distances are known, and between the bounds that hold on any.

#include "geometry/geodesic.h"
#include "support/shapes.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <queue>
#include <random>

using namespace calfscope;

namespace {

// A flat square of uneven triangles, 200 mm wide.
TriMesh uneven_plane(int cells) {
  TriMesh mesh;
  std::mt19937 random(7);
  std::uniform_real_distribution<float> shift(-0.2f, 0.2f);
  const float step = 200.0f / static_cast<float>(cells);
  for (int i = 0; i <= cells; ++i)
    for (int k = 0; k <= cells; ++k) {
      const bool border = i == 0 || k == 0 || i == cells || k == cells;
      mesh.positions.emplace_back(step * (static_cast<float>(i) + (border ? 0 : shift(random))) - 100, 0,
                                  step * (static_cast<float>(k) + (border ? 0 : shift(random))) - 100);
    }
  const auto at = [&](int i, int k) { return static_cast<std::uint32_t>(i * (cells + 1) + k); };
  for (int i = 0; i < cells; ++i)
    for (int k = 0; k < cells; ++k) {
      if ((i + k) % 2) {
        mesh.triangles.push_back({at(i, k), at(i, k + 1), at(i + 1, k)});
        mesh.triangles.push_back({at(i + 1, k), at(i, k + 1), at(i + 1, k + 1)});
      } else {
        mesh.triangles.push_back({at(i, k), at(i, k + 1), at(i + 1, k + 1)});
        mesh.triangles.push_back({at(i, k), at(i + 1, k + 1), at(i + 1, k)});
      }
    }
  return mesh;
}

// An icosahedron halved `levels` times, on a sphere.
TriMesh icosphere(int levels, float radius) {
  const float g = (1 + std::sqrt(5.0f)) / 2;
  TriMesh mesh;
  mesh.positions = {{-1, g, 0},  {1, g, 0},  {-1, -g, 0}, {1, -g, 0}, {0, -1, g},  {0, 1, g},
                    {0, -1, -g}, {0, 1, -g}, {g, 0, -1},  {g, 0, 1},  {-g, 0, -1}, {-g, 0, 1}};
  mesh.triangles = {{0, 11, 5},  {0, 5, 1},  {0, 1, 7},  {0, 7, 10}, {0, 10, 11}, {1, 5, 9}, {5, 11, 4},
                    {11, 10, 2}, {10, 7, 6}, {7, 1, 8},  {3, 9, 4},  {3, 4, 2},   {3, 2, 6}, {3, 6, 8},
                    {3, 8, 9},   {4, 9, 5},  {2, 4, 11}, {6, 2, 10}, {8, 6, 7},   {9, 8, 1}};
  for (int level = 0; level < levels; ++level) {
    TriMesh finer;
    for (const glm::uvec3& t : mesh.triangles) {
      const glm::vec3 a = mesh.positions[t.x], b = mesh.positions[t.y], c = mesh.positions[t.z];
      const auto first = static_cast<std::uint32_t>(finer.positions.size());
      finer.positions.insert(finer.positions.end(), {a, b, c, (a + b) / 2.f, (b + c) / 2.f, (c + a) / 2.f});
      for (const glm::uvec3& k : {glm::uvec3{0, 3, 5}, {3, 1, 4}, {5, 4, 2}, {3, 4, 5}})
        finer.triangles.push_back(k + first);
    }
    mesh = weld(finer, 1e-4f);
    for (glm::vec3& p : mesh.positions)
      p = glm::normalize(p);
  }
  for (glm::vec3& p : mesh.positions)
    p *= radius / glm::length(p);
  return mesh;
}

struct Errors {
  double mean = 0, largest = 0; // share of the true distance
};

template <typename Truth>
Errors errors(const TriMesh& mesh, std::uint32_t triangle, Truth truth) {
  const auto solver = GeodesicSolver::make(mesh);
  REQUIRE(solver);
  const glm::uvec3 t = mesh.triangles[triangle];
  const glm::vec3 source = (mesh.positions[t.x] + mesh.positions[t.y] + mesh.positions[t.z]) / 3.f;
  const std::vector<float> found = solver->distances_mm(triangle, source);
  Errors out;
  int counted = 0;
  for (std::size_t v = 0; v < found.size(); ++v) {
    const double expected = truth(source, mesh.positions[v]);
    if (expected < 1)
      continue;
    const double error = std::abs(found[v] - expected) / expected;
    out.mean += error;
    out.largest = std::max(out.largest, error);
    ++counted;
  }
  out.mean /= counted;
  return out;
}

} // namespace

TEST_CASE("Distance on a plane is the straight one") {
  const TriMesh plane = uneven_plane(60);
  const auto straight = [](glm::vec3 a, glm::vec3 b) { return static_cast<double>(glm::distance(a, b)); };
  for (const std::uint32_t triangle : {3600u, 2000u}) {
    const Errors found = errors(plane, triangle, straight);
    INFO("mean " << found.mean << " largest " << found.largest);
    CHECK(found.mean <= 0.01);
    CHECK(found.largest <= 0.03);
  }
}

TEST_CASE("Distance on a sphere is the great circle's") {
  constexpr float radius = 80;
  const auto arc = [&](glm::vec3 a, glm::vec3 b) {
    return radius * std::acos(std::clamp<double>(glm::dot(glm::normalize(a), glm::normalize(b)), -1, 1));
  };
  for (const std::uint32_t triangle : {0u, 5000u, 11111u}) {
    const Errors found = errors(icosphere(5, radius), triangle, arc);
    INFO("mean " << found.mean << " largest " << found.largest);
    CHECK(found.mean <= 0.01);
    CHECK(found.largest <= 0.03);
  }
}

TEST_CASE("Pieces that hang together with nothing of the source are infinitely far") {
  TriMesh two = icosphere(2, 10);
  const TriMesh other = icosphere(2, 10);
  const auto first = static_cast<std::uint32_t>(two.positions.size());
  for (const glm::vec3& p : other.positions)
    two.positions.push_back(p + glm::vec3(100, 0, 0));
  for (const glm::uvec3& t : other.triangles)
    two.triangles.push_back(t + first);
  const auto solver = GeodesicSolver::make(two);
  REQUIRE(solver);
  const auto found = solver->distances_mm(0, two.positions[two.triangles[0].x]);
  CHECK(found[two.triangles[0].x] == Approx(0).margin(0.1));
  CHECK(std::isinf(found[first]));
  CHECK(std::isfinite(found[first - 1]));
}

TEST_CASE("No triangles, or only triangles without area, give no distances but do no harm") {
  CHECK_FALSE(GeodesicSolver::make({}));
  TriMesh flat;
  flat.positions = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}};
  flat.triangles = {{0, 1, 2}};
  if (const auto solver = GeodesicSolver::make(flat))
    for (const float d : solver->distances_mm(0, {1, 0, 0}))
      CHECK(d >= 0);
}
