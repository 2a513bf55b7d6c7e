#include "props/mesh_forms.h"
#include "props/tool_mesh.h"

#include "geometry/mesh_inspection.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

Tool roller() {
  return {.id = "roller", .shape = ToolShape::cylinder, .diameter_mm = 150, .length_mm = 460, .claim = {}};
}
Tool ball(const char* id, float diameter_mm) {
  return {.id = id, .shape = ToolShape::sphere, .diameter_mm = diameter_mm, .claim = {}};
}
Tool stick() {
  return {.id = "stick", .shape = ToolShape::beads, .diameter_mm = 35, .length_mm = 460, .claim = {}};
}

void check_sound(const TriMesh& mesh) {
  const MeshInspection seen = inspect(mesh);
  CHECK(seen.closed());
  CHECK(seen.manifold());
  CHECK(seen.outward());
  CHECK(seen.non_finite_positions == 0);
  REQUIRE(mesh.normals.size() == mesh.positions.size());
  for (const glm::vec3& n : mesh.normals)
    REQUIRE(length(n) == Approx(1).margin(1e-3));
}

} // namespace

TEST_CASE("tools are closed bodies that face outwards") {
  for (const Tool& tool : {roller(), ball("tennis_ball", 67), ball("lacrosse_ball", 64), stick()}) {
    INFO(tool.id);
    check_sound(tool_mesh(tool));
    for (const PropPart& part : tool_parts(tool)) {
      INFO(part.id);
      check_sound(part.mesh);
    }
  }
  check_sound(rounded_box({10, 20, 30}, {300, 60, 40}, 12));
}

TEST_CASE("tools are as large as they say, about their middle") {
  const Bounds foam = bounds_of(tool_mesh(roller()));
  CHECK(foam.size().x == Approx(460).margin(1));
  CHECK(foam.size().y == Approx(150).margin(1));
  CHECK(foam.size().z == Approx(150).margin(1));
  CHECK(length(foam.centre()) < 0.5f);
  for (const float diameter : {67.0f, 64.0f}) {
    const Bounds round = bounds_of(tool_mesh(ball(diameter == 67 ? "tennis_ball" : "lacrosse_ball", diameter)));
    for (int axis = 0; axis < 3; ++axis)
      CHECK(round.size()[axis] == Approx(diameter).margin(1));
  }
  const Bounds rod = bounds_of(tool_mesh(stick()));
  CHECK(rod.size().x == Approx(460).margin(1));
  CHECK(rod.size().z == Approx(35).margin(1));
}

TEST_CASE("a tool is nowhere larger than the contact takes it for") {
  for (const glm::vec3& p : tool_mesh(roller()).positions)
    REQUIRE(glm::length(glm::vec2(p.y, p.z)) < 75.01f);
  for (const glm::vec3& p : tool_mesh(ball("tennis_ball", 67)).positions)
    REQUIRE(length(p) < 33.51f);
}

TEST_CASE("only the tennis ball has a seam, and it is shallow") {
  float least = 1e9f;
  for (const glm::vec3& p : tool_mesh(ball("tennis_ball", 67)).positions)
    least = std::min(least, length(p));
  CHECK(least < 33);
  CHECK(least > 32);
  for (const glm::vec3& p : tool_mesh(ball("lacrosse_ball", 64)).positions)
    REQUIRE(length(p) == Approx(32).margin(0.01));
}

TEST_CASE("a stick has a rod, beads and grips, and fingers are no tool of their own") {
  const auto parts = tool_parts(stick());
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].id == "rod");
  CHECK(parts[1].id == "beads");
  CHECK(parts[2].id == "grip");
  CHECK(separated(parts[1].mesh).size() > 5);
  CHECK(tool_mesh({.id = "thumb", .shape = ToolShape::digit, .diameter_mm = 22, .claim = {}}).empty());
  CHECK(tool_mesh({.id = "pincer", .shape = ToolShape::pincer, .diameter_mm = 20, .claim = {}}).empty());
}
