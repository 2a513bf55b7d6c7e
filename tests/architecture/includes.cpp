// Holds the code to the table of modules in docs/architecture.md: which module may use which, and which third-party
// headers it may name. The table is read from the document itself, so that text and rule cannot drift apart.

#include "base/files.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <regex>

#include <set>
#include <sstream>

namespace fs = std::filesystem;

namespace {

struct Rule {
  std::set<std::string> may_use;
  std::set<std::string> third_party;
};

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  static const std::regex word("[A-Za-z0-9_+]+");
  for (auto it = std::sregex_iterator(text.begin(), text.end(), word); it != std::sregex_iterator(); ++it)
    words.insert(it->str());
  return words;
}

std::map<std::string, Rule> read_rules() {
  calfscope::IssueList issues;
  const auto text = calfscope::read_text(fs::path(CALFSCOPE_SOURCE_DIR) / "docs/architecture.md", issues);
  REQUIRE(text);
  std::map<std::string, Rule> rules;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    static const std::regex row(R"(^\| `([a-z]+)` \|([^|]*)\|([^|]*)\|([^|]*)\|$)");
    std::smatch cells;
    if (std::regex_match(line, cells, row))
      rules[cells[1]] = {words_of(cells[3]), words_of(cells[4])};
  }
  return rules;
}

// A module may use what it names, and what those use.
std::set<std::string> reachable(const std::map<std::string, Rule>& rules, const std::string& module) {
  std::set<std::string> seen{module};
  std::vector<std::string> open{module};
  while (!open.empty()) {
    const std::string at = open.back();
    open.pop_back();
    for (const std::string& next : rules.at(at).may_use)
      if (rules.contains(next) && seen.insert(next).second)
        open.push_back(next);
  }
  return seen;
}

// Which third-party library a header belongs to; empty for the standard library and the system.
std::string library_of(const std::string& header) {
  static const std::vector<std::pair<std::string, std::string>> prefixes{
      {"glm/", "GLM"},
      {"nlohmann/", "nlohmann"},
      {"fmt/", "fmt"},
      {"Eigen/", "Eigen"},
      {"embree3/", "Embree"},
      {"assimp/", "Assimp"},
      {"archive", "libarchive"},
      {"meshoptimizer", "meshoptimizer"},
      {"epoxy/", "epoxy"},
      {"GLFW/", "GLFW"},
      {"EGL/", "EGL"},
      {"imgui", "ImGui"},
      {"backends/imgui", "ImGui"},
      {"CLI/", "CLI11"},
      {"png.h", "libpng"},
      {"sqlite3", "SQLite"},
      {"tiny_gltf", "tinygltf"},
      {"ft2build", "Freetype"},
      {"openvdb/", "OpenVDB"},
      {"cairo", "Cairo"},
      {"GL/", "epoxy"},
      {"zlib", "zlib"},
  };
  for (const auto& [prefix, library] : prefixes)
    if (header.rfind(prefix, 0) == 0)
      return library;
  return "";
}

struct Include {
  std::string file, module, header;
};

std::vector<Include> all_includes() {
  std::vector<Include> found;
  const fs::path source = fs::path(CALFSCOPE_SOURCE_DIR) / "src";
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp")
      continue;
    calfscope::IssueList issues;
    const auto text = calfscope::read_text(entry.path(), issues);
    REQUIRE(text);
    const fs::path relative = fs::relative(entry.path(), source);
    static const std::regex include(R"re(#\s*include\s*[<"]([^>"]+)[>"])re");
    for (auto it = std::sregex_iterator(text->begin(), text->end(), include); it != std::sregex_iterator(); ++it)
      found.push_back({relative.string(), relative.begin()->string(), (*it)[1].str()});
  }
  return found;
}

} // namespace

TEST_CASE("every folder under src is a module in the table of docs/architecture.md") {
  const auto rules = read_rules();
  REQUIRE(rules.size() > 10);
  for (const auto& entry : fs::directory_iterator(fs::path(CALFSCOPE_SOURCE_DIR) / "src"))
    if (entry.is_directory() && !fs::is_empty(entry)) {
      INFO(entry.path().filename());
      CHECK(rules.contains(entry.path().filename().string()));
    }
}

TEST_CASE("the arrows between modules have no cycle") {
  const auto rules = read_rules();
  for (const auto& [module, rule] : rules)
    for (const std::string& used : rule.may_use)
      if (rules.contains(used)) {
        INFO(module << " uses " << used);
        CHECK_FALSE(reachable(rules, used).contains(module));
      }
}

TEST_CASE("every include follows the arrows") {
  const auto rules = read_rules();
  const auto includes = all_includes();
  REQUIRE(includes.size() > 100);
  for (const Include& include : includes) {
    INFO(include.file << " includes " << include.header);
    REQUIRE(rules.contains(include.module));
    const std::string first = fs::path(include.header).begin()->string();
    if (rules.contains(first)) {
      CHECK(reachable(rules, include.module).contains(first));
      continue;
    }
    const std::string library = library_of(include.header);
    if (library.empty() || library == "GLM")
      continue; // GLM is the project's vector type, allowed everywhere
    bool allowed = rules.at(include.module).third_party.contains(library);
    // nlohmann/json and fmt come with base, whose headers speak of them.
    if (library == "nlohmann" || library == "fmt")
      allowed = true;
    CHECK(allowed);
  }
}

TEST_CASE("no test has a semicolon in its name, at which the list of tests would be cut and nothing run") {
  const std::regex name(R"re(TEST_CASE\((\s*"([^"\\]|\\.)*")+)re");
  std::size_t seen = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "tests")) {
    if (entry.path().extension() != ".cpp")
      continue;
    calfscope::IssueList issues;
    const std::string text = calfscope::read_text(entry.path(), issues).value_or("");
    for (std::sregex_iterator found(text.begin(), text.end(), name), end; found != end; ++found, ++seen) {
      INFO(entry.path().filename() << ": " << found->str());
      CHECK(found->str().find(';') == std::string::npos);
    }
  }
  CHECK(seen > 300);
}
