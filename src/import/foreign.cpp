#include "import/foreign.h"

#include "base/mesh_files.h"
#include "geometry/mesh_inspection.h"
#include "import/coarse.h"
#include "import/kind_guess.h"
#include "import/mesh_reader_process.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

namespace calfscope {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t largest_file = std::uintmax_t{1} << 30;
// Beyond this a coordinate is a fault and not a place, whatever the unit.
constexpr float farthest = 1e9f;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool is_place(glm::vec3 p) {
  return std::abs(p.x) < farthest && std::abs(p.y) < farthest && std::abs(p.z) < farthest; // false for NaN
}

// The file as far as it can be judged from outside; false with an issue if it need not be tried.
bool worth_reading(const fs::path& file, IssueList& issues) {
  const auto fault = [&](const std::string& message) {
    issues.error(file.string(), 0, "", message);
    return false;
  };
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status))
    return fault("does not exist");
  if (!fs::is_regular_file(status))
    return fault("is no file");
  if (!is_mesh_file(file))
    return fault("is no mesh file by its ending; .glb, .gltf, .obj, .stl, .ply and .fbx can be opened");
  const std::uintmax_t size = fs::file_size(file, error);
  if (error)
    return fault("cannot be read: " + error.message());
  if (size == 0)
    return fault("is empty");
  if (size > largest_file)
    return fault("is larger than the limit of 1024 MiB");
  return true;
}

// Drops what is no surface and tells how much that was.
void mend(NamedMesh& named, const std::string& file, IssueList& issues) {
  TriMesh& mesh = named.mesh;
  std::size_t not_numbers = 0;
  for (const glm::vec3& p : mesh.positions)
    not_numbers += !is_place(p);
  std::vector<bool> keep(mesh.triangles.size());
  std::size_t flat = 0;
  for (std::size_t i = 0; i < keep.size(); ++i) {
    const glm::vec3 a = mesh.positions[mesh.triangles[i].x];
    const glm::vec3 b = mesh.positions[mesh.triangles[i].y];
    const glm::vec3 c = mesh.positions[mesh.triangles[i].z];
    if (!is_place(a) || !is_place(b) || !is_place(c))
      continue;
    // In double: the square of an area in a far corner overflows a float.
    const glm::dvec3 u = glm::dvec3(b) - glm::dvec3(a);
    const glm::dvec3 v = glm::dvec3(c) - glm::dvec3(a);
    keep[i] = glm::length(glm::cross(u, v)) > 0;
    flat += !keep[i];
  }
  mesh = keep_triangles(mesh, keep);
  if (not_numbers > 0)
    issues.warning(file, 0, named.name, std::to_string(not_numbers) + " vertices are not finite numbers; left out");
  if (flat > 0)
    issues.warning(file, 0, named.name, std::to_string(flat) + " triangles have no area; left out");
}

bool normals_are_sound(const TriMesh& mesh) {
  return mesh.normals.size() == mesh.positions.size() &&
         std::all_of(mesh.normals.begin(), mesh.normals.end(), [](glm::vec3 n) {
           const float length = glm::length(n);
           return length > 0.5f && length < 2; // false for NaN
         });
}

void complete(TriMesh& mesh, float size, bool has_flat_normals) {
  if (has_flat_normals || !normals_are_sound(mesh)) {
    mesh = weld(mesh, 1e-6f * size);
    compute_normals(mesh);
    return;
  }
  for (glm::vec3& normal : mesh.normals)
    normal = glm::normalize(normal);
}

// Normals that point into the body are turned with it; those that point out of it were right all along.
void turn_outwards(TriMesh& mesh) {
  double agreement = 0;
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::vec3 a = mesh.positions[t.x];
    const glm::vec3 face = glm::cross(mesh.positions[t.y] - a, mesh.positions[t.z] - a);
    agreement += static_cast<double>(glm::dot(face, mesh.normals[t.x] + mesh.normals[t.y] + mesh.normals[t.z]));
  }
  flip_winding(mesh);
  if (agreement < 0)
    for (glm::vec3& normal : mesh.normals)
      normal = -normal;
}

void tell_faults(TriMesh& mesh, const std::string& file, const std::string& id, IssueList& issues) {
  const MeshInspection look = inspect(weld(mesh, 0));
  std::string faults;
  const auto count = [&](std::size_t number, const char* what) {
    if (number > 0)
      faults += (faults.empty() ? "" : ", ") + std::to_string(number) + what;
  };
  count(look.crowded_edges, " edges with more than two triangles");
  count(look.flipped_edges, " edges between opposite windings");
  count(look.pinched_vertices, " vertices where the surface only touches itself");
  if (!faults.empty())
    issues.warning(file, 0, id, "is not a clean surface: " + faults);
  if (look.boundary_edges > 0)
    issues.note(file, 0, id,
                "has " + std::to_string(look.boundary_edges) + " open edges; cuts through it may not be filled");
  if (faults.empty() && look.closed() && !look.outward()) {
    turn_outwards(mesh);
    issues.note(file, 0, id, "was wound inwards and has been turned");
  }
}

// The unit in which the thing is most like a lower leg. Inches are rare, so they must fit four times better.
const LengthUnit& guess_unit(float size) {
  constexpr float leg_mm = 450;
  const LengthUnit* best = &length_units[0];
  float least = std::numeric_limits<float>::max();
  for (const LengthUnit& unit : length_units) {
    const float strangeness = std::abs(std::log(size * unit.mm / leg_mm)) + (unit.id == "in" ? std::log(4.0f) : 0.0f);
    if (strangeness < least) {
      least = strangeness;
      best = &unit;
    }
  }
  return *best;
}

// Longest along Z: a file that counts Z upwards. A leg lying on its side cannot be told from that and stays.
bool stands_along_z(glm::vec3 size) {
  return size.z > 1.3f * size.y && size.z > 1.3f * size.x;
}

// Ids given so far, and for each how often it was asked for: a file may hold thousands of meshes of one name.
using TakenIds = std::map<std::string, int>;

std::string id_from(std::string_view name, TakenIds& taken) {
  std::string id;
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    if (letter < 128 && std::isalnum(letter))
      id += static_cast<char>(std::tolower(letter));
    else if (!id.empty() && id.back() != '_')
      id += '_';
  }
  while (!id.empty() && id.back() == '_')
    id.pop_back();
  if (id.empty())
    id = "mesh";
  int& times = taken[id];
  std::string unique = id;
  while (++times > 1) {
    unique = id + "_" + std::to_string(times);
    if (taken.try_emplace(unique, 1).second)
      break;
  }
  return unique;
}

// Names that only say that someone made a file: the file's own name tells more.
bool says_nothing(const std::string& name) {
  const std::string low = lower(name);
  return low.empty() || low.front() == '<' || low == "root" || low == "rootnode" || low == "scene" ||
         low == "default" || low == "defaultobject" || low.starts_with("node_") || low.starts_with("mesh_") ||
         low.find('.') == 0;
}

} // namespace

std::optional<Atlas> read_foreign(const fs::path& file, std::optional<std::string> unit, IssueList& issues) {
  const std::string shown = file.string();
  const LengthUnit* given = nullptr;
  if (unit) {
    const auto found =
        std::find_if(length_units.begin(), length_units.end(), [&](const LengthUnit& u) { return u.id == *unit; });
    if (found == length_units.end()) {
      issues.error(shown, 0, "unit", "\"" + *unit + "\" is none of mm, cm, m, in");
      return std::nullopt;
    }
    given = &*found;
  }
  if (!worth_reading(file, issues))
    return std::nullopt;
  auto meshes = read_in_child(file, {}, issues);
  if (!meshes)
    return std::nullopt;

  Bounds box;
  for (NamedMesh& named : *meshes) {
    mend(named, shown, issues);
    box.add(bounds_of(named.mesh));
  }
  const float size = box.empty() ? 0 : std::max({box.size().x, box.size().y, box.size().z});
  if (!(size > 0)) {
    issues.error(shown, 0, "", "holds no triangle with an area");
    return std::nullopt;
  }
  const LengthUnit& taken = given ? *given : guess_unit(size);
  const bool turn = stands_along_z(box.size());
  if (turn)
    issues.note(shown, 0, "", "is longest along Z, so Z was taken for up");
  const glm::vec3 centre = box.centre();
  const auto placed = [&](glm::vec3 v) { return turn ? glm::vec3(v.x, v.z, -v.y) : v; };
  // STL has one normal per triangle: faceted, whatever the shape is.
  const bool flat_normals = lower(file.extension().string()) == ".stl";

  Atlas atlas;
  atlas.id = file.stem().string();
  atlas.title = file.filename().string();
  atlas.folder = file.parent_path();
  atlas.sources = {file.filename().string()};
  atlas.segments = {Segment{.id = "shank", .joint = ""}};
  atlas.guessed_unit = std::string(taken.id);
  TakenIds ids;
  std::vector<std::shared_ptr<SurfaceMesh>> loaded;
  for (NamedMesh& named : *meshes) {
    if (named.mesh.empty())
      continue;
    const std::string name = says_nothing(named.name) ? file.stem().string() : named.name;
    auto mesh = std::make_shared<SurfaceMesh>();
    mesh->surface = std::move(named.mesh);
    for (glm::vec3& p : mesh->surface.positions)
      p = taken.mm * placed(p - centre);
    for (glm::vec3& n : mesh->surface.normals)
      n = placed(n);
    complete(mesh->surface, taken.mm * size, flat_normals);
    Structure structure;
    structure.id = id_from(name, ids);
    structure.name = name;
    structure.kind = kind_guessed_from(name);
    if (structure.kind == Kind::other)
      structure.kind = kind_guessed_from(file.stem().string());
    structure.source = atlas.title;
    if (mesh->surface.empty())
      continue; // smaller than what can be told apart at this file's size
    tell_faults(mesh->surface, shown, structure.id, issues);
    loaded.push_back(mesh);
    structure.mesh = std::move(mesh);
    atlas.structures.push_back(std::move(structure));
  }
  if (atlas.structures.empty()) {
    issues.error(shown, 0, "", "holds no triangle with an area");
    return std::nullopt;
  }
  make_coarse(loaded);
  return atlas;
}

} // namespace calfscope
