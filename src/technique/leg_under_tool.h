#pragma once
// What tools do to one bent leg, looked at near them: how they lie on the skin, and whether what lies below stays
// below.

#include "anatomy/pose.h"
#include "technique/contact_ground.h"

namespace calfscope {

// Everything under the skin that a tool may reach, at rest. Made once per leg, in half a second.
struct FleshBelow {
  SurfaceMesh places;                   // positions, binding and bends; no triangles; from the knee down
  std::vector<float> along_mm;          // down the leg's long axis, rising
  std::vector<std::uint32_t> structure; // index in the atlas
  std::vector<float> depth_mm;          // below the skin
  std::vector<float> share;             // 0 at the bone … 1 at the skin; 0 for bones, which no tool dents

  // The atlas is in its neutral pose.
  static FleshBelow of(const Atlas& atlas, const LegCoordinates& coordinates);
};

// What came of it. Of several contacts the worst.
struct PressedLeg {
  ContactFit fit;                   // patch_cm2 of all contacts together
  float layer_outside_mm = 0;       // how far anything deeper lies outside the dented skin; 0 if nothing does
  std::optional<std::size_t> layer; // which; index in the atlas
  bool finite = true;               // no place came out as NaN or infinite
  std::vector<glm::vec3> skin;      // dented
};

// One leg in one pose after another. Not for several threads at once; several of them may share what they are made of.
class LegUnderTool {
public:
  // Layers are looked at where flesh is given. All must outlive it.
  LegUnderTool(const Atlas& atlas, const ContactGround& ground, const FleshBelow* flesh);

  void bend(const Pose& pose);
  std::span<const glm::vec3> skin() const { return skin_; } // of the ground's finer skin, bent, not dented
  // Looks only near the contacts: somewhat beyond three patch radii, where nothing may move any more.
  PressedLeg press(std::span<const Contact> contacts);

private:
  struct NearSkin { // renumbered
    std::vector<glm::vec3> rest, bent, dented;
    std::vector<glm::uvec3> triangles;
  };
  NearSkin near_skin(std::span<const Contact> contacts, PressedLeg& out) const;
  void look_at_layers(const Contact& contact, std::span<const Contact> contacts, const NearSkin& skin, PressedLeg& out);
  void bend_flesh(const std::vector<std::uint32_t>& wanted);

  const Atlas* atlas_;
  const ContactGround* ground_;
  const FleshBelow* flesh_;
  std::optional<Pose> pose_;
  std::vector<glm::mat4> segments_;
  BendShares bends_{};
  std::vector<glm::vec3> skin_;
  // Flesh is bent where it is asked for: bent_ is of this pose where bent_in_ is pose_number_.
  std::vector<glm::vec3> bent_;
  std::vector<std::uint32_t> bent_in_;
  std::uint32_t pose_number_ = 0;
};

} // namespace calfscope
