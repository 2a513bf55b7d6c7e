#pragma once
// Splitting a loop over the processor's cores.

#include <functional>

namespace calfscope {

// Calls work(i) for every i in [begin, end), on as many threads as there are cores (at most 8). Each i runs exactly
// once; the order is not fixed, so work(i) must write only what belongs to i. The first exception is passed on.
void parallel_for(int begin, int end, const std::function<void(int)>& work);

} // namespace calfscope
