#include "render/material_look.h"

namespace calfscope::render {
namespace {

constexpr glm::vec3 ivory{0.88f, 0.85f, 0.78f};

constexpr MaterialLook muscle{.tissue = Tissue::fibrous,
                              .second_colour = ivory,
                              .specular = 0.12f,
                              .roughness = 0.44f,
                              .sheen = 0.24f,
                              .anisotropy = 0.55f,
                              .scatter = {0.30f, 0.12f, 0.10f},
                              .pattern_mm = 1.9f,
                              .contrast = 0.62f,
                              .relief_mm = 0.26f,
                              .mottle = 0.30f,
                              .cut = CutStyle::muscle,
                              .rim_mm = 0.7f};
constexpr MaterialLook tendon{.tissue = Tissue::fibrous,
                              .second_colour = ivory,
                              .specular = 0.26f,
                              .roughness = 0.42f,
                              .sheen = 0.25f,
                              .anisotropy = 0.75f,
                              .scatter = {0.25f, 0.20f, 0.14f},
                              .pattern_mm = 1.1f,
                              .contrast = 0.28f,
                              .relief_mm = 0.12f,
                              .mottle = 0.18f,
                              .cut = CutStyle::tendon,
                              .rim_mm = 0.5f};
constexpr MaterialLook ligament{.tissue = Tissue::fibrous,
                                .second_colour = ivory,
                                .specular = 0.16f,
                                .roughness = 0.5f,
                                .sheen = 0.2f,
                                .anisotropy = 0.5f,
                                .scatter = {0.25f, 0.2f, 0.14f},
                                .pattern_mm = 1.3f,
                                .contrast = 0.35f,
                                .relief_mm = 0.14f,
                                .mottle = 0.25f,
                                .cut = CutStyle::tendon,
                                .rim_mm = 0.5f};
constexpr MaterialLook fascia{.tissue = Tissue::fibrous,
                              .second_colour = {0.86f, 0.85f, 0.83f},
                              .specular = 0.22f,
                              .roughness = 0.4f,
                              .sheen = 0.4f,
                              .anisotropy = 0.4f,
                              .scatter = {0.3f, 0.25f, 0.2f},
                              .pattern_mm = 1.0f,
                              .contrast = 0.22f,
                              .relief_mm = 0.06f,
                              .mottle = 0.25f,
                              .cut = CutStyle::tendon,
                              .rim_mm = 0.4f,
                              .two_sided = true};
constexpr MaterialLook bone{.tissue = Tissue::hard,
                            .second_colour = {0.52f, 0.40f, 0.28f},
                            .specular = 0.07f,
                            .roughness = 0.55f,
                            .sheen = 0.06f,
                            .scatter = {0.22f, 0.16f, 0.10f},
                            .pattern_mm = 0.9f,
                            .contrast = 0.20f,
                            .relief_mm = 0.12f,
                            .mottle = 0.26f,
                            .cut = CutStyle::bone,
                            .rim_mm = 3.2f};
constexpr MaterialLook cartilage{.tissue = Tissue::hard,
                                 .second_colour = {0.62f, 0.68f, 0.70f},
                                 .specular = 0.25f,
                                 .roughness = 0.3f,
                                 .sheen = 0.3f,
                                 .scatter = {0.35f, 0.35f, 0.38f},
                                 .pattern_mm = 1.6f,
                                 .contrast = 0.06f,
                                 .relief_mm = 0.03f,
                                 .mottle = 0.10f,
                                 .cut = CutStyle::plain,
                                 .rim_mm = 0.4f};
constexpr MaterialLook nail{.tissue = Tissue::hard,
                            .second_colour = {0.80f, 0.62f, 0.56f},
                            .specular = 0.3f,
                            .roughness = 0.3f,
                            .sheen = 0.15f,
                            .scatter = {0.4f, 0.25f, 0.2f},
                            .pattern_mm = 0.8f,
                            .contrast = 0.05f,
                            .relief_mm = 0.02f,
                            .mottle = 0.05f,
                            .cut = CutStyle::plain,
                            .rim_mm = 0.3f};
constexpr MaterialLook artery{.tissue = Tissue::soft,
                              .second_colour = {0.58f, 0.05f, 0.06f},
                              .specular = 0.34f,
                              .roughness = 0.32f,
                              .sheen = 0.25f,
                              .scatter = {0.35f, 0.10f, 0.08f},
                              .pattern_mm = 0.8f,
                              .contrast = 0.16f,
                              .relief_mm = 0.05f,
                              .mottle = 0.5f,
                              .cut = CutStyle::vessel,
                              .rim_mm = 0.9f};
constexpr MaterialLook vein{.tissue = Tissue::soft,
                            .second_colour = {0.16f, 0.20f, 0.42f},
                            .specular = 0.32f,
                            .roughness = 0.32f,
                            .sheen = 0.25f,
                            .scatter = {0.18f, 0.18f, 0.30f},
                            .pattern_mm = 0.9f,
                            .contrast = 0.16f,
                            .relief_mm = 0.05f,
                            .mottle = 0.5f,
                            .cut = CutStyle::vessel,
                            .rim_mm = 0.6f};
constexpr MaterialLook nerve{.tissue = Tissue::soft,
                             .second_colour = {0.80f, 0.62f, 0.28f},
                             .specular = 0.16f,
                             .roughness = 0.45f,
                             .sheen = 0.2f,
                             .scatter = {0.3f, 0.25f, 0.12f},
                             .pattern_mm = 0.8f,
                             .contrast = 0.20f,
                             .relief_mm = 0.06f,
                             .mottle = 0.45f,
                             .cut = CutStyle::nerve,
                             .rim_mm = 0.4f};
constexpr MaterialLook skin{.tissue = Tissue::soft,
                            .second_colour = {0.78f, 0.50f, 0.42f},
                            .specular = 0.07f,
                            .roughness = 0.5f,
                            .sheen = 0.10f,
                            .scatter = {0.48f, 0.22f, 0.15f},
                            .pattern_mm = 0.9f,
                            .contrast = 0.12f,
                            .relief_mm = 0.07f,
                            .mottle = 0.42f,
                            .cut = CutStyle::fat,
                            .rim_mm = 1.6f};
constexpr MaterialLook plain{.tissue = Tissue::soft,
                             .second_colour = {0.7f, 0.7f, 0.7f},
                             .specular = 0.10f,
                             .roughness = 0.5f,
                             .sheen = 0.08f,
                             .scatter = glm::vec3(0.12f),
                             .pattern_mm = 1.0f,
                             .two_sided = true};

} // namespace

const MaterialLook& look_of(Material material) {
  switch (material) {
  case Material::muscle:
    return muscle;
  case Material::tendon:
    return tendon;
  case Material::ligament:
    return ligament;
  case Material::fascia:
    return fascia;
  case Material::bone:
    return bone;
  case Material::cartilage:
    return cartilage;
  case Material::nail:
    return nail;
  case Material::artery:
    return artery;
  case Material::vein:
    return vein;
  case Material::nerve:
    return nerve;
  case Material::skin:
    return skin;
  case Material::plain:
    return plain;
  }
  return plain;
}

} // namespace calfscope::render
