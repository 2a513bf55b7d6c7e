#pragma once
// What a tool is laid on: the skin of one leg, with the bone behind it. Made once per leg; asked for every pose.

#include "anatomy/leg_coordinates.h"
#include "geometry/edge_splitting.h"
#include "technique/contact.h"

#include <memory>
#include <optional>

namespace calfscope {

class ContactGround {
public:
  // For the atlas in its neutral pose, on the side that it shows. nullopt without a skin.
  static std::optional<ContactGround> make(const Atlas& atlas, std::shared_ptr<const LegCoordinates> coordinates);

  struct Spot {
    ContactFrame frame;
    SkinShape skin;
    float thickness_mm = 0; // skin to bone, or to the leg's axis where no bone lies behind
  };
  // Posed positions of the finer skin from those of the pack's skin.
  std::vector<glm::vec3> finer(std::span<const glm::vec3> posed_skin) const { return split_.spread(posed_skin); }
  // The place on the posed finer skin, `across_mm` further medially and `along_mm` further toward the foot along the
  // skin. nullopt where the leg has no skin.
  std::optional<Spot> spot(LegPlace place, std::span<const glm::vec3> posed, float across_mm = 0,
                           float along_mm = 0) const;

  // What lies below a place of the skin, outermost first: structure and depth of its surface, mm.
  struct Below {
    std::string muscle;
    float depth_mm = 0;
  };
  std::vector<Below> muscles_below(const ContactFrame& frame, float deepest_mm) const;

  const SurfaceMesh& skin() const { return *skin_; }                         // of the pack
  std::span<const glm::uvec3> triangles() const { return split_.triangles; } // of the finer skin

private:
  ContactGround() = default;
  float thickness_at(const SkinPoint& at) const;

  std::shared_ptr<const LegCoordinates> coordinates_;
  std::shared_ptr<const SurfaceMesh> skin_;
  SplitMesh split_; // fine enough on the calf to lie round a thumb
  std::vector<glm::vec3> rest_, normals_;
  std::shared_ptr<const RayScene> skin_scene_, bone_scene_, muscle_scene_;
  std::vector<std::string> muscles_; // as numbered in muscle_scene_
  float medial_ = 1;                 // sign of + X that is medial
};

} // namespace calfscope
