// The leg that ships, built on a coarse grid: sound meshes in the right places. Thin things are not judged here, the
// grid is wider than they are.

#include "author/author.h"
#include "author/report.h"
#include "geometry/mesh_inspection.h"
#include "geometry/ray_scene.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace calfscope;

namespace {

const std::filesystem::path description = std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg/anatomy.json";

Atlas build() {
  IssueList issues;
  auto atlas = author_leg({.description = description, .grid_mm = 4}, issues);
  INFO(to_string(issues));
  REQUIRE(atlas.has_value());
  REQUIRE_FALSE(issues.has_errors());
  return std::move(*atlas);
}

const Atlas& leg() {
  static const Atlas atlas = build();
  return atlas;
}

const TriMesh& surface(const char* id) {
  const Structure* found = leg().find(id);
  REQUIRE(found != nullptr);
  return found->mesh->surface;
}

RayScene scene_of(const TriMesh& mesh) {
  RayScene scene;
  scene.add(mesh.positions, mesh.triangles);
  scene.commit();
  return scene;
}

} // namespace

// One test case, so that the leg is built once: every case runs in a process of its own.
TEST_CASE("The leg that ships is sound when built on a coarse grid") {
  SECTION("every structure comes out closed, manifold, outward and in one piece, with all attributes") {
    CHECK(leg().structures.size() > 80);
    for (const Structure& structure : leg().structures) {
      INFO(structure.id);
      const MeshInspection found = inspect(weld(structure.mesh->surface, 0)); // seams of attributes are no open edges
      CHECK(found.closed());
      CHECK(found.manifold());
      CHECK(found.outward());
      CHECK(found.pieces == 1);
      CHECK(found.degenerate_triangles == 0);
      const std::size_t vertices = structure.mesh->surface.positions.size();
      CHECK(structure.mesh->surface.normals.size() == vertices);
      CHECK(structure.mesh->fibre.size() == vertices);
      CHECK(structure.mesh->muscle_place.size() == vertices);
      CHECK(structure.mesh->shares.size() == vertices);
      CHECK(structure.mesh->binding.size() == vertices);
    }
  }

  SECTION("fibres are unit and lie in the surface, shares stay within 0 and 1") {
    for (const char* id : {"gastrocnemius_medial_head", "soleus", "tibialis_anterior"}) {
      const SurfaceMesh& mesh = *leg().find(id)->mesh;
      for (std::size_t v = 0; v < mesh.fibre.size(); ++v) {
        REQUIRE(glm::length(mesh.fibre[v]) == Approx(1).margin(0.01));
        REQUIRE(std::abs(glm::dot(mesh.fibre[v], mesh.surface.normals[v])) < 0.1f);
        const TissueShares& s = mesh.shares[v];
        REQUIRE((s.tendon >= 0 && s.tendon <= 1 && s.relief >= 0 && s.relief <= 1 && s.depth >= 0 && s.depth <= 1));
        REQUIRE((mesh.muscle_place[v].x >= -1 && mesh.muscle_place[v].x <= 2)); // doubled vertices run on past the seam
        REQUIRE((mesh.muscle_place[v].y >= 0 && mesh.muscle_place[v].y <= 1));
      }
    }
  }

  SECTION("the medial head ends lower than the lateral one and the soleus lower than both") {
    const BellyEnds& ends = leg().belly_ends;
    CHECK(ends.gastrocnemius_medial > ends.gastrocnemius_lateral + 0.03f);
    CHECK(ends.soleus > ends.gastrocnemius_medial + 0.1f);
    CHECK(ends.gastrocnemius_medial == Approx(0.55).margin(0.03));
    CHECK(ends.gastrocnemius_lateral == Approx(0.49).margin(0.03));
  }

  SECTION("the soleus lies deep to both heads") {
    const RayScene soleus = scene_of(surface("soleus"));
    for (const char* id : {"gastrocnemius_medial_head", "gastrocnemius_lateral_head"}) {
      const RayScene head = scene_of(surface(id));
      int both = 0;
      for (float y = -190; y < -110; y += 8)
        for (float x = -40; x < 45; x += 4) {
          const Ray from_behind{{x, y, -300}, {0, 0, 1}};
          const auto first = head.first_hit(from_behind);
          const auto deep = soleus.first_hit(from_behind);
          if (!first || !deep)
            continue;
          ++both;
          CHECK(first->distance_mm < deep->distance_mm);
        }
      CHECK(both > 40);
    }
  }

  SECTION("soleus shows at both edges below the heads, and the tendon between") {
    RayScene scene;
    const auto soleus = scene.add(surface("soleus").positions, surface("soleus").triangles);
    const auto tendon = scene.add(surface("calcaneal_tendon").positions, surface("calcaneal_tendon").triangles);
    const TriMesh& medial = surface("gastrocnemius_medial_head");
    scene.add(medial.positions, medial.triangles);
    scene.commit();
    std::string seen;
    for (float x = -45; x < 50; x += 1) {
      const auto hit = scene.first_hit({{x, -250, -300}, {0, 0, 1}});
      const char what = !hit ? ' ' : hit->mesh == soleus ? 's' : hit->mesh == tendon ? 't' : 'm';
      if (seen.empty() || seen.back() != what)
        seen += what;
    }
    INFO(seen);
    CHECK(seen.find("sts") != std::string::npos);
  }

  SECTION("everything lies inside the skin, and muscles do not overlap beyond what the coarse grid allows") {
    IssueList issues;
    const auto report = report_on(leg(), {.description = description}, issues);
    REQUIRE(report.has_value());
    for (const StructureReport& structure : report->structures) {
      INFO(structure.id);
      CHECK(structure.outside_skin_mm < 3.5); // the skin's own grid is 5.3 mm here
      if (structure.declared_cm3)
        CHECK(structure.volume_cm3 ==
              Approx(*structure.declared_cm3).epsilon(0.4)); // the plantaris is thinner than the grid
    }
    for (const OverlapReport& overlap : report->overlaps) {
      INFO(overlap.first << " and " << overlap.second);
      CHECK(overlap.deepest_mm < 3);
      CHECK(overlap.vertices < 120);
    }
    for (const GirthReport& girth : report->girths)
      CHECK(girth.found_mm == Approx(girth.declared_mm).margin(6));
    CHECK(to_text(*report).find("| soleus |") != std::string::npos);
    CHECK(to_json_text(*report).front() == '{');
  }

  SECTION("landmarks that the coordinates need are there") {
    for (const char* id :
         {"knee_centre", "ankle_centre", "calcaneal_tendon_insertion_centre", "heel_skin_posterior",
          "metatarsal_2_head_centre", "femur_medial_condyle_posterior", "gastrocnemius_heads_meet_lower",
          "calcaneal_tendon_narrowest", "medial_malleolus_tip", "fibular_head_apex"}) {
      INFO(id);
      CHECK(leg().landmark(id).has_value());
    }
  }

  SECTION("the same description gives the same vertices twice") {
    const Atlas again = build();
    REQUIRE(again.structures.size() == leg().structures.size());
    for (std::size_t n = 0; n < again.structures.size(); ++n) {
      INFO(again.structures[n].id);
      const SurfaceMesh& a = *again.structures[n].mesh;
      const SurfaceMesh& b = *leg().structures[n].mesh;
      CHECK(a.surface.positions == b.surface.positions);
      CHECK(a.surface.triangles == b.surface.triangles);
      CHECK(a.shares == b.shares);
      CHECK(a.binding == b.binding);
    }
  }
}

TEST_CASE("a description that is missing builds nothing and says so") {
  IssueList issues;
  CHECK_FALSE(author_leg({.description = "/nowhere/anatomy.json"}, issues).has_value());
  CHECK(issues.has_errors());
}
