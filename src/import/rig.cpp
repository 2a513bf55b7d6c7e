#include "import/rig.h"

#include "anatomy/mirror.h"
#include "geometry/parallel.h"
#include "geometry/ray_scene.h"
#include "import/skin_weights.h"

#include <algorithm>

namespace calfscope {
namespace {

constexpr float farthest_mm = 400; // from any point of a leg to its nearest bone or skin
constexpr std::size_t block = 512; // vertices handled together by one thread

// Rays see either the bones or the skin; nullptr if the atlas has none.
std::unique_ptr<RayScene> scene_of(const Atlas& atlas, Kind kind) {
  auto scene = std::make_unique<RayScene>();
  bool any = false;
  for (const Structure& structure : atlas.structures)
    if (structure.kind == kind) {
      scene->add(structure.mesh->surface.positions, structure.mesh->surface.triangles);
      any = true;
    }
  if (!any)
    return nullptr;
  scene->commit();
  return scene;
}

float distance_to(const RayScene* scene, glm::vec3 point) {
  if (!scene)
    return farthest_mm;
  const auto nearest = scene->nearest(point, farthest_mm);
  return nearest ? nearest->distance_mm : farthest_mm;
}

void prepare_shares(const Structure& structure, SurfaceMesh& mesh) {
  const bool cord = structure.kind == Kind::tendon || structure.kind == Kind::ligament;
  if (mesh.shares.size() != mesh.surface.positions.size())
    mesh.shares.assign(mesh.surface.positions.size(), TissueShares{.tendon = cord ? 1.0f : 0.0f, .depth = 0});
}

void rig_right_leg(Atlas& atlas) {
  atlas.segments = leg_segments(atlas);
  const SkinWeights weights(atlas, atlas.segments);
  const auto bones = scene_of(atlas, Kind::bone);
  const auto skin = scene_of(atlas, Kind::skin);
  for (Structure& structure : atlas.structures) {
    auto mesh = std::make_shared<SurfaceMesh>(*structure.mesh);
    const auto& positions = mesh->surface.positions;
    prepare_shares(structure, *mesh);
    mesh->binding.resize(positions.size());
    const auto rigid = rigid_binding(structure, atlas.segments);
    const auto blocks = static_cast<int>((positions.size() + block - 1) / block);
    parallel_for(0, blocks, [&](int b) {
      const std::size_t end = std::min(positions.size(), (static_cast<std::size_t>(b) + 1) * block);
      for (std::size_t i = static_cast<std::size_t>(b) * block; i < end; ++i) {
        mesh->binding[i] = rigid ? *rigid : weights.at(positions[i]);
        float& depth = mesh->shares[i].depth;
        if (structure.kind == Kind::bone || structure.kind == Kind::skin) {
          depth = structure.kind == Kind::skin ? 1.0f : 0.0f;
          continue;
        }
        const float to_bone = distance_to(bones.get(), positions[i]);
        const float to_skin = distance_to(skin.get(), positions[i]);
        depth = to_bone + to_skin > 0 ? to_bone / (to_bone + to_skin) : 0.0f;
      }
    });
    structure.mesh = std::move(mesh);
  }
}

} // namespace

void rig(Atlas& atlas, IssueList& issues) {
  bool sound = true;
  for (const char* id : {"knee_centre", "ankle_centre"})
    if (!atlas.landmark(id)) {
      issues.error(atlas.id, 0, id, "is missing among the landmarks, so the leg cannot be given joints");
      sound = false;
    }
  if (!sound)
    return;
  if (atlas.side == Side::right) {
    rig_right_leg(atlas);
    return;
  }
  Atlas right = mirrored(atlas);
  rig_right_leg(right);
  const Side stored = atlas.stored_side;
  atlas = mirrored(right);
  atlas.stored_side = stored;
}

} // namespace calfscope
