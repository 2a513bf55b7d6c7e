// The shipped content is whole; every feature of a pack has a tiny pack that is right, and every fault one that is
// wrong.

#include "content/content_faults.h"
#include "content/content_words.h"
#include "content/read_content.h"
#include "shipped.h"
#include "support/temporary_folder.h"
#include "tiny_pack.h"

#include <set>

using namespace calfscope;
namespace fs = std::filesystem;
using nlohmann::json;
using test::Change;
using Fault = ContentFault;

namespace {

json variants() {
  return {{"patient", "p"}, {"clinician", "c"}};
}

json claim(const char* id) {
  return {{"id", id}, {"basis", {"TU"}}, {"confidence", "low"}};
}

json place(const char* id) {
  return {{"name", id}, {"clinician_name", id}, {"landmarks", id}};
}

const json sole_box = {
    {"id", "heel"},    {"place", "sole"},    {"f", {{"from", 0}, {"to", 0.3}}}, {"w", {{"from", 0}, {"to", 1}}},
    {"basis", {"TU"}}, {"confidence", "low"}};

struct Feature {
  const char* name;
  std::vector<Change> changes;
};

const std::vector<Feature> features{
    {"nothing more than needed", {}},
    {"a summary", {{"text/en.json", "/pack/summary", "all of it"}}},
    {"a second language", {{"pack.json", "/languages", {"en", "de-CH"}}}},
    {"a region of the sole",
     {{"regions.json", "/regions/-", sole_box}, {"text/en.json", "/regions/heel", place("heel")}}},
    {"a region that climbs the side of the foot",
     {{"regions.json", "/regions/-", sole_box},
      {"regions.json", "/regions/1/side_wall", "lateral"},
      {"text/en.json", "/regions/heel", place("heel")}}},
    {"a region off the model, in words only",
     {{"regions.json",
       "/regions/-",
       {{"id", "jaw"}, {"place", "off_model"}, {"shown_as", "text"}, {"basis", {"TU"}}, {"confidence", "low"}}},
      {"text/en.json", "/regions/jaw", place("jaw")}}},
    {"a union of regions",
     {{"regions.json", "/regions/-", sole_box},
      {"regions.json", "/unions/-", {{"id", "both"}, {"of", {"calf", "heel"}}}},
      {"text/en.json", "/regions/heel", place("heel")},
      {"text/en.json", "/regions/both", place("both")}}},
    {"a point that follows the belly of the muscle", {{"points.json", "/points/0/site/below_medial_belly_mm", 25}}},
    {"a point of the foot, which has no band",
     {{"points.json", "/points/0/band", nullptr},
      {"points.json",
       "/points/0/site",
       {{"f", {{"typical", 0.3}, {"from", 0.2}, {"to", 0.4}}},
        {"w", {{"typical", 0.5}, {"from", 0.4}, {"to", 0.6}}},
        {"d", {{"typical", 10}, {"from", 5}, {"to", 15}}},
        {"basis", {"TU"}},
        {"confidence", "low"}}}}},
    {"pain in a part of a region",
     {{"points.json", "/points/0/referral/essential/0/within", {{"s", {{"from", 0.2}, {"to", 0.3}}}}}}},
    {"pain in a sector of a region",
     {{"points.json", "/points/0/referral/essential/0/within", {{"a", {{"from", 0}, {"to", 30}}}}}}},
    {"rare spillover",
     {{"points.json",
       "/points/0/referral/spillover/-",
       {{"region", "calf"}, {"optional", true}, {"basis", {"TU"}}, {"confidence", "low"}}}}},
    {"claims about a point",
     {{"points.json", "/points/0/symptoms/-", claim("ache")},
      {"text/en.json", "/points/one/symptoms", {{"ache", variants()}}}}},
    {"what a point can be taken for, and how it is found",
     {{"points.json", "/points/0/look_alikes/-", "clot"}, {"points.json", "/points/0/finding/-", "feel"}}},
    {"what a zone holds",
     {{"zones.json", "/zones/0/holds", {"popliteal_artery"}},
      {"zones.json", "/zones/0/holds_landmarks", {"knee_centre"}}}},
    {"a rule to ask about first",
     {{"red_flags.json", "/ask_first/-", claim("thinners")},
      {"text/en.json", "/ask_first", {{"thinners", {{"name", "n"}, {"rule", variants()}}}}}}},
    {"a stop sign",
     {{"red_flags.json", "/stop_signs/-", claim("sharp")}, {"text/en.json", "/stop_signs", {{"sharp", variants()}}}}},
};

struct Broken {
  Fault fault;
  const char* key; // what the fault names, without index of the file
  std::vector<Change> changes;
};

json span(double from, double to) {
  return {{"from", from}, {"to", to}};
}

const std::vector<Broken> broken{
    {Fault::not_an_object, "", {{"tests.json", "", json::array()}}},
    {Fault::unknown_format, "format", {{"pack.json", "/format", 99}}},
    {Fault::out_of_range, "points/0/halo_radius_mm", {{"points.json", "/points/0/halo_radius_mm", -3}}},
    {Fault::out_of_range, "points/0/core_radius_mm", {{"points.json", "/points/0/core_radius_mm", 1e300}}},
    {Fault::out_of_range, "flags/0/question_order", {{"red_flags.json", "/flags/0/question_order", 1e300}}},
    {Fault::out_of_range, "points/0/number", {{"points.json", "/points/0/number", 0}}},
    {Fault::no_whole_number, "points/0/number", {{"points.json", "/points/0/number", 1.5}}},
    {Fault::none_of, "regions/0/place", {{"regions.json", "/regions/0/place", "arm"}}},
    {Fault::none_of, "zones/0/severity", {{"zones.json", "/zones/0/severity", "maybe"}}},
    {Fault::none_of, "look_alikes/0/urgency", {{"look_alikes.json", "/look_alikes/0/urgency", "whenever"}}},
    {Fault::none_of, "points/0/layer", {{"points.json", "/points/0/layer", "thigh"}}},
    {Fault::none_of, "sources/0/kind", {{"sources.json", "/sources/0/kind", "rumour"}}},
    {Fault::empty_text, "licence", {{"pack.json", "/licence", ""}}},
    {Fault::bad_id, "points/0/id", {{"points.json", "/points/0/id", "../One"}}},
    {Fault::bad_id, "points/0/muscle", {{"points.json", "/points/0/muscle", std::string(70, 'a')}}},
    {Fault::bad_source_id, "sources/0/id", {{"sources.json", "/sources/0/id", "S0"}}},
    {Fault::bad_version, "version", {{"pack.json", "/version", "newest"}}},
    {Fault::bad_language, "languages", {{"pack.json", "/languages", {"../../en"}}}},
    {Fault::empty_list, "zones", {{"zones.json", "/zones", json::array()}}},
    {Fault::too_few, "unions/0/of", {{"regions.json", "/unions/-", {{"id", "all"}, {"of", {"calf"}}}}}},
    {Fault::too_many, "points/0/notes", {{"points.json", "/points/0/notes", json(5000, claim("a"))}}},
    {Fault::too_many, "tests/0/separates/0", {{"tests.json", "/tests/0/separates/0", json(5000, "one")}}},
    {Fault::no_source, "points/0/site/basis", {{"points.json", "/points/0/site/basis", json::array()}}},
    {Fault::named_twice, "points/0/site/basis", {{"points.json", "/points/0/site/basis", {"TU", "TU"}}}},
    {Fault::from_not_less, "points/0/site/s/from", {{"points.json", "/points/0/site/s/from", 0.5}}},
    {Fault::span_out_of_range, "points/0/site/a", {{"points.json", "/points/0/site/a/to", 900}}},
    {Fault::span_out_of_range, "points/0/site/d", {{"points.json", "/points/0/site/d/to", 1e308}}},
    {Fault::span_out_of_range, "points/0/site/d", {{"points.json", "/points/0/site/d/from", -10}}},
    {Fault::span_too_wide,
     "points/0/site/s",
     {{"points.json", "/points/0/site/s", {{"typical", 0.3}, {"from", -0.3}, {"to", 1.2}}}}},
    {Fault::span_too_wide,
     "points/0/site/a",
     {{"points.json", "/points/0/site/a", {{"typical", 0}, {"from", -180}, {"to", 180}}}}},
    {Fault::span_too_wide, "regions/0/a", {{"regions.json", "/regions/0/a", span(-360, 360)}}},
    {Fault::typical_outside, "points/0/site/s/typical", {{"points.json", "/points/0/site/s/typical", 0.9}}},
    {Fault::foot_with_band,
     "points/0/band",
     {{"points.json",
       "/points/0/site",
       {{"f", {{"typical", 0.3}, {"from", 0.2}, {"to", 0.4}}},
        {"w", {{"typical", 0.5}, {"from", 0.4}, {"to", 0.6}}},
        {"d", {{"typical", 10}, {"from", 5}, {"to", 15}}},
        {"basis", {"TU"}},
        {"confidence", "low"}}}}},
    {Fault::narrows_nothing,
     "points/0/referral/essential/0/within",
     {{"points.json", "/points/0/referral/essential/0/within", json::object()}}},
    {Fault::no_group, "tests/0/separates/0", {{"tests.json", "/tests/0/separates/0", {1, 2}}}},
    {Fault::not_two_groups, "tests/0/separates", {{"tests.json", "/tests/0/separates", {{"one"}}}}},
    {Fault::id_twice, "/zones/1", {{"zones.json", "/zones/-", test::tiny_pack()["zones.json"]["zones"][0]}}},
    {Fault::id_twice, "/sources/1", {{"sources.json", "/sources/-", test::tiny_pack()["sources.json"]["sources"][0]}}},
    {Fault::id_twice, "/regions/1", {{"regions.json", "/regions/-", test::tiny_pack()["regions.json"]["regions"][0]}}},
    {Fault::id_twice, "/unions/0", {{"regions.json", "/unions/-", {{"id", "calf"}, {"of", {"calf", "all"}}}}}},
    {Fault::id_twice,
     "/look_alikes/1",
     {{"look_alikes.json", "/look_alikes/-", test::tiny_pack()["look_alikes.json"]["look_alikes"][0]}}},
    {Fault::id_twice, "/look_alikes/0", {{"look_alikes.json", "/look_alikes/0/id", "one"}}},
    {Fault::id_twice, "/tests/1", {{"tests.json", "/tests/-", test::tiny_pack()["tests.json"]["tests"][0]}}},
    {Fault::id_twice, "/muscles/1", {{"muscles.json", "/muscles/-", test::tiny_pack()["muscles.json"]["muscles"][0]}}},
    {Fault::id_twice, "/cards/1", {{"explain.json", "/cards/-", test::tiny_pack()["explain.json"]["cards"][0]}}},
    {Fault::id_twice, "/steps/1", {{"palpation.json", "/steps/-", claim("feel")}}},
    {Fault::id_twice, "/points/1", {{"points.json", "/points/-", test::tiny_pack()["points.json"]["points"][0]}}},
    {Fault::number_twice, "/points/1", {{"points.json", "/points/-", test::tiny_pack()["points.json"]["points"][0]}}},
    {Fault::number_twice,
     "/flags/1",
     {{"red_flags.json", "/flags/-", test::tiny_pack()["red_flags.json"]["flags"][0]}}},
    {Fault::unknown_source, "/points/0/site", {{"points.json", "/points/0/site/basis", {"S999"}}}},
    {Fault::unknown_region,
     "/points/0/referral/essential/0",
     {{"points.json", "/points/0/referral/essential/0/region", "elbow"}}},
    {Fault::unknown_region, "/look_alikes/0", {{"look_alikes.json", "/look_alikes/0/regions/0/region", "elbow"}}},
    {Fault::unknown_region, "/unions/0", {{"regions.json", "/unions/-", {{"id", "all"}, {"of", {"calf", "elbow"}}}}}},
    {Fault::unknown_look_alike, "/points/0", {{"points.json", "/points/0/look_alikes/-", "flu"}}},
    {Fault::unknown_step, "/points/0", {{"points.json", "/points/0/finding/-", "guess"}}},
    {Fault::unknown_candidate, "/tests/0", {{"tests.json", "/tests/0/separates/0/-", "flu"}}},
    {Fault::in_both_groups, "/tests/0", {{"tests.json", "/tests/0/separates/0/-", "clot"}}},
    {Fault::narrowed_elsewhere,
     "/points/0/referral/essential/0",
     {{"points.json", "/points/0/referral/essential/0/within", {{"f", span(0, 0.2)}}}}},
    {Fault::nothing_left,
     "/points/0/referral/essential/0",
     {{"points.json", "/points/0/referral/essential/0/within", {{"s", span(0.6, 0.8)}}}}},
    {Fault::no_name, "/points/0", {{"text/en.json", "/points/one/name", nullptr}}},
    {Fault::no_name, "/cards/0", {{"text/en.json", "/explain/what/title", nullptr}}},
    {Fault::no_name, "", {{"text/en.json", "/pack/title", nullptr}}},
    {Fault::no_wordings, "/flags/0", {{"text/en.json", "/red_flags/breath/action", nullptr}}},
    {Fault::no_wordings, "/points/0", {{"text/en.json", "/points/one/where/clinician", nullptr}}},
    {Fault::words_too_long, "pack/title", {{"text/en.json", "/pack/title", std::string(most_letters + 1, 'a')}}},
    {Fault::words_empty, "pack/title", {{"text/en.json", "/pack/title", "  "}}},
    {Fault::words_unused, "points/two/name", {{"text/en.json", "/points/two", {{"name", "Two"}}}}},
};

// The fixed words of a fault, between what is filled in.
bool says(const std::string& message, Fault fault) {
  std::string_view words = content_fault_words[static_cast<std::size_t>(fault)];
  std::size_t at = 0;
  while (!words.empty()) {
    const std::size_t open = std::min(words.find('{'), words.size());
    const std::size_t found = message.find(words.substr(0, open), at);
    if (found == std::string::npos)
      return false;
    at = found + open;
    const std::size_t close = words.find('}', open);
    words.remove_prefix(close == std::string_view::npos ? words.size() : close + 1);
  }
  return true;
}

IssueList faults_of(const test::Pack& pack, bool& sound) {
  const testing::TemporaryFolder folder;
  IssueList issues;
  sound = read_content(test::write(pack, folder.path() / "pack"), issues).has_value();
  return issues;
}

} // namespace

TEST_CASE("The content that ships has no faults") {
  IssueList issues;
  const auto pack = read_content(test::content_folder(), issues);
  INFO(to_string(issues));
  REQUIRE(pack);
  CHECK(issues.empty());
  CHECK(pack->points.size() >= 7);
  CHECK(pack->regions.size() >= 26);
}

TEST_CASE("A tiny pack with one feature of each kind has no faults") {
  for (const Feature& feature : features) {
    INFO(feature.name);
    test::Pack pack = test::tiny_pack();
    for (const Change& change : feature.changes)
      test::apply(pack, change);
    if (pack["pack.json"]["languages"].size() > 1)
      pack["text/de-CH.json"] = pack["text/en.json"];
    bool sound = false;
    const IssueList issues = faults_of(pack, sound);
    INFO(to_string(issues));
    CHECK(sound);
    CHECK(issues.empty());
  }
}

TEST_CASE("Each fault of a content pack is named with file, line and key") {
  for (const Broken& one : broken) {
    test::Pack pack = test::tiny_pack();
    for (const Change& change : one.changes)
      test::apply(pack, change);
    bool sound = true;
    const IssueList issues = faults_of(pack, sound);
    INFO(content_fault_words[static_cast<std::size_t>(one.fault)] << " at " << one.key);
    INFO(to_string(issues));
    CHECK_FALSE(sound);
    const bool named = std::any_of(issues.all().begin(), issues.all().end(), [&](const Issue& issue) {
      return says(issue.message, one.fault) && issue.key == one.key && issue.line > 0 &&
             fs::path(issue.file).is_absolute();
    });
    CHECK(named);
  }
}

TEST_CASE("No fault of a content pack is without a pack that has it") {
  std::set<Fault> shown;
  for (const Broken& one : broken)
    shown.insert(one.fault);
  // Only a leg shows these: the tests below, and those of `check` with a broken leg.
  for (const Fault fault : {Fault::nowhere_in_muscle, Fault::band_across, Fault::region_without_skin,
                            Fault::zone_elsewhere, Fault::zone_missed})
    shown.insert(fault);
  for (std::size_t f = 0; f < static_cast<std::size_t>(Fault::count); ++f) {
    INFO(content_fault_words[f]);
    CHECK(shown.contains(static_cast<Fault>(f)));
  }
}

TEST_CASE("A key that nobody reads is refused wherever it stands, and the one that was meant is named") {
  const std::vector<Change> odd{
      {"pack.json", "/licences", "x"},
      {"regions.json", "/regions/0/ss", 1},
      {"points.json", "/points/0/sight", 1},
      {"points.json", "/points/0/site/s/typicall", 1},
      {"points.json", "/points/0/referral/essential/0/optional", true},
      {"zones.json", "/zones/0/hold", json::array()},
      {"red_flags.json", "/flags/0/order", 1},
      {"explain.json", "/cards/0/claims/0/bases", 1},
  };
  for (const Change& change : odd) {
    test::Pack pack = test::tiny_pack();
    test::apply(pack, change);
    bool sound = true;
    const std::string said = to_string(faults_of(pack, sound));
    INFO(said);
    CHECK_FALSE(sound);
    CHECK(said.find("is not a known key here") != std::string::npos);
    CHECK(said.find(std::string(change.pointer).substr(1) + ":") != std::string::npos);
  }
  test::Pack pack = test::tiny_pack();
  test::apply(pack, odd.front());
  bool sound = true;
  CHECK(to_string(faults_of(pack, sound)).find("was \"licence\" meant?") != std::string::npos);
}

TEST_CASE("A file that is missing, no JSON, too deep or too large is named, and the others are still checked") {
  const testing::TemporaryFolder folder;
  const fs::path root = test::write(test::tiny_pack(), folder.path() / "pack");
  fs::remove(root / "zones.json");
  std::ofstream(root / "tests.json") << "{ \"format\": 1, ";
  std::ofstream(root / "muscles.json") << "{\"format\": 1, \"format\": 1}";
  std::ofstream(root / "explain.json") << std::string(200000, '[');
  std::ofstream(root / "palpation.json") << std::string(17u << 20, ' ');
  std::ofstream(root / "sources.json") << "{\"format\": 1e999, \"sources\": []}";
  std::ofstream(root / "text/en.json") << "[]";
  test::Pack regions = test::tiny_pack();
  regions["regions.json"]["regions"][0]["place"] = "arm";
  std::ofstream(root / "regions.json") << regions["regions.json"].dump(2);
  IssueList issues;
  CHECK_FALSE(read_content(root, issues));
  const std::string said = to_string(issues);
  INFO(said);
  for (const char* file : {"zones.json", "tests.json", "muscles.json", "explain.json", "palpation.json", "sources.json",
                           "regions.json", "text/en.json"})
    CHECK(said.find(file) != std::string::npos);
}

TEST_CASE("A point that fits nowhere in its muscle is named on the leg, and tried no longer than a moment") {
  ContentPack pack = *test::shipped_content();
  for (TriggerPoint& point : pack.points)
    if (point.id == "gastroc_1") {
      point.site.a_deg = {170, {119, 239}}; // the shin, with the widest ranges that a file may hold
      point.site.s = {0.4f, {0.3f, 0.6f}};
      point.site.d_mm = {5, {0, 120}};
      point.muscle = "quadratus_plantae"; // which is nowhere near
    }
  const test::BoundLeg& leg = test::shipped_leg();
  const auto bound =
      BoundContent::make(std::make_shared<const ContentPack>(std::move(pack)), *leg.atlas, *leg.coordinates);
  CHECK_FALSE(bound->point("gastroc_1")->placed);
  IssueList issues;
  bound->check(*leg.atlas, *leg.coordinates, issues);
  const std::string said = to_string(issues);
  CHECK(said.find("points.json") != std::string::npos);
  CHECK(std::any_of(issues.all().begin(), issues.all().end(), [](const Issue& issue) {
    return says(issue.message, Fault::nowhere_in_muscle) && issue.message.find("gastroc_1") == 0;
  }));
  CHECK(issues.has_errors());
}

TEST_CASE("A band across the fibres, a region without skin and a zone elsewhere are named on the leg") {
  ContentPack pack = *test::shipped_content();
  for (TriggerPoint& point : pack.points)
    if (point.id == "gastroc_1")
      point.band.toward_midline_deg = 85;
  pack.regions.front().shape = {RegionPlace::sole, {}, {}, {0.5f, 0.5001f}, {0.5f, 0.5001f}, false, false};
  for (NoPressZone& zone : pack.zones) {
    if (zone.id == "fibular_head_neck")
      zone.shape.a_deg = {60, 100};
    if (zone.id == "popliteal_hollow")
      zone.shape.a_deg = {60, 120};
  }
  const test::BoundLeg& leg = test::shipped_leg();
  IssueList issues;
  BoundContent::make(std::make_shared<const ContentPack>(std::move(pack)), *leg.atlas, *leg.coordinates)
      ->check(*leg.atlas, *leg.coordinates, issues);
  INFO(to_string(issues));
  for (const Fault fault : {Fault::band_across, Fault::region_without_skin, Fault::zone_elsewhere, Fault::zone_missed})
    CHECK(std::any_of(issues.all().begin(), issues.all().end(),
                      [&](const Issue& issue) { return says(issue.message, fault); }));
}
