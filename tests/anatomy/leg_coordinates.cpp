#include "anatomy/leg_coordinates.h"

#include "anatomy/mirror.h"
#include "support/small_leg.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace calfscope;

namespace {

// A leaning, tapering leg with a foot of a block, so that neither the axis nor the foot follows the world's axes.
std::shared_ptr<const Atlas> leaning_leg() {
  Atlas leg = *test::small_leg();
  TriMesh skin = test::make({.top = {-8, 140, 14}, .bottom = {10, -425, -18}, .top_radius = 66, .bottom_radius = 36});
  skin = test::joined(std::move(skin), test::make_box({-42, -430, -60}, {40, -380, 190}));
  leg.structures[0] = test::structure("skin", Kind::skin, "Skin", std::move(skin), 1);
  leg.landmarks = {{"knee_centre", {-4, 0, 6}, ""},
                   {"ankle_centre", {6, -370, -12}, ""},
                   {"calcaneal_tendon_insertion_centre", {8, -407, -50}, ""},
                   {"femur_medial_condyle_posterior", {16, 20, -26}, ""},
                   {"femur_lateral_condyle_posterior", {-24, 22, -24}, ""},
                   {"gastrocnemius_heads_meet_lower", {-2, -190, -40}, ""},
                   {"heel_skin_posterior", {0, -405, -60}, ""},
                   {"metatarsal_2_head_centre", {8, -415, 120}, ""}};
  return std::make_shared<const Atlas>(std::move(leg));
}

float angle_between_deg(float a, float b) {
  return std::abs(std::remainder(a - b, 360.0f));
}

} // namespace

TEST_CASE("a place on the skin and back again is the same place within half a millimetre") {
  const auto right = leaning_leg();
  const Atlas left = mirrored(*right);
  for (const Atlas* leg : {right.get(), static_cast<const Atlas*>(&left)}) {
    const auto coordinates = LegCoordinates::make(*leg);
    REQUIRE(coordinates);
    for (float s = -0.2f; s < 0.9f; s += 0.07f)
      for (float a = -175; a <= 180; a += 23) {
        const auto point = coordinates->skin_point({s, a});
        REQUIRE(point);
        const LegPlace back = coordinates->place_of(point->position);
        CHECK(std::abs(back.s - s) * coordinates->length_mm() < 0.5f);
        CHECK(glm::radians(angle_between_deg(back.a_deg, a)) * 66 < 0.5f);
        CHECK(glm::length(point->normal) == Approx(1).margin(1e-3));
        CHECK(glm::dot(point->normal, point->position - coordinates->axis_point(s)) > 0);
      }
  }
}

TEST_CASE("s is 0 at the joint line and 1 at the insertion, and grows downwards") {
  const auto coordinates = LegCoordinates::make(*leaning_leg());
  REQUIRE(coordinates);
  CHECK(coordinates->level_of({-4, 0, 6}) == Approx(0).margin(1e-4));
  CHECK(coordinates->level_of({8, -407, -50}) == Approx(1).margin(1e-4));
  CHECK(coordinates->level_of({0, 100, 0}) < 0);
  for (float s = -0.3f; s < 1; s += 0.1f)
    CHECK(coordinates->level_of(coordinates->axis_point(s)) == Approx(s).margin(1e-4));
}

TEST_CASE("azimuth 0 looks back, 90 is medial on either leg, 180 looks forward") {
  const auto right = leaning_leg();
  const Atlas left = mirrored(*right);
  for (const Atlas* leg : {right.get(), static_cast<const Atlas*>(&left)}) {
    const auto coordinates = LegCoordinates::make(*leg);
    REQUIRE(coordinates);
    const float medial = leg->side == Side::right ? 1.0f : -1.0f;
    for (float s = 0; s < 0.9f; s += 0.2f) {
      CHECK(coordinates->direction(s, 0).z < -0.8f);
      CHECK(coordinates->direction(s, 180).z > 0.8f);
      CHECK(coordinates->direction(s, 90).x * medial > 0.8f);
      CHECK(coordinates->direction(s, -90).x * medial < -0.8f);
    }
  }
}

TEST_CASE("the axis runs through the middle of a straight cylinder") {
  const auto coordinates = LegCoordinates::make(*test::small_leg());
  REQUIRE(coordinates);
  for (float s = -0.3f; s < 1; s += 0.05f) {
    const glm::vec3 centre = coordinates->axis_point(s);
    CHECK(std::abs(centre.x) < 0.05f);
    CHECK(std::abs(centre.z) < 0.05f);
  }
}

TEST_CASE("depth counts from the skin inwards") {
  const auto coordinates = LegCoordinates::make(*leaning_leg());
  REQUIRE(coordinates);
  for (float a = -160; a < 180; a += 40)
    for (float d : {2.0f, 10.0f, 20.0f}) {
      const auto point = coordinates->point({0.4f, a}, d);
      REQUIRE(point);
      CHECK(coordinates->depth_of(*point) == Approx(d).margin(0.3));
    }
  CHECK(coordinates->depth_of({0, -200, -300}) < -200);
}

TEST_CASE("the sole runs from heel to toes and from its medial to its lateral border on either foot") {
  const auto right = leaning_leg();
  const Atlas left = mirrored(*right);
  for (const Atlas* leg : {right.get(), static_cast<const Atlas*>(&left)}) {
    const auto coordinates = LegCoordinates::make(*leg);
    REQUIRE(coordinates);
    REQUIRE(coordinates->has_foot());
    const float medial = leg->side == Side::right ? 1.0f : -1.0f;
    for (float f : {0.1f, 0.4f, 0.8f})
      for (float w : {0.1f, 0.5f, 0.9f}) {
        const auto point = coordinates->sole_point({f, w});
        REQUIRE(point);
        CHECK(point->position.y == Approx(-430).margin(0.5));
        CHECK(point->normal.y < -0.5f);
        const auto back = coordinates->foot_place_of(point->position);
        REQUIRE(back);
        CHECK(back->f == Approx(f).margin(0.005));
        CHECK(back->w == Approx(w).margin(0.01));
      }
    CHECK(coordinates->sole_point({0.4f, 0.1f})->position.x * medial >
          coordinates->sole_point({0.4f, 0.9f})->position.x * medial);
    CHECK(coordinates->sole_point({0.8f, 0.5f})->position.z > coordinates->sole_point({0.2f, 0.5f})->position.z);
  }
}

TEST_CASE("a mesh without landmarks or skin has no coordinates, and says so by having none") {
  Atlas leg = *test::small_leg();
  leg.landmarks.clear();
  CHECK_FALSE(LegCoordinates::make(leg));
  leg = *test::small_leg();
  leg.structures.erase(leg.structures.begin());
  CHECK_FALSE(LegCoordinates::make(leg));
  leg = *test::small_leg();
  leg.landmarks[1].position_mm = leg.landmarks[0].position_mm;
  CHECK_FALSE(LegCoordinates::make(leg));
}
