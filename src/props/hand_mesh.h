#pragma once
// A right hand with its forearm, in the grips that techniques use. A left hand is its mirror image across X.
//
// Space: mm. The nose of the pressing pad lies at the origin and presses along +Z, into the leg; +Y is toward the
// person's own elbow, so that wrist and forearm leave toward -Z and +Y; X runs across the pad. Fingers may wrap round a
// calf (a cylinder of 55 mm radius along Y whose surface touches z = 0 at the origin) and stay outside it.

#include "geometry/trimesh.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace calfscope {

enum class Grip : std::uint8_t {
  thumb_press,    // the thumb presses, the fingers lie round the calf
  pincer_thumb,   // the pincer hand, with its thumb at the origin
  pincer_fingers, // the same with the middle of its two finger pads at the origin
  stick_grip,     // a fist round a rod along X through the origin
  flat            // the palm on the plane z = 0, fingers toward -Y
};
inline constexpr std::array<std::string_view, 5> grip_ids{"thumb_press", "pincer_thumb", "pincer_fingers", "stick_grip",
                                                          "flat"};

// Pads of the pincer in hand_mesh stand this far apart.
inline constexpr float pincer_rest_mm = 62;

// The rod that stick_grip is made for, mm across.
inline constexpr float stick_grip_rod_mm = 30;

// Made in about a tenth of a second, and not kept.
TriMesh hand_mesh(Grip grip);

// Where a hand hangs on its arm, in the space of the grip.
struct HandAnchor {
  glm::vec3 wrist{0};
  glm::vec3 elbow{0, 1, 0}; // unit, from the wrist
};
HandAnchor hand_anchor(Grip grip);
HandAnchor pincer_anchor(float width_mm);

// The hand with its forearm turned about the wrist toward an elbow that lies `toward` from it, as far as a wrist gives,
// and nearly as long; everything in the space of the grip, mm. Under a millisecond.
TriMesh with_elbow(TriMesh hand, const HandAnchor& anchor, glm::vec3 toward);

// Puts the origin of a grip on the skin, pressing `into` the leg, with its own elbow's side toward a direction. All in
// one space, unit or not. For a left hand mirror the mesh first: X becomes -X.
glm::mat4 hand_placement(glm::vec3 skin, glm::vec3 into, glm::vec3 toward_elbow);

// Thumb and two fingers against each other: thumb pad at (-width/2, 0, 0) pressing toward +X, the pads of index and
// middle finger on both sides of (+width/2, 0, 0) along Y pressing toward -X, the hand coming from -Z. 25 … 110 mm.
TriMesh pincer(float width_mm);

} // namespace calfscope
