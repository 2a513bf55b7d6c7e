#pragma once
// The words of the window, read once.

#include "base/catalogue.h"

#include <filesystem>

namespace calfscope::test {

inline const Catalogue& program_words() {
  static const Catalogue texts = [] {
    Catalogue loaded;
    IssueList issues;
    loaded.load(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/program/text/en.json", issues);
    return loaded;
  }();
  return texts;
}

} // namespace calfscope::test
