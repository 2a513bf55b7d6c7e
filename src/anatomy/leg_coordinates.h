#pragma once
// Places on a leg without vertex numbers: level s, azimuth a, depth d; on the foot f and w (conventions, "Space").
// Made for one atlas in its neutral pose, on the side that the atlas shows.

#include "anatomy/atlas.h"
#include "geometry/ray_scene.h"

#include <memory>
#include <optional>
#include <vector>

namespace calfscope {

struct LegPlace {
  float s = 0;     // 0 joint line … 1 insertion of the Achilles tendon
  float a_deg = 0; // (-180, 180], 0 posterior midline, + medial on either side, 180 anterior
  bool operator==(const LegPlace&) const = default;
};

struct FootPlace {
  float f = 0; // 0 heel … along the axis to the second metatarsal head, fraction of the skin's foot length
  float w = 0; // 0 medial … 1 lateral border of the sole at that f
  bool operator==(const FootPlace&) const = default;
};

struct SkinPoint {
  glm::vec3 position{0}; // mm
  glm::vec3 normal{0};   // unit, outward
};

class LegCoordinates {
public:
  // Needs the skin and the landmarks knee_centre, ankle_centre, calcaneal_tendon_insertion_centre; the posterior
  // midline also uses femur_*_condyle_posterior, gastrocnemius_heads_meet_lower and calcaneal_tendon_narrowest where
  // they exist. nullopt if the atlas cannot carry coordinates (a single foreign mesh).
  static std::optional<LegCoordinates> make(const Atlas& atlas);

  float length_mm() const { return length_mm_; }         // L
  glm::vec3 knee_centre() const { return knee_centre_; } // s = 0 of the long axis
  glm::vec3 long_axis() const { return long_axis_; }     // unit, knee to ankle

  float level_of(glm::vec3 point) const;    // s
  glm::vec3 axis_point(float s) const;      // centre of the leg at that level
  LegPlace place_of(glm::vec3 point) const; // for points inside as well as on the skin
  // Direction of azimuth a at level s, unit, across the long axis.
  glm::vec3 direction(float s, float a_deg) const;
  // Outermost skin hit of the ray from the axis outward; nullopt above or below the skin.
  std::optional<SkinPoint> skin_point(LegPlace place) const;
  // Point d mm below that skin point along the inward normal.
  std::optional<glm::vec3> point(LegPlace place, float d_mm) const;
  // Distance from the skin, mm; negative outside.
  float depth_of(glm::vec3 point) const;

  // The foot; nullopt where the pack lacks heel_skin_posterior or metatarsal_2_head_centre.
  bool has_foot() const { return foot_length_mm_ > 0; }
  std::optional<FootPlace> foot_place_of(glm::vec3 point) const;
  std::optional<SkinPoint> sole_point(FootPlace place) const; // lowest skin at that f, w

private:
  LegCoordinates() = default;
  void find_foot(const Atlas& atlas);
  glm::vec2 sole_border(float f) const; // medial and lateral, mm along foot_lateral_
  SkinPoint on_skin(const RayHit& hit) const;

  Side side_ = Side::right;
  glm::vec3 knee_centre_{0};
  glm::vec3 long_axis_{0, -1, 0};
  float length_mm_ = 0;
  // Centre of the skin's section and point of the posterior midline, at even steps of level.
  float first_s_ = 0;
  float step_s_ = 0;
  std::vector<glm::vec3> centres_;
  std::vector<glm::vec3> posterior_; // unit directions, across the long axis
  glm::vec3 heel_{0};
  glm::vec3 foot_axis_{0, 0, 1};     // unit, in the plane of the sole
  glm::vec3 foot_lateral_{-1, 0, 0}; // unit, medial to lateral
  float foot_length_mm_ = 0;
  std::vector<glm::vec2> sole_borders_; // medial and lateral extent in mm along foot_lateral_, at even steps of f
  float sole_y_mm_ = 0;
  std::shared_ptr<const SurfaceMesh> skin_mesh_;
  std::shared_ptr<const RayScene> skin_;
};

} // namespace calfscope
