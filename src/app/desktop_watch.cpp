#include "app/desktop_watch.h"

#include <mutex>
#include <thread>
#include <utility>

namespace calfscope {

// Outlives the watch while its thread still waits for the desktop.
struct DesktopWatch::Shared {
  std::mutex mutex;
  std::function<std::optional<bool>()> ask;
  std::function<void()> wake;
  bool asking = false;
  std::optional<bool> answer;
};

DesktopWatch::DesktopWatch(std::function<std::optional<bool>()> ask, std::function<void()> wake)
    : shared_(std::make_shared<Shared>()) {
  shared_->ask = std::move(ask);
  shared_->wake = std::move(wake);
}

DesktopWatch::~DesktopWatch() {
  const std::lock_guard lock(shared_->mutex);
  shared_->wake = [] {};
}

void DesktopWatch::begin() {
  {
    const std::lock_guard lock(shared_->mutex);
    if (std::exchange(shared_->asking, true))
      return;
  }
  std::thread([shared = shared_] {
    const auto answer = shared->ask();
    const std::lock_guard lock(shared->mutex);
    shared->asking = false;
    shared->answer = answer;
    shared->wake();
  }).detach();
}

std::optional<bool> DesktopWatch::take_dark() {
  const std::lock_guard lock(shared_->mutex);
  return std::exchange(shared_->answer, std::nullopt);
}

} // namespace calfscope
