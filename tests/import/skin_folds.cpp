// A skin pressed into a crease until it passes through itself is smoothed until it does not.

#include "import/skin_folds.h"
#include "geometry/ray_scene.h"
#include "import/bone_clearance.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace calfscope;

namespace {

// A closed box of 40 x 40 x 20 mm with a fine top.
TriMesh slab() {
  constexpr int n = 40;
  TriMesh out;
  const auto at = [&](int i, int j, bool top) {
    return static_cast<std::uint32_t>((top ? 0 : (n + 1) * (n + 1)) + j * (n + 1) + i);
  };
  for (const float height : {0.0f, -20.0f})
    for (int j = 0; j <= n; ++j)
      for (int i = 0; i <= n; ++i)
        out.positions.emplace_back(i, height, j);
  const auto quad = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    out.triangles.emplace_back(a, b, c);
    out.triangles.emplace_back(a, c, d);
  };
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < n; ++i) {
      quad(at(i, j, true), at(i, j + 1, true), at(i + 1, j + 1, true), at(i + 1, j, true));
      quad(at(i, j, false), at(i + 1, j, false), at(i + 1, j + 1, false), at(i, j + 1, false));
    }
  for (int k = 0; k < n; ++k) {
    quad(at(k, 0, true), at(k + 1, 0, true), at(k + 1, 0, false), at(k, 0, false));
    quad(at(k + 1, n, true), at(k, n, true), at(k, n, false), at(k + 1, n, false));
    quad(at(0, k + 1, true), at(0, k, true), at(0, k, false), at(0, k + 1, false));
    quad(at(n, k, true), at(n, k + 1, true), at(n, k + 1, false), at(n, k, false));
  }
  return out;
}

// The top folded over: what lies right of the middle slides left, through what stands up there.
std::vector<glm::vec3> pleated(const TriMesh& rest) {
  std::vector<glm::vec3> out = rest.positions;
  for (glm::vec3& p : out)
    if (p.y == 0 && p.z > 5 && p.z < 35) {
      const float x = p.x - 20;
      p.y = 4 * std::exp(-x * x / 18);
      p.x -= 7 * x * std::exp(-x * x / 18) * (x > 0 ? 1.0f : -0.2f);
    }
  return out;
}

std::size_t within(const std::vector<glm::vec3>& places, const TriMesh& rest) {
  TriMesh bent{places, {}, rest.triangles};
  compute_normals(bent);
  RayScene scene;
  scene.add(places, rest.triangles);
  scene.commit();
  std::size_t out = 0;
  for (std::size_t v = 0; v < places.size(); ++v)
    out += scene.inside(places[v] + 0.25f * bent.normals[v], 0);
  return out;
}

} // namespace

TEST_CASE("A skin that lies within itself is smoothed, and only there") {
  const TriMesh rest = slab();
  REQUIRE(signed_volume_mm3(rest) > 0);
  const auto same = same_places(rest.positions);
  auto places = pleated(rest);
  const auto before = places;
  REQUIRE(within(places, rest) > 20);
  smooth_pleats(places, rest, same);
  CHECK(within(places, rest) == 0);
  std::size_t moved = 0, far = 0;
  for (std::size_t v = 0; v < places.size(); ++v) {
    moved += places[v] != before[v];
    far += places[v] != before[v] && std::abs(rest.positions[v].x - 20) > 16;
  }
  CHECK(moved > 0);
  CHECK(far == 0);
}

TEST_CASE("A skin that lies beside itself stays as it is") {
  const TriMesh rest = slab();
  auto places = rest.positions;
  for (glm::vec3& p : places)
    p.y += 0.1f * p.x;
  const auto before = places;
  smooth_pleats(places, rest, same_places(rest.positions));
  CHECK(places == before);
}
