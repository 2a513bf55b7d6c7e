#pragma once
// What lies under the pointer. What is seen is what is picked: structures that are faint or cut away let the ray
// through.

#include "frame/frame.h"
#include "state/app_state.h"

#include <memory>
#include <optional>

namespace calfscope {

class Picker {
public:
  Picker();
  ~Picker();
  Picker(Picker&&) noexcept;
  Picker& operator=(Picker&&) noexcept;

  // `at`: fractions of the target, 0..1 from its top left. `frame` is what compose made of this state for a target of
  // this size. Rays are built anew only when the leg or its pose changes.
  std::optional<PickResult> pick(const AppState& state, const Frame& frame, glm::ivec2 size, glm::vec2 at);

private:
  struct Cache;
  std::unique_ptr<Cache> cache_;
};

// Picks in state.viewport and hovers or clicks what is there.
void hover_at(AppState& state, Picker& picker, glm::vec2 at);
void click_at(AppState& state, Picker& picker, glm::vec2 at);

} // namespace calfscope
