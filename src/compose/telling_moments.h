#pragma once
// The moments of a technique that tell it in a few pictures: how it begins, where it differs most, how it ends.

#include "technique/timeline.h"

namespace calfscope {

// Seconds, rising, the first 0; `count` of them, fewer where the technique has no more that look different.
std::vector<double> telling_moments(const Timeline& timeline, std::size_t count);

} // namespace calfscope
