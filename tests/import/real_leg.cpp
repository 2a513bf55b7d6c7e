// The import of the real leg, where the reference data is at hand.

#include "geometry/mesh_inspection.h"
#include "import/pack.h"
#include "import/recipe_import.h"
#include "sample_atlas.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

using namespace calfscope;
using namespace calfscope::testing;
namespace fs = std::filesystem;

namespace {

fs::path reference_folder() {
  if (const char* given = std::getenv("CALFSCOPE_REFERENCE"))
    return given;
  return fs::path(CALFSCOPE_SOURCE_DIR) / "../shared/reference";
}

struct Imported {
  TemporaryFolder folder;
  IssueList issues;
  std::optional<Atlas> atlas;
};

// Imported once for all tests of this file; nullptr (and a plain word) where the data is absent.
const Imported* imported() {
  static const std::unique_ptr<Imported> leg = []() -> std::unique_ptr<Imported> {
    const fs::path meshes = reference_folder() / "bodyparts3d/right";
    if (!fs::exists(meshes / "tibia.glb")) {
      WARN("skipped: no reference data at " << meshes.string() << " (CALFSCOPE_REFERENCE names another place)");
      return nullptr;
    }
    auto out = std::make_unique<Imported>();
    import_with_recipe(fs::path(CALFSCOPE_SOURCE_DIR) / "models/recipes/bodyparts3d.json", meshes, out->folder.path(),
                       {}, out->issues);
    out->atlas = read_pack(out->folder.path(), out->issues);
    return out;
  }();
  return leg.get();
}

struct Measured {
  std::string group;
  glm::vec3 position_mm{0};
};

std::map<std::string, Measured> measured_landmarks() {
  std::map<std::string, Measured> out;
  std::ifstream file(reference_folder() / "measurements/landmarks.tsv");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream row(line);
    std::string id;
    Measured measured;
    row >> id >> measured.group >> measured.position_mm.x >> measured.position_mm.y >> measured.position_mm.z;
    measured.position_mm *= 1000.0f;
    out[id] = measured;
  }
  return out;
}

} // namespace

// One test case, so that the leg is imported once: every case runs in a process of its own.
TEST_CASE("The real leg becomes a sound pack with its landmarks, joints and fibres") {
  const Imported* leg = imported();
  if (!leg)
    return;
  INFO(to_string(leg->issues));
  REQUIRE(leg->atlas);
  SECTION("The real leg is imported without a fault, and check finds none") {
    CHECK(leg->issues.empty());
    IssueList faults;
    check_pack(leg->folder.path(), faults);
    INFO(to_string(faults));
    CHECK(faults.empty());
  }
  SECTION("The cap of the skin covers the cut ends below it") {
    const glm::vec3 up = glm::normalize(*leg->atlas->landmark("knee_centre") - *leg->atlas->landmark("ankle_centre"));
    const auto height_mm = [up](const Structure& structure) {
      float highest = -1e9f;
      for (const glm::vec3& p : structure.mesh->surface.positions)
        highest = std::max(highest, glm::dot(up, p));
      return highest;
    };
    const Structure* skin = leg->atlas->find("skin");
    REQUIRE(skin);
    for (const Structure& structure : leg->atlas->structures) {
      INFO(structure.id);
      if (&structure != skin)
        CHECK(height_mm(structure) < height_mm(*skin) - 0.4f);
    }
  }
  SECTION("Every structure of the real leg is closed, clean, wound outwards and has all its attributes") {
    CHECK(leg->atlas->structures.size() > 105);
    std::size_t triangles = 0;
    std::size_t coarse = 0;
    for (const Structure& structure : leg->atlas->structures) {
      INFO(structure.id);
      const SurfaceMesh& mesh = *structure.mesh;
      const MeshInspection look = inspect(weld(mesh.surface, 0));
      CHECK(look.closed());
      CHECK(look.crowded_edges + look.flipped_edges == 0);
      CHECK(look.outward());
      CHECK(mesh.binding.size() == mesh.surface.positions.size());
      CHECK(mesh.shares.size() == mesh.surface.positions.size());
      if (structure.kind == Kind::muscle)
        CHECK(mesh.fibre.size() == mesh.surface.positions.size());
      triangles += mesh.surface.triangles.size();
      coarse += mesh.coarse.empty() ? mesh.surface.triangles.size() : mesh.coarse.back().triangles.size();
    }
    CHECK(coarse < triangles / 3);
  }
  SECTION("Landmarks found on the real leg are where they were measured") {
    // Fitted axes and the edge of a contact depend on the rule's details; the rest is a point of a bone.
    const std::map<std::string, float> wider{{"femur_medial_condyle_centre", 5.0f},
                                             {"talar_dome_axis_point", 5.0f},
                                             {"calcaneal_tendon_insertion_upper_edge", 5.0f}};
    for (const auto& [id, measured] : measured_landmarks()) {
      if (measured.group == "skin")
        continue; // of another skin
      INFO(id);
      const auto found = leg->atlas->landmark(id);
      REQUIRE(found);
      const auto allowance = wider.find(id);
      CHECK(glm::distance(*found, measured.position_mm) < (allowance == wider.end() ? 3.0f : allowance->second));
    }
  }
  SECTION("Joints of the real leg lie in their bones and turn about likely axes") {
    const Atlas& atlas = *leg->atlas;
    const auto segment = [&](const char* id) {
      return atlas.segments[static_cast<std::size_t>(atlas.segment_index(id))];
    };
    const auto inside_box = [&](glm::vec3 p, const char* bone) {
      const Bounds box = bounds_of(atlas.find(bone)->mesh->surface);
      return glm::all(glm::greaterThan(p, box.lower)) && glm::all(glm::lessThan(p, box.upper));
    };
    CHECK(inside_box(segment("thigh").centre_mm, "femur"));
    CHECK(inside_box(segment("talus").centre_mm, "talus"));
    CHECK(segment("thigh").axis.x < -0.95f);
    CHECK(segment("talus").axis.x < -0.8f);
    CHECK(segment("talus").axis.y < 0);
    CHECK(segment("foot").axis.z > 0.5f);
    CHECK(segment("foot").axis.y > 0.5f);
    CHECK(segment("toes").axis.x < -0.5f);
  }
  SECTION("The heads of gastrocnemius are belly in the middle and tendon at the upper end") {
    for (const char* id : {"gastrocnemius_medial_head", "gastrocnemius_lateral_head"}) {
      const SurfaceMesh& mesh = *leg->atlas->find(id)->mesh;
      const Bounds box = bounds_of(mesh.surface);
      for (std::size_t i = 0; i < mesh.surface.positions.size(); ++i) {
        const float y = mesh.surface.positions[i].y;
        if (y < -60 && y > -150) {
          CHECK(mesh.shares[i].tendon < 0.3f);
          CHECK(mesh.fibre[i].y < 0);
        }
        if (y > box.upper.y - 5)
          CHECK(mesh.shares[i].tendon > 0.5f);
      }
    }
  }
}
