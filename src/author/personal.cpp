#include "author/personal.h"

#include "geometry/scalar_grid.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// Shafts stretch between these heights of the declared leg.
constexpr float shaft_top_mm = -50;
constexpr float shaft_bottom_mm = -320;
// Soft tissue is spread about these (x, z).
constexpr glm::vec2 tibial_axis{-9, 6};
constexpr glm::vec2 femoral_axis{-17, 16.5f};
// What thigh, knee and ankle take of a calf's being thick or thin; the knee is mostly bone.
constexpr float thigh_follows = 0.75f;
constexpr float knee_follows = 0.5f;
constexpr float ankle_follows = 0.45f;
constexpr float bone_share = 0.1f; // of the section of a calf: bones do not grow with the girth

// How places and sizes of the declared leg become those of the fitted one.
struct Fit {
  float scale = 1;   // of joints, foot and thicknesses
  float stretch = 1; // of the shafts, beyond the scale
  float spread = 1;  // of soft tissue about the tibia, before the scale

  float height(float y) const {
    const float in_shaft = std::clamp(y, shaft_bottom_mm, shaft_top_mm) - shaft_top_mm;
    return scale * (y + (stretch - 1) * in_shaft);
  }
  // Spread counts in leg and thigh and fades towards knee and ankle.
  float spread_at(float y) const {
    const float in_leg = smooth_between(40, -40, y) * smooth_between(-355, -315, y);
    const float in_thigh = thigh_follows * smooth_between(50, 90, y);
    return 1 + (spread - 1) * (in_leg + in_thigh);
  }
  // Of the girth, before the scale.
  float girth_at(float y) const {
    // A thick calf's flesh needs its room farther down than a thin one's skin gives way.
    const float leg = spread > 1 ? smooth_between(-345, -265, y) : smooth_between(-320, -150, y);
    const float below = glm::mix(ankle_follows, 1.0f, leg);
    const float knee = glm::mix(below, knee_follows, smooth_between(-40, 15, y));
    return 1 + (spread - 1) * glm::mix(knee, thigh_follows, smooth_between(55, 110, y));
  }
  // Of the volume of flesh, before scale and stretch.
  float flesh() const { return (spread * spread - bone_share) / (1 - bone_share); }
  glm::vec2 across(glm::vec2 place, float y, bool soft) const {
    const glm::vec2 axis = glm::mix(tibial_axis, femoral_axis, smooth_between(50, 100, y));
    return scale * (soft ? axis + spread_at(y) * (place - axis) : place);
  }
  glm::vec3 point(glm::vec3 p, bool soft) const {
    const glm::vec2 place = across({p.x, p.z}, p.y, soft);
    return {place.x, height(p.y), place.y};
  }
};

bool is_soft(const StructureDescription& what) {
  return what.kind != Kind::bone;
}

void fit(std::vector<glm::vec2>& table, const Fit& to, float value_scale) {
  for (glm::vec2& row : table)
    row = {to.height(row.x), row.y * value_scale};
}

void fit(Sections& sections, const Fit& to, bool soft) {
  for (SectionLevel& level : sections.levels) {
    const float size = to.scale * (soft ? to.spread_at(level.y_mm) : 1.0f);
    const glm::vec2 centre = to.across({level.centre_x_mm, level.centre_z_mm}, level.y_mm, soft);
    level.centre_x_mm = centre.x;
    level.centre_z_mm = centre.y;
    level.half_width_mm *= size;
    level.half_depth_mm *= size;
    level.bend_mm *= size;
    level.y_mm = to.height(level.y_mm);
  }
  sections.top_mm = to.height(sections.top_mm);
  sections.bottom_mm = to.height(sections.bottom_mm);
}

void fit(EllipsoidUnion& shape, const Fit& to) {
  shape.blend_mm *= to.scale;
  for (Ellipsoid& ellipsoid : shape.ellipsoids) {
    ellipsoid.centre_mm = to.point(ellipsoid.centre_mm, false);
    ellipsoid.radii_mm *= to.scale;
  }
}

void fit(StructureDescription& structure, const Fit& to) {
  const bool soft = is_soft(structure);
  if (structure.sections)
    fit(*structure.sections, to, soft);
  if (structure.ellipsoids)
    fit(*structure.ellipsoids, to);
  for (BoneEnd& end : structure.ends) {
    fit(end.shape, to);
    end.all_end_mm = to.height(end.all_end_mm);
    end.all_shaft_mm = to.height(end.all_shaft_mm);
  }
  for (Cord& cord : structure.cords) {
    for (CordPoint& point : cord.points) {
      point.position_mm = to.point(point.position_mm, soft);
      point.half_width_mm *= to.scale;
      point.half_thickness_mm *= to.scale;
    }
    cord.lands_mm *= to.scale;
  }
  for (Band& band : structure.bands)
    for (glm::vec4& point : band.points)
      point = glm::vec4(to.point(glm::vec3(point), soft), point.w * to.scale);
  if (structure.cut_top_mm < 1e5f)
    structure.cut_top_mm = to.height(structure.cut_top_mm);
  if (!structure.packing)
    return;
  Packing& packing = *structure.packing;
  if (packing.volume_cm3)
    *packing.volume_cm3 *= static_cast<double>(to.scale * to.scale * to.scale * to.stretch * to.flesh());
  fit(packing.growth_by_level, to, 1);
  fit(packing.front_limit, to, to.scale);
  fit(packing.fills_mm, to, to.scale);
}

} // namespace

AnatomyDescription fitted_to(AnatomyDescription anatomy, std::optional<double> leg_length_mm,
                             std::optional<double> calf_girth_mm) {
  if (!leg_length_mm && !calf_girth_mm)
    return anatomy;
  Fit to;
  const float length = -anatomy.insertion_y_mm;
  if (leg_length_mm) {
    const float ratio = static_cast<float>(*leg_length_mm) / length;
    to.scale = std::sqrt(ratio);
    const float shaft = shaft_top_mm - shaft_bottom_mm;
    to.stretch = 1 + (ratio / to.scale - 1) * length / shaft;
  }
  float largest = 0;
  for (const glm::vec2 girth : anatomy.skin.girths)
    if (girth.x < 0)
      largest = std::max(largest, girth.y);
  if (calf_girth_mm && largest > 0)
    to.spread = static_cast<float>(*calf_girth_mm) / (largest * to.scale);

  SkinDescription& skin = anatomy.skin;
  // The crop follows the length (conventions: s = -0.36), whatever the shafts do.
  skin.top_mm = -0.36f * to.height(anatomy.insertion_y_mm);
  constexpr float cap_mm = 8; // no girth can be met where the edge of the cap is rounded
  for (glm::vec2& girth : skin.girths) {
    girth = {std::min(to.height(girth.x), skin.top_mm - cap_mm), girth.y * to.scale * to.girth_at(girth.x)};
  }
  fit(skin.wide_share, to, 1);
  skin.calf_fat_level_mm = to.height(skin.calf_fat_level_mm);
  skin.floor_mm = to.height(skin.floor_mm);
  skin.web_mm *= to.scale;
  for (ToeTube& toe : skin.toes)
    for (glm::vec4& point : toe.points)
      point = glm::vec4(to.point(glm::vec3(point), false), point.w * to.scale);
  for (StructureDescription& structure : anatomy.structures)
    fit(structure, to);
  if (anatomy.aponeurosis) {
    Aponeurosis& sheet = *anatomy.aponeurosis;
    for (glm::vec2& row : sheet.half_width_mm)
      row.y *= to.spread_at(row.x);
    for (glm::vec2& row : sheet.centre_x_mm)
      row.y = to.across({row.y, 0}, row.x, true).x / to.scale;
    fit(sheet.half_width_mm, to, to.scale);
    fit(sheet.centre_x_mm, to, to.scale);
    fit(sheet.thickness_mm, to, to.scale);
    sheet.top_mm = to.height(sheet.top_mm);
    sheet.bottom_mm = to.height(sheet.bottom_mm);
  }
  for (LandmarkDescription& landmark : anatomy.landmarks)
    landmark.position_mm = to.point(landmark.position_mm, false);
  anatomy.insertion_y_mm = to.height(anatomy.insertion_y_mm);
  for (StructureDescription& structure : anatomy.structures)
    if (structure.cut_top_mm < 1e5f)
      structure.cut_top_mm = std::min(structure.cut_top_mm, skin.top_mm - 0.7f);
  return anatomy;
}

} // namespace calfscope
