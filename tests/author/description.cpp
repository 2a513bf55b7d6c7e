// Faults in a declared anatomy are named with line and key, all of them.

#include "author/description.h"

#include "author/described_body.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace calfscope;
using test::replaced;
using test::whole;

namespace {

IssueList faults_of(const std::string& text) {
  IssueList issues;
  CHECK_FALSE(parse_anatomy(text, "anatomy.json", issues).has_value());
  return issues;
}

bool names(const IssueList& issues, int line, std::string_view key, std::string_view words) {
  return std::any_of(issues.all().begin(), issues.all().end(), [&](const Issue& issue) {
    return issue.line == line && issue.key.find(key) != std::string::npos &&
           issue.message.find(words) != std::string::npos && issue.file == "anatomy.json";
  });
}

} // namespace

TEST_CASE("a sound description is read without a word") {
  IssueList issues;
  const auto anatomy = parse_anatomy(whole, "anatomy.json", issues);
  REQUIRE(anatomy.has_value());
  CHECK(issues.empty());
  REQUIRE(anatomy->find("muscle") != nullptr);
  CHECK(anatomy->find("muscle")->sections->levels.size() == 2);
  CHECK(anatomy->find("muscle")->packing->volume_cm3 == 20.0);
  CHECK(anatomy->find("nothing") == nullptr);
}

TEST_CASE("a sheet lies on flesh or on skin, and a structure needs a shape") {
  IssueList issues;
  CHECK_FALSE(parse_anatomy(whole, "anatomy.json", issues)->find("sheet")->bands.front().on_skin);
  const auto on_skin =
      parse_anatomy(replaced(whole, R"("over": "flesh")", R"("over": "skin")"), "anatomy.json", issues);
  REQUIRE(on_skin.has_value());
  CHECK(on_skin->find("sheet")->bands.front().on_skin);
  const std::string sheet =
      R"("bands": [ { "points": [ [10, 0, 0, 4], [20, 0, 0, 4] ], "thickness_mm": 1, "over": "flesh" } ])";
  CHECK(names(faults_of(replaced(whole, sheet, R"("detail": 0.2)")), 18, "structures/3", "no shape"));
}

TEST_CASE("all faults are told, not only the first") {
  std::string text = replaced(whole, R"("kind": "bone")", R"("kind": "bonne")");
  text = replaced(text, "15, 16, 17", "15, 0, 17");
  text = replaced(text, R"("volume_cm3": 20)", R"("volume_cm3": -1)");
  CHECK(faults_of(text).all().size() == 3);
}

TEST_CASE("broken JSON and foreign JSON are refused, not crashed on") {
  CHECK_FALSE(faults_of("{ \"format\": ").empty());
  CHECK_FALSE(faults_of("[]").empty());
  CHECK_FALSE(faults_of("{}").empty());
  CHECK_FALSE(faults_of(R"({ "format": 3, "structures": { "a": 1 }, "skin": [] })").empty());
}

TEST_CASE("a description that is not there is an issue with its path") {
  IssueList issues;
  CHECK_FALSE(read_anatomy("/nowhere/anatomy.json", issues).has_value());
  REQUIRE(issues.all().size() == 1);
  CHECK(issues.all().front().file == "/nowhere/anatomy.json");
}

TEST_CASE("the description that ships is sound") {
  IssueList issues;
  const auto anatomy =
      read_anatomy(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg/anatomy.json", issues);
  INFO(to_string(issues));
  REQUIRE(anatomy.has_value());
  CHECK(issues.empty());
  for (const StructureDescription& structure : anatomy->structures) {
    CHECK_FALSE(structure.source.empty());
    CHECK_FALSE(structure.name.empty());
  }
}
