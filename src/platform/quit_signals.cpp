#include "platform/quit_signals.h"

#include <atomic>
#include <csignal>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

namespace calfscope {
namespace {

constexpr int watched_signals[] = {SIGTERM, SIGINT, SIGHUP};

std::atomic<int> write_end{-1}; // a signal handler can reach nothing else

// Only calls that are safe inside a handler: one byte wakes the thread that reads the pipe.
void pass_on(int signal) {
  const char byte = 's';
  [[maybe_unused]] const auto written = write(write_end.load(), &byte, 1);
  std::signal(signal, SIG_DFL);
}

} // namespace

struct QuitSignals::Impl {
  int read_end = -1;
  std::thread listener;
};

QuitSignals::QuitSignals(std::function<void()> on_signal) : impl_(std::make_unique<Impl>()) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    throw std::runtime_error("cannot watch for signals: no pipe left");
  impl_->read_end = ends[0];
  write_end = ends[1];
  impl_->listener = std::thread([read_end = ends[0], on_signal = std::move(on_signal)] {
    char byte = 0;
    while (read(read_end, &byte, 1) == 1 && byte == 's')
      on_signal();
  });
  for (const int number : watched_signals)
    std::signal(number, pass_on);
}

QuitSignals::~QuitSignals() {
  for (const int number : watched_signals)
    std::signal(number, SIG_DFL);
  const int end = write_end.exchange(-1);
  const char byte = 'q';
  [[maybe_unused]] const auto written = write(end, &byte, 1);
  impl_->listener.join();
  close(end);
  close(impl_->read_end);
}

} // namespace calfscope
