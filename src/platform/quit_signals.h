#pragma once
// SIGTERM and SIGINT as a wish to quit, noticed by a loop that sleeps.

#include <functional>
#include <memory>

namespace calfscope {

// While it lives, SIGTERM, SIGINT and SIGHUP do not end the process; `on_signal` is called on a thread of its own. A
// second signal ends the process at once, so that a stuck program can still be stopped. One at a time.
class QuitSignals {
public:
  explicit QuitSignals(std::function<void()> on_signal);
  ~QuitSignals();
  QuitSignals(const QuitSignals&) = delete;
  QuitSignals& operator=(const QuitSignals&) = delete;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace calfscope
