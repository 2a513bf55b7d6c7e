#include "import/mesh_reader.h"

#include "import/assimp_values.h"

#include <assimp/Importer.hpp>
#include <assimp/config.h>
#include <assimp/postprocess.h>
#include <assimp/scene.h>

namespace calfscope {
namespace {

void append(const aiMesh& mesh, const glm::mat4& to_file, TriMesh& out) {
  const auto base = static_cast<std::uint32_t>(out.positions.size());
  const glm::mat3 turn = normal_matrix(to_file);
  const bool inside_out = mirrors(to_file);
  for (unsigned i = 0; i < mesh.mNumVertices; ++i)
    out.positions.emplace_back(to_file * glm::vec4(vec(mesh.mVertices[i]), 1));
  // Parts with and without normals in one node: the latter get none, and all are computed anew by the parent.
  if (mesh.HasNormals() && out.normals.size() == base)
    for (unsigned i = 0; i < mesh.mNumVertices; ++i)
      out.normals.push_back(unit_or_zero(turn * vec(mesh.mNormals[i])));
  for (unsigned i = 0; i < mesh.mNumFaces; ++i) {
    const aiFace& face = mesh.mFaces[i];
    if (face.mNumIndices != 3)
      continue; // points and lines
    glm::uvec3 t(face.mIndices[0], face.mIndices[1], face.mIndices[2]);
    if (inside_out)
      std::swap(t.y, t.z);
    if (t.x < mesh.mNumVertices && t.y < mesh.mNumVertices && t.z < mesh.mNumVertices)
      out.triangles.push_back(t + base);
  }
}

void walk(const aiScene& scene, const aiNode& node, const glm::mat4& parent, MeshStream& out) {
  const glm::mat4 to_file = parent * mat(node.mTransformation);
  if (node.mNumMeshes > 0) {
    NamedMesh named{.name = node.mName.C_Str(), .mesh = {}};
    for (unsigned i = 0; i < node.mNumMeshes; ++i)
      append(*scene.mMeshes[node.mMeshes[i]], to_file, named.mesh);
    if (named.mesh.normals.size() != named.mesh.positions.size())
      named.mesh.normals.clear();
    if (!named.mesh.triangles.empty())
      out.meshes.push_back(std::move(named));
  }
  for (unsigned i = 0; i < node.mNumChildren; ++i)
    walk(scene, *node.mChildren[i], to_file, out);
}

} // namespace

MeshStream read_meshes_here(const std::filesystem::path& file) {
  MeshStream out;
  Assimp::Importer importer;
  // FBX: transforms of pivots as extra nodes would take the place of the names.
  importer.SetPropertyBool(AI_CONFIG_IMPORT_FBX_PRESERVE_PIVOTS, false);
  const aiScene* scene = importer.ReadFile(file.string(), aiProcess_Triangulate);
  if (!scene || !scene->mRootNode) {
    out.fault = std::string("cannot be read: ") + importer.GetErrorString();
    return out;
  }
  walk(*scene, *scene->mRootNode, glm::mat4(1), out);
  if (out.meshes.empty())
    out.fault = "holds no triangles";
  return out;
}

} // namespace calfscope
