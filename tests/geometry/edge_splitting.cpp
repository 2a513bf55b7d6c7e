// Halving long edges: closed stays closed, nothing moves, nothing is longer than asked where it was asked.

#include "geometry/edge_splitting.h"
#include "geometry/mesh_inspection.h"
#include "geometry/skinning.h"
#include "support/shapes.h"

#include <catch2/catch.hpp>
#include <glm/gtc/matrix_transform.hpp>

using namespace calfscope;

TEST_CASE("a limb split in its upper half stays closed, keeps its volume and has no long edge there") {
  const TriMesh limb = test::make(test::TaperedCylinder{});
  const auto on_top = [](glm::vec3 p) { return p.y > 0; };
  const SplitMesh split = split_long_edges(limb, 2.5f, on_top);
  TriMesh finer;
  finer.positions = split.spread(std::span<const glm::vec3>(limb.positions));
  finer.triangles = split.triangles;
  REQUIRE(finer.positions.size() > limb.positions.size());
  for (std::size_t i = 0; i < limb.positions.size(); ++i)
    CHECK(finer.positions[i] == limb.positions[i]);
  CHECK(signed_volume_mm3(finer) == Approx(signed_volume_mm3(limb)).epsilon(1e-4));
  CHECK(inspect(finer).closed());
  std::size_t below = 0;
  for (const glm::uvec3& t : finer.triangles)
    for (int k = 0; k < 3; ++k) {
      const glm::vec3 a = finer.positions[t[k]], b = finer.positions[t[(k + 1) % 3]];
      if (on_top(0.5f * (a + b)))
        CHECK(distance(a, b) <= 2.5f);
      else
        ++below;
    }
  CHECK(below > 100);
}

TEST_CASE("what is moved at the old vertices moves at the new ones, and a fine mesh is left alone") {
  const TriMesh limb = test::make(test::TaperedCylinder{});
  const SplitMesh split = split_long_edges(limb, 2, [](glm::vec3) { return true; });
  std::vector<glm::vec3> shifted;
  for (const glm::vec3 p : limb.positions)
    shifted.push_back(p + glm::vec3(1, 2, 3));
  const auto before = split.spread(std::span<const glm::vec3>(limb.positions));
  const auto after = split.spread(std::span<const glm::vec3>(shifted));
  REQUIRE(before.size() == after.size());
  for (std::size_t i = 0; i < before.size(); ++i)
    CHECK(distance(after[i], before[i] + glm::vec3(1, 2, 3)) < 1e-4f);
  CHECK(split_long_edges(limb, 1000, [](glm::vec3) { return true; }).middle_of.empty());
}

TEST_CASE("a finer surface follows its segments as the old one does, with weights that are whole") {
  SurfaceMesh limb;
  limb.surface = test::make(test::TaperedCylinder{});
  compute_normals(limb.surface);
  for (const glm::vec3 p : limb.surface.positions) {
    const auto upper = static_cast<std::uint8_t>(glm::clamp(127.5f + 2 * p.y, 0.0f, 255.0f));
    limb.binding.push_back({{0, 3, 0, 0}, {upper, static_cast<std::uint8_t>(255 - upper), 0, 0}});
    limb.shares.push_back({.depth = 1});
  }
  const SplitMesh split = split_long_edges(limb.surface, 2, [](glm::vec3) { return true; });
  const SurfaceMesh finer = finer_surface(limb, split);
  const std::size_t count = finer.surface.positions.size();
  REQUIRE(count > limb.surface.positions.size());
  REQUIRE(finer.binding.size() == count);
  REQUIRE(finer.surface.normals.size() == count);
  REQUIRE(finer.shares.size() == count);
  for (const SkinBinding& binding : finer.binding)
    CHECK(binding.weight[0] + binding.weight[1] + binding.weight[2] + binding.weight[3] == 255);
  std::vector<glm::mat4> segments(4, glm::mat4(1));
  segments[3] = glm::rotate(glm::mat4(1), 0.4f, glm::vec3(1, 0, 0));
  const auto old = posed_positions(limb, segments), posed = posed_positions(finer, segments);
  const auto middles = split.spread(std::span<const glm::vec3>(old));
  for (std::size_t i = 0; i < count; ++i)
    CHECK(distance(posed[i], middles[i]) < (i < old.size() ? 1e-4f : 0.3f));
}
