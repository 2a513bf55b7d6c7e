#pragma once
// A technique as a content pack declares it: what is touched, how hard, for how long, and how the leg moves meanwhile.
// Angles as in pose.h (ankle + up, knee + bent, turn + toes in); places s, a as in leg_coordinates.h.

#include "content/claim.h"
#include "painmap/region_weights.h"

#include <optional>

namespace calfscope {

// What changes over a phase, each between its own bounds.
enum class Channel : std::uint8_t {
  knee_deg,
  ankle_deg,
  subtalar_deg,
  turn_deg,
  pressure,
  pull,
  lift,
  heel_mm,
  ahead_deg
};
inline constexpr std::array<std::string_view, 9> channel_ids{
    "knee_deg", "ankle_deg", "subtalar_deg", "turn_deg", "pressure", "pull", "lift", "heel_mm", "ahead_deg"};
// Ranges of the conventions; lift is the share of the body's weight that the posture can bring, heel_mm how far the
// heel has come off the floor, ahead_deg how far one who stands swings the leg, as the line from hip to ankle, forward
// of plumb (design choice).
inline constexpr std::array<Span, 9> channel_ranges{Span{0, 100},  Span{-50, 40}, Span{-15, 15},
                                                    Span{-30, 30}, Span{0, 10},   Span{0, 10},
                                                    Span{0, 1},    Span{0, 80},   Span{-45, 45}};
inline constexpr std::size_t channel_count = channel_ids.size();
// Of pressure (conventions, "Time and pressure"): light below, too much from 8 on.
inline constexpr double pressure_most = 10, pressure_good_from = 5, pressure_good_until = 7, pressure_too_much_from = 8;

// What one channel does during a phase. `keep` stays where the phase before left it.
struct Motion {
  enum class Kind : std::uint8_t { keep, to, swing, of_point };
  Kind kind = Kind::keep;
  float to = 0;
  Span swing;       // from the one end to the other and back
  float cycles = 1; // whole swings in the phase
};

enum class TouchAt : std::uint8_t { none, point, path, to_point, strokes };
inline constexpr std::array<std::string_view, 5> touch_ids{"none", "point", "path", "to_point", "strokes"};

struct Touch {
  TouchAt at = TouchAt::none;
  float from_s = 0, to_s = 0; // path and strokes; to_point starts at from_s
  std::optional<float> a_deg; // strokes; elsewhere the tool decides
  float strokes = 1;
  float rock_mm = 0; // to either side of the point, in whole cycles
  float rock_cycles = 0;
  bool along = false; // rocks along the leg instead of across it
  bool rocks_aside() const { return rock_mm > 0 && !along; }
};

// How both legs go, step after step; then the knee, the ankle and how far ahead the leg is follow from it.
enum class Pace : std::uint8_t { walk, jog };
inline constexpr std::array<std::string_view, 2> pace_ids{"walk", "jog"};
struct Gait {
  Pace pace = Pace::walk;
  float strides = 1; // two steps each, in the phase
};

struct Phase {
  std::string id;
  float seconds = 0;
  int loops = 1;
  std::optional<Span> allowed_s, allowed_loops; // what the sources allow; checked on reading
  Touch touch;
  std::array<Motion, channel_count> motion;
  std::optional<Gait> gait;
  bool breathing = false;     // 4 s in, 6 s out, felt in the pressure
  bool eases = false;         // tenderness falls
  bool pinned = false;        // the tool stays on its piece of skin
  bool ankle_to_knee = false; // the path must never turn back
  bool bent_joint = false;    // the hand's mistake
  bool drinks = false;        // a glass goes to the mouth
  bool changes_side = false;  // it ends here, and the other leg may follow
  std::string camera;         // a view, "contact", or empty for where it is
  Claim claim;
};

// A usual mistake: its phase as it is wrongly done.
struct Mistake {
  std::string phase;
  Phase shown;
  std::string tool;    // that it is done with; empty: the technique's own
  std::string posture; // the same
  Claim claim;
};

// How one point is reached.
struct TechniquePoint {
  std::string point;
  int reach = 0; // 2 well, 1 partly, 0 not
  bool offered = false;
  std::array<std::optional<float>, channel_count> own; // what "point" in a phase stands for
  std::optional<Span> grip_a_deg;                      // thumb and fingers on either side
  std::string posture;                                 // in which it is reached; empty: the technique's own
  Claim claim;
};

enum class TechniqueKind : std::uint8_t { press, stretch, prepare, after };
inline constexpr std::array<std::string_view, 4> technique_kind_ids{"press", "stretch", "prepare", "after"};

// Phases that are gone through several times.
struct Rounds {
  std::string from, to;
  int times = 1;
};

struct Technique {
  std::string id;
  TechniqueKind kind = TechniqueKind::press;
  std::vector<std::string> tools; // the first is offered first
  std::string posture;
  Span sets{1, 1};
  std::optional<Rounds> rounds;
  std::vector<Claim> claims, cautions;
  std::vector<TechniquePoint> points;
  std::array<Motion, channel_count> pose; // at its start
  std::vector<Phase> phases;
  std::vector<Mistake> mistakes;
  Origin origin;

  const TechniquePoint* reached(std::string_view point) const;
  const std::string& posture_on(std::string_view point) const; // empty: on none
  bool pins() const; // the foot moves in a phase while the tool stays on its piece of skin
};

enum class ToolShape : std::uint8_t { cylinder, sphere, beads, digit, pincer };
inline constexpr std::array<std::string_view, 5> tool_shape_ids{"cylinder", "sphere", "beads", "digit", "pincer"};

struct Tool {
  std::string id;
  ToolShape shape = ToolShape::sphere;
  float diameter_mm = 0;
  float length_mm = 0; // of a cylinder or stick
  float give = 0;      // 0 does not flatten; at 1 it would give as much as the tissue
  Claim claim;
};

// In the order in which they are offered.
inline constexpr std::array<std::string_view, 10> technique_ids{
    "warm_up",     "foam_roller",     "massage_ball",          "massage_stick",     "thumb_pressure",
    "pincer_grip", "pin_and_stretch", "stretch_knee_straight", "stretch_knee_bent", "after_care"};

} // namespace calfscope
