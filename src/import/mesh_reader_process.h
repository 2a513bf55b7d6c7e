#pragma once
// Runs the reader of foreign files as a process of its own.

#include "base/issue.h"
#include "import/mesh_stream.h"

#include <chrono>

namespace calfscope {

struct ReaderLimits {
  std::size_t memory_bytes = std::size_t{4} << 30;
  std::chrono::seconds time{60};
};

// nullopt and one issue naming the file and what happened (crash, time, memory, or what the reader itself says).
std::optional<std::vector<NamedMesh>> read_in_child(const std::filesystem::path& file, const ReaderLimits& limits,
                                                    IssueList& issues);

} // namespace calfscope
