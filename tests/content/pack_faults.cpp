// The shipped content is whole, and each fault that can be made in it is named with its file, line and key.

#include "base/files.h"
#include "shipped.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <fstream>

using namespace calfscope;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

struct Fault {
  const char* file;
  const char* pointer; // JSON pointer of what is changed
  json value;          // null: it is taken out
  const char* said;    // part of the message
};

void change(const fs::path& file, const Fault& fault) {
  std::ifstream in(file);
  json document = json::parse(in);
  const json::json_pointer at(fault.pointer);
  if (fault.value.is_null())
    document.at(at.parent_pointer()).erase(at.back());
  else
    document[at] = fault.value;
  std::ofstream(file) << document.dump(2);
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

TEST_CASE("Each fault of a content pack is named with file, line and key") {
  const std::vector<Fault> faults{
      {"pack.json", "/format", 99, "only format 1 is known"},
      {"pack.json", "/id", nullptr, "is missing"},
      {"sources.json", "/sources/0/citation", 3, "a text was expected"},
      {"points.json", "/points/0/site/s/typical", 0.9, "does not lie between"},
      {"points.json", "/points/0/site/s/from", 0.5, "must be less than"},
      {"points.json", "/points/0/site/d", nullptr, "is missing"},
      {"points.json", "/points/0/site/a/to", 900, "out of range"},
      {"points.json", "/points/0/number", "one", "a finite number was expected"},
      {"points.json", "/points/0/number", 2, "given twice"},
      {"points.json", "/points/1/id", "gastroc_1", "given twice"},
      {"points.json", "/points/0/referral/essential/0/region", "elbow", "is not in regions.json"},
      {"points.json", "/points/0/look_alikes/0", "flu", "is not in look_alikes.json"},
      {"points.json", "/points/0/finding/0", "guess", "is not in palpation.json"},
      {"points.json", "/points/0/site/basis", json::array(), "needs at least one source"},
      {"points.json", "/points/0/site/basis", json::array({"S999"}), "is not in sources.json"},
      {"points.json", "/points/0/site/confidence", "certain", "is none of"},
      {"points.json", "/points/0/band/tolerance_deg", 400, "out of range"},
      {"points.json", "/points/0/halo_radius_mm", -3, "out of range"},
      {"regions.json", "/regions/0/place", "arm", "is none of"},
      {"regions.json", "/unions/0/of/0", "elbow", "is not in regions.json"},
      {"zones.json", "/zones/0/severity", "maybe", "is none of"},
      {"look_alikes.json", "/look_alikes/0/urgency", "whenever", "is none of"},
      {"tests.json", "/tests/0/separates", json::array({json::array({"soleus_1"})}), "at least two groups"},
      {"text/en.json", "/points/gastroc_1/name", nullptr, "has no words under"},
      {"text/en.json", "/red_flags/dvt/action", nullptr, "has no words under"},
  };
  for (const Fault& fault : faults) {
    const testing::TemporaryFolder folder;
    fs::copy(test::content_folder(), folder.path() / "calf", fs::copy_options::recursive);
    change(folder.path() / "calf" / fault.file, fault);
    IssueList issues;
    const auto pack = read_content(folder.path() / "calf", issues);
    INFO(fault.file << " " << fault.pointer << " " << fault.value.dump());
    INFO(to_string(issues));
    CHECK_FALSE(pack);
    bool named = false;
    for (const Issue& issue : issues.all())
      named |= issue.message.find(fault.said) != std::string::npos && !issue.file.empty() && issue.line > 0 &&
               !issue.key.empty();
    CHECK(named);
  }
}

TEST_CASE("A file that is missing or no JSON is named, and the others are still checked") {
  const testing::TemporaryFolder folder;
  fs::copy(test::content_folder(), folder.path() / "calf", fs::copy_options::recursive);
  fs::remove(folder.path() / "calf/zones.json");
  std::ofstream(folder.path() / "calf/tests.json") << "{ \"format\": 1, ";
  change(folder.path() / "calf/regions.json", {"", "/regions/0/place", "arm", ""});
  IssueList issues;
  CHECK_FALSE(read_content(folder.path() / "calf", issues));
  const std::string said = to_string(issues);
  INFO(said);
  CHECK(said.find("zones.json") != std::string::npos);
  CHECK(said.find("tests.json") != std::string::npos);
  CHECK(said.find("regions.json") != std::string::npos);
}

TEST_CASE("A point that fits nowhere in its muscle is named on the leg") {
  ContentPack pack = *test::shipped_content();
  for (TriggerPoint& point : pack.points)
    if (point.id == "gastroc_1") {
      point.site.a_deg = {170, {165, 175}}; // the shin
      point.site.d_mm = {5, {2, 8}};
    }
  const test::BoundLeg& leg = test::shipped_leg();
  const auto bound =
      BoundContent::make(std::make_shared<const ContentPack>(std::move(pack)), *leg.atlas, *leg.coordinates);
  CHECK_FALSE(bound->point("gastroc_1")->placed);
  IssueList issues;
  bound->check(*leg.atlas, *leg.coordinates, issues);
  const std::string said = to_string(issues);
  CHECK(said.find("points.json") != std::string::npos);
  CHECK(said.find("gastroc_1") != std::string::npos);
  CHECK(issues.has_errors());
}

TEST_CASE("A band across the fibres, a region without skin and a zone elsewhere are named on the leg") {
  ContentPack pack = *test::shipped_content();
  for (TriggerPoint& point : pack.points)
    if (point.id == "gastroc_1")
      point.band.toward_midline_deg = 85;
  pack.regions.front().shape = {RegionPlace::sole, {}, {}, {0.5f, 0.5001f}, {0.5f, 0.5001f}, false};
  for (NoPressZone& zone : pack.zones)
    if (zone.id == "fibular_head_neck")
      zone.shape.a_deg = {60, 100};
  const test::BoundLeg& leg = test::shipped_leg();
  IssueList issues;
  BoundContent::make(std::make_shared<const ContentPack>(std::move(pack)), *leg.atlas, *leg.coordinates)
      ->check(*leg.atlas, *leg.coordinates, issues);
  const std::string said = to_string(issues);
  INFO(said);
  CHECK(said.find("off the fibres") != std::string::npos);
  CHECK(said.find("no skin of this leg") != std::string::npos);
  CHECK(said.find("lies elsewhere") != std::string::npos);
}
