#include "geometry/soft_lattice.h"

#include <catch2/catch.hpp>

#include <glm/gtc/matrix_transform.hpp>

using namespace calfscope;

namespace {

// A bar along y whose ends are held.
struct Bar {
  GridFrame frame{{0, 0, 0}, {5, 17, 5}, 5};
  std::vector<std::uint8_t> used, held;
  std::vector<glm::vec3> places;

  Bar() {
    used.assign(frame.node_count(), 1);
    held.assign(frame.node_count(), 0);
    for (int k = 0; k < frame.size.z; ++k)
      for (int j = 0; j < frame.size.y; ++j)
        for (int i = 0; i < frame.size.x; ++i) {
          places.resize(frame.node_count());
          places[frame.index(i, j, k)] = frame.position(i, j, k);
          held[frame.index(i, j, k)] = j < 3 || j > 13;
        }
  }

  // Of all cells, by their corners' mean edges.
  double volume() const {
    double sum = 0;
    for (int k = 0; k + 1 < frame.size.z; ++k)
      for (int j = 0; j + 1 < frame.size.y; ++j)
        for (int i = 0; i + 1 < frame.size.x; ++i) {
          glm::vec3 edge[3]{};
          for (int n = 0; n < 8; ++n)
            for (int axis = 0; axis < 3; ++axis)
              edge[axis] += (((n >> axis) & 1) != 0 ? 0.25f : -0.25f) *
                            places[frame.index(i + (n & 1), j + ((n >> 1) & 1), k + (n >> 2))];
          sum += static_cast<double>(glm::dot(edge[0], glm::cross(edge[1], edge[2])));
        }
    return sum;
  }
};

glm::vec3 anywhere(std::size_t, glm::vec3 place) {
  return place;
}

} // namespace

TEST_CASE("a soft body whose held nodes stay at rest stays at rest") {
  Bar bar;
  const auto before = bar.places;
  SoftLattice body(bar.frame, bar.used, bar.held, 5);
  body.settle(bar.places, 10, anywhere);
  for (std::size_t n = 0; n < before.size(); ++n)
    CHECK(glm::distance(before[n], bar.places[n]) < 0.01f);
}

TEST_CASE("a soft body turned as a whole keeps its shape") {
  Bar bar;
  const glm::mat4 turn = glm::rotate(glm::mat4(1), 0.6f, glm::normalize(glm::vec3(1, 2, 3)));
  const auto before = bar.places;
  for (std::size_t n = 0; n < before.size(); ++n)
    if (bar.held[n])
      bar.places[n] = glm::vec3(turn * glm::vec4(before[n], 1));
  SoftLattice body(bar.frame, bar.used, bar.held, 5);
  body.settle(bar.places, 400, anywhere);
  for (std::size_t n = 0; n < before.size(); ++n)
    CHECK(glm::distance(bar.places[n], glm::vec3(turn * glm::vec4(before[n], 1))) < 1.0f);
}

TEST_CASE("a soft bar bent by 60 degrees keeps its volume") {
  Bar bar;
  const double before = bar.volume();
  SoftLattice body(bar.frame, bar.used, bar.held, 10);
  const auto at_rest = bar.places;
  const glm::vec3 hinge(10, 40, 10);
  for (int step = 1; step <= 6; ++step) {
    const glm::mat4 turn = glm::translate(
        glm::rotate(glm::translate(glm::mat4(1), hinge), glm::radians(10.0f * static_cast<float>(step)), {1, 0, 0}),
        -hinge);
    for (std::size_t n = 0; n < at_rest.size(); ++n)
      if (bar.held[n] && at_rest[n].y > 40)
        bar.places[n] = glm::vec3(turn * glm::vec4(at_rest[n], 1));
    body.settle(bar.places, 40, anywhere);
  }
  CHECK(bar.volume() == Approx(before).epsilon(0.04));
}

TEST_CASE("free nodes stay where they are allowed, and a body without free nodes does nothing") {
  Bar bar;
  SoftLattice body(bar.frame, bar.used, bar.held, 5);
  body.settle(bar.places, 5,
              [](std::size_t, glm::vec3 place) { return glm::vec3(std::max(place.x, 2.0f), place.y, place.z); });
  for (std::size_t n = 0; n < bar.places.size(); ++n)
    CHECK((bar.held[n] || bar.places[n].x >= 2));
  Bar fixed;
  std::fill(fixed.held.begin(), fixed.held.end(), std::uint8_t{1});
  SoftLattice none(fixed.frame, fixed.used, fixed.held, 5);
  const auto before = fixed.places;
  none.settle(fixed.places, 5, anywhere);
  CHECK(fixed.places == before);
}
