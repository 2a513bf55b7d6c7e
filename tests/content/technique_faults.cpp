// Each fault that can be made in a technique or tool is named with its file and reason, and nothing crashes.

#include "base/files.h"
#include "shipped.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <regex>

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

std::string said_of(const Fault& fault) {
  const testing::TemporaryFolder folder;
  fs::copy(test::content_folder(), folder.path() / "calf", fs::copy_options::recursive);
  const fs::path file = folder.path() / "calf" / fault.file;
  json document = json::parse(std::ifstream(file));
  const json::json_pointer at(fault.pointer);
  if (fault.value.is_null())
    document.at(at.parent_pointer()).erase(at.back());
  else
    document[at] = fault.value;
  std::ofstream(file) << document.dump(2);
  IssueList issues;
  const auto pack = read_content(folder.path() / "calf", issues);
  CHECK_FALSE(pack);
  return to_string(issues);
}

} // namespace

TEST_CASE("Each fault of a technique is named with its file and reason") {
  const char* roller = "techniques/foam_roller.json";
  const char* pin = "techniques/pin_and_stretch.json";
  const std::vector<Fault> faults{
      {roller, "/format", 2, "only format 1 is known"},
      {roller, "/id", "roller", "must be \"foam_roller\""},
      {roller, "/kind", "dance", "is none of"},
      {roller, "/colour", "red", "colour"},
      {roller, "/tools/0", "hammer", "is not in tools.json"},
      {roller, "/tools", json::array(), "needs a tool"},
      {roller, "/posture", "handstand", "is none of"},
      {roller, "/sets/from", 0, "out of range"},
      {roller, "/claims/0/basis", json::array({"S999"}), "is not in sources.json"},
      {roller, "/claims/0/id", "magic", "no wording for patient"},
      {roller, "/points/0/point", "elbow_1", "is not in points.json"},
      {roller, "/points/0/reach", 5, "out of range"},
      {roller, "/points/0/turn_deg", 80, "out of range"},
      {roller, "/points/0/turn_deg", nullptr, "which it lacks"},
      {roller, "/phases", json::array(), "the list is empty"},
      {roller, "/phases/1/id", "settle", "is given twice"},
      {roller, "/phases/1/id", "Load!", "is no id"},
      {roller, "/phases/1/id", "unload", "has no words under"},
      {roller, "/mistakes/1/id", "racing", "is given twice"},
      {roller, "/mistakes/1/id", "rocking", "no wording for patient and clinician"},
      {roller, "/mistakes/1/phase", "Hold 1", "is no id"},
      {roller, "/claims/1/id", "hold", "is given twice"},
      {roller, "/cautions/1/id", "not_the_knee", "is given twice"},
      {roller, "/points/1/point", "gastroc_1", "is given twice"},
      {roller, "/points/0/point", "gastroc 1", "is no id"},
      {roller, "/points/0/reach", 1.5, "is no whole number"},
      {roller, "/points/2/offered", true, "does not reach"},
      {roller, "/points", json::array(), "needs points"},
      {roller, "/points", json(600, json::object()), "at most 500 are possible"},
      {roller, "/tools", {"roller", "roller"}, "is named twice"},
      {roller, "/sets", {{"from", 3}, {"to", 2}}, "3 sets at least, but 2 at most"},
      {roller, "/sets/between", 2, "between"},
      {roller, "/pose/pressure", 3, "pressure"},
      {roller, "/phases/0/knee_deg", 130, "out of range"},
      {roller, "/phases/0/ankle_deg", {{"swing", {{"from", -70}, {"to", 0}}}}, "out of range"},
      {roller, "/phases/0/ankle_deg", {{"swing", {{"from", 5}, {"to", 5}}}}, "a number alone says that"},
      {roller, "/phases/0/ankle_deg", {{"swing", {{"from", -5}}}}, "to"},
      {roller, "/phases/6/turn_deg/cycles", 2.5, "is no whole number"},
      {roller, "/phases/0/lift", 2, "out of range"},
      {roller, "/phases/0/heel_mm", -1, "out of range"},
      {roller, "/phases/0/loops", 0, "out of range"},
      {roller, "/phases/0/allowed_s", {{"from", 90}, {"to", 30}}, "must be less"},
      {roller, "/phases/0/allowed_s", {{"from", 30}, {"to", 9000}}, "out of range"},
      {roller, "/phases/0/touch/strokes", 3, "strokes"},
      {roller, "/phases/0/touch/s", 0.5, "s"},
      {roller, "/phases/0/touch/s/to", nullptr, "to"},
      {roller, "/phases/0/touch/cycles", 4, "no \"rock_mm\""},
      {roller, "/phases/5/touch/s", {{"from", 0.1}, {"to", 0.2}}, "s"},
      {roller, "/phases/5/direction", "ankle_to_knee", "is no path"},
      {roller, "/mistakes/1/shows/touch/cycles", nullptr, "cycles"},
      {roller, "/mistakes/0/shows/camera", "top", "camera"},
      {roller, "/mistakes/0/tool", "thumb", "has its own"},
      {roller, "/phases/0/changes_side", true, "is not the last"},
      {roller, "/points/0/posture", "headstand", "is none of"},
      {roller, "/phases/0/gait", {{"pace", "walk"}, {"strides", 9}}, "needs the posture \"standing\""},
      {roller, "/phases/1/ahead_deg", 20, "needs the posture \"standing\""},
      {"techniques/warm_up.json", "/phases/0/gait/pace", "gallop", "pace"},
      {"techniques/warm_up.json", "/phases/0/gait/strides", 900, "in a second is possible"},
      {"techniques/warm_up.json",
       "/mistakes/0",
       {{"id", "hurried"}, {"phase", "walk"}, {"shows", {{"knee_deg", 50}}}, {"basis", {"DES"}}, {"confidence", "low"}},
       "leave it out"},
      {"techniques/warm_up.json",
       "/mistakes/0",
       {{"id", "hurried"}, {"phase", "walk"}, {"shows", {{"seconds", 10}}}, {"basis", {"DES"}}, {"confidence", "low"}},
       "in a second is possible"},
      {"techniques/thumb_pressure.json", "/points/1/posture", "wall_lunge", "cannot be used"},
      {roller, "/points/0/posture", "chair", "cannot be used"},
      {"techniques/after_care.json", "/mistakes/0/posture", nullptr, "cannot be used"},
      {"techniques/warm_up.json", "/phases/0/gait/strides", 0, "out of range"},
      {"techniques/warm_up.json", "/phases/0/knee_deg", 30, "leave it out"},
      {"techniques/warm_up.json", "/posture", "chair", "needs the posture \"standing\""},
      {"techniques/after_care.json", "/mistakes/0/tool", nullptr, "no tool to touch with"},
      {"techniques/after_care.json", "/mistakes/0/tool", "spoon", "is not in tools.json"},
      {"techniques/warm_up.json",
       "/phases/0/touch",
       {{"at", "path"}, {"s", {{"from", 0.7}, {"to", 0.2}}}},
       "no tool to touch with"},
      {"techniques/massage_stick.json", "/phases/1/touch/a_deg", nullptr, "a_deg"},
      {"tools.json", "/tools/1/id", "roller", "is given twice"},
      {"tools.json", "/tools/1/id", "../ball", "is no id"},
      {"tools.json", "/tools/1/length_mm", 60, "have a length"},
      {"tools.json", "/tools/0/length_mm", nullptr, "length_mm"},
      {"tools.json", "/weapons", json::array(), "weapons"},
      {"text/en.techniques.json", "/techniques/foam_roller/name", " ", "says nothing"},
      {"text/en.techniques.json", "/techniques/foam_roller/name", 7, "expected"},
      {"text/en.techniques.json", "/techniques/foam_roller/name", std::string(3000, 'a'), "at most 2000"},
      {"text/en.techniques.json", "/techniques/foam_roller/nickname", "Rolly", "nothing in the pack has these words"},
      {"text/en.techniques.json", "/techniques/foam_roller/mistakes/racing/clinician", nullptr, "no wording"},
      {"text/en.techniques.json", "/techniques/foam_roller/cautions/wrists", nullptr, "no wording"},
      {"text/en.techniques.json", "/techniques/foam_roller/claims/hold/patient", nullptr, "no wording"},
      {"text/en.techniques.json", "/tools/stick", nullptr, "has no words under"},
      {roller, "/phases/0/seconds", nullptr, "needs its length"},
      {roller, "/phases/0/seconds", 1e9, "out of range"},
      {roller, "/phases/0/seconds", "long", "a finite number was expected"},
      {roller, "/phases/0/pressure", 11, "out of range"},
      {roller, "/phases/0/pressure", 9, "more than 7 is too much"},
      {roller, "/phases/0/pressure", {{"swing", {{"from", 2}, {"to", 8}}}, {"cycles", 2}}, "more than 7 is too much"},
      {roller, "/phases/0/knee_deg", "bent", "is possible here"},
      {roller, "/phases/0/touch/at", "everywhere", "is none of"},
      {roller, "/phases/0/touch/s/from", 7, "out of range"},
      {roller, "/phases/0/camera", "moon", "is none of"},
      {roller, "/phases/2/direction", "sideways", "only \"ankle_to_knee\" is known"},
      {roller, "/phases/2/touch/s/to", 0.9, "against its \"direction\""},
      {roller, "/phases/5/seconds", 200, "outside the 30 to 90 s"},
      {roller, "/phases/5/breathing", "deeply", "expected"},
      {roller, "/mistakes/0/phase", "lunch", "there is no phase"},
      {roller, "/mistakes/0/shows", json::object(), "at least one thing"},
      {roller, "/mistakes/0/shows/music", true, "music"},
      {pin, "/phases/1/loops", 40, "outside the 5 to 10"},
      {"techniques/thumb_pressure.json", "/rounds/from", "lunch", "name phases"},
      {"techniques/thumb_pressure.json", "/rounds/times", 1000, "out of range"},
      {"tools.json", "/tools/0/diameter_mm", -4, "out of range"},
      {"tools.json", "/tools/0/shape", "cube", "is none of"},
      {"tools.json", "/tools/0/id", "rollator", "has no words under"},
      {"text/en.techniques.json", "/techniques/foam_roller/name", nullptr, "has no words under"},
      {"text/en.techniques.json", "/techniques/foam_roller/phases/hold/title", nullptr, "has no words under"},
      {"text/en.techniques.json", "/postures/chair", nullptr, "has no words under"},
  };
  for (const Fault& fault : faults) {
    const std::string said = said_of(fault);
    INFO(fault.file << " " << fault.pointer << "\n" << said);
    CHECK(said.find(fault.said) != std::string::npos);
    // With the file, its line and where in it.
    CHECK(std::regex_search(said, std::regex(R"(\.json:[0-9]+: /?[a-z])")));
  }
}

TEST_CASE("A technique that is unknown, missing or no JSON is a fault, a pack without techniques is not") {
  const testing::TemporaryFolder folder;
  const fs::path calf = folder.path() / "calf";
  fs::copy(test::content_folder(), calf, fs::copy_options::recursive);
  IssueList issues;
  std::ofstream(calf / "techniques/cupping.json") << "{}";
  CHECK_FALSE(read_content(calf, issues));
  CHECK(to_string(issues).find("no such technique") != std::string::npos);
  fs::remove(calf / "techniques/cupping.json");
  fs::remove(calf / "techniques/warm_up.json");
  issues = {};
  CHECK_FALSE(read_content(calf, issues));
  CHECK(to_string(issues).find("warm_up.json") != std::string::npos);
  std::ofstream(calf / "techniques/warm_up.json") << "{\"format\": 1,";
  issues = {};
  CHECK_FALSE(read_content(calf, issues));
  fs::remove_all(calf / "techniques");
  issues = {};
  const auto pack = read_content(calf, issues);
  INFO(to_string(issues));
  REQUIRE(pack);
  CHECK(pack->techniques.empty());
}
