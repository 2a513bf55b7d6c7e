// The leg that ships, rebuilt as it was built, and legs at the corners of the adult range. Minutes: label slow.

#include "author/sound_leg.h"
#include "base/files.h"
#include "import/bends.h"
#include "import/pack.h"
#include "import/sample_atlas.h"

#include <algorithm>

using namespace calfscope;
using namespace calfscope::test;
using namespace calfscope::testing;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
  IssueList issues;
  const auto bytes = read_text(file, issues);
  INFO(to_string(issues));
  REQUIRE(bytes.has_value());
  return *bytes;
}

std::optional<Atlas> pack_at(const std::filesystem::path& folder) {
  IssueList issues;
  auto atlas = read_pack(folder, issues);
  INFO(to_string(issues));
  REQUIRE(atlas.has_value());
  return atlas;
}

void is_sound_at(double length_mm, double girth_mm) {
  const PersonalLeg wish{.length_mm = length_mm, .girth_mm = girth_mm};
  const AuthorReport report = report_of(build(wish), wish);
  is_sound(report);
  meets_its_girths(report);
}

} // namespace

TEST_CASE("the description that ships gives the leg that ships") {
  IssueList issues;
  auto atlas = author_leg({.description = shipped_leg / "anatomy.json"}, issues);
  INFO(to_string(issues));
  REQUIRE(atlas.has_value());
  bend_flesh(*atlas);
  const TemporaryFolder folder;
  REQUIRE(write_pack(*atlas, folder.path(), issues));
  if (bytes_of(folder.path() / "lower_leg.glb") == bytes_of(shipped_leg / "lower_leg.glb")) {
    CHECK((bytes_of(folder.path() / "lower_leg.bends") == bytes_of(shipped_leg / "lower_leg.bends")));
    return;
  }
  // Another compiler rounds otherwise; what a person sees must be the same.
  const auto built = pack_at(folder.path());
  const auto kept = pack_at(shipped_leg);
  REQUIRE(built->structures.size() == kept->structures.size());
  for (std::size_t n = 0; n < built->structures.size(); ++n) {
    INFO(built->structures[n].id);
    const TriMesh& ours = built->structures[n].mesh->surface;
    const TriMesh& theirs = kept->structures[n].mesh->surface;
    REQUIRE(ours.triangles == theirs.triangles);
    REQUIRE(ours.positions.size() == theirs.positions.size());
    float furthest = 0;
    for (std::size_t v = 0; v < ours.positions.size(); ++v)
      furthest = std::max(furthest, glm::distance(ours.positions[v], theirs.positions[v]));
    CHECK(furthest <= 0.01f);
  }
}

TEST_CASE("a short thin leg is sound") {
  is_sound_at(340, 300);
}

TEST_CASE("a short thick leg is sound") {
  is_sound_at(340, 460);
}

TEST_CASE("a long thin leg is sound") {
  is_sound_at(450, 300);
}

TEST_CASE("a long thick leg is sound") {
  is_sound_at(450, 460);
}
