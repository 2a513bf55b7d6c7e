#pragma once
// A leg of a few cylinders that has everything the program asks of one: skin, both heads over the soleus, a deep
// muscle, bones, tendon, an artery, a foot, landmarks and joints. A right leg: medial is +X.

#include "anatomy/atlas.h"
#include "support/shapes.h"

namespace calfscope::test {

inline Structure structure(std::string id, Kind kind, std::string name, TriMesh surface, float depth,
                           std::uint8_t segment = 0) {
  Structure out;
  out.id = std::move(id);
  out.kind = kind;
  out.name = std::move(name);
  auto mesh = std::make_shared<SurfaceMesh>();
  mesh->surface = std::move(surface);
  mesh->shares.assign(mesh->surface.positions.size(), TissueShares{0, depth, 0.5f});
  mesh->binding.assign(mesh->surface.positions.size(), SkinBinding{{segment, 0, 0, 0}, {255, 0, 0, 0}});
  out.mesh = std::move(mesh);
  return out;
}

inline constexpr float skin_top_y = 140, floor_y = -430, ankle_y = -370, insertion_y = -407;

inline std::shared_ptr<const Atlas> small_leg() {
  Atlas leg;
  leg.id = "small_leg";
  leg.title = "Leg of cylinders";
  leg.licence = "MIT";
  leg.attribution = "made for the tests";
  leg.segments = {{"shank", -1, "", {0, 0, 0}, {1, 0, 0}, 0, 0},
                  {"thigh", 0, "knee", {0, 20, 0}, {-1, 0, 0}, 0, 100},
                  {"foot", 0, "talocrural", {0, ankle_y, 0}, {-1, 0, 0}, -50, 40}};
  const auto upright = [](float x, float z, float top, float bottom, float radius) {
    return make({.top = {x, top, z},
                 .bottom = {x, bottom, z},
                 .top_radius = radius,
                 .bottom_radius = radius * 0.8f,
                 .around = 32,
                 .along = 12});
  };
  leg.structures.push_back(structure("skin", Kind::skin, "Skin",
                                     make({.top = {0, skin_top_y, 0},
                                           .bottom = {0, floor_y, 0},
                                           .top_radius = 64,
                                           .bottom_radius = 40,
                                           .around = 96,
                                           .along = 80}),
                                     1));
  leg.structures.push_back(
      structure("crural_fascia", Kind::fascia, "Crural fascia",
                make({.top = {0, 0, 0}, .bottom = {0, -360, 0}, .top_radius = 56, .bottom_radius = 40}), 0.95f));
  leg.structures.push_back(structure("gastrocnemius_medial_head", Kind::muscle, "Gastrocnemius, medial head",
                                     upright(16, -30, 10, -200, 14), 0.75f));
  leg.structures.push_back(structure("gastrocnemius_lateral_head", Kind::muscle, "Gastrocnemius, lateral head",
                                     upright(-16, -30, 10, -190, 14), 0.72f));
  leg.structures.push_back(structure("soleus", Kind::muscle, "Soleus", upright(0, -6, -20, -300, 11), 0.45f));
  leg.structures.push_back(
      structure("tibialis_posterior", Kind::muscle, "Tibialis posterior", upright(0, 12, -30, -320, 6), 0.15f));
  leg.structures.push_back(
      structure("calcaneal_tendon", Kind::tendon, "Calcaneal tendon", upright(0, -25, -205, -405, 6), 0.9f));
  leg.structures.push_back(
      structure("posterior_tibial_artery", Kind::vessel, "Posterior tibial artery", upright(8, 8, -40, -360, 2), 0.3f));
  leg.structures.push_back(structure("tibial_nerve", Kind::nerve, "Tibial nerve", upright(3, 6, 60, -360, 2), 0.35f));
  leg.structures.push_back(structure("tibia", Kind::bone, "Tibia", upright(6, 30, -2, -370, 11), 0));
  leg.structures.push_back(structure("fibula", Kind::bone, "Fibula", upright(-26, 18, -10, -385, 5), 0));
  leg.structures.push_back(structure("femur", Kind::bone, "Femur", upright(0, 0, 135, 4, 14), 0, 1));
  leg.structures.push_back(
      structure("calcaneus", Kind::bone, "Calcaneus", make_box({-14, -425, -30}, {14, -395, 120}), 0, 2));
  leg.structures[2].latin = "Caput mediale musculi gastrocnemii";
  leg.structures[2].fma = "FMA45956";
  leg.structures[4].latin = "Musculus soleus";
  leg.structures[4].synonyms = {"Second heart"};
  leg.structures[4].fma = "FMA22542";
  leg.structures[6].synonyms = {"Achilles tendon"};
  leg.landmarks = {{"knee_centre", {0, 0, 0}, ""},
                   {"ankle_centre", {0, ankle_y, 0}, ""},
                   {"calcaneal_tendon_insertion_centre", {0, insertion_y, -36}, ""},
                   {"femur_medial_condyle_posterior", {20, 20, -28}, ""},
                   {"femur_lateral_condyle_posterior", {-20, 20, -28}, ""}};
  leg.belly_ends = {0.49f, 0.47f, 0.74f};
  return std::make_shared<const Atlas>(std::move(leg));
}

} // namespace calfscope::test
