// Joints, skin weights and depth shares, on a leg of spindles.

#include "anatomy/mirror.h"
#include "import/rig.h"
#include "sample_atlas.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using namespace calfscope::testing;

namespace {

Structure part(const char* id, Kind kind, glm::vec3 top, float length, float radius) {
  auto mesh = spindle(top, length, radius, false);
  mesh->shares.clear();
  return {.id = id,
          .kind = kind,
          .name = id,
          .latin = "",
          .synonyms = {},
          .fma = "",
          .source = "",
          .group = "",
          .mesh = mesh};
}

// Bones one below the other inside a skin, with a muscle that crosses the knee behind them.
Atlas stick_leg() {
  Atlas atlas;
  atlas.id = "stick";
  atlas.landmarks = {{"knee_centre", {0, 0, 0}, ""}, {"ankle_centre", {0, -360, 0}, ""}};
  atlas.structures = {part("skin", Kind::skin, {0, 250, 0}, 800, 75),
                      part("femur", Kind::bone, {0, 200, 0}, 195, 20),
                      part("tibia", Kind::bone, {0, -5, 0}, 350, 20),
                      part("talus", Kind::bone, {0, -360, 0}, 30, 20),
                      part("calcaneus", Kind::bone, {0, -395, -5}, 40, 20),
                      part("gastrocnemius_medial_head", Kind::muscle, {0, 60, -40}, 300, 15)};
  return atlas;
}

float share_of(const SkinBinding& binding, int segment) {
  float sum = 0;
  for (std::size_t k = 0; k < 4; ++k)
    if (binding.segment[k] == segment)
      sum += static_cast<float>(binding.weight[k]) / 255.0f;
  return sum;
}

} // namespace

TEST_CASE("Rigging keeps bones rigid, lets muscle bend gradually, and its weights sum to one") {
  Atlas atlas = stick_leg();
  IssueList issues;
  rig(atlas, issues);
  REQUIRE(issues.empty());
  const int thigh = atlas.segment_index("thigh");
  const int shank = atlas.segment_index("shank");
  REQUIRE(thigh > 0);
  REQUIRE(shank == 0);
  for (const Structure& structure : atlas.structures)
    for (const SkinBinding& binding : structure.mesh->binding) {
      const int sum = binding.weight[0] + binding.weight[1] + binding.weight[2] + binding.weight[3];
      REQUIRE(sum == 255);
    }
  for (const SkinBinding& binding : atlas.find("femur")->mesh->binding)
    REQUIRE(share_of(binding, thigh) == 1);
  const SurfaceMesh& muscle = *atlas.find("gastrocnemius_medial_head")->mesh;
  for (std::size_t i = 0; i < muscle.binding.size(); ++i) {
    const float y = muscle.surface.positions[i].y;
    if (y > 55)
      CHECK(share_of(muscle.binding[i], thigh) > 0.8f);
    if (y < -120)
      CHECK(share_of(muscle.binding[i], shank) > 0.95f);
  }
}

TEST_CASE("Depth is 0 on bone, 1 on skin and between them inside") {
  Atlas atlas = stick_leg();
  IssueList issues;
  rig(atlas, issues);
  for (const Structure& structure : atlas.structures)
    for (const TissueShares& share : structure.mesh->shares) {
      if (structure.kind == Kind::bone)
        REQUIRE(share.depth == 0);
      else if (structure.kind == Kind::skin)
        REQUIRE(share.depth == 1);
      else
        REQUIRE((share.depth > 0 && share.depth < 1));
    }
}

TEST_CASE("Turning by plus about each axis is what the conventions call plus") {
  Atlas atlas = stick_leg();
  for (const Segment& segment : leg_segments(atlas)) {
    if (segment.parent < 0)
      continue;
    INFO(segment.id);
    CHECK(glm::length(segment.axis) == Approx(1));
    // A small turn moves a point by axis x arm.
    const auto moved = [&](glm::vec3 arm) { return glm::cross(segment.axis, arm); };
    if (segment.joint == "knee")
      CHECK(moved({0, 1, 0}).z < -0.9f); // flexion: the thigh goes back
    if (segment.joint == "talocrural" || segment.joint == "toes")
      CHECK(moved({0, 0, 1}).y > 0.8f); // dorsiflexion, extension: the toes go up
    if (segment.joint == "subtalar")
      CHECK(moved({0, -1, 0}).x > 0.4f); // inversion: the sole turns to the medial side
  }
}

TEST_CASE("A left leg is rigged as the mirror image of a right one") {
  Atlas right = stick_leg();
  Atlas left = mirrored(stick_leg());
  left.stored_side = Side::left;
  IssueList issues;
  rig(right, issues);
  rig(left, issues);
  CHECK(left.side == Side::left);
  CHECK(left.stored_side == Side::left);
  const Atlas expected = mirrored(right);
  for (std::size_t i = 0; i < expected.segments.size(); ++i) {
    CHECK(glm::distance(expected.segments[i].axis, left.segments[i].axis) < 1e-4f);
    CHECK(glm::distance(expected.segments[i].centre_mm, left.segments[i].centre_mm) < 1e-3f);
  }
}

TEST_CASE("A leg without a knee centre is refused and left alone") {
  Atlas atlas = stick_leg();
  atlas.landmarks.clear();
  IssueList issues;
  rig(atlas, issues);
  CHECK(issues.all().size() == 2);
  CHECK(atlas.segments.empty());
}
