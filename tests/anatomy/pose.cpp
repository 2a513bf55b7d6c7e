#include "anatomy/pose.h"

#include "anatomy/mirror.h"
#include "support/small_leg.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace calfscope;

namespace {

glm::vec3 moved(const Atlas& leg, const Pose& pose, std::string_view segment, glm::vec3 point) {
  const auto matrices = segment_matrices(leg, pose);
  return glm::vec3(matrices[static_cast<std::size_t>(leg.segment_index(segment))] * glm::vec4(point, 1));
}

const glm::vec3 toe_tip{0, -425, 120}, hip{0, 400, 0};

} // namespace

TEST_CASE("the neutral pose moves nothing") {
  const auto leg = test::small_leg();
  for (const glm::mat4& matrix : segment_matrices(*leg, {}))
    CHECK(matrix == glm::mat4(1));
  const SurfaceMesh& mesh = *leg->structures[0].mesh;
  const auto posed = posed_positions(mesh, segment_matrices(*leg, {}));
  for (std::size_t i = 0; i < posed.size(); ++i)
    CHECK(glm::distance(posed[i], mesh.surface.positions[i]) < 1e-4f);
}

TEST_CASE("on either side dorsiflexion lifts the toes, flexion takes the thigh back, toes-in turns the toes medially") {
  const auto right = test::small_leg();
  const Atlas left = mirrored(*right);
  for (const Atlas* leg : {right.get(), static_cast<const Atlas*>(&left)}) {
    const float medial = leg->side == Side::right ? 1.0f : -1.0f;
    CHECK(moved(*leg, {.ankle_deg = 20}, "foot", toe_tip).y > toe_tip.y + 20);
    CHECK(moved(*leg, {.ankle_deg = -20}, "foot", toe_tip).y < toe_tip.y - 20);
    CHECK(moved(*leg, {.turn_deg = 20}, "foot", toe_tip).x * medial > 20);
    CHECK(moved(*leg, {.turn_deg = -20}, "shank", toe_tip).x * medial < -20);
    CHECK(moved(*leg, {.knee_deg = 90}, "thigh", hip).z < -300);
    CHECK(moved(*leg, {.knee_deg = 90}, "foot", toe_tip) == toe_tip);
  }
}

TEST_CASE("posing is the same before and after mirroring") {
  const auto right = test::small_leg();
  const Atlas left = mirrored(*right);
  const Pose pose{.ankle_deg = 15, .knee_deg = 40, .turn_deg = 12};
  const auto of_right = segment_matrices(*right, pose), of_left = segment_matrices(left, pose);
  for (std::size_t i = 0; i < right->structures.size(); ++i) {
    const auto a = posed_positions(*right->structures[i].mesh, of_right);
    const auto b = posed_positions(*left.structures[i].mesh, of_left);
    for (std::size_t v = 0; v < a.size(); v += 7)
      CHECK(glm::distance(a[v], glm::vec3(-b[v].x, b[v].y, b[v].z)) < 1e-2f);
  }
}

TEST_CASE("angles stay within the joint's range and are never NaN") {
  const auto leg = test::small_leg();
  CHECK(moved(*leg, {.ankle_deg = 400}, "foot", toe_tip) == moved(*leg, {.ankle_deg = 40}, "foot", toe_tip));
  const Pose broken{.ankle_deg = std::nanf(""), .knee_deg = std::numeric_limits<float>::infinity()};
  CHECK(tamed(broken) == Pose{});
  for (const PoseAngle& angle : pose_angles())
    CHECK(angle.lowest_deg < angle.highest_deg);
}

TEST_CASE("a leg whose knee and ankle are one point can still be turned") {
  Atlas leg = *test::small_leg();
  for (Landmark& landmark : leg.landmarks)
    landmark.position_mm = glm::vec3(1, 2, 3);
  for (const glm::mat4& matrix : segment_matrices(leg, {.turn_deg = 20}))
    CHECK(std::isfinite(matrix[0][0]));
}

TEST_CASE("a segment tree that bites its tail still ends") {
  Atlas leg = *test::small_leg();
  leg.segments[1].parent = 2;
  leg.segments[2].parent = 1;
  CHECK(segment_matrices(leg, {.ankle_deg = 10}).size() == leg.segments.size());
}

TEST_CASE("flesh keeps its offsets to itself at rest, and takes the whole of each at its own pose") {
  for (const glm::vec4& shares : bend_shares({}))
    CHECK(shares == glm::vec4(0));
  for (const BendKey& key : bend_keys()) {
    const glm::vec4 shares = bend_shares(key.pose)[key.joint];
    INFO("joint " << static_cast<int>(key.joint) << ", offset " << static_cast<int>(key.offset));
    CHECK(shares[key.offset] == Approx(1).margin(1e-5));
  }
  // From degree to degree they change little, so nothing jumps while a joint is moved.
  for (const PoseAngle& angle : pose_angles())
    for (float degrees = angle.lowest_deg; degrees < angle.highest_deg; degrees += 1) {
      Pose from{.ankle_deg = 40, .subtalar_deg = -15}, to = from;
      from.*angle.value = degrees;
      to.*angle.value = degrees + 1;
      const BendShares before = bend_shares(from), after = bend_shares(to);
      for (std::size_t joint = 0; joint < bend_joints; ++joint)
        CHECK(glm::distance(before[joint], after[joint]) < 0.2f);
    }
}

TEST_CASE("offsets of flesh are taken at rest and turn with the segments, on either side") {
  const auto small = test::small_leg();
  Atlas leg = *small;
  auto mesh = std::make_shared<SurfaceMesh>(*leg.find("calcaneus")->mesh);
  mesh->bends.assign(mesh->surface.positions.size(), {.joint = bend_ankle, .position_mm = {glm::vec3(3, 2, -5)}});
  leg.structures[static_cast<std::size_t>(leg.index_of("calcaneus"))].mesh = mesh;
  const Pose pose{.ankle_deg = -50};
  const auto segments = segment_matrices(leg, pose);
  const auto with = posed_positions(*mesh, segments, bend_shares(pose)), without = posed_positions(*mesh, segments);
  const Atlas left = mirrored(leg);
  const auto of_left = posed_positions(*left.find("calcaneus")->mesh, segment_matrices(left, pose), bend_shares(pose));
  for (std::size_t v = 0; v < with.size(); ++v) {
    CHECK(glm::distance(with[v], without[v]) == Approx(std::sqrt(38.0f)).margin(1e-3));
    CHECK(glm::distance(with[v], glm::vec3(-of_left[v].x, of_left[v].y, of_left[v].z)) < 1e-2f);
  }
}

TEST_CASE("posed normals stay unit length") {
  const auto leg = test::small_leg();
  const auto matrices = segment_matrices(*leg, {.ankle_deg = -30, .turn_deg = 10});
  for (const glm::vec3& normal : posed_normals(*leg->find("calcaneus")->mesh, matrices))
    CHECK(glm::length(normal) == Approx(1).margin(1e-4));
}
