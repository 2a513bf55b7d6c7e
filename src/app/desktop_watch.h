#pragma once
// Asks the desktop for its theme without keeping the window waiting.

#include <functional>
#include <memory>
#include <optional>

namespace calfscope {

class DesktopWatch {
public:
  // `ask` may take its time and runs on a thread of its own; `wake` is called from there when it has answered.
  DesktopWatch(std::function<std::optional<bool>()> ask, std::function<void()> wake);
  ~DesktopWatch(); // does not wait for an answer, which then wakes nobody
  DesktopWatch(const DesktopWatch&) = delete;
  DesktopWatch& operator=(const DesktopWatch&) = delete;

  void begin();                    // asks, unless an answer is awaited already
  std::optional<bool> take_dark(); // once per answer; nullopt also if the desktop has no opinion

private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

} // namespace calfscope
