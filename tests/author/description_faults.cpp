// A description broken in one place after the other: every fault is named with its line, its key and what is wrong.

#include "author/description.h"

#include "author/described_body.h"
#include "author/sound_leg.h"
#include "base/files.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace calfscope;
using test::replaced;
using test::whole;

namespace {

struct Fault {
  const char* was;
  const char* now;
  int line;
  const char* key;
  const char* reason;
};

// One line, one fault.
const Fault faults[] = {
    {R"("format": "calfscope-anatomy-1")", R"("format": "calfscope-anatomy-9")", 2, "format", "calfscope-anatomy-1"},
    {R"("id": "x", )", "", 1, "id", "missing"},
    {R"("sources": ["s"])", R"("sources": "s")", 2, "sources", "list"},
    {R"("title": "t")", R"("title": "t", "tilte": "t")", 2, "tilte", ""},
    {R"("insertion_y_mm": -400)", R"("insertion_y_mm": -4)", 3, "insertion_y_mm", "between -800 and -100"},
    {R"("insertion_y_mm": -400)", R"("insertion_y_mm": "low")", 3, "insertion_y_mm", "number"},
    {R"("head_start_mm": 0)", R"("head_start_mm": 999)", 4, "compartments/0/head_start_mm", "between -60 and 60"},
    {R"("kind": "bone")", R"("kind": "bonne")", 6, "structures/0/kind", "bonne"},
    {R"("name": "Bone", )", "", 6, "structures/0/name", "missing"},
    {R"("mesh_mm": 1,)", R"("mesh_mm": 0.01,)", 6, "structures/0/mesh_mm", "between 0.3 and 5"},
    {R"([60, -60])", R"([-60, 60])", 7, "range_mm", "upper end first"},
    {R"([60, -60])", R"([60, -6000])", 7, "range_mm", "between -1000 and 1000"},
    {R"([60, -60])", R"([60])", 7, "range_mm", "2"},
    {R"([60, 0, 0, 9, 9, 0, 2, 0, 0, 0])", R"([60, 0, 0, 9, 9, 0, 2, 0, 0])", 7, "levels/0", "10 numbers"},
    {R"([60, 0, 0, 9, 9, 0, 2, 0, 0, 0])", R"([60, 0, 0, 9, "9", 0, 2, 0, 0, 0])", 7, "levels/0", "number 5"},
    {R"([60, 0, 0, 9, 9, 0, 2, 0, 0, 0])", R"([60, 0, 4000, 9, 9, 0, 2, 0, 0, 0])", 7, "levels/0", "number 3"},
    {R"([60, 0, 0, 9, 9, 0, 2, 0, 0, 0])", R"([60, 0, 0, 9, 0, 0, 2, 0, 0, 0])", 7, "levels/0", "above 0"},
    {R"([60, 0, 0, 9, 9, 0, 2, 0, 0, 0])", R"([60, 0, 0, 9, 9, 0, 9, 0, 0, 0])", 7, "levels/0", "exponent"},
    {R"([60, 0, 0, 9, 9, 0, 2, 0, 0, 0])", R"([60, 0, 0, 9, 9, 0, 2, 50, 0, 0])", 7, "levels/0", "kink"},
    {R"([-60, 0, 0, 9, 9, 0, 2, 0, 0, 0])", R"([60, 0, 0, 9, 9, 0, 2, 0, 0, 0])", 7, "levels/1", "top down"},
    {R"(, [-60, 0, 0, 9, 9, 0, 2, 0, 0, 0])", "", 7, "levels", "two levels"},
    {R"("blend_mm": 2)", R"("blend_mm": 0)", 8, "ends/0/blend_mm", "between 0.1 and 50"},
    {R"([ [0, 70, 0, 15, 16, 17, 0, 0, 0] ])", "[]", 8, "ends/0/ellipsoids", "at least one"},
    {R"(15, 16, 17)", R"(15, -16, 17)", 8, "ends/0/ellipsoids/0", "radii"},
    {R"("all_shaft_mm": 40)", R"("all_shaft_mm": 60)", 8, "ends/0/all_shaft_mm", "differ"},
    {R"("id": "muscle")", R"("id": "bone")", 9, "structures/1/id", "twice"},
    {R"("detail": 0.3)", R"("detail": 3)", 9, "detail", "between 0.001 and 1"},
    {R"([30, -140, 0, 2, 1])", R"([30, -140, 0, 2])", 13, "cords/0/points/1", "5 numbers"},
    {R"([30, -140, 0, 2, 1])", R"([30, -140, 0, 0, 1])", 13, "cords/0/points/1", "above 0"},
    {R"([30, -140, 0, 2, 1])", R"([30, -90, 0, 2, 1])", 13, "cords/0/points/1", "point before"},
    {R"(, [30, -140, 0, 2, 1])", "", 13, "cords/0/points", "two points"},
    {R"("off_bones": true)", R"("off_bones": 1)", 13, "cords/0/off_bones", "true or false"},
    {R"("facing": [0, 0, 1])", R"("facing": [0, 0, 0])", 13, "cords/0/facing", "direction"},
    {R"("compartment": "back")", R"("compartment": "front")", 14, "packing/compartment", "front"},
    {R"("volume_cm3": 20)", R"("volume_cm3": 20, "behind": "sheet")", 14, "packing/behind",
     "no structure with sections"},
    {R"("volume_cm3": 20)", R"("volume_cm3": -20)", 14, "packing/volume_cm3", "between 0.1 and 5000"},
    {R"("lost_share": 0.02)", R"("lost_share": 2)", 14, "packing/lost_share", "between -0.5 and 0.5"},
    {R"([[0, 1], [-50, 1]])", R"([[0, 1], [50, 1]])", 14, "growth_by_level/1", "top down"},
    {R"([[0, 1], [-50, 1]])", "[]", 14, "growth_by_level", "at least one row"},
    {R"("pennation_deg": 10)", R"("pennation_deg": 100)", 15, "fibres/pennation_deg", "between -90 and 90"},
    {R"([30, 0, 0, 30, -90, 0])", R"([30, 0, 0, 30, -90])", 15, "fibres/midline_mm", "6"},
    {R"("thickness_mm": 1,)", R"("thickness_mm": 0,)", 19, "bands/0/thickness_mm", "between 0.1 and 20"},
    {R"("over": "flesh")", R"("over": "hair")", 19, "bands/0/over", "skin"},
    {R"(, [20, 0, 0, 4])", "", 19, "bands/0/points", "two points"},
    {R"([20, 0, 0, 4])", R"([20, 0, 0, -4])", 19, "bands/0/points/1", "half width"},
    {R"("on": "muscle")", R"("on": "bone")", 21, "aponeurosis", "no packed muscle"},
    {R"("joins": "cord")", R"("joins": "sheet")", 21, "aponeurosis", "no structure with sections"},
    {R"([-40, -100])", R"([-100, -40])", 21, "range_mm", "upper end first"},
    {R"("thickness_mm": [[-40, 1]])", R"("thickness_mm": [])", 22, "aponeurosis/thickness_mm", "at least one row"},
    {R"("top_mm": 50)", R"("top_mm": -50)", 23, "skin/top_mm", "between 0 and 400"},
    {R"([[0, 300], [-50, 280]])", R"([[0, 300], [-50, 5]])", 23, "skin/girths", "none of a leg"},
    {R"([0, -400, 110, 8])", R"([0, -400, 110, 0])", 23, "skin/toes/0/1", "radius"},
    {R"(, [0, -400, 110, 8])", "", 23, "skin/toes/0", "two points"},
    {R"("position_mm": [0, 0, 0])", R"("position_mm": [0, 0])", 24, "landmarks/0/position_mm", "3"},
};

} // namespace

TEST_CASE("every single fault of a description is named by file, line, key and reason, and nothing else is") {
  IssueList none;
  CHECK(parse_anatomy(whole, "anatomy.json", none).has_value());
  INFO(to_string(none));
  CHECK(none.empty());
  for (const Fault& fault : faults) {
    INFO(fault.was << " -> " << fault.now);
    IssueList issues;
    CHECK_FALSE(parse_anatomy(replaced(whole, fault.was, fault.now), "anatomy.json", issues).has_value());
    INFO(to_string(issues));
    const auto named = std::count_if(issues.all().begin(), issues.all().end(), [&](const Issue& issue) {
      return issue.file == "anatomy.json" && issue.line == fault.line &&
             issue.key.find(fault.key) != std::string::npos && issue.message.find(fault.reason) != std::string::npos;
    });
    CHECK(named == 1);
    CHECK(issues.all().size() <= 2); // what hangs on the broken thing may be told too
  }
}

TEST_CASE("random damage to the description that ships is refused or read, never crashed on") {
  IssueList none;
  const auto text = read_text(test::shipped_leg / "anatomy.json", none);
  REQUIRE(text.has_value());
  std::mt19937 numbers(8);
  const std::string_view bits[] = {"",   "-", "1e9", "0",    "null",  "[",    "]",    "{",  "}",
                                   "\"", ",", ":",   "true", "1e400", "\xff", "\\u0", "[]", "99999999999999999999"};
  int refused = 0;
  constexpr int tries = 150;
  for (int n = 0; n < tries; ++n) {
    std::string broken = *text;
    for (unsigned cut = 0; cut <= numbers() % 3; ++cut)
      broken.replace(numbers() % broken.size(), numbers() % 6, bits[numbers() % std::size(bits)]);
    IssueList issues;
    const auto read = parse_anatomy(broken, "anatomy.json", issues);
    CHECK(read.has_value() != issues.has_errors());
    refused += !read.has_value();
    for (const Issue& issue : issues.all())
      CHECK(issue.line >= 1);
  }
  CHECK(refused > tries / 3);
}
