#pragma once
// The sheet on the back of the soleus and the cord it gathers into.

#include "author/description.h"
#include "geometry/scalar_grid.h"

namespace calfscope {

struct AchillesFields {
  ScalarGrid tendon; // sheet and cord, negative inside
  ScalarGrid behind; // negative from the cord to 20 mm behind it, where the muscle may not lie
};

// `carrier` is the packed muscle the sheet lies on, `cord` the field of the cord, both on one frame.
AchillesFields build_achilles(const Aponeurosis& sheet, const ScalarGrid& carrier, const ScalarGrid& cord,
                              float cord_top_mm);

} // namespace calfscope
