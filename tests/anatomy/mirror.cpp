#include "anatomy/mirror.h"

#include "support/small_leg.h"

#include <catch2/catch.hpp>

using namespace calfscope;

TEST_CASE("a leg mirrored twice is the leg itself") {
  const auto leg = test::small_leg();
  const Atlas twice = mirrored(mirrored(*leg));
  CHECK(twice.side == leg->side);
  for (std::size_t i = 0; i < leg->structures.size(); ++i) {
    const SurfaceMesh &a = *leg->structures[i].mesh, &b = *twice.structures[i].mesh;
    CHECK(a.surface.positions == b.surface.positions);
    CHECK(a.surface.normals == b.surface.normals);
    CHECK(a.surface.triangles == b.surface.triangles);
    CHECK(a.fibre == b.fibre);
  }
  for (std::size_t i = 0; i < leg->segments.size(); ++i) {
    CHECK(twice.segments[i].axis == leg->segments[i].axis);
    CHECK(twice.segments[i].centre_mm == leg->segments[i].centre_mm);
  }
  for (std::size_t i = 0; i < leg->landmarks.size(); ++i)
    CHECK(twice.landmarks[i].position_mm == leg->landmarks[i].position_mm);
}

TEST_CASE("the mirrored leg stays wound outwards and keeps its volumes") {
  const auto leg = test::small_leg();
  const Atlas other = mirrored(*leg);
  for (std::size_t i = 0; i < leg->structures.size(); ++i) {
    const TriMesh &a = leg->structures[i].mesh->surface, &b = other.structures[i].mesh->surface;
    CHECK(signed_volume_mm3(b) > 0);
    CHECK(signed_volume_mm3(b) == Approx(signed_volume_mm3(a)).epsilon(1e-4));
  }
}

TEST_CASE("medial structures are on the other side of a left leg, and names say no side") {
  const auto leg = test::small_leg();
  const Atlas left = on_side(*leg, Side::left);
  CHECK(left.side == Side::left);
  CHECK(left.stored_side == Side::right);
  const int head = leg->index_of("gastrocnemius_medial_head");
  REQUIRE(head >= 0);
  const auto centre_x = [&](const Atlas& atlas) {
    return bounds_of(atlas.structures[static_cast<std::size_t>(head)].mesh->surface).centre().x;
  };
  CHECK(centre_x(*leg) > 0);
  CHECK(centre_x(left) == Approx(-centre_x(*leg)));
  for (const Structure& structure : left.structures)
    CHECK(structure.name == leg->find(structure.id)->name);
}
