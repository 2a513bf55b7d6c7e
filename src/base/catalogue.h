#pragma once
// All text that a person sees, by key. Code names keys ("panel.layers.title"), never sentences.

#include "base/issue.h"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace calfscope {

class Catalogue {
public:
  // Adds the texts of a file { "key": "text", … }; nested objects join keys with dots. Later files win.
  // false and issues if it cannot be read; what was loaded before stays.
  bool load(const std::filesystem::path& file, IssueList& issues);
  void set(std::string key, std::string text) { texts_[std::move(key)] = std::move(text); }

  bool has(std::string_view key) const { return texts_.find(key) != texts_.end(); }
  // The text; a missing key gives "[key]", which is ugly on purpose and found by a test (missing_keys).
  const std::string& operator()(std::string_view key) const;
  // The text with {name} replaced by the value given for name.
  std::string format(std::string_view key,
                     std::initializer_list<std::pair<std::string_view, std::string>> values) const;

  // Keys that were asked for and not found since the start.
  const std::set<std::string, std::less<>>& missing_keys() const { return missing_; }
  std::vector<std::string> keys() const;

private:
  std::map<std::string, std::string, std::less<>> texts_;
  mutable std::set<std::string, std::less<>> missing_;
  mutable std::map<std::string, std::string, std::less<>> placeholders_;
};

} // namespace calfscope
