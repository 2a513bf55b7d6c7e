// The leg that ships, bent to the ends of its joints: flesh gives, but nothing collapses or turns inside out.

#include "anatomy/pose.h"
#include "author/sound_leg.h"
#include "geometry/ray_scene.h"
#include "import/pack.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace calfscope;
using namespace calfscope::test;

namespace {

const Atlas& leg() {
  static const Atlas atlas = [] {
    IssueList issues;
    auto read = read_pack(shipped_leg, issues);
    INFO(to_string(issues));
    REQUIRE(read.has_value());
    return std::move(*read);
  }();
  return atlas;
}

TriMesh posed(const Structure& structure, const Pose& pose) {
  const auto segments = segment_matrices(leg(), pose);
  TriMesh mesh = structure.mesh->surface;
  mesh.positions = posed_positions(*structure.mesh, segments);
  mesh.normals = posed_normals(*structure.mesh, segments);
  return mesh;
}

// Share of the triangles that face against the normals of their corners, which turn with the flesh.
double inverted_share(const TriMesh& mesh) {
  std::size_t inverted = 0;
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::vec3 facing =
        glm::cross(mesh.positions[t.y] - mesh.positions[t.x], mesh.positions[t.z] - mesh.positions[t.x]);
    inverted += glm::dot(facing, mesh.normals[t.x] + mesh.normals[t.y] + mesh.normals[t.z]) < 0;
  }
  return static_cast<double>(inverted) / static_cast<double>(mesh.triangles.size());
}

struct Depth {
  int vertices = 0;
  double deepest_mm = 0;
};

// Skin inside bones. The caps of skin and bones above the knee are one plane, and not looked at.
Depth skin_in_bones(const Pose& pose) {
  constexpr float cap_mm = 6;
  const Structure& skin = *leg().find("skin");
  const std::vector<glm::vec3>& rest = skin.mesh->surface.positions;
  const float top = bounds_of(skin.mesh->surface).upper.y - cap_mm;
  const TriMesh bent = posed(skin, pose);
  Depth depth;
  for (const Structure& bone : leg().structures) {
    if (bone.kind != Kind::bone)
      continue;
    const TriMesh surface = posed(bone, pose);
    RayScene scene;
    scene.add(surface.positions, surface.triangles);
    scene.commit();
    for (std::size_t v = 0; v < bent.positions.size(); ++v) {
      if (rest[v].y > top || !scene.inside(bent.positions[v], 0))
        continue;
      ++depth.vertices;
      depth.deepest_mm =
          std::max(depth.deepest_mm, static_cast<double>(scene.nearest(bent.positions[v], 60)->distance_mm));
    }
  }
  return depth;
}

struct Allowed {
  double skin_volume = 0.01;  // change
  double flesh_volume = 0.1;  // change of any muscle of more than 20 cm3
  double inverted = 0.01;     // of any structure's triangles
  double skin_in_bone_mm = 0; // depth; 0: no vertex at all
};

void holds_together(const Pose& pose, const Allowed& allowed) {
  for (const Structure& structure : leg().structures) {
    INFO(structure.id);
    const TriMesh bent = posed(structure, pose);
    const double before = signed_volume_mm3(structure.mesh->surface);
    const double change = std::abs(signed_volume_mm3(bent) / before - 1);
    if (structure.kind == Kind::bone)
      CHECK(change < 0.005);
    else if (structure.kind == Kind::skin && structure.id == "skin")
      CHECK(change < allowed.skin_volume);
    else if (structure.kind == Kind::muscle && before > 20'000)
      CHECK(change < allowed.flesh_volume);
    CHECK(inverted_share(bent) - inverted_share(structure.mesh->surface) <= allowed.inverted);
  }
  const Depth depth = skin_in_bones(pose);
  INFO(depth.vertices << " vertices of the skin inside bones");
  CHECK(depth.deepest_mm <= allowed.skin_in_bone_mm);
}

} // namespace

TEST_CASE("at rest no skin lies in a bone and no triangle faces inwards") {
  holds_together({}, {.skin_volume = 1e-6, .flesh_volume = 1e-6, .inverted = 0});
}

TEST_CASE("turned about its long axis the leg stays as it is") {
  holds_together({.turn_deg = 30}, {.skin_volume = 1e-3, .flesh_volume = 1e-3, .inverted = 0});
}

TEST_CASE("pointed and lifted as far as it goes, the foot tears nothing at the ankle") {
  holds_together({.ankle_deg = -50}, {.inverted = 0.02});
  holds_together({.ankle_deg = 40}, {.inverted = 0.05}); // the extensor retinaculum creases before the ankle
}

TEST_CASE("tilted as far as it goes, the foot tears nothing below the ankle") {
  holds_together({.subtalar_deg = -15}, {});
  holds_together({.subtalar_deg = 15}, {});
}

TEST_CASE("bent as far as they go, the toes tear nothing") {
  holds_together({.toes_deg = -40}, {.inverted = 0.02});
  holds_together({.toes_deg = 60}, {.inverted = 0.05, .skin_in_bone_mm = 2.5}); // on the back of the outer toes
}

TEST_CASE("bent by 60 degrees the knee tears nothing, and as far as it goes only the hollow behind it folds in") {
  holds_together({.knee_deg = 60}, {.skin_volume = 0.03, .flesh_volume = 0.22, .inverted = 0.035});
  // Calf and thigh meet here; motions blended as matrices draw the crease towards the axis, up to the tibia.
  holds_together({.knee_deg = 100}, {.skin_volume = 0.06, .flesh_volume = 0.3, .inverted = 0.11, .skin_in_bone_mm = 7});
}
