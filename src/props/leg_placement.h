#pragma once
// Where the model's leg stands in a posture. World of the picture: mm, Y up, the floor at y = 0, the person faces +Z; X
// as in the model, so that a right leg stays a right leg. The leg's own space is the atlas's (ankle and knee bent by
// Pose).

#include "anatomy/pose.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace calfscope {

enum class Posture : std::uint8_t { standing, floor_sit, floor_sit_crossed, chair, ankle_on_knee, wall_lunge };
inline constexpr std::array<std::string_view, 6> posture_ids{"standing", "floor_sit",     "floor_sit_crossed",
                                                             "chair",    "ankle_on_knee", "wall_lunge"};
std::optional<Posture> posture_from(std::string_view id);
inline bool sits_on_floor(Posture posture) {
  return posture == Posture::floor_sit || posture == Posture::floor_sit_crossed;
}

// Radii of the cut through the thigh about its middle, mm, at even angles from the front round over the inner side.
using CapOutline = std::array<float, 24>;

// What of a leg can touch the floor, and where the rest of the body joins it. Made once per atlas.
class LegFrame {
public:
  // Missing landmarks are taken from the size of an average leg, so that any atlas gives something.
  static LegFrame make(const Atlas& atlas);

  struct Joints {
    glm::vec3 knee{0}, ankle{0}, toe{0};
    glm::vec3 hip{0};   // on the line ankle - knee of the straight leg
    glm::vec3 cap{0};   // middle of the cut through the thigh
    glm::mat3 thigh{1}; // turned from where the thigh rests
    glm::mat3 foot{1};  // turned from where the foot rests
  };
  // In the space of the bent leg.
  Joints joints(const Pose& pose) const;

  // Lowest y of the bent leg below the knee once it is turned into the world.
  float lowest(const Pose& pose, const glm::mat3& turned) const;

  Side side() const { return side_; }
  float shank_mm() const { return shank_mm_; }       // knee joint to ankle joint
  float scale() const { return shank_mm_ / 409.0f; } // of a body whose shank is 409 mm (figure.h)
  const CapOutline& cap_outline() const { return cap_outline_; }
  float sole_y_mm() const { return sole_y_mm_; }
  float ankle_radius_mm() const { return ankle_radius_mm_; }

private:
  struct Support {
    glm::vec3 at{0};
    SkinBinding binding{};
  };
  std::vector<glm::mat4> matrices(const Pose& pose) const;

  Atlas skeleton_; // landmarks and segments only
  Side side_ = Side::right;
  int thigh_ = -1, foot_ = -1, toes_ = -1;
  glm::vec3 knee_{0}, ankle_{0}, toe_{0}, hip_{0}, cap_{0};
  float shank_mm_ = 409, sole_y_mm_ = -445, ankle_radius_mm_ = 34;
  CapOutline cap_outline_{};
  std::vector<Support> supports_;
};

// While both legs go, step after step: what the other one does, seen in the mirror.
struct OtherLeg {
  Pose pose{};
  float ahead_deg = 0;
  float hips_mm = 0;   // over the floor at least, of a shank of 409 mm; 0: as the feet carry them
  float amount = 1;    // 0 standing … 1 going
  float arms_bent = 0; // 0 hanging … 1 as in a run
  // Balls of the feet that have stood on the floor, before the hips, mm: on the model's side and the other.
  std::array<std::vector<float>, 2> prints{};
};

struct PlacementInput {
  Posture posture = Posture::standing;
  Pose pose{};
  // A place of the bent leg's skin, in the space of the bent leg, that rests at this height over the floor: on a tool,
  // its diameter less what it has flattened and sunk in. Only for sitting on the floor; without it the leg lies on
  // the floor with whatever hangs lowest.
  std::optional<glm::vec3> contact{};
  float contact_height_mm = 0;
  float contact_s = 0.45f; // its level; the tool rolls, so that the body travels twice as far
  float lift = 0;          // 0 … 1: hips off the floor
  float heel_mm = 0;       // lunge: how far the heel is off the floor
  float ahead_deg = 0;     // standing: how far the line from hip to ankle is swung forward
  std::optional<OtherLeg> other{};
};

// A rigid matrix, world_from_leg. Multiply the segment matrices of `pose` by it from the left.
glm::mat4 leg_placement(const LegFrame& leg, const PlacementInput& input);

// How far the heel's rise turns the foot about its ball, degrees; the toes stay on the floor if Pose::toes_deg is as
// much.
float heel_raise_deg(const LegFrame& leg, float heel_mm);

// The other thigh of somebody on a chair, its foot flat and its shank upright. `toward_other` is the sign of X from the
// model's hip to the other one.
struct SeatedThigh {
  glm::vec3 hip{0}, knee{0};
};
SeatedThigh seated_thigh(glm::vec3 model_hip, float toward_other, float spread_deg, float scale);

// Heights that both leg_placement and the figure keep, for a body of scale 1. Design choices.
inline constexpr float seat_to_hip_mm = 92; // from what one sits on to the hip joint
inline constexpr float hips_lift_mm = 55;   // how far the hands lift the hips
inline constexpr float chair_seat_mm = 415; // over the floor
inline constexpr float hips_apart_mm = 170; // hip joints
inline constexpr float ankle_over_floor_mm = 65;
inline constexpr float resting_share = 0.84f;  // of the other thigh, hip to knee, where the ankle rests on it …
inline constexpr float resting_radius_mm = 56; // … and how thick it is above its middle line there
inline constexpr float thigh_to_shank = 1.0f;  // hip joint to knee joint over knee joint to ankle joint

} // namespace calfscope
