// Files of others: what can be opened, what is guessed, and that no broken file harms the program.

#include "base/files.h"
#include "geometry/mesh_inspection.h"
#include "import/foreign.h"
#include "import/kind_guess.h"
#include "import/mesh_reader_process.h"
#include "sample_atlas.h"

#include <assimp/Exporter.hpp>
#include <assimp/scene.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sys/stat.h>

using namespace calfscope;
using namespace calfscope::testing;
namespace fs = std::filesystem;

namespace {

struct Format {
  const char* exporter;
  const char* ending;
};
constexpr Format formats[] = {{"glb2", ".glb"}, {"gltf2", ".gltf"}, {"obj", ".obj"},  {"stl", ".stl"},
                              {"stlb", ".stl"}, {"ply", ".ply"},    {"plyb", ".ply"}, {"fbxa", ".fbx"}};

// One body in a file of the given kind, its numbers in whatever unit `scale` (units per mm) makes of them, hung on a
// node that is moved by `place`.
void write_mesh_file(const fs::path& file, const char* exporter, const TriMesh& body, const char* name, float scale,
                     const aiMatrix4x4& place = {}) {
  aiScene scene;
  scene.mRootNode = new aiNode("root");
  auto* node = new aiNode(name);
  node->mTransformation = place;
  node->mNumMeshes = 1;
  node->mMeshes = new unsigned[1]{0};
  scene.mRootNode->addChildren(1, &node);
  scene.mNumMaterials = 1;
  scene.mMaterials = new aiMaterial* [1] { new aiMaterial };
  scene.mNumMeshes = 1;
  scene.mMeshes = new aiMesh* [1] { new aiMesh };
  aiMesh& mesh = *scene.mMeshes[0];
  mesh.mName = name;
  mesh.mPrimitiveTypes = aiPrimitiveType_TRIANGLE;
  mesh.mNumVertices = static_cast<unsigned>(body.positions.size());
  mesh.mVertices = new aiVector3D[mesh.mNumVertices];
  mesh.mNormals = new aiVector3D[mesh.mNumVertices];
  for (unsigned i = 0; i < mesh.mNumVertices; ++i) {
    const glm::vec3 p = scale * body.positions[i];
    mesh.mVertices[i] = {p.x, p.y, p.z};
    mesh.mNormals[i] = {body.normals[i].x, body.normals[i].y, body.normals[i].z};
  }
  mesh.mNumFaces = static_cast<unsigned>(body.triangles.size());
  mesh.mFaces = new aiFace[mesh.mNumFaces];
  for (unsigned i = 0; i < mesh.mNumFaces; ++i) {
    mesh.mFaces[i].mNumIndices = 3;
    mesh.mFaces[i].mIndices = new unsigned[3]{body.triangles[i].x, body.triangles[i].y, body.triangles[i].z};
  }
  Assimp::Exporter writer;
  REQUIRE(writer.Export(&scene, exporter, file.string()) == aiReturn_SUCCESS);
}

void use_test_reader() {
  set_mesh_reader_program(CALFSCOPE_MESH_READER);
}

void write_text(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

fs::path script(const fs::path& folder, const std::string& text) {
  const fs::path file = folder / "reader.sh";
  write_text(file, "#!/bin/sh\n" + text + "\n");
  ::chmod(file.c_str(), 0755);
  return file;
}

// Share of the triangles whose normals point to the side they are wound towards.
double agreeing_normals(const TriMesh& mesh) {
  std::size_t agreeing = 0;
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::vec3 a = mesh.positions[t.x];
    const glm::vec3 face = glm::cross(mesh.positions[t.y] - a, mesh.positions[t.z] - a);
    agreeing += glm::dot(face, mesh.normals[t.x] + mesh.normals[t.y] + mesh.normals[t.z]) > 0;
  }
  return static_cast<double>(agreeing) / static_cast<double>(mesh.triangles.size());
}

bool is_sound(const Atlas& atlas) {
  return !atlas.structures.empty() &&
         std::all_of(atlas.structures.begin(), atlas.structures.end(), [](const Structure& structure) {
           const TriMesh& mesh = structure.mesh->surface;
           const MeshInspection look = inspect(mesh);
           return !mesh.triangles.empty() && mesh.normals.size() == mesh.positions.size() &&
                  look.non_finite_positions == 0 && look.out_of_range_indices == 0;
         });
}

} // namespace

TEST_CASE("Every format is opened, and its size, place and shape are those of the body in it") {
  use_test_reader();
  const TemporaryFolder folder;
  const auto body = spindle({40, 300, 20}, 420, 60);
  for (const Format& format : formats) {
    INFO(format.exporter);
    const fs::path file = folder.path() / (std::string("soleus") + format.ending);
    write_mesh_file(file, format.exporter, body->surface, "Soleus", 0.001f);
    IssueList issues;
    const auto atlas = read_foreign(file, "m", issues);
    INFO(to_string(issues));
    REQUIRE(atlas);
    CHECK(!issues.has_errors());
    REQUIRE(is_sound(*atlas));
    CHECK(atlas->structures.size() == 1);
    CHECK(atlas->structures[0].kind == Kind::muscle);
    const Bounds box = bounds_of(*atlas);
    CHECK(glm::length(box.centre()) < 0.5f);
    CHECK(box.size().y == Approx(420).epsilon(0.001));
    CHECK(signed_volume_mm3(atlas->structures[0].mesh->surface) ==
          Approx(signed_volume_mm3(body->surface)).epsilon(0.002));
  }
}

TEST_CASE("The unit is guessed from the size and can be given") {
  use_test_reader();
  const TemporaryFolder folder;
  const auto body = spindle({0, 200, 0}, 430, 55);
  const std::pair<float, const char*> cases[] = {{1.0f, "mm"}, {0.1f, "cm"}, {0.001f, "m"}};
  const fs::path file = folder.path() / "thing.obj";
  for (const auto& [scale, unit] : cases) {
    write_mesh_file(file, "obj", body->surface, "Thing", scale);
    IssueList issues;
    const auto atlas = read_foreign(file, std::nullopt, issues);
    REQUIRE(atlas);
    CHECK(atlas->guessed_unit == unit);
    CHECK(bounds_of(*atlas).size().y == Approx(430).epsilon(0.001));
  }
  IssueList issues;
  const auto in_inches = read_foreign(file, "in", issues);
  REQUIRE(in_inches);
  CHECK(in_inches->guessed_unit == "in");
  CHECK(bounds_of(*in_inches).size().y == Approx(0.43 * 25.4).epsilon(0.001));
  CHECK(!read_foreign(file, "ell", issues));
  CHECK(issues.has_errors());
}

TEST_CASE("A body that is longest along Z is stood up without being mirrored") {
  use_test_reader();
  const TemporaryFolder folder;
  auto body = spindle({0, 200, 0}, 430, 55)->surface;
  for (glm::vec3& p : body.positions)
    p = {p.x, -p.z, p.y};
  compute_normals(body);
  const fs::path file = folder.path() / "lying.obj";
  write_mesh_file(file, "obj", body, "Thing", 1);
  IssueList issues;
  const auto atlas = read_foreign(file, std::nullopt, issues);
  REQUIRE(atlas);
  CHECK(bounds_of(*atlas).size().y == Approx(430).epsilon(0.001));
  CHECK(signed_volume_mm3(atlas->structures[0].mesh->surface) > 0);
}

TEST_CASE("A node that mirrors or stretches its mesh leaves it wound outwards, with normals square to its surface") {
  use_test_reader();
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "thing.glb";
  const auto body = spindle({0, 200, 0}, 430, 55);
  aiMatrix4x4 mirror, squeeze;
  aiMatrix4x4::Scaling({-1, 1, 1}, mirror);
  aiMatrix4x4::Scaling({0.5f, 1, 2}, squeeze);
  for (const aiMatrix4x4& place : {mirror, squeeze, mirror * squeeze}) {
    write_mesh_file(file, "glb2", body->surface, "Thing", 1, place);
    IssueList issues;
    const auto atlas = read_foreign(file, "mm", issues);
    REQUIRE(atlas);
    CHECK(issues.empty()); // nothing had to be turned round afterwards
    const TriMesh& mesh = atlas->structures[0].mesh->surface;
    CHECK(signed_volume_mm3(mesh) == Approx(signed_volume_mm3(body->surface)).epsilon(1e-3));
    TriMesh computed = mesh;
    compute_normals(computed);
    for (std::size_t i = 0; i < mesh.normals.size(); ++i)
      REQUIRE(glm::dot(mesh.normals[i], computed.normals[i]) > 0.9f);
  }
}

TEST_CASE("A body wound inwards is turned, and its normals point out of it whichever way they did before") {
  use_test_reader();
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "thing.glb";
  for (const bool normals_point_in : {false, true}) {
    TriMesh body = spindle({0, 200, 0}, 430, 55)->surface;
    const std::vector<glm::vec3> outward = body.normals;
    flip_winding(body);
    if (!normals_point_in)
      body.normals = outward;
    write_mesh_file(file, "glb2", body, "Thing", 1);
    IssueList issues;
    const auto atlas = read_foreign(file, "mm", issues);
    REQUIRE(atlas);
    const TriMesh& mesh = atlas->structures[0].mesh->surface;
    CHECK(signed_volume_mm3(mesh) > 0);
    CHECK(agreeing_normals(mesh) > 0.99);
    CHECK(to_string(issues).find("wound inwards") != std::string::npos);
  }
}

TEST_CASE("Meshes of one name get ids of their own, also where another mesh is named like such an id") {
  use_test_reader();
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "many.obj";
  std::string text;
  int base = 1;
  for (const char* name : {"Part", "part", "part_2", "PART", "Part_2", "part.2"}) {
    text += std::string("o ") + name + "\nv 0 0 0\nv 100 0 0\nv 0 300 0\nf";
    for (int k = 0; k < 3; ++k)
      text += " " + std::to_string(base++);
    text += "\n";
  }
  write_text(file, text);
  IssueList issues;
  const auto atlas = read_foreign(file, "mm", issues);
  REQUIRE(atlas);
  std::set<std::string> ids;
  for (const Structure& structure : atlas->structures)
    CHECK(ids.insert(structure.id).second);
  CHECK(ids.size() == 6);
}

TEST_CASE("Vertices that are no numbers and triangles without area are left out and told") {
  use_test_reader();
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "bad.obj";
  write_text(file, "v 0 0 0\nv 100 0 0\nv 0 300 0\nv 0 0 100\nv 1e39 0 0\n"
                   "f 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3\nf 1 2 5\nf 1 1 2\n");
  IssueList issues;
  const auto atlas = read_foreign(file, "mm", issues);
  INFO(to_string(issues));
  REQUIRE(atlas);
  REQUIRE(is_sound(*atlas));
  CHECK(atlas->structures[0].mesh->surface.triangles.size() == 4);
  CHECK(!issues.has_errors());
  CHECK(to_string(issues).find("not finite") != std::string::npos);
  CHECK(to_string(issues).find("no area") != std::string::npos);
}

TEST_CASE("A surface with three triangles at an edge is shown and told") {
  use_test_reader();
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "fin.obj";
  write_text(file, "v 0 0 0\nv 0 300 0\nv 100 0 0\nv 0 0 100\nv -100 0 -100\nf 1 2 3\nf 1 2 4\nf 1 2 5\n");
  IssueList issues;
  REQUIRE(read_foreign(file, "mm", issues));
  CHECK(to_string(issues).find("more than two triangles") != std::string::npos);
}

TEST_CASE("Missing, empty, foreign and cut-off files give an error that names the file") {
  use_test_reader();
  const TemporaryFolder folder;
  const auto refused = [&](const fs::path& file, const char* because) {
    INFO(file);
    IssueList issues;
    CHECK(!read_foreign(file, std::nullopt, issues));
    REQUIRE(issues.has_errors());
    CHECK(issues.all().front().file == file.string());
    CHECK(issues.all().front().message.find(because) != std::string::npos);
  };
  refused(folder.path() / "none.obj", "does not exist");
  refused(folder.path(), "is no file");
  write_text(folder.path() / "empty.stl", "");
  refused(folder.path() / "empty.stl", "is empty");
  write_text(folder.path() / "letter.txt", "Dear all");
  refused(folder.path() / "letter.txt", "no mesh file");
  write_text(folder.path() / "letter.glb", "Dear all, this is no mesh, but it is long enough to look at.");
  refused(folder.path() / "letter.glb", "cannot be read");
  write_text(folder.path() / "points.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\n");
  refused(folder.path() / "points.obj", "");
  write_text(folder.path() / "line.obj", "v 0 0 0\nv 1 0 0\nv 2 0 0\nf 1 2 3\n");
  refused(folder.path() / "line.obj", "area");
  fs::resize_file(folder.path() / "line.obj", std::uintmax_t{3} << 30);
  refused(folder.path() / "line.obj", "larger than");
}

TEST_CASE("Whatever kills the reader is told as a fault of the file") {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "any.obj";
  write_text(file, "v 0 0 0\n");
  const auto told = [&](const std::string& body, const char* what, ReaderLimits limits = {}) {
    set_mesh_reader_program(script(folder.path(), body));
    IssueList issues;
    CHECK(!read_in_child(file, limits, issues));
    REQUIRE(issues.all().size() == 1);
    CHECK(issues.all()[0].file == file.string());
    INFO(issues.all()[0].message);
    CHECK(issues.all()[0].message.find(what) != std::string::npos);
  };
  told("kill -SEGV $$", "crashed");
  told("kill -ABRT $$", "crashed");
  told("kill -XFSZ $$", "of meshes");
  told("exit 40", "memory");
  told("exit 7", "code 7");
  told("exit 0", "nonsense");
  told("printf rubbish >&3", "nonsense");
  told("exec sleep 30", "longer than 1 s", {.time = std::chrono::seconds(1)});
  set_mesh_reader_program(folder.path() / "not there");
  IssueList issues;
  CHECK(!read_in_child(file, {}, issues));
  CHECK(issues.has_errors());
  use_test_reader();
}

#if !defined(__SANITIZE_ADDRESS__)
TEST_CASE("A file that needs more memory than allowed is refused, not obeyed") {
  use_test_reader();
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "wide.obj";
  std::string text;
  for (int i = 0; i < 600'000; ++i)
    text += "v " + std::to_string(i) + " 0 0\n";
  for (int i = 1; i + 2 < 600'000; ++i)
    text += "f " + std::to_string(i) + ' ' + std::to_string(i + 1) + ' ' + std::to_string(i + 2) + '\n';
  write_text(file, text);
  IssueList issues;
  CHECK(!read_in_child(file, {.memory_bytes = 160u << 20}, issues));
  CHECK(issues.has_errors());
}
#endif

TEST_CASE("Cut and garbled files of every format end in an error or a sound leg, never in a crash") {
  use_test_reader();
  const TemporaryFolder folder;
  const auto body = spindle({0, 200, 0}, 430, 55);
  unsigned random = 12345;
  const auto next = [&] { return (random = random * 1664525u + 1013904223u) >> 8; };
  for (const Format& format : formats) {
    const fs::path whole = folder.path() / (std::string("whole") + format.ending);
    write_mesh_file(whole, format.exporter, body->surface, "Thing", 1);
    IssueList ignored;
    const std::string bytes = *read_text(whole, ignored);
    const fs::path file = folder.path() / (std::string("broken") + format.ending);
    for (int round = 0; round < 14; ++round) {
      std::string broken = bytes;
      if (round < 5)
        broken.resize(bytes.size() * static_cast<std::size_t>(round + 1) / 7);
      else
        for (int flip = 0; flip < 1 + round / 2; ++flip)
          broken[next() % (round % 2 ? std::min<std::size_t>(broken.size(), 400) : broken.size())] =
              static_cast<char>(next());
      write_text(file, broken);
      INFO(format.exporter << " round " << round);
      IssueList issues;
      const auto atlas = read_foreign(file, std::nullopt, issues);
      if (atlas)
        CHECK(is_sound(*atlas));
      else
        CHECK(issues.has_errors());
    }
  }
}

TEST_CASE("Names tell the kind of tissue, the special before the general") {
  CHECK(kind_guessed_from("Gastrocnemius medial head.r") == Kind::muscle);
  CHECK(kind_guessed_from("TIBIALIS_ANTERIOR") == Kind::muscle);
  CHECK(kind_guessed_from("Tibia") == Kind::bone);
  CHECK(kind_guessed_from("posterior tibial artery") == Kind::vessel);
  CHECK(kind_guessed_from("Tibial nerve") == Kind::nerve);
  CHECK(kind_guessed_from("calcaneal tendon") == Kind::tendon);
  CHECK(kind_guessed_from("Tendo calcaneus") == Kind::tendon);
  CHECK(kind_guessed_from("semitendinosus") == Kind::muscle);
  CHECK(kind_guessed_from("interosseous membrane") == Kind::ligament);
  CHECK(kind_guessed_from("Skin") == Kind::skin);
  CHECK(kind_guessed_from("Cube.001") == Kind::other);
}
