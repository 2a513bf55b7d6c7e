#pragma once
// How the leg is bent, and what that does to its surfaces.

#include "anatomy/atlas.h"
#include "geometry/skinning.h"

#include <span>
#include <string_view>
#include <vector>

namespace calfscope {

// Joint angles in degrees, signs as in the conventions ("Angles"); all 0 is the pose of the stored meshes.
struct Pose {
  float ankle_deg = 0;    // + dorsiflexion
  float knee_deg = 0;     // + flexion
  float subtalar_deg = 0; // + inversion
  float toes_deg = 0;     // + extension
  float turn_deg = 0;     // whole leg about its long axis, + toes in on both sides

  bool operator==(const Pose&) const = default;
};

// One row per angle: options, actions and sliders walk this table.
struct PoseAngle {
  std::string_view id; // "ankle"
  float Pose::*value;
  std::string_view joint; // Segment::joint it drives; empty for the turn, which moves everything
  float lowest_deg;
  float highest_deg;
};
std::span<const PoseAngle> pose_angles();

// Every angle within its range; NaN becomes 0.
Pose tamed(const Pose& pose);

// One rigid matrix per atlas segment, from the stored pose to this one. An angle also stays within its segment's range.
std::vector<glm::mat4> segment_matrices(const Atlas& atlas, const Pose& pose);

// How much of the flesh's offsets this pose takes. At each of `bend_keys` its own share is 1.
BendShares bend_shares(const Pose& pose);

// The joints flesh is bent at beyond its segments, and the poses its offsets are found at: entry k of a joint is offset
// k.
enum BendJoint : std::uint8_t { bend_knee, bend_ankle, bend_toes };
struct BendKey {
  BendJoint joint;
  std::uint8_t offset;
  Pose pose;
};
std::span<const BendKey> bend_keys();

} // namespace calfscope
