// Every fault a pack can have is named with its file and place, and none of them harms the program.

#include "base/files.h"
#include "import/pack.h"
#include "sample_atlas.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <fstream>

using namespace calfscope;
using namespace calfscope::testing;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  IssueList issues;
  return read_text(file, issues).value();
}

void write_text(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

// The pack of the sample with its model.json changed by `change`.
template <typename Change>
IssueList issues_after(const TemporaryFolder& folder, Change change) {
  IssueList issues;
  REQUIRE(write_pack(sample_atlas(), folder.path(), issues));
  auto model = nlohmann::ordered_json::parse(text_of(folder.path() / "model.json"));
  change(model);
  write_text(folder.path() / "model.json", model.dump(1));
  read_pack(folder.path(), issues);
  return issues;
}

bool tells(const IssueList& issues, const std::string& key, const std::string& message) {
  return std::any_of(issues.all().begin(), issues.all().end(), [&](const Issue& issue) {
    return issue.severity == Severity::error && issue.file.ends_with("model.json") && issue.line > 0 &&
           issue.key.find(key) != std::string::npos && issue.message.find(message) != std::string::npos;
  });
}

std::shared_ptr<SurfaceMesh> changed(const std::shared_ptr<const SurfaceMesh>& mesh) {
  return std::make_shared<SurfaceMesh>(*mesh);
}

// What check says of the sample after `change`.
template <typename Change>
std::string checked(Change change) {
  const TemporaryFolder folder;
  Atlas atlas = sample_atlas();
  change(atlas);
  IssueList issues;
  REQUIRE(write_pack(atlas, folder.path(), issues));
  check_pack(folder.path(), issues);
  return to_string(issues);
}

} // namespace

TEST_CASE("Every fault of a model.json is named with file, line and key") {
  using Json = nlohmann::ordered_json;
  struct Fault {
    const char* key;
    const char* message;
    void (*change)(Json&);
  };
  const Fault faults[] = {
      {"colour", "not a known key", [](Json& m) { m["colour"] = "red"; }},
      {"structures/0/colour", "not a known key", [](Json& m) { m["structures"][0]["colour"] = "red"; }},
      {"landmarks/1/at", "not a known key", [](Json& m) { m["landmarks"][1]["at"] = 3; }},
      {"joints/0/speed", "not a known key", [](Json& m) { m["joints"][0]["speed"] = 3; }},
      {"belly_ends/plantaris", "not a known key", [](Json& m) { m["belly_ends"]["plantaris"] = 0.2; }},
      {"title", "is missing", [](Json& m) { m.erase("title"); }},
      {"title", "a text was expected", [](Json& m) { m["title"] = 7; }},
      {"format", "this program reads", [](Json& m) { m["format"] = "calfscope-model-9"; }},
      {"side", "neither", [](Json& m) { m["side"] = "middle"; }},
      {"units", "must be \"m\"", [](Json& m) { m["units"] = "mm"; }},
      {"mesh", "leaves the pack", [](Json& m) { m["mesh"] = "../other/lower_leg.glb"; }},
      {"mesh", "leaves the pack", [](Json& m) { m["mesh"] = "/etc/passwd"; }},
      {"mesh", "does not exist", [](Json& m) { m["mesh"] = "none.glb"; }},
      {"structures/1/kind", "no kind of tissue", [](Json& m) { m["structures"][1]["kind"] = "gristle"; }},
      {"structures/1/id", "given twice", [](Json& m) { m["structures"][1]["id"] = "skin"; }},
      {"structures/1/id", "is no id", [](Json& m) { m["structures"][1]["id"] = "The soleus"; }},
      {"structures/1/fma", "no FMA id", [](Json& m) { m["structures"][1]["fma"] = "22558"; }},
      {"plantaris", "has no mesh",
       [](Json& m) {
         m["structures"].push_back({{"id", "plantaris"}, {"kind", "muscle"}, {"name", "Plantaris"}});
       }},
      {"landmarks/0/position_m", "3 finite numbers",
       [](Json& m) {
         m["landmarks"][0]["position_m"] = {0, 1};
       }},
      {"landmarks/1/id", "given twice", [](Json& m) { m["landmarks"][1]["id"] = "knee_centre"; }},
      {"joints/0/axis", "length 1",
       [](Json& m) {
         m["joints"][0]["axis"] = {1, 1, 0};
       }},
      {"joints/0/parent", "neither", [](Json& m) { m["joints"][0]["parent"] = "elbow"; }},
      {"landmarks/0/position_m", "1000 m",
       [](Json& m) {
         m["landmarks"][0]["position_m"] = {0, 1e300, 0};
       }},
      {"joints/0/centre_m", "1000 m",
       [](Json& m) {
         m["joints"][0]["centre_m"] = {0, 0, -5000};
       }},
      {"joints/0/range_deg", "between -180",
       [](Json& m) {
         m["joints"][0]["range_deg"] = {-1e300, 50};
       }},
      {"joints/15", "one joint too many",
       [](Json& m) {
         for (int i = 1; i < 300; ++i) {
           m["joints"].push_back(m["joints"][0]);
           m["joints"].back()["id"] = "joint_" + std::to_string(i);
           m["joints"].back()["moves"] = "part_" + std::to_string(i);
         }
       }},
      {"joints/0/range_deg", "begins above",
       [](Json& m) {
         m["joints"][0]["range_deg"] = {40, -50};
       }},
      {"belly_ends/soleus", "between 0", [](Json& m) { m["belly_ends"]["soleus"] = 1.7; }},
  };
  const TemporaryFolder folder;
  for (const Fault& fault : faults) {
    const IssueList issues = issues_after(folder, fault.change);
    INFO(fault.key << ": " << fault.message << "\n" << to_string(issues));
    CHECK(tells(issues, fault.key, fault.message));
  }
}

TEST_CASE("One faulty structure does not hide the others, and all faults are told at once") {
  const TemporaryFolder folder;
  const IssueList issues = issues_after(folder, [](auto& model) {
    model["structures"][1]["kind"] = "gristle";
    model["side"] = "middle";
    model["landmarks"][0]["position_m"] = "here";
  });
  CHECK(issues.all().size() >= 3);
  IssueList again;
  const auto atlas = read_pack(folder.path(), again);
  REQUIRE(atlas);
  CHECK(atlas->structures.size() == 1);
}

TEST_CASE("A pack that is no pack is refused with a reason") {
  const TemporaryFolder folder;
  IssueList issues;
  CHECK(!read_pack(folder.path() / "nowhere", issues));
  CHECK(!read_pack(folder.path(), issues));
  write_text(folder.path() / "model.json", "{ \"format\": ");
  CHECK(!read_pack(folder.path(), issues));
  write_text(folder.path() / "model.json", "[1, 2]");
  CHECK(!read_pack(folder.path(), issues));
  CHECK(issues.all().size() == 4);
  CHECK(issues.has_errors());
}

TEST_CASE("A link out of the pack is not followed") {
  const TemporaryFolder outside;
  const TemporaryFolder folder;
  IssueList issues;
  REQUIRE(write_pack(sample_atlas(), outside.path(), issues));
  REQUIRE(write_pack(sample_atlas(), folder.path(), issues));
  fs::remove(folder.path() / "lower_leg.glb");
  fs::create_symlink(outside.path() / "lower_leg.glb", folder.path() / "lower_leg.glb");
  CHECK(!read_pack(folder.path(), issues));
  CHECK(tells(issues, "mesh", "through a link"));
}

TEST_CASE("A cut or garbled GLB is refused or read soundly, never a crash") {
  const TemporaryFolder folder;
  ::setenv("XDG_CACHE_HOME", folder.path().c_str(), 1); // hundreds of packs need not be remembered
  IssueList issues;
  REQUIRE(write_pack(sample_atlas(), folder.path(), issues));
  const fs::path file = folder.path() / "lower_leg.glb";
  const std::string whole = text_of(file);
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{3}, std::size_t{12}, std::size_t{40}, whole.size() / 2, whole.size() - 8}) {
    write_text(file, whole.substr(0, length));
    IssueList told;
    CHECK(!read_pack(folder.path(), told));
    REQUIRE(told.has_errors());
    CHECK(told.all().front().file == file.string());
  }
  unsigned random = 99;
  const auto next = [&] { return (random = random * 1664525u + 1013904223u) >> 8; };
  // The JSON chunk is where a wrong number does most harm.
  const std::size_t json_end =
      20 + static_cast<unsigned char>(whole[12]) + 256u * static_cast<unsigned char>(whole[13]);
  for (int round = 0; round < 400; ++round) {
    std::string broken = whole;
    for (int flip = 0; flip < 1 + round % 3; ++flip) {
      const std::size_t at = next() % (round % 4 == 0 ? broken.size() : json_end);
      // Digits for digits keep the JSON readable and its numbers wrong.
      broken[at] = std::isdigit(static_cast<unsigned char>(broken[at])) ? static_cast<char>('0' + next() % 10)
                                                                        : static_cast<char>(next());
    }
    write_text(file, broken);
    IssueList told;
    const auto atlas = read_pack(folder.path(), told);
    if (!atlas) {
      CHECK(told.has_errors());
      continue;
    }
    for (const Structure& structure : atlas->structures)
      for (const glm::uvec3& t : structure.mesh->surface.triangles)
        REQUIRE(std::max({t.x, t.y, t.z}) < structure.mesh->surface.positions.size());
  }
}

TEST_CASE("A GLB that holds what packs do not, or shows one mesh over and over, is refused before it is read") {
  const TemporaryFolder folder;
  IssueList issues;
  REQUIRE(write_pack(sample_atlas(), folder.path(), issues));
  const fs::path file = folder.path() / "lower_leg.glb";
  const std::string whole = text_of(file);
  std::uint32_t json_length = 0;
  std::memcpy(&json_length, whole.data() + 12, sizeof json_length);
  const auto refused = [&](auto change, const char* because) {
    auto json = nlohmann::json::parse(whole.substr(20, json_length));
    change(json);
    std::string text = json.dump();
    text.append((4 - text.size() % 4) % 4, ' ');
    std::string changed_glb = whole.substr(0, 12);
    const auto put_length = [](std::string& bytes, std::size_t at, std::size_t length) {
      const auto word = static_cast<std::uint32_t>(length);
      bytes.replace(at, sizeof word, reinterpret_cast<const char*>(&word), sizeof word);
    };
    changed_glb.append(4, ' ');
    put_length(changed_glb, 12, text.size());
    changed_glb += "JSON" + text + whole.substr(20 + json_length);
    put_length(changed_glb, 8, changed_glb.size());
    write_text(file, changed_glb);
    IssueList told;
    const bool read = read_pack(folder.path(), told).has_value();
    INFO(because << "\n" << to_string(told));
    if (*because == '\0') {
      CHECK(read);
    } else {
      CHECK_FALSE(read);
      CHECK(to_string(told).find(because) != std::string::npos);
    }
  };
  using nlohmann::json;
  refused([](json&) {}, "");
  refused([](json& glb) { glb["animations"] = json::array(); }, "animations: error: is nothing that packs may hold");
  refused([](json& glb) { glb["images"] = json::array({{{"uri", "x.png"}}}); }, "images");
  refused([](json& glb) { glb["nodes"][0]["camera"] = 7; }, "nodes/0");
  refused(
      [](json& glb) {
        for (int i = 0; i < 60'000; ++i)
          glb["nodes"].push_back({{"mesh", 0}, {"name", "n" + std::to_string(i)}});
      },
      "50 million");
}

TEST_CASE("Numbers out of range in the mesh are told") {
  const auto text = checked([](Atlas& atlas) {
    const auto mesh = changed(atlas.structures[1].mesh);
    mesh->surface.positions[3].x = std::numeric_limits<float>::quiet_NaN();
    mesh->binding[5].weight[0] = 10;
    mesh->binding[5].weight[1] = 0;
    atlas.structures[1].mesh = mesh;
  });
  CHECK(text.find("1 vertices have numbers that are not finite") != std::string::npos);
  CHECK(text.find("1 vertices have skin weights that do not sum to one") != std::string::npos);
}

TEST_CASE("check finds open, inward and overfull surfaces, and what stands out of the skin") {
  CHECK(checked([](Atlas&) {}).find("soleus") == std::string::npos);
  const auto with_soleus = [](auto change) {
    return checked([change](Atlas& atlas) {
      const auto mesh = changed(atlas.structures[1].mesh);
      change(*mesh);
      atlas.structures[1].mesh = mesh;
    });
  };
  CHECK(with_soleus([](SurfaceMesh& mesh) {
          mesh.surface.triangles.pop_back();
        }).find("soleus: error: is not closed") != std::string::npos);
  CHECK(with_soleus([](SurfaceMesh& mesh) { flip_winding(mesh.surface); }).find("wound inwards") != std::string::npos);
  CHECK(with_soleus([](SurfaceMesh& mesh) {
          const glm::uvec3 t = mesh.surface.triangles.front();
          mesh.surface.triangles.emplace_back(t.x, t.y, static_cast<std::uint32_t>(mesh.surface.positions.size() - 1));
        }).find("no manifold") != std::string::npos);
  CHECK(with_soleus([](SurfaceMesh& mesh) {
          for (glm::vec3& p : mesh.surface.positions)
            p.z -= 60;
        }).find("stands out of the skin") != std::string::npos);
  CHECK(with_soleus([](SurfaceMesh& mesh) { mesh.fibre.front() *= 3; }).find("fibre directions") != std::string::npos);
  CHECK(checked([](Atlas& atlas) { atlas.landmarks.clear(); }).find("knee_centre is missing") != std::string::npos);
  CHECK(checked([](Atlas& atlas) { atlas.attribution.clear(); }).find("attribution: error: is empty") !=
        std::string::npos);
}

TEST_CASE("What cannot be written is refused and leaves the old pack whole") {
  const TemporaryFolder folder;
  IssueList issues;
  REQUIRE(write_pack(sample_atlas(), folder.path(), issues));
  Atlas broken = sample_atlas();
  broken.structures[0].mesh = std::make_shared<SurfaceMesh>();
  CHECK(!write_pack(broken, folder.path(), issues));
  CHECK(issues.has_errors());
  IssueList after;
  CHECK(read_pack(folder.path(), after));
  CHECK(after.empty());
}
