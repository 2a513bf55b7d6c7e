#include "geometry/ray_scene.h"

#include "support/shapes.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace calfscope;

namespace {

glm::vec3 random_direction(std::mt19937& random) {
  std::normal_distribution<float> normal;
  glm::vec3 v(0);
  while (glm::length(v) < 1e-3f)
    v = {normal(random), normal(random), normal(random)};
  return glm::normalize(v);
}

} // namespace

TEST_CASE("a ray meets nested boxes in order, from any distance, through faces, edges and corners") {
  RayScene scene;
  const TriMesh outer = test::make_box(glm::vec3(-30), glm::vec3(30)),
                inner = test::make_box(glm::vec3(-10), glm::vec3(10));
  const auto outside = scene.add(outer.positions, outer.triangles);
  const auto inside = scene.add(inner.positions, inner.triangles);
  scene.commit();
  for (const float from : {100.0f, 7000.0f})
    for (const glm::vec3 towards : {glm::vec3(0), glm::vec3(0, 5, 0), glm::vec3(0, 5, 5), glm::vec3(0, 3.3f, -7.1f)}) {
      const Ray ray{towards - glm::vec3(from, 0, 0), {1, 0, 0}}; // the middle lies on the diagonal of the faces
      const auto hits = scene.all_hits(ray);
      REQUIRE(hits.size() == 4);
      const std::uint32_t meshes[] = {outside, inside, inside, outside};
      const float at[] = {-30, -10, 10, 30};
      for (std::size_t i = 0; i < 4; ++i) {
        CHECK(hits[i].mesh == meshes[i]);
        CHECK(hits[i].position.x == Approx(at[i]).margin(1e-2));
        CHECK(hits[i].distance_mm == Approx(from + at[i]).margin(1e-2));
        CHECK(hits[i].normal.x == Approx(i < 2 ? -1 : 1));
      }
      CHECK(scene.first_hit(ray)->mesh == outside);
      CHECK(scene.all_hits(ray, from).size() == 2);
      const std::vector<bool> only_inner{false, true};
      const auto through = scene.first_hit(ray, 0, &only_inner);
      REQUIRE(through);
      CHECK(through->mesh == inside);
      const std::vector<bool> nothing{false, false};
      CHECK_FALSE(scene.first_hit(ray, 0, &nothing));
    }
}

TEST_CASE("crossings of a closed mesh are even from outside and odd from inside, in every direction") {
  const TriMesh mesh = test::make({});
  RayScene scene;
  const auto number = scene.add(mesh.positions, mesh.triangles);
  scene.commit();
  std::mt19937 random(2);
  std::uniform_real_distribution<float> wide(-90, 90), tall(-95, 95);
  for (int i = 0; i < 2000; ++i) {
    const glm::vec3 p(wide(random), tall(random), wide(random));
    const float radius = 50 + (30 - 50) * (100 - p.y) / 200, from_axis = std::hypot(p.x, p.z);
    if (std::abs(from_axis - radius) < 0.2f)
      continue; // the cylinder has flat facets
    const bool within = from_axis < radius;
    CHECK(scene.inside(p, number) == within);
    CHECK(scene.all_hits({p, random_direction(random)}).size() % 2 == (within ? 1 : 0));
  }
}

TEST_CASE("rays at vertices and edges slip through nowhere and are counted once") {
  const TriMesh mesh = test::make({.around = 24, .along = 12});
  RayScene scene;
  scene.add(mesh.positions, mesh.triangles);
  scene.commit();
  for (const glm::uvec3& t : mesh.triangles)
    for (int c = 0; c < 3; ++c) {
      const glm::vec3 a = mesh.positions[t[c]], b = mesh.positions[t[(c + 1) % 3]];
      const glm::vec3 centre(0, 1.7f, 0.4f);
      for (const glm::vec3 target : {a, 0.5f * (a + b)}) {
        const auto hits = scene.all_hits({centre, glm::normalize(target - centre)});
        REQUIRE(hits.size() == 1);
        CHECK(glm::distance(hits[0].position, target) < 0.01f);
      }
    }
}

TEST_CASE("barycentric weights give the hit back") {
  const TriMesh mesh = test::make({});
  RayScene scene;
  scene.add(mesh.positions, mesh.triangles);
  scene.commit();
  std::mt19937 random(4);
  for (int i = 0; i < 200; ++i) {
    const auto hit = scene.first_hit({glm::vec3(0), random_direction(random)});
    REQUIRE(hit);
    const glm::uvec3 t = mesh.triangles[hit->triangle];
    const glm::vec3 p = (1 - hit->barycentric.x - hit->barycentric.y) * mesh.positions[t.x] +
                        hit->barycentric.x * mesh.positions[t.y] + hit->barycentric.y * mesh.positions[t.z];
    CHECK(glm::distance(p, hit->position) < 1e-2f);
  }
}

TEST_CASE("the nearest point is on the surface and none of its vertices is nearer") {
  const TriMesh mesh = test::make({.around = 40, .along = 20});
  RayScene scene;
  scene.add(mesh.positions, mesh.triangles);
  scene.commit();
  std::mt19937 random(6);
  std::uniform_real_distribution<float> anywhere(-150, 150);
  for (int i = 0; i < 300; ++i) {
    const glm::vec3 p(anywhere(random), anywhere(random), anywhere(random));
    const auto nearest = scene.nearest(p, 1000);
    REQUIRE(nearest);
    CHECK(glm::distance(nearest->position, p) == Approx(nearest->distance_mm).margin(1e-3));
    for (const glm::vec3& q : mesh.positions)
      REQUIRE(glm::distance(q, p) >= nearest->distance_mm - 1e-3f);
    CHECK_FALSE(scene.nearest(p, nearest->distance_mm * 0.9f));
  }
}

TEST_CASE("an empty scene is met by nothing") {
  RayScene scene;
  scene.add({}, {});
  scene.commit();
  CHECK_FALSE(scene.first_hit({{0, 0, 0}, {1, 0, 0}}));
  CHECK(scene.all_hits({{0, 0, 0}, {1, 0, 0}}).empty());
  CHECK_FALSE(scene.nearest({0, 0, 0}, 100));
  CHECK_FALSE(scene.inside({0, 0, 0}, 0));
}

TEST_CASE("triangles without area do not lead the nearest point astray") {
  TriMesh mesh = test::make_box(glm::vec3(-10), glm::vec3(10));
  for (const glm::vec3 p : {glm::vec3(12, 0, 0), glm::vec3(12.1f, 0.1f, 0.3f), glm::vec3(12.2f, 0.2f, 0.6f)})
    mesh.positions.push_back(p);
  mesh.triangles.emplace_back(8u, 9u, 10u);
  mesh.triangles.emplace_back(8u, 8u, 8u);
  mesh.triangles.emplace_back(8u, 9u, 8u);
  RayScene scene;
  scene.add(mesh.positions, mesh.triangles);
  scene.commit();
  std::mt19937 random(12);
  std::uniform_real_distribution<float> anywhere(-30, 30);
  for (int i = 0; i < 500; ++i) {
    const glm::vec3 p(anywhere(random), anywhere(random), anywhere(random));
    const auto nearest = scene.nearest(p, 1000);
    REQUIRE(nearest);
    CHECK(std::isfinite(nearest->distance_mm));
    CHECK(glm::distance(nearest->position, p) == Approx(nearest->distance_mm).margin(1e-3));
  }
}
