#include "base/json_document.h"

#include "base/files.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

using nlohmann::json;

constexpr int max_depth = 100;
// Every value costs a hundred bytes and more once its place is noted, so the text itself must stay small.
constexpr std::size_t max_bytes = 16u << 20;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::string escaped(std::string_view key) {
  std::string out;
  for (char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

// Walks text that the JSON library has already accepted and notes the line on which each value begins.
class LineFinder {
public:
  LineFinder(std::string_view text, std::map<std::string, int, std::less<>>& lines) : text_(text), lines_(lines) {}

  // Empty if fine, else what is wrong at line().
  std::string run() {
    value("", line_now());
    return fault_;
  }
  int line() const { return line_; }

private:
  int line_now() {
    skip_space();
    return line_;
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
      if (text_[at_++] == '\n')
        ++line_;
  }

  std::string string_token() {
    const std::size_t start = at_++;
    while (at_ < text_.size() && text_[at_] != '"')
      at_ += text_[at_] == '\\' ? 2 : 1;
    ++at_;
    return json::parse(text_.substr(start, at_ - start)).get<std::string>();
  }

  void value(const std::string& pointer, int start_line) {
    lines_[pointer] = start_line;
    if (++depth_ > max_depth)
      fault_ = "is nested more than 100 levels deep";
    skip_space();
    if (!fault_.empty() || at_ >= text_.size())
      return;
    if (text_[at_] == '{')
      object(pointer);
    else if (text_[at_] == '[')
      array(pointer);
    else if (text_[at_] == '"')
      string_token();
    else
      while (at_ < text_.size() && std::string_view(",]} \n\t\r").find(text_[at_]) == std::string_view::npos)
        ++at_;
    --depth_;
  }

  void object(const std::string& pointer) {
    ++at_;
    skip_space();
    while (fault_.empty() && at_ < text_.size() && text_[at_] != '}') {
      const int key_line = line_;
      const std::string child = pointer + "/" + escaped(string_token());
      if (lines_.contains(child)) {
        fault_ = "key " + child + " is given twice";
        return;
      }
      skip_space();
      ++at_; // the colon
      value(child, key_line);
      skip_space();
      if (at_ < text_.size() && text_[at_] == ',')
        ++at_;
      skip_space();
    }
    ++at_;
  }

  void array(const std::string& pointer) {
    ++at_;
    skip_space();
    for (int index = 0; fault_.empty() && at_ < text_.size() && text_[at_] != ']'; ++index) {
      value(pointer + "/" + std::to_string(index), line_);
      skip_space();
      if (at_ < text_.size() && text_[at_] == ',')
        ++at_;
      skip_space();
    }
    ++at_;
  }

  std::string_view text_;
  std::map<std::string, int, std::less<>>& lines_;
  std::size_t at_ = 0;
  int line_ = 1;
  int depth_ = 0;
  std::string fault_;
};

// Depth check before the recursive library parser sees the text: 100 000 brackets would overflow its stack of values.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > max_depth)
        return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

// Where the library stopped: it tells the place of a syntax fault, and of a number too large only the number itself.
std::size_t place_of(const json::exception& error, std::string_view text) {
  if (const auto* syntax = dynamic_cast<const json::parse_error*>(&error))
    return std::min<std::size_t>(syntax->byte, text.size());
  const std::string_view message = error.what();
  const std::size_t open = message.find('\''), close = message.rfind('\'');
  if (open == std::string_view::npos || close <= open + 1)
    return 0;
  const std::size_t found = text.find(message.substr(open + 1, close - open - 1));
  return found == std::string_view::npos ? 0 : found;
}

// One letter changed, added, left out or two swapped.
bool nearly(std::string_view given, std::string_view known) {
  if (given.size() > known.size())
    std::swap(given, known);
  if (known.size() - given.size() > 1 || given.size() < 2)
    return false;
  std::size_t same = 0;
  while (same < given.size() && given[same] == known[same])
    ++same;
  given.remove_prefix(same);
  known.remove_prefix(same);
  if (known.size() > given.size())
    return known.substr(1) == given;
  if (given.size() < 2 || given.substr(1) == known.substr(1))
    return true;
  return given[0] == known[1] && given[1] == known[0] && given.substr(2) == known.substr(2);
}

std::string type_name(const json& value) {
  if (value.is_string())
    return "a text";
  if (value.is_number())
    return "a number";
  if (value.is_boolean())
    return "true or false";
  if (value.is_object())
    return "an object";
  if (value.is_array())
    return "a list";
  return "null";
}

} // namespace

std::optional<JsonDocument> JsonDocument::parse(std::string_view text, std::string file, IssueList& issues) {
  JsonDocument document;
  document.file_ = std::move(file);
  if (text.size() > max_bytes) {
    issues.error(document.file_, 0, "", "is larger than the limit of " + std::to_string(max_bytes >> 20) + " MiB");
    return std::nullopt;
  }
  if (text.starts_with(byte_order_mark))
    text.remove_prefix(byte_order_mark.size());
  if (too_deep(text)) {
    issues.error(document.file_, 0, "", "is nested more than 100 levels deep");
    return std::nullopt;
  }
  try {
    document.root_ = json::parse(text);
  } catch (const json::exception& error) {
    const auto stopped = text.begin() + static_cast<std::ptrdiff_t>(place_of(error, text));
    const int line = 1 + static_cast<int>(std::count(text.begin(), stopped, '\n'));
    // The library's sentence begins with its own error number in brackets.
    std::string reason = error.what();
    if (const auto cut = reason.find("] "); cut != std::string::npos)
      reason = reason.substr(cut + 2);
    issues.error(document.file_, line, "", "is not valid JSON: " + reason);
    return std::nullopt;
  }
  LineFinder finder(text, document.lines_);
  if (const std::string fault = finder.run(); !fault.empty()) {
    issues.error(document.file_, finder.line(), "", fault);
    return std::nullopt;
  }
  return document;
}

std::optional<JsonDocument> JsonDocument::load(const std::filesystem::path& path, IssueList& issues) {
  const auto text = read_text(path, issues, max_bytes);
  if (!text)
    return std::nullopt;
  return parse(*text, path.string(), issues);
}

int JsonDocument::line_of(std::string_view pointer) const {
  while (true) {
    if (const auto found = lines_.find(pointer); found != lines_.end())
      return found->second;
    const auto cut = pointer.rfind('/');
    if (cut == std::string_view::npos)
      return 1;
    pointer = pointer.substr(0, cut);
  }
}

JsonReader::JsonReader(const JsonDocument& document, std::string pointer, IssueList& issues)
    : document_(&document), pointer_(std::move(pointer)), issues_(&issues) {
  const json::json_pointer place(pointer_);
  if (document.root().contains(place))
    value_ = &document.root().at(place);
  else if (pointer_.empty())
    value_ = &document.root();
}

bool JsonReader::is_object() const {
  return value_ && value_->is_object();
}
bool JsonReader::is_array() const {
  return value_ && value_->is_array();
}
bool JsonReader::has(std::string_view key) const {
  return is_object() && value_->contains(std::string(key));
}

std::string JsonReader::pointer_to(std::string_view key) const {
  return key.empty() ? pointer_ : pointer_ + "/" + escaped(key);
}

void JsonReader::fault(std::string_view key, std::string message) const {
  const std::string place = pointer_to(key);
  issues_->error(document_->file(), document_->line_of(place), place.empty() ? place : place.substr(1),
                 std::move(message));
}

const json* JsonReader::member(std::string_view key, bool required, std::string_view expected) const {
  if (!value_)
    return nullptr; // an absent parent has been reported already
  if (!value_->is_object()) {
    fault("", "is " + type_name(*value_) + ", an object was expected");
    return nullptr;
  }
  const auto found = value_->find(std::string(key));
  if (found != value_->end())
    return &*found;
  if (required)
    fault(key, "is missing, " + std::string(expected) + " was expected");
  return nullptr;
}

std::optional<std::string> JsonReader::try_text(std::string_view key) const {
  const json* found = member(key, false, "a text");
  if (!found)
    return std::nullopt;
  if (found->is_string())
    return found->get<std::string>();
  fault(key, "is " + type_name(*found) + ", a text was expected");
  return std::nullopt;
}

std::optional<double> JsonReader::try_number(std::string_view key) const {
  const json* found = member(key, false, "a number");
  if (!found)
    return std::nullopt;
  if (found->is_number() && std::isfinite(found->get<double>()))
    return found->get<double>();
  fault(key, "is " + type_name(*found) + ", a finite number was expected");
  return std::nullopt;
}

std::optional<bool> JsonReader::try_boolean(std::string_view key) const {
  const json* found = member(key, false, "true or false");
  if (!found)
    return std::nullopt;
  if (found->is_boolean())
    return found->get<bool>();
  fault(key, "is " + type_name(*found) + ", true or false was expected");
  return std::nullopt;
}

std::string JsonReader::text(std::string_view key) const {
  return member(key, true, "a text") ? try_text(key).value_or("") : "";
}

double JsonReader::number(std::string_view key) const {
  return member(key, true, "a number") ? try_number(key).value_or(0.0) : 0.0;
}

bool JsonReader::boolean(std::string_view key) const {
  return member(key, true, "true or false") && try_boolean(key).value_or(false);
}

std::vector<double> JsonReader::numbers(std::string_view key, std::size_t count) const {
  std::vector<double> out;
  const json* found = member(key, true, "a list of numbers");
  if (!found)
    return out;
  const bool all_numbers = found->is_array() && std::all_of(found->begin(), found->end(), [](const json& element) {
                             return element.is_number() && std::isfinite(element.get<double>());
                           });
  if (!all_numbers || (count > 0 && found->size() != count)) {
    fault(key, count > 0 ? "must be a list of " + std::to_string(count) + " finite numbers"
                         : "must be a list of finite numbers");
    return out;
  }
  for (const json& element : *found)
    out.push_back(element.get<double>());
  return out;
}

std::vector<std::string> JsonReader::texts(std::string_view key) const {
  std::vector<std::string> out;
  const json* found = member(key, true, "a list of texts");
  if (!found)
    return out;
  if (!found->is_array() ||
      !std::all_of(found->begin(), found->end(), [](const json& element) { return element.is_string(); })) {
    fault(key, "must be a list of texts");
    return out;
  }
  for (const json& element : *found)
    out.push_back(element.get<std::string>());
  return out;
}

JsonReader JsonReader::object(std::string_view key) const {
  JsonReader child = *this;
  const json* found = member(key, true, "an object");
  child.pointer_ = pointer_to(key);
  child.value_ = nullptr;
  if (found && found->is_object())
    child.value_ = found;
  else if (found)
    fault(key, "is " + type_name(*found) + ", an object was expected");
  return child;
}

std::vector<JsonReader> JsonReader::elements(std::string_view key) const {
  const json* found = member(key, true, "a list");
  if (!found)
    return {};
  if (!found->is_array()) {
    fault(key, "is " + type_name(*found) + ", a list was expected");
    return {};
  }
  JsonReader list = *this;
  list.pointer_ = pointer_to(key);
  list.value_ = found;
  return list.elements();
}

std::vector<JsonReader> JsonReader::elements() const {
  std::vector<JsonReader> out;
  if (!is_array())
    return out;
  for (std::size_t i = 0; i < value_->size(); ++i) {
    JsonReader child = *this;
    child.pointer_ += "/" + std::to_string(i);
    child.value_ = &(*value_)[i];
    out.push_back(std::move(child));
  }
  return out;
}

std::vector<std::string> JsonReader::keys() const {
  std::vector<std::string> out;
  if (is_object())
    for (const auto& item : value_->items())
      out.push_back(item.key());
  return out;
}

void JsonReader::allow_only(std::initializer_list<std::string_view> allowed) const {
  for (const std::string& key : keys()) {
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end())
      continue;
    std::string message = "is not a known key here";
    const auto meant =
        std::find_if(allowed.begin(), allowed.end(), [&](std::string_view known) { return nearly(key, known); });
    if (meant != allowed.end()) {
      message += ", was \"" + std::string(*meant) + "\" meant?";
    } else {
      message += "; known:";
      for (const std::string_view known : allowed)
        message += " " + std::string(known);
    }
    fault(key, std::move(message));
  }
}

} // namespace calfscope
