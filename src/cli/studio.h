#pragma once
// What drawing without a display takes: a context, the shaders' place and the words.

#include "base/catalogue.h"
#include "platform/headless_context.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace calfscope {

struct Studio {
  std::unique_ptr<HeadlessContext> context;
  std::filesystem::path root; // for the Renderer
  Catalogue text;
};

// nullopt and an issue for each thing that this machine lacks.
std::optional<Studio> open_studio(IssueList& issues);

} // namespace calfscope
