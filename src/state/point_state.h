#pragma once
// Trigger points in the state: which content is open, which point is chosen, how far its pain has come.

#include "frame/camera.h"

#include <memory>
#include <string_view>

namespace calfscope {

struct AppState;
struct ContentPack;
struct BoundPoint;
struct TriggerPoint;

// The pain animation's own clock (conventions, "Time and pressure"). Not part of undo.
struct PainClock {
  double seconds = 10; // full
  bool playing = false;
  double speed = 1;
};
inline constexpr double pain_full_s = 10; // playing stops here; a hold goes on from there
inline constexpr double pain_last_s = 70; // end of a hold of 60 s

// Opens a content pack, or closes it with null. The leg may be opened before or after.
void set_content(AppState& state, std::shared_ptr<const ContentPack> content);

// The chosen point as the pack says it and as it lies in this leg; null if none is chosen or this leg has no place for
// it.
const TriggerPoint* chosen_point(const AppState& state);
const BoundPoint* chosen_place(const AppState& state);

// Whether a point stands among the hotspots just now.
bool is_offered(const AppState& state, const TriggerPoint& point);

// From where the point and its pain are both seen.
Camera point_camera(const AppState& state, std::string_view point);

} // namespace calfscope
