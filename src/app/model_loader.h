#pragma once
// Opens models on a thread of its own, so that the window goes on living meanwhile.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace calfscope {

// What --model or a dropped file leads to. nullopt and issues if there is nothing to show.
using OpenModel =
    std::function<std::optional<Atlas>(const std::string& path, const std::string& unit, IssueList& issues)>;

class ModelLoader {
public:
  // `wake` is called from the thread when a model is ready.
  ModelLoader(OpenModel open, std::function<void()> wake);

  // A newer request supersedes an older one, whose result is dropped.
  void begin(std::string path, std::string unit);
  bool busy() const;                                // the newest request is not finished
  bool any_running() const;                         // nor any older one
  const std::string& path() const { return path_; } // of the newest request

  struct Outcome {
    std::string path;
    std::shared_ptr<const Atlas> atlas; // null if it could not be opened
    IssueList issues;
  };
  std::optional<Outcome> take(); // once per finished request

private:
  struct Shared;
  OpenModel open_;
  std::shared_ptr<Shared> shared_;
  std::string path_;
};

} // namespace calfscope
