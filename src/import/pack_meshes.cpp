#include "import/pack_meshes.h"

#include "import/assimp_values.h"
#include "import/glb.h"
#include "import/units.h"

#include <assimp/Importer.hpp>
#include <assimp/scene.h>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float farthest_mm = 1e6f; // beyond a kilometre a coordinate is a fault and not a place

// What is out of range in one mesh, counted so that a bad mesh gives one line and not a thousand.
struct RangeFaults {
  std::size_t shares = 0;
  std::size_t weights = 0;
  std::size_t numbers = 0;
};

float share(float value, RangeFaults& faults) {
  if (!(value >= -0.001f && value <= 1.001f))
    ++faults.shares;
  return std::isfinite(value) ? glm::clamp(value, 0.0f, 1.0f) : 0.0f;
}

glm::vec3 finite(glm::vec3 v, RangeFaults& faults) {
  if (std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z))
    return v;
  ++faults.numbers;
  return glm::vec3(0);
}

glm::vec3 place_mm(glm::vec3 metres, RangeFaults& faults) {
  const glm::vec3 mm = mm_per_m * metres;
  if (std::abs(mm.x) < farthest_mm && std::abs(mm.y) < farthest_mm && std::abs(mm.z) < farthest_mm) // false for NaN
    return mm;
  ++faults.numbers;
  return glm::vec3(0);
}

// Bytes that sum to 255, from weights that sum to about one. The largest takes the rounding.
SkinBinding binding_of(std::array<std::pair<float, std::uint8_t>, 4> bound, RangeFaults& faults) {
  float sum = 0;
  for (const auto& [weight, segment] : bound)
    sum += weight;
  if (!(std::abs(sum - 1) < 0.01f))
    ++faults.weights;
  if (!(sum > 0) || !std::isfinite(sum))
    return {};
  SkinBinding out{{0, 0, 0, 0}, {0, 0, 0, 0}};
  int total = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    out.weight[k] = static_cast<std::uint8_t>(std::lround(255 * bound[k].first / sum));
    out.segment[k] = out.weight[k] > 0 ? bound[k].second : std::uint8_t{0};
    total += out.weight[k];
  }
  const auto largest = std::max_element(out.weight.begin(), out.weight.end());
  *largest = static_cast<std::uint8_t>(*largest + 255 - total);
  return out;
}

void append_binding(const aiMesh& mesh, const Atlas& atlas, const std::string& file, const std::string& name,
                    SurfaceMesh& out, RangeFaults& faults, IssueList& issues) {
  std::vector<std::array<std::pair<float, std::uint8_t>, 4>> bound(mesh.mNumVertices);
  for (unsigned b = 0; b < mesh.mNumBones; ++b) {
    const aiBone& bone = *mesh.mBones[b];
    const int segment = atlas.segment_index(bone.mName.C_Str());
    bool moves = false;
    for (unsigned w = 0; w < bone.mNumWeights; ++w) {
      const aiVertexWeight& weight = bone.mWeights[w];
      if (weight.mVertexId >= mesh.mNumVertices || !(weight.mWeight > 0))
        continue;
      moves = true;
      auto& slots = bound[weight.mVertexId];
      const auto least = std::min_element(slots.begin(), slots.end());
      if (weight.mWeight > least->first)
        *least = {weight.mWeight, static_cast<std::uint8_t>(std::max(segment, 0))};
    }
    if (moves && segment < 0)
      issues.error(file, 0, name,
                   std::string("moves with \"") + bone.mName.C_Str() + "\", which no joint of model.json moves");
  }
  for (auto& slots : bound) {
    std::sort(slots.begin(), slots.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    out.binding.push_back(binding_of(slots, faults));
  }
}

void append(const aiMesh& mesh, const glm::mat4& to_model, const Atlas& atlas, const std::string& file,
            const std::string& name, SurfaceMesh& out, RangeFaults& faults, IssueList& issues) {
  const auto base = static_cast<std::uint32_t>(out.surface.positions.size());
  const bool inside_out = mirrors(to_model);
  // Directions of a node that stays where it is are kept to the last bit.
  const auto turned = [&, stays = to_model == glm::mat4(1)](const glm::mat3& turn, const aiVector3D& v) {
    const glm::vec3 direction = finite(vec(v), faults);
    return stays ? direction : unit_or_zero(turn * direction);
  };
  // Parts of one mesh may differ in what they carry; every list stays as long as the positions.
  const auto pad = [base](auto& list) { list.resize(base); };
  for (unsigned i = 0; i < mesh.mNumVertices; ++i)
    out.surface.positions.push_back(place_mm(glm::vec3(to_model * glm::vec4(vec(mesh.mVertices[i]), 1)), faults));
  if (mesh.HasNormals()) {
    pad(out.surface.normals);
    for (unsigned i = 0; i < mesh.mNumVertices; ++i)
      out.surface.normals.push_back(turned(normal_matrix(to_model), mesh.mNormals[i]));
  }
  if (mesh.mTangents) {
    pad(out.fibre);
    for (unsigned i = 0; i < mesh.mNumVertices; ++i)
      out.fibre.push_back(turned(glm::mat3(to_model), mesh.mTangents[i]));
  }
  if (mesh.HasTextureCoords(0)) {
    pad(out.muscle_place);
    for (unsigned i = 0; i < mesh.mNumVertices; ++i) {
      const glm::vec3 place = finite(vec(mesh.mTextureCoords[0][i]), faults);
      // Assimp turns the second coordinate of glTF upside down.
      out.muscle_place.emplace_back(place.x, 1 - place.y);
    }
  }
  if (mesh.HasVertexColors(0)) {
    pad(out.shares);
    for (unsigned i = 0; i < mesh.mNumVertices; ++i) {
      const aiColor4D& c = mesh.mColors[0][i];
      out.shares.push_back({share(c.r, faults), share(c.g, faults), share(c.b, faults)});
    }
  }
  if (mesh.HasBones()) {
    pad(out.binding);
    append_binding(mesh, atlas, file, name, out, faults, issues);
  }
  for (unsigned i = 0; i < mesh.mNumFaces; ++i) {
    const aiFace& face = mesh.mFaces[i];
    if (face.mNumIndices != 3)
      continue;
    glm::uvec3 t(face.mIndices[0], face.mIndices[1], face.mIndices[2]);
    if (inside_out)
      std::swap(t.y, t.z);
    out.surface.triangles.push_back(t + base);
  }
}

// Lists that only some parts of a mesh had are filled up; normals that are missing are computed.
void complete(SurfaceMesh& mesh) {
  const std::size_t count = mesh.surface.positions.size();
  if (mesh.surface.normals.size() != count)
    compute_normals(mesh.surface);
  const auto fill = [count](auto& list) {
    if (!list.empty())
      list.resize(count);
  };
  fill(mesh.fibre);
  fill(mesh.muscle_place);
  fill(mesh.shares);
  fill(mesh.binding);
}

void walk(const aiScene& scene, const aiNode& node, const glm::mat4& parent, const Atlas& atlas,
          const std::string& file, MeshesByName& out, IssueList& issues) {
  const glm::mat4 to_model = parent * mat(node.mTransformation);
  if (node.mNumMeshes > 0) {
    const std::string name = node.mName.C_Str();
    auto mesh = std::make_shared<SurfaceMesh>();
    RangeFaults faults;
    for (unsigned i = 0; i < node.mNumMeshes; ++i) {
      const aiMesh& part = *scene.mMeshes[node.mMeshes[i]];
      append(part, part.HasBones() ? glm::mat4(1) : to_model, atlas, file, name, *mesh, faults, issues);
    }
    complete(*mesh);
    const auto report = [&](std::size_t count, const char* what) {
      if (count > 0)
        issues.error(file, 0, name, std::to_string(count) + what);
    };
    report(faults.numbers, " vertices have numbers that are not finite, or lie a kilometre away");
    report(faults.shares, " tendon, depth or relief shares lie outside 0 to 1");
    report(faults.weights, " vertices have skin weights that do not sum to one");
    if (!out.emplace(name, std::move(mesh)).second)
      issues.error(file, 0, name, "two nodes have this name");
  }
  for (unsigned i = 0; i < node.mNumChildren; ++i)
    walk(scene, *node.mChildren[i], to_model, atlas, file, out, issues);
}

} // namespace

std::optional<MeshesByName> parse_pack_meshes(const std::string& bytes, const std::string& file, const Atlas& atlas,
                                              IssueList& issues) {
  if (!glb_is_sound(bytes, file, issues))
    return std::nullopt;
  Assimp::Importer importer;
  const aiScene* scene = importer.ReadFileFromMemory(bytes.data(), bytes.size(), 0, "glb");
  if (!scene || !scene->mRootNode) {
    issues.error(file, 0, "", std::string("cannot be read: ") + importer.GetErrorString());
    return std::nullopt;
  }
  MeshesByName meshes;
  walk(*scene, *scene->mRootNode, glm::mat4(1), atlas, file, meshes, issues);
  return meshes;
}

} // namespace calfscope
