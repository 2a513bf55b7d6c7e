#include "technique/leg_under_tool.h"

#include "geometry/parallel.h"
#include "technique/skin_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

// Where nothing moves any more (the rule), and how far beyond it is looked whether that is so.
constexpr float rest_from_radii = 3, looked_at_radii = 3.3f;
// Skin within this distance of the place is asked for the length of its edges (measure()).
constexpr float edges_mm = 31;
// Flesh deeper than the dent by more than this cannot come out.
constexpr float depth_margin_mm = 4;
// Distances at rest and in a pose differ by no more than this round a tool.
constexpr float pose_margin_mm = 25;
// Flesh with more than this share of the skin's way that moves less than that lies under skin that hardly moves either.
constexpr float telling_share = 0.3f, stays_mm = 0.02f;
// Deeper than any dent with its margin.
constexpr float deepest_mm = 30;

glm::vec3 in_frame(const ContactFrame& frame, glm::vec3 point) {
  const glm::vec3 from = point - frame.origin;
  return {dot(from, frame.across), dot(from, frame.along), dot(from, frame.into)};
}

// From the place, or the nearest part of a long tool's, over its plane.
float aside_mm(const Contact& contact, glm::vec3 local) {
  const float u = contact.is_long ? std::max(0.0f, std::abs(local.x) - contact.half_length_mm) : local.x;
  return std::sqrt(u * u + local.y * local.y);
}

float radii(const Contact& contact, float count) {
  return count * std::max(contact.patch_mm, 1.0f);
}

float looked_at_mm(const Contact& contact) {
  return std::max({radii(contact, looked_at_radii), contact.radius_mm + 2, edges_mm});
}

bool is_looked_at(const Contact& contact, glm::vec3 point) {
  const float off_line = std::abs(dot(point - contact.frame.origin, contact.frame.along));
  if (off_line > looked_at_mm(contact))
    return false;
  const glm::vec3 local = in_frame(contact.frame, point);
  return local.z < std::max(1.6f * contact.thickness_mm, edges_mm) && aside_mm(contact, local) < looked_at_mm(contact);
}

bool may_move(const Contact& contact, glm::vec3 point) {
  return aside_mm(contact, in_frame(contact.frame, point)) < radii(contact, rest_from_radii);
}

bool is_finite(glm::vec3 p) {
  return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z);
}

glm::vec3 dented_by_all(std::span<const Contact> contacts, glm::vec3 point, float share, bool on_skin) {
  for (const Contact& contact : contacts)
    point = dented(contact, point, share, on_skin);
  return point;
}

} // namespace

FleshBelow FleshBelow::of(const Atlas& atlas, const LegCoordinates& coordinates) {
  const Structure* skin = atlas.find("skin");
  if (!skin)
    return {};
  RayScene scene;
  scene.add(skin->mesh->surface.positions, skin->mesh->surface.triangles);
  scene.commit();
  struct Place {
    float along_mm = 0, depth_mm = 0;
    std::uint32_t structure = 0, vertex = 0;
  };
  constexpr Span levels{-0.15f, 1.02f}; // s; no tool comes farther
  std::vector<Place> places;
  for (std::uint32_t i = 0; i < atlas.structures.size(); ++i) {
    const Structure& structure = atlas.structures[i];
    if (structure.kind == Kind::skin || structure.id.find("nail") != std::string::npos)
      continue;
    const std::vector<glm::vec3>& positions = structure.mesh->surface.positions;
    std::vector<float> depths(positions.size(), -1);
    parallel_for(0, static_cast<int>(positions.size()), [&](int v) {
      const auto vertex = static_cast<std::size_t>(v);
      if (levels.contains(coordinates.level_of(positions[vertex])))
        if (const auto nearest = scene.nearest(positions[vertex], deepest_mm))
          depths[vertex] = nearest->distance_mm;
    });
    for (std::uint32_t v = 0; v < depths.size(); ++v)
      if (depths[v] >= 0)
        places.push_back({dot(positions[v], coordinates.long_axis()), depths[v], i, v});
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.along_mm < b.along_mm; });
  FleshBelow out;
  for (const Place& place : places) {
    const Structure& structure = atlas.structures[place.structure];
    const SurfaceMesh& mesh = *structure.mesh;
    const std::size_t v = place.vertex;
    out.places.surface.positions.push_back(mesh.surface.positions[v]);
    out.places.binding.push_back(v < mesh.binding.size() ? mesh.binding[v] : SkinBinding{});
    out.places.bends.push_back(v < mesh.bends.size() ? mesh.bends[v] : Bend{});
    out.along_mm.push_back(place.along_mm);
    out.structure.push_back(place.structure);
    out.depth_mm.push_back(place.depth_mm);
    const float share = v < mesh.shares.size() ? mesh.shares[v].depth : TissueShares{}.depth;
    out.share.push_back(structure.kind == Kind::bone ? 0 : share);
  }
  return out;
}

LegUnderTool::LegUnderTool(const Atlas& atlas, const ContactGround& ground, const FleshBelow* flesh)
    : atlas_(&atlas), ground_(&ground), flesh_(flesh) {
  if (flesh_) {
    bent_.resize(flesh_->structure.size());
    bent_in_.assign(flesh_->structure.size(), 0);
  }
}

void LegUnderTool::bend(const Pose& pose) {
  if (pose_ == pose)
    return;
  pose_ = pose;
  ++pose_number_;
  segments_ = segment_matrices(*atlas_, pose);
  bends_ = bend_shares(pose);
  skin_ = posed_positions(*ground_->skin(), segments_, bends_);
}

void LegUnderTool::bend_flesh(const std::vector<std::uint32_t>& wanted) {
  SurfaceMesh some;
  std::vector<std::uint32_t> which;
  for (const std::uint32_t i : wanted) {
    if (bent_in_[i] == pose_number_)
      continue;
    which.push_back(i);
    some.surface.positions.push_back(flesh_->places.surface.positions[i]);
    some.binding.push_back(flesh_->places.binding[i]);
    some.bends.push_back(flesh_->places.bends[i]);
  }
  const std::vector<glm::vec3> bent = posed_positions(some, segments_, bends_);
  for (std::size_t k = 0; k < which.size(); ++k) {
    bent_[which[k]] = bent[k];
    bent_in_[which[k]] = pose_number_;
  }
}

LegUnderTool::NearSkin LegUnderTool::near_skin(std::span<const Contact> contacts, PressedLeg& out) const {
  constexpr std::uint32_t none = 0xFFFFFFFFu;
  const SurfaceMesh& mesh = *ground_->skin();
  std::vector<char> wanted(skin_.size(), 0);
  for (const Contact& contact : contacts)
    for (std::size_t v = 0; v < skin_.size(); ++v)
      wanted[v] = static_cast<char>(wanted[v] != 0 || is_looked_at(contact, skin_[v]));
  NearSkin near;
  for (const glm::uvec3& t : mesh.surface.triangles)
    if (wanted[t.x] != 0 || wanted[t.y] != 0 || wanted[t.z] != 0)
      near.triangles.push_back(t);
  std::vector<std::uint32_t> number(skin_.size(), none);
  for (glm::uvec3& t : near.triangles)
    for (int k = 0; k < 3; ++k) {
      std::uint32_t& v = number[t[k]];
      if (v == none) {
        v = static_cast<std::uint32_t>(near.bent.size());
        const glm::vec3 at = skin_[t[k]], to = dented_by_all(contacts, at, 1, true);
        near.rest.push_back(mesh.surface.positions[t[k]]);
        near.bent.push_back(at);
        near.dented.push_back(to);
        out.skin[t[k]] = to;
        out.finite = out.finite && is_finite(to);
        if (to != at && std::none_of(contacts.begin(), contacts.end(),
                                     [&](const Contact& contact) { return may_move(contact, at); }))
          out.fit.far_shift_mm = std::max(out.fit.far_shift_mm, distance(at, to));
      }
      t[k] = v;
    }
  return near;
}

void LegUnderTool::look_at_layers(const Contact& contact, std::span<const Contact> contacts, const NearSkin& skin,
                                  PressedLeg& out) {
  if (contact.tip_mm <= 0 || skin.bent.empty())
    return;
  // Where the place was at rest: at the skin's nearest vertex.
  const auto away2 = [&](glm::vec3 p) { return dot(p - contact.frame.origin, p - contact.frame.origin); };
  const auto nearest = std::min_element(skin.bent.begin(), skin.bent.end(),
                                        [&](glm::vec3 a, glm::vec3 b) { return away2(a) < away2(b); });
  const glm::vec3 anchor = skin.rest[static_cast<std::size_t>(nearest - skin.bent.begin())];
  const float along = dot(anchor, ground_->coordinates().long_axis());
  const float reach_mm = radii(contact, rest_from_radii) + pose_margin_mm, deepest = contact.tip_mm + depth_margin_mm;
  const auto index = [&](float at) {
    return static_cast<std::uint32_t>(std::lower_bound(flesh_->along_mm.begin(), flesh_->along_mm.end(), at) -
                                      flesh_->along_mm.begin());
  };
  std::vector<std::uint32_t> wanted;
  for (std::uint32_t i = index(along - reach_mm), end = index(along + reach_mm); i < end; ++i)
    if (flesh_->depth_mm[i] < deepest &&
        (contact.is_long || distance(flesh_->places.surface.positions[i], anchor) < reach_mm))
      wanted.push_back(i);
  bend_flesh(wanted);
  const SkinSheet sheet(contact.frame, skin.dented, skin.triangles);
  for (const std::uint32_t i : wanted) {
    if (in_frame(contact.frame, bent_[i]).z > 1.6f * contact.thickness_mm || !may_move(contact, bent_[i]))
      continue;
    const glm::vec3 to = dented_by_all(contacts, bent_[i], flesh_->share[i], false);
    out.finite = out.finite && is_finite(to);
    if (flesh_->share[i] > telling_share && distance(to, bent_[i]) < stays_mm)
      continue;
    const float outside = sheet.outside_mm(to);
    if (outside > out.layer_outside_mm) {
      out.layer_outside_mm = outside;
      out.layer = flesh_->structure[i];
    }
  }
}

PressedLeg LegUnderTool::press(std::span<const Contact> contacts) {
  PressedLeg out;
  out.skin = skin_;
  const NearSkin near = near_skin(contacts, out);
  for (const Contact& contact : contacts) {
    const ContactFit fit = measure(contact, near.bent, near.dented, near.triangles);
    out.fit.gap_mm = std::max(out.fit.gap_mm, fit.gap_mm);
    out.fit.penetration_mm = std::max(out.fit.penetration_mm, fit.penetration_mm);
    out.fit.longest_edge_mm = std::max(out.fit.longest_edge_mm, fit.longest_edge_mm);
    out.fit.patch_cm2 += fit.patch_cm2;
    if (flesh_)
      look_at_layers(contact, contacts, near, out);
  }
  return out;
}

} // namespace calfscope
