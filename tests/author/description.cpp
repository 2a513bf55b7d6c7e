// Faults in a declared anatomy are named with line and key, all of them.

#include "author/description.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace calfscope;

namespace {

const std::string sound = R"({
  "format": "calfscope-anatomy-1", "id": "x", "title": "t", "licence": "CC BY 4.0", "attribution": "a", "sources": ["s"],
  "insertion_y_mm": -400,
  "compartments": [ { "id": "back", "head_start_mm": 0 } ],
  "structures": [
    { "id": "bone", "kind": "bone", "name": "Bone", "source": "s", "blend_mm": 2,
      "ellipsoids": [ [0, 0, 0, 5, 6, 7, 0, 0, 0] ] },
    { "id": "muscle", "kind": "muscle", "name": "Muscle", "source": "s",
      "sections": { "range_mm": [10, -100], "levels": [
        [0, 0, 0, 5, 4, 0, 2, 0, 0, 0],
        [-90, 0, 0, 5, 4, 0, 2, 0, 0, 0] ] },
      "packing": { "compartment": "back", "volume_cm3": 20 } }
  ],
  "skin": { "top_mm": 50, "girths": [[0, 300], [-50, 280]], "toes": [] },
  "landmarks": [ { "id": "knee_centre", "position_mm": [0, 0, 0], "how": "declared" } ]
})";

std::string with(std::string from, std::string to) {
  std::string text = sound;
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

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
  const auto anatomy = parse_anatomy(sound, "anatomy.json", issues);
  REQUIRE(anatomy.has_value());
  CHECK(issues.empty());
  REQUIRE(anatomy->find("muscle") != nullptr);
  CHECK(anatomy->find("muscle")->sections->levels.size() == 2);
  CHECK(anatomy->find("muscle")->packing->volume_cm3 == 20.0);
  CHECK(anatomy->find("nothing") == nullptr);
}

TEST_CASE("a row with a missing number is named by its line") {
  CHECK(names(faults_of(with("[-90, 0, 0, 5, 4, 0, 2, 0, 0, 0]", "[-90, 0, 0, 5, 4, 0, 2, 0, 0]")), 11,
              "structures/1/sections/levels/1", "10 numbers"));
}

TEST_CASE("levels out of order, flat sections and empty bodies are refused") {
  CHECK(names(faults_of(with("[-90, 0, 0, 5", "[40, 0, 0, 5")), 11, "levels/1", "top down"));
  CHECK(names(faults_of(with("[-90, 0, 0, 5", "[-90, 0, 0, 0")), 11, "levels/1", "above 0"));
  CHECK(names(faults_of(with("5, 6, 7, 0, 0, 0", "5, -6, 7, 0, 0, 0")), 7, "ellipsoids/0", "radii"));
  CHECK(names(faults_of(with(R"("blend_mm": 2,
      "ellipsoids": [ [0, 0, 0, 5, 6, 7, 0, 0, 0] ])",
                             R"("detail": 0.2)")),
              6, "structures/0", "no shape"));
}

TEST_CASE("a sheet needs a line, a width and a surface that is known") {
  const std::string shape = R"("blend_mm": 2,
      "ellipsoids": [ [0, 0, 0, 5, 6, 7, 0, 0, 0] ])";
  const auto sheet = [&](const std::string& text) { return with(shape, R"("bands": [ )" + text + " ]"); };
  IssueList issues;
  const auto sound_sheet =
      parse_anatomy(sheet(R"({ "points": [[0, 0, 0, 4], [9, 0, 0, 5]], "over": "skin" })"), "anatomy.json", issues);
  REQUIRE(sound_sheet.has_value());
  CHECK(sound_sheet->find("bone")->bands.front().on_skin);
  CHECK(names(faults_of(sheet(R"({ "points": [[0, 0, 0, 4]] })")), 6, "bands/0", "two points"));
  CHECK(names(faults_of(sheet(R"({ "points": [[0, 0, 0, 4], [9, 0, 0, -5]] })")), 6, "points/1", "half width"));
  CHECK(names(faults_of(sheet(R"({ "points": [[0, 0, 0, 4], [9, 0, 0, 5]], "over": "hair" })")), 6, "over", "skin"));
}

TEST_CASE("wrong kinds, double ids, unknown compartments and mistyped keys are refused") {
  CHECK(names(faults_of(with(R"("kind": "bone")", R"("kind": "bonne")")), 6, "kind", "bonne"));
  CHECK(names(faults_of(with(R"("id": "muscle")", R"("id": "bone")")), 8, "id", "twice"));
  CHECK(names(faults_of(with(R"("compartment": "back")", R"("compartment": "front")")), 12, "compartment", "front"));
  CHECK(names(faults_of(with(R"("top_mm": 50)", R"("top_mm": 50, "topp": 1)")), 14, "topp", ""));
}

TEST_CASE("all faults are told, not only the first") {
  std::string text = with(R"("kind": "bone")", R"("kind": "bonne")");
  text.replace(text.find("5, 6, 7"), 7, "5, 0, 7");
  text.replace(text.find(R"("volume_cm3": 20)"), 16, R"("volume_cm3": -1)");
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
