#include "props/hand_mesh.h"
#include "props/hand_skeleton.h"

#include "geometry/mesh_inspection.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace calfscope;

namespace {

void check_sound(const TriMesh& mesh) {
  const MeshInspection seen = inspect(mesh);
  CHECK(seen.closed());
  CHECK(seen.manifold());
  CHECK(seen.outward());
  CHECK(seen.pieces == 1);
  CHECK(seen.non_finite_positions == 0);
  REQUIRE(mesh.normals.size() == mesh.positions.size());
  for (const glm::vec3& n : mesh.normals)
    REQUIRE(length(n) == Approx(1).margin(1e-3));
}

// The part of a mesh near a place that lies farthest in a direction.
glm::vec3 nose(const TriMesh& mesh, glm::vec3 at, glm::vec3 toward) {
  glm::vec3 best(0);
  float most = -1e9f;
  for (const glm::vec3& p : mesh.positions)
    if (distance(p, at) < 12 && dot(p, toward) > most) {
      most = dot(p, toward);
      best = p;
    }
  return best;
}

float depth_in_calf(glm::vec3 p) {
  return 55 - glm::length(glm::vec2(p.x, p.z - 55));
}

} // namespace

TEST_CASE("hands are closed bodies of one piece and of a hand's size") {
  for (std::size_t g = 0; g < grip_ids.size(); ++g) {
    INFO(grip_ids[g]);
    const TriMesh mesh = hand_mesh(static_cast<Grip>(g));
    check_sound(mesh);
    // Hand and forearm: between 1 and 1.5 litres.
    CHECK(signed_volume_mm3(mesh) > 1e6);
    CHECK(signed_volume_mm3(mesh) < 1.5e6);
  }
}

TEST_CASE("the pressing thumb's pad lies at the origin and the hand stays outside the calf") {
  const TriMesh mesh = hand_mesh(Grip::thumb_press);
  const glm::vec3 pad = nose(mesh, {0, 0, 0}, {0, 0, 1});
  CHECK(length(pad) < 1.5f);
  float deepest = -1e9f;
  for (const glm::vec3& p : mesh.positions)
    deepest = std::max(deepest, depth_in_calf(p));
  CHECK(deepest < 2);
  // Fingers lie on the calf, not over it.
  int lying = 0;
  for (const glm::vec3& p : mesh.positions)
    lying += p.x > 40 && depth_in_calf(p) > -2 ? 1 : 0;
  CHECK(lying > 50);
}

TEST_CASE("the forearm leaves toward the person and away from the skin") {
  for (const Grip grip : {Grip::thumb_press, Grip::stick_grip, Grip::flat}) {
    INFO(grip_ids[static_cast<std::size_t>(grip)]);
    const TriMesh mesh = hand_mesh(grip);
    const Bounds box = bounds_of(mesh);
    glm::vec3 end(0);
    int count = 0;
    for (const glm::vec3& p : mesh.positions)
      if (p.y > box.upper.y - 15) {
        end += p;
        ++count;
      }
    end /= static_cast<float>(count);
    CHECK(end.y > 120);
    CHECK(end.z < -50);
  }
}

TEST_CASE("a pincer's pads face each other at the width asked for, with nothing between") {
  for (const float width : {35.0f, 62.0f, 90.0f}) {
    INFO(width);
    const TriMesh mesh = pincer(width);
    check_sound(mesh);
    const float half = 0.5f * width;
    CHECK(nose(mesh, {-half, 0, 0}, {1, 0, 0}).x == Approx(-half).margin(1.5));
    CHECK(nose(mesh, {half, -10, 0}, {-1, 0, 0}).x == Approx(half).margin(1.5));
    CHECK(nose(mesh, {half, 10, 0}, {-1, 0, 0}).x == Approx(half).margin(1.5));
    for (const glm::vec3& p : mesh.positions)
      REQUIRE((std::abs(p.x) > half - 1.5f || p.z < -25));
  }
}

TEST_CASE("a fist leaves room for its rod, and a flat hand lies on its plane") {
  const float rod = 0.5f * stick_grip_rod_mm;
  float nearest = 1e9f;
  for (const glm::vec3& p : hand_mesh(Grip::stick_grip).positions)
    nearest = std::min(nearest, glm::length(glm::vec2(p.y, p.z)));
  CHECK(nearest > rod - 1);
  CHECK(nearest < rod + 2);
  CHECK(bounds_of(hand_mesh(Grip::flat)).upper.z == Approx(0).margin(1));
}

TEST_CASE("a forearm turns toward its elbow while the fingers stay where they are") {
  const TriMesh hand = hand_mesh(Grip::thumb_press);
  const HandAnchor anchor = hand_anchor(Grip::thumb_press);
  CHECK(length(anchor.elbow) == Approx(1).margin(1e-4));
  const glm::vec3 way = glm::normalize(anchor.elbow + glm::vec3(0.4f, 0, 0)), toward = 1.1f * forearm_mm * way;
  const TriMesh turned = with_elbow(hand, anchor, toward);
  REQUIRE(turned.positions.size() == hand.positions.size());
  glm::vec3 end(0);
  float count = 0;
  for (std::size_t v = 0; v < hand.positions.size(); ++v) {
    const float along = dot(hand.positions[v] - anchor.wrist, anchor.elbow);
    if (along < -35)
      REQUIRE(turned.positions[v] == hand.positions[v]);
    if (along > 100) {
      end += turned.positions[v] - anchor.wrist;
      ++count;
    }
  }
  REQUIRE(count > 100);
  CHECK(dot(glm::normalize(end), way) > 0.985f);
  check_sound(turned);
}

TEST_CASE("a hand is put on the skin with its elbow's side where the elbow is") {
  const glm::vec3 skin(10, 200, -50), into = glm::normalize(glm::vec3(0.2f, 0.1f, 1));
  const glm::mat4 at = hand_placement(skin, into, {0, 300, -200});
  CHECK(glm::determinant(glm::mat3(at)) == Approx(1).margin(1e-4));
  CHECK(distance(glm::vec3(at * glm::vec4(0, 0, 0, 1)), skin) < 1e-3f);
  CHECK(dot(glm::mat3(at) * glm::vec3(0, 0, 1), into) == Approx(1).margin(1e-4));
  CHECK(dot(glm::mat3(at) * glm::vec3(0, 1, 0), glm::vec3(0, 300, -200)) > 0);
  // Even an elbow straight behind gives a place.
  CHECK(std::isfinite(hand_placement(skin, into, into)[0].x));
}
