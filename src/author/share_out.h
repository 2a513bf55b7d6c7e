#pragma once
// Muscles take their places: volumes solved, the aponeurosis laid, bellies cut by everything harder.

#include "author/build.h"

namespace calfscope {

// Fills the belly of every packed muscle, the field of the calcaneal tendon, and leg.muscles (growths as solved).
void share_out(BuiltLeg& leg, const AnatomyDescription& anatomy, const ScalarGrid& bones,
               const BuildSettings& settings);

} // namespace calfscope
