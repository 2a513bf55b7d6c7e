#include "import/mesh_reader.h"

#include <assimp/Importer.hpp>
#include <assimp/config.h>
#include <assimp/postprocess.h>
#include <assimp/scene.h>

namespace calfscope {
namespace {

glm::vec3 vec(const aiVector3D& v) {
  return {v.x, v.y, v.z};
}

void append(const aiMesh& mesh, const aiMatrix4x4& to_file, TriMesh& out) {
  const auto base = static_cast<std::uint32_t>(out.positions.size());
  const aiMatrix3x3 turn(to_file);
  for (unsigned i = 0; i < mesh.mNumVertices; ++i)
    out.positions.push_back(vec(to_file * mesh.mVertices[i]));
  // Parts with and without normals in one node: the latter get none, and all are computed anew by the parent.
  if (mesh.HasNormals() && out.normals.size() == base)
    for (unsigned i = 0; i < mesh.mNumVertices; ++i)
      out.normals.push_back(vec(turn * mesh.mNormals[i]));
  for (unsigned i = 0; i < mesh.mNumFaces; ++i) {
    const aiFace& face = mesh.mFaces[i];
    if (face.mNumIndices != 3)
      continue; // points and lines
    const glm::uvec3 t(face.mIndices[0], face.mIndices[1], face.mIndices[2]);
    if (t.x < mesh.mNumVertices && t.y < mesh.mNumVertices && t.z < mesh.mNumVertices)
      out.triangles.push_back(t + base);
  }
}

void walk(const aiScene& scene, const aiNode& node, const aiMatrix4x4& parent, MeshStream& out) {
  const aiMatrix4x4 to_file = parent * node.mTransformation;
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
  walk(*scene, *scene->mRootNode, aiMatrix4x4(), out);
  if (out.meshes.empty())
    out.fault = "holds no triangles";
  return out;
}

} // namespace calfscope
