// Finished meshes are brought apart, and distances to another leg are reckoned rightly.

#include "author/part_meshes.h"
#include "author/reference.h"
#include "author/report.h"
#include "geometry/isosurface.h"
#include "geometry/ray_scene.h"

#include <catch2/catch.hpp>
#include <glm/gtc/matrix_transform.hpp>

using namespace calfscope;

namespace {

TriMesh ball(glm::vec3 centre, float radius) {
  const GridFrame frame = GridFrame::around({centre - radius, centre + radius}, 1, 3);
  return isosurface(fill_grid(frame, [&](glm::vec3 p) { return glm::distance(p, centre) - radius; }));
}

float deepest(const TriMesh& points, const TriMesh& body) {
  RayScene scene;
  scene.add(body.positions, body.triangles);
  scene.commit();
  float depth = 0;
  for (const glm::vec3 p : points.positions)
    if (scene.inside(p, 0))
      depth = std::max(depth, scene.nearest(p, 50)->distance_mm);
  return depth;
}

} // namespace

TEST_CASE("two bodies that overlap a little are parted, the far side of each stays") {
  TriMesh left = ball({0, 0, 0}, 10);
  TriMesh right = ball({19.2f, 0, 0}, 10);
  const TriMesh skin = ball({9, 0, 0}, 40);
  REQUIRE(deepest(left, right) > 0.5f);
  const Bounds before = bounds_of(left);
  TriMesh* both[] = {&left, &right};
  part_meshes(both, skin);
  CHECK(deepest(left, right) <= 0.05f);
  CHECK(deepest(right, left) <= 0.05f);
  CHECK(bounds_of(left).lower == before.lower);
  CHECK(left.normals.size() == left.positions.size());
}

TEST_CASE("a body that stands out of the skin is brought under it") {
  TriMesh body = ball({0, 0, 0}, 10);
  const TriMesh skin = ball({1, 0, 0}, 10.5f);
  REQUIRE(deepest(skin, body) == Approx(0).margin(0.6));
  TriMesh* one[] = {&body};
  part_meshes(one, skin);
  RayScene scene;
  scene.add(skin.positions, skin.triangles);
  scene.commit();
  for (const glm::vec3 p : body.positions)
    REQUIRE(scene.inside(p, 0));
}

TEST_CASE("a rigid motion is found again from its points, without scaling") {
  const std::vector<glm::vec3> from{{0, 0, 0}, {10, 0, 0}, {0, 20, 0}, {3, 4, 30}};
  const glm::mat4 motion =
      glm::translate(glm::mat4(1), {5, -7, 2}) * glm::rotate(glm::mat4(1), 0.4f, glm::normalize(glm::vec3(1, 2, 3)));
  std::vector<glm::vec3> to;
  for (const glm::vec3 p : from)
    to.emplace_back(motion * glm::vec4(p, 1));
  const glm::mat4 found = best_motion(from, to);
  for (std::size_t i = 0; i < from.size(); ++i)
    CHECK(glm::distance(glm::vec3(found * glm::vec4(from[i], 1)), to[i]) < 1e-3f);
  CHECK(best_motion({}, {}) == glm::mat4(1));
}

TEST_CASE("the distance of two balls about one middle is the difference of their radii") {
  const auto distance = surface_distance(ball({0, 0, 0}, 20), ball({0, 0, 0}, 17), {});
  REQUIRE(distance.has_value());
  CHECK(distance->mean_mm == Approx(3).margin(0.1));
  CHECK(distance->p95_mm == Approx(3).margin(0.2));
  CHECK_FALSE(surface_distance(ball({0, 0, 0}, 5), ball({0, 0, 0}, 5), {.lowest_mm = 50}).has_value());
}

TEST_CASE("without reference data the report says so, in words and as JSON") {
  Atlas atlas;
  auto mesh = std::make_shared<SurfaceMesh>();
  mesh->surface = ball({0, -50, 0}, 10);
  Structure structure;
  structure.id = "ball";
  structure.kind = Kind::bone;
  structure.mesh = mesh;
  atlas.structures.push_back(structure);
  IssueList issues;
  const auto report = report_on(atlas, {.reference = "/nowhere/reference"}, issues);
  REQUIRE(report.has_value());
  CHECK(issues.empty());
  CHECK(to_text(*report).find("no reference data at /nowhere/reference") != std::string::npos);
  CHECK(to_json_text(*report).find("\"reference_absent\": \"no reference data") != std::string::npos);
  REQUIRE(report->structures.size() == 1);
  CHECK(report->structures[0].tunnels == 0);
  CHECK_FALSE(report->structures[0].to_reference.has_value());
}
