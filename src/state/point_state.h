#pragma once
// Trigger points in the state: which content is open, which point is chosen, how far its pain has come.

#include "content/technique.h"
#include "frame/camera.h"

#include <glm/glm.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace calfscope {

struct AppState;
struct ContentPack;
struct BoundPoint;
struct TriggerPoint;
struct LookupResult;
struct PainMap;
struct PainMoment;

// The pain animation's own clock (conventions, "Time and pressure"). Not part of undo.
struct PainClock {
  double seconds = 10; // full
  bool playing = false;
  double speed = 1;
};
inline constexpr double pain_full_s = 10; // playing stops here; a hold goes on from there
inline constexpr double pain_last_s = 70; // end of a hold of 60 s

// A thumb on the chosen point. Not part of undo.
struct Press {
  double pressure = 0; // 0..10
  double reached = 0;  // the most since it began: on letting go the pain fades where it is, it does not creep back
  bool held = false;   // grows while held
  bool steady = false; // set to a value: neither grows nor fades
  bool any() const { return held || steady || pressure > 0; }
  bool operator==(const Press&) const = default;
};
inline constexpr double longest_leg_mm = 450;                            // knee joint line to Achilles insertion
inline constexpr double pressure_per_s = 1.25, pressure_eases_per_s = 5; // design choice: 4 s to the good range

// The brush of "Where does it hurt?". Not part of undo; what it paints is.
struct Brush {
  bool on = false;
  bool erase = false;
  float radius_mm = 14;
  float intensity = 1; // 0..1
};

// Where the brush would paint, as a line on the skin. World mm, posed.
struct BrushRing {
  glm::vec3 centre_mm{0};
  std::vector<glm::vec3> line_mm; // closed
};

// Opens a content pack, or closes it with null. The leg may be opened before or after.
void set_content(AppState& state, std::shared_ptr<const ContentPack> content);

// The chosen point as the pack says it and as it lies in this leg; null if none is chosen or this leg has no place for
// it.
const TriggerPoint* chosen_point(const AppState& state);
const BoundPoint* chosen_place(const AppState& state);

// How its pain stands: by the pressure on it while there is any, else by the clock.
PainMoment pain_now(const AppState& state, const PainMap& map);

// Whether any place is named or painted as hurting, and what overlaps with all of them.
bool hurts_somewhere(const AppState& state);
const LookupResult& looked_up(const AppState& state);

// Whether a point stands among the hotspots just now.
bool is_offered(const AppState& state, const TriggerPoint& point);

// From where the point and its pain are both seen.
Camera point_camera(const AppState& state, std::string_view point);

} // namespace calfscope
