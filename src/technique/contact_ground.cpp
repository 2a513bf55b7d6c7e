#include "technique/contact_ground.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// Skin within this distance says how the surface lies and bends under a tool.
constexpr float fit_radius_mm = 22;
// The lower leg is made finer than this, so that the skin lies round a thumb without its edges cutting in.
constexpr float longest_edge_mm = 2.4f;
constexpr Span finer_levels{0.02f, 0.97f}; // s
// Tissue that is counted where no bone lies behind, as a share of the way to the leg's axis.
constexpr float no_bone_share = 0.8f;

struct FittedSkin {
  glm::vec3 normal{0};
  SkinShape shape;
};

// Mean normal of the skin about a point, then its bend over the plane across that.
FittedSkin fit_skin(std::span<const glm::vec3> posed, std::span<const glm::vec3> rest_normals, glm::vec3 at,
                    glm::vec3 rest_normal, glm::vec3 along_hint, ContactFrame& frame) {
  std::vector<glm::vec3> near;
  glm::vec3 mean{0};
  Eigen::Matrix3d spread = Eigen::Matrix3d::Zero();
  for (std::size_t i = 0; i < posed.size(); ++i)
    if (dot(rest_normals[i], rest_normal) > 0.2f && distance(posed[i], at) < fit_radius_mm) {
      near.push_back(posed[i] - at);
      mean += near.back();
    }
  FittedSkin out;
  glm::vec3 normal = rest_normal;
  if (near.size() >= 12) {
    mean /= static_cast<float>(near.size());
    for (const glm::vec3 p : near) {
      const Eigen::Vector3d d(p.x - mean.x, p.y - mean.y, p.z - mean.z);
      spread += d * d.transpose();
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> axes(spread);
    const Eigen::Vector3d least = axes.eigenvectors().col(0);
    normal = {least.x(), least.y(), least.z()};
    if (dot(normal, rest_normal) < 0)
      normal = -normal;
  }
  out.normal = normal;
  frame.into = -normal;
  frame.along = normalize(along_hint - dot(along_hint, normal) * normal);
  frame.across = cross(frame.along, frame.into);
  if (near.size() >= 12) {
    Eigen::MatrixXd terms(static_cast<Eigen::Index>(near.size()), 3);
    Eigen::VectorXd heights(static_cast<Eigen::Index>(near.size()));
    for (std::size_t i = 0; i < near.size(); ++i) {
      const double u = dot(near[i], frame.across), v = dot(near[i], frame.along);
      const auto row = static_cast<Eigen::Index>(i);
      terms.row(row) << u * u, u * v, v * v;
      heights[row] = dot(near[i], frame.into);
    }
    const Eigen::Vector3d bend = terms.colPivHouseholderQr().solve(heights);
    out.shape = {static_cast<float>(bend[0]), static_cast<float>(bend[1]), static_cast<float>(bend[2])};
  }
  return out;
}

} // namespace

glm::vec3 posed_place(const ContactGround::SkinPlace& place, std::span<const glm::vec3> posed) {
  return place.weights.x * posed[place.corners.x] + place.weights.y * posed[place.corners.y] +
         place.weights.z * posed[place.corners.z];
}

std::optional<ContactGround> ContactGround::make(const Atlas& atlas,
                                                 std::shared_ptr<const LegCoordinates> coordinates) {
  const Structure* skin = atlas.find("skin");
  if (!skin || !coordinates)
    return std::nullopt;
  ContactGround ground;
  ground.coordinates_ = std::move(coordinates);
  ground.medial_ = atlas.side == Side::right ? 1.0f : -1.0f;
  auto skin_scene = std::make_shared<RayScene>();
  const TriMesh& surface = skin->mesh->surface;
  ground.split_ = split_long_edges(
      surface, longest_edge_mm, [&](glm::vec3 p) { return finer_levels.contains(ground.coordinates_->level_of(p)); });
  ground.skin_ = std::make_shared<const SurfaceMesh>(finer_surface(*skin->mesh, ground.split_));
  skin_scene->add(ground.skin_->surface.positions, ground.split_.triangles);
  skin_scene->commit();
  ground.skin_scene_ = skin_scene;
  auto bones = std::make_shared<RayScene>();
  for (const Structure& structure : atlas.structures)
    if (structure.kind == Kind::bone)
      bones->add(structure.mesh->surface.positions, structure.mesh->surface.triangles);
  bones->commit();
  ground.bone_scene_ = bones;
  auto muscles = std::make_shared<RayScene>();
  for (const Structure& structure : atlas.structures)
    if (structure.kind == Kind::muscle) {
      muscles->add(structure.mesh->surface.positions, structure.mesh->surface.triangles);
      ground.muscles_.push_back(structure.id);
    }
  muscles->commit();
  ground.muscle_scene_ = muscles;
  return ground;
}

float ContactGround::thickness_at(const SkinPoint& at) const {
  const auto bone = bone_scene_->first_hit({at.position, -at.normal});
  const float to_axis =
      no_bone_share * distance(at.position, coordinates_->axis_point(coordinates_->level_of(at.position)));
  return bone ? std::min(bone->distance_mm, 1.5f * to_axis) : to_axis;
}

float ContactGround::tip_over_bone_mm(const Contact& contact) const {
  constexpr float least_left = 0.5f; // of the tissue, as under the place itself
  constexpr float farthest_mm = 60, settled_mm = 0.05f, step_mm = 12;
  constexpr int rounds = 12;
  const ContactFrame& at = contact.frame;
  const float reach_mm = contact.is_long ? std::min(contact.half_length_mm, 72.0f) : 0;
  float tip = contact.tip_mm;
  for (float u = -reach_mm; u <= reach_mm; u += step_mm)
    for (int round = 0; round < rounds && tip > 0; ++round) {
      const glm::vec3 middle =
          dragged_origin(contact) + u * at.across + (tip + contact.flat_mm - contact.radius_mm) * at.into;
      const auto bone = bone_scene_->nearest(middle, contact.radius_mm + farthest_mm);
      const auto skin = bone ? skin_scene_->nearest(bone->position, farthest_mm) : std::nullopt;
      if (!skin)
        break;
      const float too_near_mm = least_left * skin->distance_mm - (bone->distance_mm - contact.radius_mm);
      if (too_near_mm < settled_mm)
        break;
      tip = std::max(tip - too_near_mm, 0.0f);
    }
  return tip;
}

std::vector<ContactGround::Below> ContactGround::muscles_below(const ContactFrame& frame, float deepest_mm) const {
  std::vector<Below> out;
  for (const RayHit& hit : muscle_scene_->all_hits({frame.origin, frame.into}))
    if (hit.distance_mm <= deepest_mm &&
        std::none_of(out.begin(), out.end(), [&](const Below& below) { return below.muscle == muscles_[hit.mesh]; }))
      out.push_back({muscles_[hit.mesh], hit.distance_mm});
  return out;
}

std::optional<ContactGround::SkinPlace> ContactGround::skin_place(LegPlace place, float across_mm,
                                                                  float along_mm) const {
  const auto rest = coordinates_->skin_point(place);
  if (!rest)
    return std::nullopt;
  // Along the resting skin, then back onto it.
  const glm::vec3 along_leg = coordinates_->long_axis();
  const glm::vec3 round = toward_medial(rest->normal);
  const glm::vec3 wanted = rest->position + across_mm * round + along_mm * along_leg;
  const auto on_skin = skin_scene_->nearest(wanted, 80);
  if (!on_skin)
    return std::nullopt;
  const glm::uvec3 t = split_.triangles[on_skin->triangle];
  const auto& positions = skin_->surface.positions;
  const glm::vec3 e1 = positions[t.y] - positions[t.x], e2 = positions[t.z] - positions[t.x],
                  d = on_skin->position - positions[t.x];
  const float d11 = dot(e1, e1), d12 = dot(e1, e2), d22 = dot(e2, e2), det = d11 * d22 - d12 * d12;
  const float b = det > 0 ? (d22 * dot(d, e1) - d12 * dot(d, e2)) / det : 0;
  const float c = det > 0 ? (d11 * dot(d, e2) - d12 * dot(d, e1)) / det : 0;
  return SkinPlace{t, {1 - b - c, b, c}};
}

glm::vec3 ContactGround::toward_medial(glm::vec3 outward) const {
  return medial_ * cross(coordinates_->long_axis(), outward);
}

std::optional<ContactGround::Spot> ContactGround::spot(LegPlace place, std::span<const glm::vec3> posed,
                                                       float across_mm, float along_mm) const {
  const auto on_skin =
      posed.size() == skin_->surface.positions.size() ? skin_place(place, across_mm, along_mm) : std::nullopt;
  if (!on_skin)
    return std::nullopt;
  const glm::uvec3 t = on_skin->corners;
  Spot spot;
  spot.frame.origin = posed_place(*on_skin, posed);
  const glm::vec3 normal = cross(posed[t.y] - posed[t.x], posed[t.z] - posed[t.x]);
  const float area = length(normal);
  const glm::vec3 at_rest = skin_->surface.normals[t.x];
  const glm::vec3 facing = area > 0 ? normal / area : at_rest;
  spot.skin =
      fit_skin(posed, skin_->surface.normals, spot.frame.origin, facing, coordinates_->long_axis(), spot.frame).shape;
  if (dot(spot.frame.across, toward_medial(at_rest)) < 0) {
    spot.frame.across = -spot.frame.across;
    spot.skin.uv = -spot.skin.uv;
  }
  spot.thickness_mm = thickness_at({posed_place(*on_skin, skin_->surface.positions), normalize(at_rest)});
  return spot;
}

} // namespace calfscope
