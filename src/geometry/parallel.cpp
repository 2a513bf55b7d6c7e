#include "geometry/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace calfscope {

void parallel_for(int begin, int end, const std::function<void(int)>& work) {
  const int count = end - begin;
  if (count <= 0)
    return;
  const int workers = std::min({count, 8, static_cast<int>(std::max(1u, std::thread::hardware_concurrency()))});
  std::atomic<int> next{begin};
  std::exception_ptr failure;
  std::mutex failure_guard;
  const auto take = [&] {
    for (int i = next++; i < end; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::scoped_lock lock(failure_guard);
        if (!failure)
          failure = std::current_exception();
        next = end;
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 1; i < workers; ++i)
      threads.emplace_back(take);
    take();
  }
  if (failure)
    std::rethrow_exception(failure);
}

} // namespace calfscope
