#pragma once
// Tells when a file of a content pack was saved, so that the running window shows it. Costs nothing while nothing
// happens: the system wakes it.

#include <filesystem>
#include <functional>
#include <memory>

namespace calfscope {

class ContentWatch {
public:
  // `wake` is called from a thread of its own. A folder that cannot be watched is not watched; nothing else changes.
  ContentWatch(const std::filesystem::path& folder, std::function<void()> wake);
  ~ContentWatch(); // ends the thread
  ContentWatch(const ContentWatch&) = delete;
  ContentWatch& operator=(const ContentWatch&) = delete;

  bool take_changed(); // true once after one or more files were saved

private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

} // namespace calfscope
