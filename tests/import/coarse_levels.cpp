// Coarse levels for moving pictures: they lie as near as they say, and come from the cache.

#include "base/files.h"
#include "geometry/ray_scene.h"
#include "import/pack.h"
#include "sample_atlas.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace calfscope;
using namespace calfscope::testing;

namespace {

// With enough triangles that fewer of them look the same.
Atlas finely_meshed_atlas() {
  Atlas atlas = sample_atlas();
  for (Structure& structure : atlas.structures)
    if (structure.id == "soleus")
      structure.mesh = spindle({0, -40, -30}, 250, 30, true, 96, 160);
  return atlas;
}

// Whether every point lies at most limit_mm from the triangles.
bool all_near(const std::vector<glm::vec3>& points, const std::vector<glm::vec3>& positions,
              const std::vector<glm::uvec3>& triangles, float limit_mm) {
  RayScene scene;
  scene.add(positions, triangles);
  scene.commit();
  return std::all_of(points.begin(), points.end(), [&](glm::vec3 p) { return scene.nearest(p, limit_mm).has_value(); });
}

std::vector<glm::vec3> centres(const std::vector<glm::vec3>& positions, const std::vector<glm::uvec3>& triangles) {
  std::vector<glm::vec3> out;
  for (const glm::uvec3& t : triangles)
    out.push_back((positions[t.x] + positions[t.y] + positions[t.z]) / 3.f);
  return out;
}

std::size_t check_levels(const Atlas& atlas) {
  std::size_t levels = 0;
  for (const Structure& structure : atlas.structures) {
    INFO(structure.id);
    const SurfaceMesh& mesh = *structure.mesh;
    const std::vector<glm::vec3>& positions = mesh.surface.positions;
    std::size_t before = mesh.surface.triangles.size();
    float error_before_mm = 0;
    for (const CoarseLevel& level : mesh.coarse) {
      CHECK(level.triangles.size() < before);
      CHECK(level.error_mm >= error_before_mm);
      before = level.triangles.size();
      error_before_mm = level.error_mm;
      REQUIRE(std::all_of(level.triangles.begin(), level.triangles.end(), [&](glm::uvec3 t) {
        return std::max({t.x, t.y, t.z}) < positions.size();
      }));
      const float limit_mm = level.error_mm + 0.001f;
      CHECK(all_near(positions, positions, level.triangles, limit_mm));
      CHECK(all_near(centres(positions, level.triangles), positions, mesh.surface.triangles, limit_mm));
      ++levels;
    }
  }
  return levels;
}

} // namespace

TEST_CASE("Coarse levels have fewer triangles over the same vertices, and lie as near as they say") {
  const TemporaryFolder folder;
  IssueList issues;
  REQUIRE(write_pack(finely_meshed_atlas(), folder.path(), issues));
  const auto atlas = read_pack(folder.path(), issues);
  REQUIRE(atlas);
  CHECK(check_levels(*atlas) > 0);
}

TEST_CASE("Every coarse level of the leg that ships lies as near as it says") {
  IssueList issues;
  const auto atlas = read_pack(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg", issues);
  INFO(to_string(issues));
  REQUIRE(atlas);
  CHECK(check_levels(*atlas) > atlas->structures.size());
}

TEST_CASE("The coarse level comes from the cache, and a damaged or forbidden cache does no harm") {
  const TemporaryFolder folder;
  const TemporaryFolder cache;
  ::setenv("XDG_CACHE_HOME", cache.path().c_str(), 1);
  IssueList issues;
  REQUIRE(write_pack(finely_meshed_atlas(), folder.path(), issues));
  const auto coarse = [&] {
    const auto atlas = read_pack(folder.path(), issues);
    REQUIRE(atlas);
    return atlas->find("soleus")->mesh->coarse.at(0).triangles;
  };
  const auto first = coarse();
  const auto coarse_folder = cache.path() / "calfscope" / "coarse";
  REQUIRE(std::filesystem::is_directory(coarse_folder));
  const auto file = std::filesystem::directory_iterator(coarse_folder)->path();
  CHECK(coarse() == first);
  const std::string whole = *read_text(file, issues);
  for (const std::string& damaged : {std::string(), whole.substr(0, whole.size() / 2), "x" + whole.substr(1)}) {
    REQUIRE(write_atomic(file, damaged, issues));
    CHECK(coarse() == first);
    CHECK(*read_text(file, issues) == whole);
  }
  ::setenv("XDG_CACHE_HOME", "/dev/null/nowhere", 1);
  CHECK(coarse() == first);
  CHECK(issues.empty());
  ::unsetenv("XDG_CACHE_HOME");
}
