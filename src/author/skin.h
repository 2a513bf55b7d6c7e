#pragma once
// The skin: a smooth closing of everything under it, fat by region, toes, sole, and the declared girths.

#include "author/description.h"
#include "geometry/scalar_grid.h"

#include <functional>

namespace calfscope {

// Field of the skin, negative inside. `inside` is any field that is negative in some structure and right next to their
// surfaces; the result keeps at least least_cover_mm over all of it.
ScalarGrid build_skin(const SkinDescription& skin, const ScalarGrid& inside,
                      const std::function<void(double)>& progress);

// Length of the outline of the body's section at height y; 0 if there is none.
double girth_mm(const TriMesh& mesh, float y_mm);

} // namespace calfscope
