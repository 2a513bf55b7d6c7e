#pragma once
// A state with the leg and the content that ship.

#include "content/shipped.h"
#include "sample_state.h"
#include "state/replace_content.h"

namespace calfscope::test {

inline AppState open_shipped(Side side = Side::right) {
  AppState state;
  open_leg(state, shipped_leg().atlas, side);
  set_content(state, shipped_content());
  return state;
}

} // namespace calfscope::test
