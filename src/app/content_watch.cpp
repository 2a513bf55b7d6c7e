#include "app/content_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <thread>

namespace calfscope {
namespace {

// An editor writes several times, and a pack has several files: they are waited for this long.
constexpr int settle_ms = 200;

} // namespace

struct ContentWatch::Shared {
  int events = -1;
  int stop = -1;
  std::atomic<bool> changed = false;
  std::thread thread;

  void run(const std::function<void()>& wake) {
    bool pending = false;
    while (true) {
      std::array<pollfd, 2> wait{{{events, POLLIN, 0}, {stop, POLLIN, 0}}};
      const int ready = poll(wait.data(), wait.size(), pending ? settle_ms : -1);
      if (ready < 0 || wait[1].revents != 0)
        return;
      if (ready == 0) {
        pending = false;
        changed = true;
        wake();
        continue;
      }
      alignas(inotify_event) std::array<char, 8192> buffer;
      if (read(events, buffer.data(), buffer.size()) <= 0)
        return;
      pending = true;
    }
  }
};

ContentWatch::ContentWatch(const std::filesystem::path& folder, std::function<void()> wake)
    : shared_(std::make_unique<Shared>()) {
  shared_->events = inotify_init1(IN_CLOEXEC);
  shared_->stop = eventfd(0, EFD_CLOEXEC);
  if (shared_->events < 0 || shared_->stop < 0 || folder.empty())
    return;
  constexpr std::uint32_t saved = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE;
  const bool watched = inotify_add_watch(shared_->events, folder.c_str(), saved) >= 0;
  for (const char* part : {"text", "techniques"})
    inotify_add_watch(shared_->events, (folder / part).c_str(), saved);
  if (watched)
    shared_->thread = std::thread([shared = shared_.get(), wake = std::move(wake)] { shared->run(wake); });
}

ContentWatch::~ContentWatch() {
  if (shared_->thread.joinable()) {
    const std::uint64_t one = 1;
    if (write(shared_->stop, &one, sizeof one) == sizeof one)
      shared_->thread.join();
    else
      shared_->thread.detach();
  }
  if (shared_->events >= 0)
    close(shared_->events);
  if (shared_->stop >= 0)
    close(shared_->stop);
}

bool ContentWatch::take_changed() {
  return shared_->changed.exchange(false);
}

} // namespace calfscope
