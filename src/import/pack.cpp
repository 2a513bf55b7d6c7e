#include "import/pack.h"

#include "base/files.h"
#include "import/bends.h"
#include "import/bends_file.h"
#include "import/coarse.h"
#include "import/glb.h"
#include "import/model_text.h"
#include "import/pack_meshes.h"

#include <algorithm>

namespace calfscope {
namespace fs = std::filesystem;
namespace {

constexpr const char* mesh_file_name = "lower_leg.glb";

// Beside the mesh, by its name.
fs::path bends_path(const fs::path& mesh) {
  return fs::path(mesh).replace_extension(".bends");
}

// The mesh file if it lies inside the pack, symbolic links followed.
std::optional<fs::path> mesh_inside(const ModelText& model, IssueList& issues) {
  const auto fault = [&](const std::string& message) {
    issues.error(model.file, model.mesh_line, "mesh", "\"" + model.mesh + "\" " + message);
    return std::nullopt;
  };
  if (model.mesh.empty())
    return std::nullopt; // reported as missing
  const fs::path relative(model.mesh);
  const bool climbs = std::find(relative.begin(), relative.end(), "..") != relative.end();
  if (relative.is_absolute() || climbs)
    return fault("leaves the pack's folder");
  const fs::path path = model.atlas.folder / relative;
  std::error_code error;
  if (!fs::is_regular_file(path, error))
    return fault("does not exist or is no file");
  const fs::path home = fs::canonical(model.atlas.folder, error);
  const fs::path real = fs::canonical(path, error);
  if (error || std::mismatch(home.begin(), home.end(), real.begin(), real.end()).first != home.end())
    return fault("leaves the pack's folder through a link");
  return path;
}

} // namespace

std::optional<Atlas> read_pack(const fs::path& folder, IssueList& issues) {
  auto model = read_model_text(folder, issues);
  if (!model)
    return std::nullopt;
  const auto mesh_path = mesh_inside(*model, issues);
  if (!mesh_path)
    return std::nullopt;
  const auto bytes = read_text(*mesh_path, issues);
  if (!bytes)
    return std::nullopt;
  auto meshes = parse_pack_meshes(*bytes, mesh_path->string(), model->atlas, issues);
  if (!meshes)
    return std::nullopt;

  std::error_code none;
  if (const fs::path bends = bends_path(*mesh_path); fs::is_regular_file(bends, none))
    if (const auto text = read_text(bends, issues))
      parse_bends(*text, bends.string(), hash_of(*bytes), *meshes, issues);

  std::vector<Structure> found;
  std::vector<std::shared_ptr<SurfaceMesh>> loaded;
  for (Structure& structure : model->atlas.structures) {
    const auto mesh = meshes->find(structure.id);
    if (mesh == meshes->end()) {
      issues.error(model->file, model->structure_lines[structure.id], structure.id,
                   "has no mesh: " + model->mesh + " holds no node of this name");
      continue;
    }
    loaded.push_back(mesh->second);
    structure.mesh = mesh->second;
    meshes->erase(mesh);
    found.push_back(std::move(structure));
  }
  for (const auto& [name, mesh] : *meshes)
    issues.warning(mesh_path->string(), 0, name, "is a mesh that model.json does not name; it is not shown");
  if (found.empty()) {
    issues.error(model->file, 0, "structures", "names no structure with a mesh, so there is nothing to show");
    return std::nullopt;
  }
  std::uint64_t key = hash_of(*bytes);
  for (const Structure& structure : found)
    key = hash_of(structure.id, key);
  make_coarse_cached(loaded, key);
  model->atlas.structures = std::move(found);
  add_bend_normals(model->atlas);
  return std::move(model->atlas);
}

bool write_pack(const Atlas& atlas, const fs::path& folder, IssueList& issues) {
  bool sound = !atlas.structures.empty();
  if (!sound)
    issues.error(folder.string(), 0, "structures", "a pack without structures cannot be written");
  for (const Structure& structure : atlas.structures) {
    if (structure.mesh && !structure.mesh->surface.triangles.empty())
      continue;
    issues.error(folder.string(), 0, structure.id, "has no triangles, so the pack cannot be written");
    sound = false;
  }
  if (!sound)
    return false;
  // The mesh first: a reader between the two writes sees an old model.json with a newer mesh, never one without.
  const std::string glb = glb_of(atlas);
  std::vector<std::vector<unsigned int>> places;
  for (const Structure& structure : atlas.structures)
    places.push_back(places_in_glb(*structure.mesh));
  const std::string bends = bends_text_of(atlas, places, hash_of(glb));
  const fs::path bends_file = bends_path(folder / mesh_file_name);
  if (std::error_code none; bends.empty())
    fs::remove(bends_file, none);
  else if (!write_atomic(bends_file, bends, issues))
    return false;
  return write_atomic(folder / mesh_file_name, glb, issues) &&
         write_atomic(folder / "model.json", model_text_of(atlas, mesh_file_name), issues);
}

} // namespace calfscope
