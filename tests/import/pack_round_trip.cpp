// What is written into a pack comes out of it again.

#include "base/files.h"
#include "geometry/ray_scene.h"
#include "import/coarse.h"
#include "import/pack.h"
#include "sample_atlas.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
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

std::optional<Atlas> written_and_read(const Atlas& atlas, const TemporaryFolder& folder) {
  IssueList issues;
  REQUIRE(write_pack(atlas, folder.path(), issues));
  auto back = read_pack(folder.path(), issues);
  INFO(to_string(issues));
  REQUIRE(back);
  CHECK(issues.empty());
  return back;
}

} // namespace

TEST_CASE("A pack read back is the atlas that was written") {
  const TemporaryFolder folder;
  const Atlas atlas = sample_atlas();
  const auto back = written_and_read(atlas, folder);

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

namespace {

Atlas bent_sample() {
  Atlas atlas = sample_atlas();
  auto mesh = std::make_shared<SurfaceMesh>(*atlas.structures[0].mesh);
  for (std::size_t v = 0; v < mesh->surface.positions.size(); ++v) {
    const float t = 0.01f * static_cast<float>(v);
    mesh->bends.push_back({});
    if (v % 3 != 0)
      mesh->bends.back() = {.joint = static_cast<std::uint8_t>(v % 2),
                            .position_mm = {glm::vec3(t, -20, 300 * t), glm::vec3(0.01f), {}, glm::vec3(0, t, -0.02f)}};
  }
  atlas.structures[0].mesh = mesh;
  return atlas;
}

const char* bends_name = "lower_leg.bends";

} // namespace

TEST_CASE("Offsets of bent flesh come back to their own vertices") {
  const TemporaryFolder folder;
  const Atlas atlas = bent_sample();
  const auto back = written_and_read(atlas, folder);
  const SurfaceMesh& was = *atlas.structures[0].mesh;
  const SurfaceMesh& is = *back->structures[0].mesh;
  REQUIRE(is.bends.size() == is.surface.positions.size());
  for (std::size_t v = 0; v < is.bends.size(); ++v) {
    std::size_t same = 0;
    while (glm::distance(was.surface.positions[same], is.surface.positions[v]) > 1e-3f)
      ++same;
    for (std::size_t k = 0; k < 4; ++k)
      CHECK(glm::distance(is.bends[v].position_mm[k], was.bends[same].position_mm[k]) < 0.01f);
    if (was.bends[same].position_mm != BendOffsets{})
      CHECK(is.bends[v].joint == was.bends[same].joint);
  }
  CHECK(back->structures[1].mesh->bends.empty());
  // Written again without them, none are left behind.
  IssueList issues;
  REQUIRE(write_pack(sample_atlas(), folder.path(), issues));
  CHECK_FALSE(std::filesystem::exists(folder.path() / bends_name));
}

TEST_CASE("Offsets of bent flesh that are damaged or another mesh's are told and left out") {
  const TemporaryFolder folder;
  IssueList none;
  REQUIRE(write_pack(bent_sample(), folder.path(), none));
  const auto bytes = read_text(folder.path() / bends_name, none);
  REQUIRE(bytes);
  std::vector<std::string> broken{"", "calfbend", bytes->substr(0, bytes->size() / 2), *bytes + "x"};
  for (const std::size_t at :
       {std::size_t{3}, std::size_t{9}, std::size_t{14}, std::size_t{21}, std::size_t{24}, std::size_t{30}}) {
    broken.push_back(*bytes);
    broken.back()[at] = static_cast<char>(~broken.back()[at]);
  }
  for (std::size_t n = 0; n < broken.size(); ++n) {
    INFO(n);
    IssueList issues;
    REQUIRE(write_atomic(folder.path() / bends_name, broken[n], none));
    const auto back = read_pack(folder.path(), issues);
    REQUIRE(back);
    CHECK(to_string(issues).find(bends_name) != std::string::npos);
    for (const Structure& structure : back->structures)
      CHECK(structure.mesh->bends.empty());
  }
  // Whatever byte is broken, nobody bends by it.
  for (std::size_t at = 0; at < bytes->size(); at += 37) {
    std::string changed = *bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x5a);
    IssueList issues;
    REQUIRE(write_atomic(folder.path() / bends_name, changed, none));
    const auto back = read_pack(folder.path(), issues);
    REQUIRE(back);
    CHECK_FALSE(issues.empty());
    CHECK(back->structures[0].mesh->bends.empty());
  }
  // Nor does a file that was made to deceive do worse than bend by other offsets.
  constexpr std::size_t hash_at = 20, hashed_at = 28;
  for (std::size_t at = hashed_at; at < bytes->size(); at += 29) {
    std::string changed = *bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0xa5);
    const std::uint64_t hash = hash_of(std::string_view(changed).substr(hashed_at));
    std::memcpy(changed.data() + hash_at, &hash, sizeof hash);
    IssueList issues;
    REQUIRE(write_atomic(folder.path() / bends_name, changed, none));
    const auto back = read_pack(folder.path(), issues);
    REQUIRE(back);
    CHECK((issues.empty() || back->structures[0].mesh->bends.empty()));
  }
}
