#include "base/catalogue.h"

#include "base/json_document.h"

namespace calfscope {
namespace {

void add_texts(Catalogue& catalogue, const JsonReader& reader, const std::string& prefix) {
  for (const std::string& key : reader.keys()) {
    const auto& value = reader.value()->at(key);
    if (value.is_object())
      add_texts(catalogue, reader.object(key), prefix + key + ".");
    else if (const auto text = reader.try_text(key))
      catalogue.set(prefix + key, *text);
  }
}

} // namespace

bool Catalogue::load(const std::filesystem::path& file, IssueList& issues) {
  const auto document = JsonDocument::load(file, issues);
  if (!document)
    return false;
  IssueList found;
  const JsonReader reader(*document, "", found);
  if (!reader.is_object())
    reader.fault("", "must be an object of texts");
  else
    add_texts(*this, reader, "");
  issues.append(found);
  return !found.has_errors();
}

const std::string& Catalogue::operator()(std::string_view key) const {
  if (const auto found = texts_.find(key); found != texts_.end())
    return found->second;
  missing_.emplace(key);
  return placeholders_.try_emplace(std::string(key), "[" + std::string(key) + "]").first->second;
}

std::string Catalogue::format(std::string_view key,
                              std::initializer_list<std::pair<std::string_view, std::string>> values) const {
  std::string text = (*this)(key);
  for (const auto& [name, value] : values) {
    const std::string slot = "{" + std::string(name) + "}";
    for (auto at = text.find(slot); at != std::string::npos; at = text.find(slot, at + value.size()))
      text.replace(at, slot.size(), value);
  }
  return text;
}

std::vector<std::string> Catalogue::keys() const {
  std::vector<std::string> out;
  for (const auto& entry : texts_)
    out.push_back(entry.first);
  return out;
}

} // namespace calfscope
