// Recipes, and the official archive's layout: a small archive of that shape is made from simple bodies.

#include "base/files.h"
#include "geometry/mesh_inspection.h"
#include "import/mesh_source.h"
#include "import/obj_text.h"
#include "import/pack.h"
#include "import/recipe.h"
#include "import/recipe_import.h"
#include "sample_atlas.h"

#include <archive.h>
#include <archive_entry.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <numbers>
#include <sstream>

using namespace calfscope;
using namespace calfscope::testing;
namespace fs = std::filesystem;

namespace {

const fs::path recipe_file = fs::path(CALFSCOPE_SOURCE_DIR) / "models/recipes/bodyparts3d.json";
const std::string archive_folder = "isa_BP3D_4.0_obj_99";

void write_text(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

// Closed upright cylinder with flat ends.
TriMesh cylinder(glm::vec3 top, float length, float radius) {
  constexpr int around = 24;
  const int along = std::max(2, static_cast<int>(length / 12));
  TriMesh mesh;
  const auto ring = [&](int j, int i) { return static_cast<std::uint32_t>(2 + j * around + i % around); };
  mesh.positions = {top, top - glm::vec3(0, length, 0)};
  for (int j = 0; j <= along; ++j)
    for (int i = 0; i < around; ++i) {
      const float a = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / around;
      mesh.positions.push_back(top + glm::vec3(radius * std::cos(a),
                                               -length * static_cast<float>(j) / static_cast<float>(along),
                                               radius * std::sin(a)));
    }
  for (int i = 0; i < around; ++i) {
    mesh.triangles.emplace_back(0u, ring(0, i + 1), ring(0, i));
    mesh.triangles.emplace_back(1u, ring(along, i), ring(along, i + 1));
    for (int j = 0; j < along; ++j) {
      mesh.triangles.emplace_back(ring(j, i), ring(j, i + 1), ring(j + 1, i));
      mesh.triangles.emplace_back(ring(j, i + 1), ring(j + 1, i + 1), ring(j + 1, i));
    }
  }
  return mesh;
}

// As the archive writes it: comment header, the body's own frame (x left, y back, z up, mm), normals.
std::string obj_of(const TriMesh& mesh, const std::string& element, const std::string& english,
                   const std::string& concept_id) {
  std::ostringstream out;
  out << "# Compatibility version : 4.0\n# File ID : " << element << "\n# Representation ID : BP1\n"
      << "# Build-up logic : FMA 3.0 is_a\n# Concept ID : " << concept_id << "\n# English name : " << english
      << "\n# Bounds(mm): (0,0,0)-(1,1,1)\n# Volume(cm3): 1.0\n\n";
  for (const glm::vec3& p : mesh.positions)
    out << "v " << p.x - 70 << ' ' << -p.z - 79.5f << ' ' << p.y + 366.5f << '\n';
  out << "vn 0 0 1\n";
  for (const glm::uvec3& t : mesh.triangles)
    out << "f " << t.x + 1 << "//1 " << t.y + 1 << "//1 " << t.z + 1 << "//1\n";
  return out.str();
}

// A leg of cylinders under the archive's file names. One scrap of two triangles lies beside the soleus.
std::map<std::string, std::string> small_archive() {
  TriMesh soleus = cylinder({0, -20, -30}, 300, 22);
  const auto base = static_cast<std::uint32_t>(soleus.positions.size());
  for (const glm::vec3 p : {glm::vec3(60, 0, 0), glm::vec3(61, 0, 0), glm::vec3(60, 1, 0)})
    soleus.positions.push_back(p);
  soleus.triangles.emplace_back(base, base + 1, base + 2);
  soleus.triangles.emplace_back(base + 2, base + 1, base);
  TriMesh calcaneus = cylinder({0, -390, -30}, 50, 20);
  flip_winding(calcaneus); // the import must turn it
  const auto named = [](const char* element) { return archive_folder + "/" + element + ".obj"; };
  return {
      {named("FJ3365"), obj_of(cylinder({0, 400, 0}, 395, 18), "FJ3365", "Right femur", "FMA24474")},
      {named("FJ3387"), obj_of(cylinder({0, 0, 0}, 360, 24), "FJ3387", "Right tibia", "FMA24477")},
      {named("FJ3366"), obj_of(cylinder({-36, -10, -15}, 370, 6), "FJ3366", "Right fibula", "FMA24480")},
      {named("FJ3360"), obj_of(calcaneus, "FJ3360", "Right calcaneus", "FMA24497")},
      {named("FJ1405"), obj_of(cylinder({0, -250, -56}, 180, 6.5f), "FJ1405", "right calcaneal tendon", "FMA258847")},
      {named("FJ1437"), obj_of(soleus, "FJ1437", "Right soleus", "FMA22558")},
      {named("FJ1397"), obj_of(cylinder({18, 60, -50}, 260, 17), "FJ1397", "Left soleus", "FMA45957")},
      {archive_folder + "/FJ9999.obj", "this file is of no interest\n"}};
}

void write_zip(const fs::path& file, const std::map<std::string, std::string>& entries) {
  archive* out = archive_write_new();
  archive_write_set_format_zip(out);
  REQUIRE(archive_write_open_filename(out, file.c_str()) == ARCHIVE_OK);
  for (const auto& [name, bytes] : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(out, entry);
    archive_write_data(out, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(out);
  archive_write_free(out);
}

std::string text_of(const fs::path& file) {
  IssueList issues;
  return read_text(file, issues).value_or("");
}

bool import_small(const fs::path& from, const fs::path& out, IssueList& issues) {
  return import_with_recipe(recipe_file, from, out, {}, issues);
}

} // namespace

TEST_CASE("The recipe for BodyParts3D is sound and names every structure once") {
  IssueList issues;
  const auto recipe = read_recipe(recipe_file, issues);
  INFO(to_string(issues));
  REQUIRE(recipe);
  CHECK(issues.empty());
  CHECK(recipe->structures.size() > 100);
  CHECK(recipe->attribution.find("BodyParts3D") != std::string::npos);
  CHECK(std::find(recipe->lacks.begin(), recipe->lacks.end(), "nerves") != recipe->lacks.end());
}

TEST_CASE("Faults of a recipe are named with their line") {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "recipe.json";
  std::string text = text_of(recipe_file);
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string out = text;
    out.replace(out.find(from), from.size(), to);
    write_text(file, out);
    IssueList issues;
    CHECK(!read_recipe(file, issues));
    REQUIRE(issues.has_errors());
    CHECK(issues.all().front().line > 0);
    return to_string(issues);
  };
  CHECK(with("\"kind\": \"bone\"", "\"kind\": \"stone\"").find("no kind of tissue") != std::string::npos);
  CHECK(with("\"id\": \"patella\"", "\"id\": \"femur\"").find("given twice") != std::string::npos);
  CHECK(with("\"crop_s\": -0.36", "\"crop_s\": 0.5").find("above the knee") != std::string::npos);
  CHECK(with("[\"x\", \"z\", \"-y\"]", "[\"x\", \"x\", \"-y\"]").find("once") != std::string::npos);
  CHECK(with("\"mm_per_unit\": 1000", "\"mm_per_unit\": 0").find("above 0") != std::string::npos);
  CHECK(with("\"mm_per_unit\": 1000", "\"mm_per_unit\": 1e300").find("at most") != std::string::npos);
  CHECK(with("\"id\": \"patella\"", "\"id\": \"../patella\"").find("is no id") != std::string::npos);
  CHECK(with("\"fma\": \"FMA24474\"", "\"fma\": \"24474\"").find("no FMA id") != std::string::npos);
  CHECK(with("\"pennation_deg\": ", "\"pennation_deg\": 1e300, \"thin_out_mm\": ").find("pennation_deg") !=
        std::string::npos);
  CHECK(with("\"element\": \"FJ3365\"", "\"elementt\": \"FJ3365\"").find("not a known key") != std::string::npos);
}

TEST_CASE("OBJ text is read with its header, and its faults are told with their line") {
  IssueList issues;
  const auto obj = parse_obj("# File ID : FJ7\r\n# English name : Big : toe\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"
                             "f 1//1 2//1 3//1 4//1\nf -4 -3 -2\n",
                             "x.obj", issues);
  REQUIRE(obj);
  CHECK(obj->header.at("File ID") == "FJ7");
  CHECK(obj->header.at("English name") == "Big : toe");
  CHECK(obj->mesh.triangles.size() == 3);
  CHECK(issues.empty());
  const auto fault_line = [](const char* text) {
    IssueList told;
    CHECK(!parse_obj(text, "x.obj", told));
    REQUIRE(told.all().size() == 1);
    CHECK(told.all()[0].file == "x.obj");
    return told.all()[0].line;
  };
  CHECK(fault_line("v 0 0 0\nv 0 0\n") == 2);
  CHECK(fault_line("v 0 0 nan\n") == 1);
  CHECK(fault_line("v 0 0 0\n\nf 1 2 3\n") == 3);
  CHECK(fault_line("v 0 0 0\nf 1 1\n") == 2);
  CHECK(fault_line("v 0 0 0\n") == 0);
  CHECK(fault_line("") == 0);
}

TEST_CASE("An archive in the official layout becomes the same sound pack from a folder and from a zip") {
  const TemporaryFolder folder;
  const auto entries = small_archive();
  for (const auto& [name, bytes] : entries)
    write_text(folder.path() / "unpacked" / name, bytes);
  write_zip(folder.path() / "archive.zip", entries);

  IssueList issues;
  REQUIRE(import_small(folder.path() / "unpacked", folder.path() / "a", issues));
  INFO(to_string(issues));
  CHECK(!issues.has_errors());
  IssueList zip_issues;
  REQUIRE(import_small(folder.path() / "archive.zip", folder.path() / "b", zip_issues));
  CHECK(text_of(folder.path() / "a/lower_leg.glb") == text_of(folder.path() / "b/lower_leg.glb"));
  CHECK(text_of(folder.path() / "a/model.json") == text_of(folder.path() / "b/model.json"));

  // What is missing and what disagrees is said, once each.
  const std::string told = to_string(issues);
  CHECK(told.find("FJ1394.obj") != std::string::npos);
  CHECK(told.find("says English name \"Left soleus\"") != std::string::npos);
  CHECK(told.find("dorsal_interossei") == std::string::npos);

  IssueList pack_issues;
  const auto atlas = read_pack(folder.path() / "a", pack_issues);
  REQUIRE(atlas);
  CHECK(atlas->structures.size() == 8);
  CHECK(atlas->attribution.find("BodyParts3D") != std::string::npos);
  CHECK(atlas->segments.size() == 5);
  CHECK(std::isfinite(atlas->belly_ends.soleus));
  for (const Structure& structure : atlas->structures) {
    INFO(structure.id);
    const MeshInspection look = inspect(weld(structure.mesh->surface, 0));
    CHECK(look.closed());
    CHECK(look.outward());
    CHECK(look.pieces == 1);
  }
  const Bounds soleus = bounds_of(atlas->find("soleus")->mesh->surface);
  CHECK(soleus.size().y == Approx(300).margin(0.5));
  CHECK(soleus.upper.y == Approx(-20).margin(2));
  // Cropped at the same level, with flat caps.
  const float top = bounds_of(atlas->find("skin")->mesh->surface).upper.y;
  // The inner structures stop just short of the cap.
  CHECK(bounds_of(atlas->find("femur")->mesh->surface).upper.y == Approx(top - 0.6f).margin(0.1));
  CHECK(top > 100);
  IssueList faults;
  check_pack(folder.path() / "a", faults);
  CHECK(to_string(faults).find("error") == std::string::npos);
}

TEST_CASE("A name in a recipe does not lead out of the folder") {
  const TemporaryFolder folder;
  write_text(folder.path() / "in/tibia.obj", "x");
  write_text(folder.path() / "out.obj", "x");
  IssueList issues;
  const auto source = MeshSource::open(folder.path() / "in", issues);
  REQUIRE(source);
  CHECK(source->find("tibia.obj"));
  CHECK(source->find("archive/tibia.obj") == "tibia.obj");
  CHECK_FALSE(source->find("../out.obj"));
  CHECK_FALSE(source->find("deep/../../out.obj"));
  CHECK_FALSE(source->find((folder.path() / "out.obj").string()));
}

TEST_CASE("Bodies too large for a leg are refused by their size, before grids are laid over them") {
  const TemporaryFolder folder;
  auto entries = small_archive();
  const auto refused = [&](const TriMesh& soleus, const char* because) {
    entries[archive_folder + "/FJ1437.obj"] = obj_of(soleus, "FJ1437", "Right soleus", "FMA22558");
    write_zip(folder.path() / "large.zip", entries);
    IssueList issues;
    import_small(folder.path() / "large.zip", folder.path() / "out", issues);
    CHECK(issues.has_errors());
    INFO(to_string(issues));
    CHECK(to_string(issues).find(because) != std::string::npos);
  };
  refused(cylinder({0, -20, -30}, 3000, 22), "too much for a leg");
  refused(cylinder({1e6f, -20, -30}, 300, 22), "100 m from the origin");
}

TEST_CASE("What is no archive, an empty one and one without the tibia are refused with a reason") {
  const TemporaryFolder folder;
  const auto refused = [&](const fs::path& from, const char* because) {
    IssueList issues;
    CHECK(!import_small(from, folder.path() / "out", issues));
    INFO(to_string(issues));
    CHECK(issues.has_errors());
    CHECK(to_string(issues).find(because) != std::string::npos);
    CHECK(!fs::exists(folder.path() / "out"));
  };
  refused(folder.path() / "nowhere.zip", "does not exist");
  write_text(folder.path() / "letter.zip", "Dear all");
  refused(folder.path() / "letter.zip", "archive");
  fs::create_directories(folder.path() / "hollow");
  refused(folder.path() / "hollow", "holds no file of this recipe");
  auto entries = small_archive();
  entries.erase(archive_folder + "/FJ3387.obj");
  write_zip(folder.path() / "legless.zip", entries);
  refused(folder.path() / "legless.zip", "tibia");
  write_zip(folder.path() / "cut.zip", small_archive());
  fs::resize_file(folder.path() / "cut.zip", fs::file_size(folder.path() / "cut.zip") / 2);
  refused(folder.path() / "cut.zip", "");
}
