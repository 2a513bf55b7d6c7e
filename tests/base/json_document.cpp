#include "base/json_document.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

std::optional<JsonDocument> parsed(std::string_view text, IssueList& issues) {
  return JsonDocument::parse(text, "test.json", issues);
}

} // namespace

TEST_CASE("a value is found on the line where it stands") {
  IssueList issues;
  const auto document =
      parsed("{\n  \"a\": 1,\n  \"list\": [\n    {\"b\": \"x\"},\n    {\"b\": \"y\"}\n  ]\n}\n", issues);
  REQUIRE(document);
  CHECK(document->line_of("") == 1);
  CHECK(document->line_of("/a") == 2);
  CHECK(document->line_of("/list/0") == 4);
  CHECK(document->line_of("/list/1/b") == 5);
}

TEST_CASE("the line of something absent is that of its nearest parent") {
  IssueList issues;
  const auto document = parsed("{\n\"a\": {\n}\n}", issues);
  REQUIRE(document);
  CHECK(document->line_of("/a/missing/deeper") == 2);
}

TEST_CASE("keys with slashes, tildes, quotes and escapes keep their line") {
  IssueList issues;
  const auto document = parsed("{\n\"a/b~c\": {\n\"q\\\"\\u00e9\": [1,\n2]}}", issues);
  REQUIRE(document);
  CHECK(document->line_of("/a~1b~0c") == 2);
  CHECK(document->line_of("/a~1b~0c/q\"\u00e9/1") == 4);
}

TEST_CASE("a syntax fault names file and line") {
  IssueList issues;
  CHECK_FALSE(parsed("{\n  \"a\": 1,\n  oops\n}", issues));
  REQUIRE(issues.all().size() == 1);
  CHECK(issues.all()[0].file == "test.json");
  CHECK(issues.all()[0].line == 3);
}

TEST_CASE("a key given twice is a fault, not a silent choice") {
  IssueList issues;
  CHECK_FALSE(parsed("{\"a\": 1,\n\"a\": 2}", issues));
  REQUIRE(issues.has_errors());
  CHECK(issues.all()[0].line == 2);
}

TEST_CASE("a hundred thousand brackets end in a message, not in a crash") {
  IssueList issues;
  CHECK_FALSE(parsed(std::string(100000, '['), issues));
  CHECK(issues.has_errors());
}

TEST_CASE("empty, truncated and binary texts end in a message") {
  for (const std::string& text :
       {std::string(), std::string("{\"a\": "), std::string("\0\x01\xff\xfe", 4), std::string("nul")}) {
    IssueList issues;
    CHECK_FALSE(parsed(text, issues));
    CHECK(issues.has_errors());
  }
}

TEST_CASE("a number too large for any computer is a fault with its line, not a crash") {
  IssueList issues;
  CHECK_FALSE(parsed("{\n\"small\": 1,\n\"large\": 1e999\n}", issues));
  REQUIRE(issues.all().size() == 1);
  CHECK(issues.all()[0].line == 3);
}

TEST_CASE("a byte order mark changes neither lines nor the care for keys given twice") {
  IssueList issues;
  const auto document = parsed("\xef\xbb\xbf{\n\"a\": 1}", issues);
  REQUIRE(document);
  CHECK(document->line_of("/a") == 2);
  CHECK_FALSE(parsed("\xef\xbb\xbf{\"a\": 1,\n\"a\": 2}", issues));
}

TEST_CASE("a text that would fill the memory with values is refused by its size") {
  IssueList issues;
  CHECK_FALSE(parsed("[" + std::string(17u << 20, ' ') + "]", issues));
  REQUIRE(issues.has_errors());
  CHECK(issues.all()[0].message.find("16 MiB") != std::string::npos);
}

TEST_CASE("every faulty member is named, not only the first") {
  IssueList issues;
  const auto document = parsed("{\n\"name\": 3,\n\"size\": \"big\",\n\"places\": [1, 2],\n\"wrong\": true\n}", issues);
  REQUIRE(document);
  const JsonReader reader(*document, "", issues);
  reader.text("name");
  reader.number("size");
  reader.numbers("places", 3);
  reader.text("absent");
  reader.allow_only({"name", "size", "places"});
  REQUIRE(issues.all().size() == 5);
  CHECK(issues.all()[0].line == 2);
  CHECK(issues.all()[1].line == 3);
  CHECK(issues.all()[2].line == 4);
  CHECK(issues.all()[3].key == "absent");
  CHECK(issues.all()[4].key == "wrong");
  CHECK(issues.all()[4].line == 5);
}

TEST_CASE("readers of children speak of their own place") {
  IssueList issues;
  const auto document = parsed("{\"list\": [\n{\"v\": 1},\n{\"v\": \"x\"}]}", issues);
  REQUIRE(document);
  double sum = 0;
  for (const JsonReader& element : JsonReader(*document, "", issues).elements("list"))
    sum += element.number("v");
  CHECK(sum == 1);
  REQUIRE(issues.all().size() == 1);
  CHECK(issues.all()[0].key == "list/1/v");
  CHECK(issues.all()[0].line == 3);
}

TEST_CASE("an absent object gives one issue and a silent reader") {
  IssueList issues;
  const auto document = parsed("{}", issues);
  REQUIRE(document);
  const JsonReader child = JsonReader(*document, "", issues).object("gone");
  child.text("name");
  child.number("size");
  CHECK(issues.all().size() == 1);
}
