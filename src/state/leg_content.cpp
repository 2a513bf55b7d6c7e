#include "state/leg_content.h"

#include "state/technique_state.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace calfscope {
namespace {

constexpr std::size_t most_fields = 64;
// Of the way from bone to skin, for how far a point gives way under a tool: about the middle of a calf.
constexpr float point_depth_share = 0.6f;

// A capsule from a to b whose radius swells to `middle` half way; a sphere where a is b.
std::shared_ptr<const SurfaceMesh> spindle(glm::vec3 a, glm::vec3 b, float end_radius, float middle) {
  constexpr int around = 20, along = 24;
  auto mesh = std::make_shared<SurfaceMesh>();
  const float length = glm::distance(a, b);
  const glm::vec3 axis = length > 1e-3f ? (b - a) / length : glm::vec3(0, 1, 0);
  const glm::vec3 side =
      glm::normalize(glm::cross(axis, std::abs(axis.x) < 0.7f ? glm::vec3(1, 0, 0) : glm::vec3(0, 0, 1)));
  const glm::vec3 other = glm::cross(axis, side);
  TriMesh& surface = mesh->surface;
  for (int k = 0; k <= along; ++k) {
    const float t = static_cast<float>(k) / along;
    const float half_turn = std::numbers::pi_v<float> * t;
    const float swell = glm::mix(end_radius, middle, std::sin(half_turn));
    const float radius =
        swell * std::sqrt(std::max(0.0f, 1 - std::pow(std::abs(2 * t - 1), length > middle ? 6.f : 2.f)));
    const float reach = length > middle ? 0.0f : -std::cos(half_turn) * middle;
    const glm::vec3 centre = glm::mix(a, b, t) + reach * axis;
    const float r = length > middle ? radius : middle * std::sin(half_turn);
    for (int i = 0; i < around; ++i) {
      const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / around;
      surface.positions.push_back(centre + std::max(r, 0.01f) * (std::cos(angle) * side + std::sin(angle) * other));
    }
  }
  const auto at = [&](int k, int i) { return static_cast<std::uint32_t>(k * around + i % around); };
  for (int k = 0; k < along; ++k)
    for (int i = 0; i < around; ++i) {
      surface.triangles.push_back({at(k, i), at(k, i + 1), at(k + 1, i)});
      surface.triangles.push_back({at(k + 1, i), at(k, i + 1), at(k + 1, i + 1)});
    }
  if (signed_volume_mm3(surface) < 0)
    flip_winding(surface);
  compute_normals(surface);
  mesh->shares.assign(surface.positions.size(), TissueShares{.depth = point_depth_share});
  return mesh;
}

} // namespace

LegContent::LegContent(std::shared_ptr<const BoundContent> bound)
    : stage_cache_(std::make_shared<StageCache>()), bound_(std::move(bound)) {
  constexpr float band_radius_mm = 1.6f, band_end_mm = 0.8f; // a few mm wide (fact sheet 3)
  for (std::size_t i = 0; i < bound_->points().size(); ++i) {
    const BoundPoint& point = bound_->points()[i];
    const TriggerPoint& said = pack().points[i];
    if (!point.placed) {
      bodies_.emplace_back();
      continue;
    }
    const glm::vec3 half = 0.5f * said.band.length_mm * point.band;
    bodies_.push_back({spindle(point.core_mm, point.core_mm, 0, said.core_radius_mm),
                       spindle(point.core_mm - half, point.core_mm + half, band_end_mm, band_radius_mm),
                       spindle(point.core_mm, point.core_mm, 0, said.halo_radius_mm)});
  }
}

SkinField LegContent::kept(const std::string& key, std::vector<glm::vec4> field) const {
  if (fields_.size() >= most_fields)
    fields_.clear();
  return fields_[key] = std::make_shared<const std::vector<glm::vec4>>(std::move(field));
}

SkinField LegContent::field_of_point(const std::string& point) const {
  const std::string key = "point " + point;
  if (const auto found = fields_.find(key); found != fields_.end())
    return found->second;
  const std::vector<float>& no_press = bound_->no_press();
  std::vector<glm::vec4> field(no_press.size());
  const PainMap* map = point.empty() ? nullptr : bound_->pain_map(point);
  for (std::size_t v = 0; v < field.size(); ++v) {
    field[v] = {0, 0, 0, no_press[v]};
    if (map)
      field[v] = {map->essential[v], map->spillover[v], map->arrival_mm[v], no_press[v]};
  }
  return kept(key, std::move(field));
}

// A new pain makes what was worked out for the last one worthless.
const std::vector<float>& LegContent::weights_of(const Hurting& hurting) const {
  if (!hurting_weights_.empty() && hurting_ == hurting)
    return hurting_weights_;
  hurting_ = hurting;
  field_of_pain_ = nullptr;
  looked_up_for_.clear();
  hurting_weights_ = painted_regions(*bound_, {hurting.regions.begin(), hurting.regions.end()});
  const std::vector<float> painted = painted_weights(bound_->places(), hurting.painted);
  for (std::size_t v = 0; v < painted.size(); ++v)
    hurting_weights_[v] = std::max(hurting_weights_[v], painted[v]);
  return hurting_weights_;
}

SkinField LegContent::field_of_pain(const Hurting& hurting, const std::string& compared_with) const {
  const std::vector<float>& felt = weights_of(hurting);
  if (field_of_pain_ && field_of_pain_for_ == compared_with)
    return field_of_pain_;
  std::vector<float> other;
  if (const PainMap* map = bound_->pain_map(compared_with))
    other = map_weights(*map);
  else if (const LookAlike* look_alike = pack().look_alike(compared_with))
    other = bound_->look_alike_weights(*look_alike);
  std::vector<glm::vec4> field(felt.size());
  for (std::size_t v = 0; v < field.size(); ++v) {
    const float both = other.empty() ? felt[v] : std::min(felt[v], 2 * other[v]);
    field[v] = {both, felt[v] - both, 0, bound_->no_press()[v]};
  }
  field_of_pain_for_ = compared_with;
  field_of_pain_ = std::make_shared<const std::vector<glm::vec4>>(std::move(field));
  return field_of_pain_;
}

const LookupResult& LegContent::looked_up(const Hurting& hurting, bool neighbours) const {
  const std::vector<float>& felt = weights_of(hurting);
  const std::string_view layers = neighbours ? "all" : "calf";
  if (layers == looked_up_for_)
    return looked_up_;
  looked_up_for_ = layers;
  looked_up_ = {};
  if (hurting.empty())
    return looked_up_;
  std::vector<std::string> wanted{"calf"};
  if (neighbours)
    wanted.push_back("neighbour");
  looked_up_ = look_up(*bound_, felt, wanted);
  return looked_up_;
}

} // namespace calfscope
