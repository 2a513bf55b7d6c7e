// The shapes a description is made of, against bodies that can be reckoned by hand.

#include "author/shapes.h"
#include "author/curve.h"
#include "author/packing.h"
#include "author/sweep.h"

#include <catch2/catch.hpp>
#include <glm/gtc/constants.hpp>

using namespace calfscope;

namespace {

Sections straight_column() {
  return {50, -50, {{50, 0, 0, 12, 8, 0, 2, 0, 0, 0}, {-50, 0, 0, 12, 8, 0, 2, 0, 0, 0}}};
}

} // namespace

TEST_CASE("a curve passes through its rows and never overshoots them") {
  const std::vector<glm::vec2> rows{{10, 3}, {0, 3}, {-5, 7}, {-20, 7}, {-21, 0}};
  const Curve curve(rows);
  for (const glm::vec2 row : rows)
    CHECK(curve.at(row.x) == Approx(row.y));
  for (float x = -25; x < 15; x += 0.1f) {
    CHECK(curve.at(x) >= -1e-4f);
    CHECK(curve.at(x) <= 7.0001f);
  }
  CHECK(curve.at(100) == Approx(3));
  CHECK(curve.at(5) == Approx(3));
}

TEST_CASE("a straight sweep has the volume of its ellipse times its length") {
  const Sweep sweep(straight_column());
  const GridFrame frame = GridFrame::around(sweep.bounds(), 1, 4);
  const double volume = field_volume_mm3(signed_distance(sweep.field(frame)));
  // Its ends are rounded by 3 mm, which takes a little.
  CHECK(volume == Approx(glm::pi<double>() * 12 * 8 * 100).epsilon(0.03));
}

TEST_CASE("outline points lie on the outline, whatever the section's bend, taper and side") {
  const Sweep sweep(
      {40, -40, {{40, 5, -3, 14, 6, 30, 2.4f, 6, -0.3f, 0.25f}, {-40, 9, 4, 10, 7, 55, 2.1f, 2, 0.2f, -0.2f}}});
  for (float y = -35; y < 40; y += 7.5f)
    for (float angle = -3; angle < 3; angle += 0.4f)
      CHECK(sweep.place_of(sweep.outline(y, angle)).reach == Approx(1.0f).margin(0.08));
}

TEST_CASE("a turned ellipsoid is where it should be") {
  const EllipsoidField field({1, {{{10, 0, 0}, {3, 8, 3}, {0, 0, glm::half_pi<float>()}}}});
  // Turned by 90 degrees about Z, the long axis runs along X.
  CHECK(field.at({17.9f, 0, 0}) < 0);
  CHECK(field.at({18.1f, 0, 0}) > 0);
  CHECK(field.at({10, 3.1f, 0}) > 0);
  CHECK(field.at({10, 0, 0}) < -2);
  const Bounds box = field.bounds();
  CHECK(box.upper.x > 18);
  CHECK(box.upper.y < 6);
}

TEST_CASE("a cord is a closed flat tube along its points") {
  const Cord cord{.points = {{{0, 0, 0}, 4, 2}, {{0, -30, 0}, 4, 2}, {{0, -60, 0}, 4, 2}},
                  .facing = glm::vec3(0, 0, 1)};
  const CordPath path(cord, {}, nullptr);
  CHECK(path.length_mm() == Approx(60).epsilon(0.01));
  ScalarGrid grid(GridFrame::around(path.bounds(), 0.5f, 4), 100.0f);
  path.add_to(grid, 3);
  CHECK(grid.sample({3.5f, -30, 0}) < 0);
  CHECK(grid.sample({0, -30, 2.5f}) > 0);
  CHECK(grid.sample({0, -30, 1.5f}) < 0);
  CHECK(field_volume_mm3(grid) == Approx(glm::pi<double>() * 4 * 2 * 60).epsilon(0.08));
}
