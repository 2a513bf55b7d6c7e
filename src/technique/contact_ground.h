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
  const LegCoordinates& coordinates() const { return *coordinates_; }
  // The pack's skin with finer triangles where tools press; its first vertices are the pack's. It is drawn while a tool
  // presses, so that the skin lies round it in the picture as it does in what is measured.
  const std::shared_ptr<const SurfaceMesh>& skin() const { return skin_; }
  // Its vertices' values of something that the pack's skin has: means of those beside them.
  std::vector<glm::vec4> finer(std::span<const glm::vec4> of_pack) const { return split_.spread(of_pack); }
  // A place of the finer skin, which goes with it however it is posed.
  struct SkinPlace {
    glm::uvec3 corners{0};
    glm::vec3 weights{0}; // of the corners, sum 1
  };
  // `across_mm` further medially and `along_mm` further toward the foot along the skin. nullopt where there is none.
  std::optional<SkinPlace> skin_place(LegPlace place, float across_mm = 0, float along_mm = 0) const;
  // Across the long axis and a direction that points out of the leg: round the leg, with growing azimuth on either
  // side.
  glm::vec3 toward_medial(glm::vec3 outward) const;
  // The place on the posed finer skin, `across_mm` further medially and `along_mm` further toward the foot along the
  // skin. nullopt where the leg has no skin.
  std::optional<Spot> spot(LegPlace place, std::span<const glm::vec3> posed, float across_mm = 0,
                           float along_mm = 0) const;

  // How far a tool that sinks in at this place (in the leg's own space, not turned) may do so without squeezing what
  // lies over any bone near it to less than half, mm: at most the contact's own tip_mm.
  float tip_over_bone_mm(const Contact& contact) const;

  // What lies below a place of the skin, outermost first: structure and depth of its surface, mm.
  struct Below {
    std::string muscle;
    float depth_mm = 0;
  };
  std::vector<Below> muscles_below(const ContactFrame& frame, float deepest_mm) const;

private:
  ContactGround() = default;
  float thickness_at(const SkinPoint& at) const;

  std::shared_ptr<const LegCoordinates> coordinates_;
  SplitMesh split_; // fine enough on the calf to lie round a thumb
  std::shared_ptr<const SurfaceMesh> skin_;
  std::shared_ptr<const RayScene> skin_scene_, bone_scene_, muscle_scene_;
  std::vector<std::string> muscles_; // as numbered in muscle_scene_
  float medial_ = 1;                 // sign of + X that is medial
};

// Where a place is on the finer skin as posed.
glm::vec3 posed_place(const ContactGround::SkinPlace& place, std::span<const glm::vec3> posed);

} // namespace calfscope
