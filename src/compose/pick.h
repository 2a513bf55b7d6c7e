#pragma once
// What lies under the pointer. What is seen is what is picked: structures that are faint or cut away let the ray
// through.

#include "frame/frame.h"
#include "state/app_state.h"

#include <memory>
#include <optional>
#include <span>

namespace calfscope {

// A point of the skin that is seen from outside, whatever else is shown and however clear the skin is.
struct SkinHit {
  PaintSpot spot;
  glm::vec3 position{0}; // mm, posed
  glm::vec3 at_rest{0};  // mm
  glm::vec3 normal{0};   // unit, outward
  float distance_mm = 0; // from the ray's origin
};

class Picker {
public:
  Picker();
  ~Picker();
  Picker(Picker&&) noexcept;
  Picker& operator=(Picker&&) noexcept;

  // `at`: fractions of the target, 0..1 from its top left. `frame` is what compose made of this state for a target of
  // this size. Rays are built anew only when the leg or its pose changes.
  std::optional<PickResult> pick(const AppState& state, const Frame& frame, glm::ivec2 size, glm::vec2 at);

  // The skin under the same place: nothing where it was cut away or where one looks at it from within.
  std::optional<SkinHit> skin_under(const AppState& state, const Frame& frame, glm::ivec2 size, glm::vec2 at);
  // A circle of this radius around it, laid on the skin.
  BrushRing ring_around(const AppState& state, const SkinHit& hit, float radius_mm) const;

private:
  void follow(const AppState& state, const Frame& frame);
  struct Cache;
  std::unique_ptr<Cache> cache_;
};

// Picks in state.viewport and hovers or clicks what is there.
void hover_at(AppState& state, Picker& picker, glm::vec2 at);
void click_at(AppState& state, Picker& picker, glm::vec2 at);
// The trigger point whose hotspot is there; empty if none is.
std::string hotspot_at(const AppState& state, glm::vec2 at);

// The tool of the technique that is shown: whether it is what one sees there, and taking it where the skin is. True if
// there is skin.
bool is_tool_at(const AppState& state, Picker& picker, glm::vec2 at);
bool carry_tool_to(AppState& state, Picker& picker, glm::vec2 at);

// The brush: where it would paint, and painting from place to place. True if there is skin.
bool point_brush_at(AppState& state, Picker& picker, glm::vec2 at);
// `depth_mm` is kept from piece to piece of a stroke and empty at its beginning: a hand that slips off the heel does
// not paint the calf behind it.
bool paint_along(AppState& state, Picker& picker, std::span<const glm::vec2> places, std::optional<float>& depth_mm);

} // namespace calfscope
