// The published schemas say the same as the reader: each key that one knows the other knows, and each is really read.

#include "content/read_content.h"
#include "shipped.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <set>

using namespace calfscope;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

json load(const fs::path& file) {
  std::ifstream in(file);
  return json::parse(in);
}

fs::path schema_folder() {
  return fs::path(CALFSCOPE_SOURCE_DIR) / "content/schema";
}

const json& resolved(const json& schema) {
  if (!schema.contains("$ref"))
    return schema;
  static const json common = load(schema_folder() / "common.schema.json");
  static const json technique = load(schema_folder() / "technique.schema.json"); // the one that names parts of itself
  const std::string to = schema["$ref"];
  const json::json_pointer part(to.substr(to.find('#') + 1));
  return resolved(to.starts_with('#') && technique.contains(part) ? technique.at(part) : common.at(part));
}

// Which of several forms an object has: the one whose fixed words and needed keys it holds.
const json& form_of(const json& schema, const json& value) {
  const json& whole = resolved(schema);
  if (!whole.contains("oneOf"))
    return whole;
  for (const json& form : whole["oneOf"]) {
    bool fits = true;
    for (const json& key : form.value("required", json::array()))
      fits &= value.contains(key.get<std::string>());
    for (const auto& [key, says] : form["properties"].items())
      if (says.contains("const") && value.contains(key))
        fits &= says["const"] == value[key];
    if (fits)
      return form;
  }
  FAIL("no form of the schema fits " << value.dump());
  return whole;
}

struct Object {
  json::json_pointer at;
  json schema;
};

// Every object of a document with its schema, one of each kind.
void objects_of(const json& schema, const json& value, const json::json_pointer& at,
                std::map<std::string, Object>& out) {
  const json& form = form_of(schema, value);
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i)
      objects_of(form.at("items"), value[i], at / i, out);
  } else if (value.is_object() && form.contains("properties")) {
    std::string kind;
    for (const auto& [key, says] : form["properties"].items())
      kind += key + " ";
    out.emplace(kind + std::to_string(form.dump().size()), Object{at, form});
    for (const auto& [key, member] : value.items())
      if (form["properties"].contains(key))
        objects_of(form["properties"][key], member, at / key, out);
  }
}

struct File {
  const char* name;
  const char* schema;
};
constexpr std::array<File, 15> files{{{"pack", "pack"},
                                      {"sources", "sources"},
                                      {"regions", "regions"},
                                      {"points", "points"},
                                      {"muscles", "muscles"},
                                      {"zones", "zones"},
                                      {"tests", "tests"},
                                      {"look_alikes", "look_alikes"},
                                      {"explain", "explain"},
                                      {"palpation", "palpation"},
                                      {"red_flags", "red_flags"},
                                      {"tools", "tools"},
                                      {"techniques/foam_roller", "technique"},
                                      {"techniques/massage_stick", "technique"},
                                      {"techniques/thumb_pressure", "technique"}}};

std::set<std::string> known_keys(const std::string& message) {
  std::set<std::string> out;
  const std::size_t at = message.find("; known:");
  if (at == std::string::npos)
    return out;
  std::istringstream words(message.substr(at + 8));
  for (std::string word; words >> word;)
    out.insert(word);
  return out;
}

} // namespace

TEST_CASE("Reader and schemas know the same keys in every object, and each key is read") {
  const testing::TemporaryFolder folder;
  const fs::path pack = folder.path() / "calf";
  fs::copy(test::content_folder(), pack, fs::copy_options::recursive);
  const auto faults = [&](const std::string& file, const json& document) {
    std::ofstream(pack / file) << document.dump();
    IssueList issues;
    read_content(pack, issues);
    return issues;
  };
  for (const auto& [name, schema] : files) {
    const std::string file = std::string(name) + ".json";
    const json document = load(pack / file);
    std::map<std::string, Object> objects;
    objects_of(load(schema_folder() / (std::string(schema) + ".schema.json")), document, json::json_pointer(), objects);
    REQUIRE_FALSE(objects.empty());
    for (const auto& [kind, object] : objects) {
      INFO(file << " " << object.at.to_string());
      std::set<std::string> described;
      for (const auto& [key, says] : object.schema.at("properties").items())
        described.insert(key);
      CHECK(object.schema.value("additionalProperties", true) == false);

      json odd = document;
      odd[object.at]["quite_unknown"] = 1;
      std::set<std::string> known;
      const IssueList refused = faults(file, odd);
      for (const Issue& issue : refused.all())
        if (issue.key.ends_with("quite_unknown"))
          known = known_keys(issue.message);
      CHECK(known == described);

      for (const auto& [key, says] : object.schema.at("properties").items()) {
        INFO(key);
        json wrong = document;
        wrong[object.at][key] = json::object({{"quite", "wrong"}});
        CHECK(faults(file, wrong).has_errors());
      }
      for (const json& key : object.schema.value("required", json::array())) {
        INFO("without " << key);
        json without = document;
        without[object.at].erase(key.get<std::string>());
        CHECK(faults(file, without).has_errors());
      }
    }
    std::ofstream(pack / file) << document.dump();
  }
}
