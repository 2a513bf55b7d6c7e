#pragma once
// The one place where a right leg becomes a left one.

#include "anatomy/atlas.h"

namespace calfscope {

// The atlas as seen in a mirror across X = 0: positions, normals, fibres, winding, landmarks, joint centres and axes.
// Joint angles keep their meaning (dorsiflexion stays positive). `side` is swapped, `stored_side` is kept.
Atlas mirrored(const Atlas& atlas);

// The atlas on the side asked for: itself, or mirrored.
Atlas on_side(Atlas atlas, Side side);

} // namespace calfscope
