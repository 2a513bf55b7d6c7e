#include "app/model_loader.h"

#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace calfscope {

// Outlives the loader while a thread still reads: reading a large file cannot be broken off.
struct ModelLoader::Shared {
  std::mutex mutex;
  int newest = 0;
  int running = 0;
  bool busy = false;
  std::optional<Outcome> done;
  std::function<void()> wake;
};

ModelLoader::ModelLoader(OpenModel open, std::function<void()> wake)
    : open_(std::move(open)), shared_(std::make_shared<Shared>()) {
  shared_->wake = std::move(wake);
}

void ModelLoader::begin(std::string path, std::string unit) {
  path_ = path;
  int ticket = 0;
  {
    const std::lock_guard lock(shared_->mutex);
    ticket = ++shared_->newest;
    ++shared_->running;
    shared_->busy = true;
    shared_->done.reset();
  }
  std::thread([shared = shared_, open = open_, path = std::move(path), unit = std::move(unit), ticket] {
    Outcome outcome{path, nullptr, {}};
    try {
      if (auto atlas = open(path, unit, outcome.issues))
        outcome.atlas = std::make_shared<const Atlas>(std::move(*atlas));
    } catch (const std::exception& error) {
      outcome.issues.error(path, 0, "", error.what());
    }
    const std::lock_guard lock(shared->mutex);
    --shared->running;
    if (ticket != shared->newest)
      return;
    shared->busy = false;
    shared->done = std::move(outcome);
    shared->wake();
  }).detach();
}

bool ModelLoader::busy() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->busy;
}

bool ModelLoader::any_running() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->running > 0;
}

std::optional<ModelLoader::Outcome> ModelLoader::take() {
  const std::lock_guard lock(shared_->mutex);
  return std::exchange(shared_->done, std::nullopt);
}

} // namespace calfscope
