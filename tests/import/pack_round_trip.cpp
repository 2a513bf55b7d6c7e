// What is written into a pack comes out of it again.

#include "base/files.h"
#include "geometry/ray_scene.h"
#include "import/pack.h"
#include "sample_atlas.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace calfscope;
using namespace calfscope::testing;

namespace {

struct Corner {
  glm::vec3 normal{0};
  glm::vec3 fibre{0};
  glm::vec2 place{0};
  TissueShares shares;
  SkinBinding binding;
};

// Writing reorders vertices, so they are told apart by their place, rounded to a micrometre.
std::map<std::array<long, 3>, Corner> by_place(const SurfaceMesh& mesh) {
  std::map<std::array<long, 3>, Corner> out;
  for (std::size_t i = 0; i < mesh.surface.positions.size(); ++i) {
    const glm::vec3 p = mesh.surface.positions[i];
    out[{std::lround(p.x * 1e3f), std::lround(p.y * 1e3f), std::lround(p.z * 1e3f)}] = {
        mesh.surface.normals[i], mesh.fibre[i], mesh.muscle_place[i], mesh.shares[i], mesh.binding[i]};
  }
  return out;
}

} // namespace

TEST_CASE("A pack read back is the atlas that was written") {
  const TemporaryFolder folder;
  const Atlas atlas = sample_atlas();
  IssueList issues;
  REQUIRE(write_pack(atlas, folder.path(), issues));
  const auto back = read_pack(folder.path(), issues);
  INFO(to_string(issues));
  REQUIRE(back);
  CHECK(issues.empty());

  CHECK(back->id == atlas.id);
  CHECK(back->title == atlas.title);
  CHECK(back->attribution == atlas.attribution);
  CHECK(back->sources == atlas.sources);
  CHECK(back->lacks == atlas.lacks);
  CHECK(back->belly_ends.soleus == Approx(0.8f));
  CHECK(std::isnan(back->belly_ends.gastrocnemius_medial));
  REQUIRE(back->landmarks.size() == 2);
  CHECK(glm::distance(back->landmarks[1].position_mm, atlas.landmarks[1].position_mm) < 1e-3f);
  REQUIRE(back->segments.size() == 2);
  CHECK(back->segments[1].id == "foot");
  CHECK(back->segments[1].joint == "talocrural");
  CHECK(back->segments[1].parent == 0);
  CHECK(back->segments[1].lowest_deg == Approx(-50));
  CHECK(glm::distance(back->segments[1].centre_mm, atlas.segments[1].centre_mm) < 1e-3f);

  REQUIRE(back->structures.size() == atlas.structures.size());
  for (std::size_t s = 0; s < atlas.structures.size(); ++s) {
    const Structure& was = atlas.structures[s];
    const Structure& is = back->structures[s];
    CHECK(is.id == was.id);
    CHECK(is.kind == was.kind);
    CHECK(is.name == was.name);
    CHECK(is.latin == was.latin);
    CHECK(is.synonyms == was.synonyms);
    CHECK(is.fma == was.fma);
    CHECK(is.group == was.group);
    REQUIRE(is.mesh->surface.positions.size() == was.mesh->surface.positions.size());
    CHECK(is.mesh->surface.triangles.size() == was.mesh->surface.triangles.size());
    CHECK(signed_volume_mm3(is.mesh->surface) == Approx(signed_volume_mm3(was.mesh->surface)).epsilon(1e-5));
    const auto expected = by_place(*was.mesh);
    const auto found = by_place(*is.mesh);
    REQUIRE(found.size() == expected.size());
    float worst = 0;
    int different = 0;
    for (const auto& [place, corner] : expected) {
      REQUIRE(found.contains(place));
      const Corner& other = found.at(place);
      worst = std::max({worst, glm::distance(corner.normal, other.normal), glm::distance(corner.fibre, other.fibre),
                        glm::distance(corner.place, other.place)});
      different += corner.shares != other.shares || corner.binding != other.binding;
    }
    CHECK(worst < 1e-6f);
    CHECK(different == 0);
  }
}

TEST_CASE("The same atlas gives the same bytes, and so does a pack that is read and written again") {
  const TemporaryFolder first;
  const TemporaryFolder second;
  IssueList issues;
  REQUIRE(write_pack(sample_atlas(), first.path(), issues));
  REQUIRE(write_pack(sample_atlas(), second.path(), issues));
  CHECK(read_text(first.path() / "lower_leg.glb", issues) == read_text(second.path() / "lower_leg.glb", issues));
  CHECK(read_text(first.path() / "model.json", issues) == read_text(second.path() / "model.json", issues));
  const auto back = read_pack(first.path(), issues);
  REQUIRE(back);
  REQUIRE(write_pack(*back, second.path(), issues));
  CHECK(read_text(first.path() / "model.json", issues) == read_text(second.path() / "model.json", issues));
}
