#pragma once
// A small leg-shaped atlas with every attribute in use, for the tests of packs.

#include "anatomy/atlas.h"
#include "support/temporary_folder.h"

#include <cmath>
#include <filesystem>
#include <numbers>
#include <string>

namespace calfscope::testing {

// A closed tube along y with pointed ends, every attribute set to something telling.
inline std::shared_ptr<SurfaceMesh> spindle(glm::vec3 top_mm, float length_mm, float radius_mm, bool bound = true,
                                            int around = 16, int along = 12) {
  auto mesh = std::make_shared<SurfaceMesh>();
  auto& positions = mesh->surface.positions;
  positions.push_back(top_mm);
  for (int j = 1; j < along; ++j)
    for (int i = 0; i < around; ++i) {
      const float t = static_cast<float>(j) / static_cast<float>(along);
      const float r = radius_mm * std::sin(std::numbers::pi_v<float> * t);
      const float a = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / static_cast<float>(around);
      positions.push_back(top_mm + glm::vec3(r * std::cos(a), -length_mm * t, r * std::sin(a)));
    }
  positions.push_back(top_mm - glm::vec3(0, length_mm, 0));
  const auto ring = [around](int j, int i) { return static_cast<std::uint32_t>(1 + (j - 1) * around + i % around); };
  const auto last = static_cast<std::uint32_t>(positions.size() - 1);
  for (int i = 0; i < around; ++i) {
    mesh->surface.triangles.emplace_back(0u, ring(1, i + 1), ring(1, i));
    mesh->surface.triangles.emplace_back(last, ring(along - 1, i), ring(along - 1, i + 1));
    for (int j = 1; j + 1 < along; ++j) {
      mesh->surface.triangles.emplace_back(ring(j, i), ring(j, i + 1), ring(j + 1, i));
      mesh->surface.triangles.emplace_back(ring(j, i + 1), ring(j + 1, i + 1), ring(j + 1, i));
    }
  }
  if (signed_volume_mm3(mesh->surface) < 0)
    flip_winding(mesh->surface);
  compute_normals(mesh->surface);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const float t = (top_mm.y - positions[i].y) / length_mm;
    const auto tendon = static_cast<float>(i % 256) / 255.0f;
    const auto depth = static_cast<float>(255 - i % 256) / 255.0f;
    mesh->fibre.push_back(glm::normalize(glm::vec3(0.1f * t, -1, 0.2f)));
    mesh->muscle_place.emplace_back(static_cast<float>(i % around) / static_cast<float>(around), t);
    mesh->shares.push_back({tendon, depth, 128.0f / 255.0f});
    if (bound) {
      const auto foot = static_cast<std::uint8_t>(std::lround(255 * t));
      SkinBinding binding{{0, 0, 0, 0}, {0, 0, 0, 0}};
      binding.weight[0] = static_cast<std::uint8_t>(255 - foot);
      binding.segment[1] = foot > 0 ? std::uint8_t{1} : std::uint8_t{0};
      binding.weight[1] = foot;
      if (binding.weight[0] < binding.weight[1]) {
        std::swap(binding.weight[0], binding.weight[1]);
        std::swap(binding.segment[0], binding.segment[1]);
      }
      mesh->binding.push_back(binding);
    }
  }
  return mesh;
}

inline Atlas sample_atlas() {
  Atlas atlas;
  atlas.id = "sample";
  atlas.title = "A sample";
  atlas.licence = "MIT";
  atlas.attribution = "Made by the tests";
  atlas.sources = {"drawn by hand"};
  atlas.lacks = {"nerves"};
  atlas.segments = {Segment{.id = "shank", .joint = ""}, Segment{.id = "foot",
                                                                 .parent = 0,
                                                                 .joint = "talocrural",
                                                                 .centre_mm = {1, -370, -5},
                                                                 .axis = {1, 0, 0},
                                                                 .lowest_deg = -50,
                                                                 .highest_deg = 40}};
  atlas.landmarks = {{"knee_centre", {0, 0, 0}, "origin"}, {"ankle_centre", {1.5f, -363.25f, -5}, "made up"}};
  atlas.belly_ends.soleus = 0.8f;
  atlas.structures.push_back({.id = "skin",
                              .kind = Kind::skin,
                              .name = "Skin",
                              .latin = "",
                              .synonyms = {},
                              .fma = "FMA7163",
                              .source = "",
                              .group = "",
                              .mesh = spindle({0, 50, 0}, 500, 60)});
  atlas.structures.push_back({.id = "soleus",
                              .kind = Kind::muscle,
                              .name = "Soleus",
                              .latin = "Musculus soleus",
                              .synonyms = {"soleus muscle"},
                              .fma = "FMA22558",
                              .source = "drawn",
                              .group = "deep",
                              .mesh = spindle({0, -20, -10}, 300, 20)});
  return atlas;
}

} // namespace calfscope::testing
