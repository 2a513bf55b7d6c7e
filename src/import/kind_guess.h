#pragma once
// What kind of tissue a name speaks of.

#include "anatomy/kinds.h"

#include <string_view>

namespace calfscope {

// English and Latin words of the leg, in any case, with spaces, dots or underscores: "Soleus.r" is muscle,
// "tibial nerve" is nerve, "Cube" is other.
Kind kind_guessed_from(std::string_view name);

} // namespace calfscope
