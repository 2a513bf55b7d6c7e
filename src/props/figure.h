#pragma once
// A calm figure of a person round the model's leg, without that leg: it ends where the model's own thigh is cut. World
// space as in leg_placement.h: mm, Y up, floor at y = 0, the person faces +Z.

#include "props/leg_placement.h"
#include "props/tool_mesh.h"

#include <array>
#include <optional>

namespace calfscope {

// The model's leg in the world, and what the hands hold.
struct FigureLeg {
  glm::vec3 knee{0}, ankle{0}, toe{0};
  glm::vec3 toes_ahead{0, 0, 1}; // level and unit: where the foot points as it stands, however it is bent
  glm::vec3 cap{0};              // middle of the cut through the thigh
  glm::vec3 cap_front{0, 0, 1};  // unit, the way to the front of the thigh there …
  glm::vec3 cap_inner{1, 0, 0};  // … and to its inner side
  CapOutline cap_outline{};
  glm::vec3 thigh_axis{0, 1, 0}; // unit, knee to hip
  float shank_mm = 409;          // knee joint to ankle joint: the figure's size
  bool right_side = true;
  std::optional<OtherLeg> other{}; // where it stands: both legs go
  float drinking = 0;              // 0 … 1: the hand on the model's side brings a glass to the mouth
  // Where the wrists are, if the hands work; else they rest as the posture says. 0 on the model's side.
  std::array<std::optional<glm::vec3>, 2> wrists{};
  std::array<std::optional<glm::vec3>, 2> forearms{}; // the unit way from there to the elbow that suits the hand best
  // False where a hand of hand_mesh.h stands, with its forearm: there the figure ends at its elbow.
  std::array<bool, 2> own_hands{true, true};
};
// A glass to drink from, of a body of scale 1.
inline constexpr float glass_high_mm = 118, glass_wide_mm = 40;

FigureLeg figure_leg(const LegFrame& leg, const Pose& pose, const glm::mat4& world_from_leg);

// Positions in the world, mm. Of two, the first is on the model's side.
struct FigureJoints {
  using Pair = std::array<glm::vec3, 2>;
  glm::vec3 pelvis{0}, chest{0}, neck{0}, head{0};
  Pair shoulder{}, elbow{}, wrist{}, hand{};
  Pair hip{}, knee{}, ankle{}, toe{};
  Pair palm{}; // unit, out of the back of each hand
  std::array<bool, 2> own_hands{true, true};
  glm::vec3 sole_up{0, 1, 0}, toe_way{0, 0, 1}; // unit, of the other foot
  glm::vec3 cap{0}, cap_front{0, 0, 1}, cap_inner{1, 0, 0};
  CapOutline cap_outline{};
  float scale = 1;                     // 1 for a shank of 409 mm
  bool right_side = true;              // of the model's leg
  std::optional<float> seat_y, wall_z; // of a chair's seat and of the wall, where the posture has them
  std::optional<glm::vec3> glass;      // the middle of what a hand holds …
  glm::vec3 glass_up{0, 1, 0};         // … and the unit way to its rim
  // Where feet have stood on the floor: the ball, and the unit way to the toes.
  struct Footprint {
    glm::vec3 ball{0}, way{0, 0, 1};
    bool operator==(const Footprint&) const = default;
  };
  std::vector<Footprint> prints;
  float prints_size = 1; // they grow as one sets off
  bool operator==(const FigureJoints&) const = default;
};

// `lift` 0 … 1: sitting on the floor, hips lifted on the hands.
FigureJoints figure_joints(Posture posture, const FigureLeg& leg, float lift);

// The same seen in a mirror across X = 0.
FigureJoints mirrored(FigureJoints joints);

// One surface per posture, made in that posture at scale 1 for a right leg, so that posing it bends it little.
struct Figure {
  TriMesh rest;
  FigureJoints joints;
  struct Binding {
    std::array<std::uint8_t, 2> bone{0, 0};
    float first = 1; // weight of the first bone
  };
  std::vector<Binding> binding; // per vertex
};
// Made when first asked for, about a third of a second each.
const Figure& figure(Posture posture);

// Closed, but for hands that it does not have.
TriMesh posed_figure(const Figure& figure, const FigureJoints& joints);

// The longest change of any bone's length against the figure's own, as a share: 0.1 for a tenth. For checks.
float most_stretched(const Figure& figure, const FigureJoints& joints);

// What the posture stands on, leans against or holds, in the world: "mat", "chair", "wall", "glass". The mat's top is
// the floor, y = 0; "prints" lie on it.
std::vector<PropPart> furniture(Posture posture, const FigureJoints& joints);

} // namespace calfscope
