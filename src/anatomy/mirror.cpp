#include "anatomy/mirror.h"

namespace calfscope {
namespace {

glm::vec3 across(glm::vec3 v) {
  return {-v.x, v.y, v.z};
}

std::shared_ptr<const SurfaceMesh> mirrored(const SurfaceMesh& mesh) {
  auto out = std::make_shared<SurfaceMesh>(mesh);
  for (glm::vec3& p : out->surface.positions)
    p = across(p);
  for (glm::vec3& n : out->surface.normals)
    n = across(n);
  for (glm::vec3& f : out->fibre)
    f = across(f);
  for (Bend& bend : out->bends)
    for (std::size_t k = 0; k < bend.position_mm.size(); ++k) {
      bend.position_mm[k] = across(bend.position_mm[k]);
      bend.normal[k] = across(bend.normal[k]);
    }
  for (glm::uvec3& t : out->surface.triangles)
    std::swap(t.y, t.z);
  for (CoarseLevel& level : out->coarse)
    for (glm::uvec3& t : level.triangles)
      std::swap(t.y, t.z);
  return out;
}

} // namespace

Atlas mirrored(const Atlas& atlas) {
  Atlas out = atlas;
  out.side = atlas.side == Side::right ? Side::left : Side::right;
  for (Structure& structure : out.structures)
    structure.mesh = mirrored(*structure.mesh);
  for (Landmark& landmark : out.landmarks)
    landmark.position_mm = across(landmark.position_mm);
  for (Segment& segment : out.segments) {
    segment.centre_mm = across(segment.centre_mm);
    // A mirror turns a rotation the other way round; an axis is a pseudovector, so it mirrors with the opposite sign.
    segment.axis = -across(segment.axis);
  }
  return out;
}

Atlas on_side(Atlas atlas, Side side) {
  return atlas.side == side ? std::move(atlas) : mirrored(atlas);
}

} // namespace calfscope
