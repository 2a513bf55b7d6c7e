#pragma once
// JSON that remembers where each value stood in the text, so that every fault can name file, line and key.

#include "base/issue.h"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace calfscope {

class JsonDocument {
public:
  // Parses text of at most 16 MiB, with or without a byte order mark. A syntax fault, a number beyond double, a key
  // given twice, or nesting deeper than 100 gives nullopt and an issue with its line. `file` is the name shown in
  // issues.
  static std::optional<JsonDocument> parse(std::string_view text, std::string file, IssueList& issues);
  static std::optional<JsonDocument> load(const std::filesystem::path& path, IssueList& issues);

  const nlohmann::json& root() const { return root_; }
  const std::string& file() const { return file_; }

  // 1-based line on which the value (or, for members, its key) at a JSON pointer ("/structures/3/kind") begins.
  // A pointer to something absent gives the line of its nearest present parent.
  int line_of(std::string_view pointer) const;

private:
  nlohmann::json root_;
  std::string file_;
  std::map<std::string, int, std::less<>> lines_;
};

// Reads members of one JSON object with typed checks; every fault becomes an issue, and reading goes on.
class JsonReader {
public:
  // `pointer` leads to the value inside the document; issues get file, line and pointer from it.
  JsonReader(const JsonDocument& document, std::string pointer, IssueList& issues);

  bool is_object() const;
  bool is_array() const;
  bool has(std::string_view key) const;

  // Required members: an issue and the fallback if absent or of another type.
  std::string text(std::string_view key) const;
  double number(std::string_view key) const;
  bool boolean(std::string_view key) const;
  // Optional members: silent if absent, an issue if present with another type.
  std::optional<std::string> try_text(std::string_view key) const;
  std::optional<double> try_number(std::string_view key) const;
  std::optional<bool> try_boolean(std::string_view key) const;
  // Array of finite numbers; `count` > 0 demands exactly that many.
  std::vector<double> numbers(std::string_view key, std::size_t count = 0) const;
  std::vector<std::string> texts(std::string_view key) const;

  // Child object or array (an issue if absent or of the wrong type; the returned reader is then empty and silent).
  JsonReader object(std::string_view key) const;
  std::vector<JsonReader> elements(std::string_view key) const; // elements of an array member
  std::vector<JsonReader> elements() const;                     // elements of this array
  std::vector<std::string> keys() const;

  // Names every member that is not in the list: catches typing errors in keys.
  void allow_only(std::initializer_list<std::string_view> keys) const;

  // Adds an issue at this value or one of its members.
  void fault(std::string_view key, std::string message) const;
  const std::string& pointer() const { return pointer_; }
  const std::string& file() const { return document_->file(); }
  int line() const { return document_->line_of(pointer_); }
  const nlohmann::json* value() const { return value_; }

private:
  const nlohmann::json* member(std::string_view key, bool required, std::string_view expected) const;
  std::string pointer_to(std::string_view key) const;

  const JsonDocument* document_;
  std::string pointer_;
  IssueList* issues_;
  const nlohmann::json* value_ = nullptr;
};

} // namespace calfscope
