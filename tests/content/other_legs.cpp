// The content on legs that do not ship: the imported real leg where its data is at hand, and personal legs.

#include "author/author.h"
#include "import/recipe_import.h"
#include "leg_proofs.h"
#include "support/temporary_folder.h"

#include <cstdlib>

using namespace calfscope;
namespace fs = std::filesystem;

namespace {

fs::path reference_folder() {
  if (const char* given = std::getenv("CALFSCOPE_REFERENCE"))
    return given;
  return fs::path(CALFSCOPE_SOURCE_DIR) / "../shared/reference";
}

// On a grid that is coarse for the bones of the foot, and fine enough for a calf.
Atlas personal_leg(double length_mm, double girth_mm) {
  IssueList issues;
  auto atlas = author_leg({.description = fs::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg/anatomy.json",
                           .leg_length_mm = length_mm,
                           .calf_girth_mm = girth_mm,
                           .grid_mm = 4},
                          issues);
  INFO(to_string(issues));
  REQUIRE(atlas);
  return std::move(*atlas);
}

} // namespace

// One case for each leg, so that it is made once.
TEST_CASE("On the imported real leg every proof of the content holds") {
  const fs::path meshes = reference_folder() / "bodyparts3d/right";
  if (!fs::exists(meshes / "tibia.glb")) {
    WARN("skipped: no reference data at " << meshes.string() << " (CALFSCOPE_REFERENCE names another place)");
    return;
  }
  const testing::TemporaryFolder folder;
  IssueList issues;
  import_with_recipe(fs::path(CALFSCOPE_SOURCE_DIR) / "models/recipes/bodyparts3d.json", meshes, folder.path(), {},
                     issues);
  const auto atlas = read_pack(folder.path(), issues);
  INFO(to_string(issues));
  REQUIRE(atlas);
  test::everything_holds(*atlas, 20);
}

TEST_CASE("On a short thin leg every proof of the content holds") {
  test::everything_holds(personal_leg(340, 300), 10);
}

TEST_CASE("On a short thick leg every proof of the content holds") {
  test::everything_holds(personal_leg(340, 460), 10);
}

TEST_CASE("On a long thin leg every proof of the content holds") {
  test::everything_holds(personal_leg(450, 300), 10);
}

TEST_CASE("On a long thick leg every proof of the content holds") {
  test::everything_holds(personal_leg(450, 460), 10);
}
