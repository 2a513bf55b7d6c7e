#include "base/catalogue.h"
#include "base/files.h"

#include <catch2/catch.hpp>

#include <unistd.h>

using namespace calfscope;

TEST_CASE("nested keys join with dots, and a missing key shows itself") {
  IssueList issues;
  const auto file =
      std::filesystem::temp_directory_path() / ("calfscope_texts_" + std::to_string(::getpid()) + ".json");
  REQUIRE(write_atomic(file, R"({"panel": {"title": "Layers", "count": "{n} of {all}"}})", issues));
  Catalogue catalogue;
  REQUIRE(catalogue.load(file, issues));
  CHECK(catalogue("panel.title") == "Layers");
  CHECK(catalogue.format("panel.count", {{"n", "3"}, {"all", "{n}"}}) == "3 of {n}");
  CHECK(catalogue.missing_keys().empty());
  CHECK(catalogue("panel.gone") == "[panel.gone]");
  CHECK(catalogue.missing_keys().count("panel.gone") == 1);
  std::filesystem::remove(file);
}

TEST_CASE("a text that is no text is named and the rest is kept") {
  IssueList issues;
  const auto file = std::filesystem::temp_directory_path() / ("calfscope_bad_" + std::to_string(::getpid()) + ".json");
  REQUIRE(write_atomic(file, "{\"good\": \"yes\",\n\"bad\": 3}", issues));
  Catalogue catalogue;
  CHECK_FALSE(catalogue.load(file, issues));
  CHECK(catalogue("good") == "yes");
  REQUIRE(issues.all().size() == 1);
  CHECK(issues.all()[0].line == 2);
  std::filesystem::remove(file);
}
