// Halving long edges: closed stays closed, nothing moves, nothing is longer than asked where it was asked.

#include "geometry/edge_splitting.h"
#include "geometry/mesh_inspection.h"
#include "support/shapes.h"

#include <catch2/catch.hpp>

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
