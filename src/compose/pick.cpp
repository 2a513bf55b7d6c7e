#include "compose/pick.h"

#include "compose/compose.h"
#include "compose/point_items.h"
#include "frame/viewport.h"
#include "geometry/ray_scene.h"
#include "state/action.h"

#include <algorithm>
#include <map>

namespace calfscope {
namespace {

// Items by structure, for structures that a click takes hold of.
std::vector<const DrawItem*> solid_items(const Atlas& atlas, const Frame& frame) {
  std::vector<const DrawItem*> out(atlas.structures.size(), nullptr);
  for (const DrawItem& item : frame.items)
    if (item.structure < out.size() && is_solid(item))
      out[item.structure] = &item;
  return out;
}

float box_volume(const Bounds& box) {
  const glm::vec3 size = box.size();
  return size.x * size.y * size.z;
}

// The filled section that the ray meets: of the structures it is inside of, the smallest lies on top.
std::optional<PickResult> section_hit(const AppState& state, const Ray& ray, const Plane& plane,
                                      const std::vector<RayHit>& hits, const std::vector<const DrawItem*>& solid) {
  const float towards = glm::dot(plane.normal, ray.direction);
  if (towards >= -1e-6f) // seen from the side that is kept there is no section
    return std::nullopt;
  const float distance = -plane.distance_mm(ray.origin) / towards;
  if (distance <= 0)
    return std::nullopt;
  std::map<std::uint32_t, int> crossings;
  for (const RayHit& hit : hits)
    if (hit.distance_mm > distance && solid[hit.mesh] && solid[hit.mesh]->clipped)
      ++crossings[hit.mesh];
  std::optional<std::uint32_t> best;
  for (const auto& [mesh, count] : crossings) {
    if (count % 2 == 0)
      continue;
    const auto volume = [&](std::uint32_t structure) { return box_volume(state.facts->structures[structure].bounds); };
    if (!best || volume(mesh) < volume(*best))
      best = mesh;
  }
  if (!best)
    return std::nullopt;
  return PickResult{state.atlas->structures[*best].id, ray.origin + distance * ray.direction, plane.normal, distance,
                    true};
}

} // namespace

struct Picker::Cache {
  std::shared_ptr<const Atlas> atlas;
  std::vector<glm::mat4> segments;
  RayScene scene;
};

Picker::Picker() = default;
Picker::~Picker() = default;
Picker::Picker(Picker&&) noexcept = default;
Picker& Picker::operator=(Picker&&) noexcept = default;

std::optional<PickResult> Picker::pick(const AppState& state, const Frame& frame, glm::ivec2 size, glm::vec2 at) {
  if (!state.atlas || !state.facts || !(at.x >= 0 && at.x <= 1 && at.y >= 0 && at.y <= 1))
    return std::nullopt;
  if (!cache_ || cache_->atlas != state.atlas || cache_->segments != frame.segments) {
    cache_ = std::make_unique<Cache>();
    cache_->atlas = state.atlas;
    cache_->segments = frame.segments;
    for (const Structure& structure : state.atlas->structures) {
      if (frame.segments.empty())
        cache_->scene.add(structure.mesh->surface.positions, structure.mesh->surface.triangles);
      else
        cache_->scene.add(posed_positions(*structure.mesh, frame.segments), structure.mesh->surface.triangles);
    }
    cache_->scene.commit();
  }

  const std::vector<const DrawItem*> solid = solid_items(*state.atlas, frame);
  const Ray ray = ray_through(frame.camera, Viewport{size, frame.free_area}, at);
  const std::vector<RayHit> hits = cache_->scene.all_hits(ray);
  const auto seen = [&](const RayHit& hit) {
    const DrawItem* item = solid[hit.mesh];
    return item && !(frame.clip && item->clipped && frame.clip->distance_mm(hit.position) > 0);
  };
  const auto first = std::find_if(hits.begin(), hits.end(), seen);
  if (frame.clip)
    if (auto section = section_hit(state, ray, *frame.clip, hits, solid);
        section && (first == hits.end() || section->distance_mm < first->distance_mm))
      return section;
  if (first == hits.end())
    return std::nullopt;
  const glm::vec3 normal = glm::dot(first->normal, ray.direction) > 0 ? -first->normal : first->normal;
  return PickResult{state.atlas->structures[first->mesh].id, first->position, normal, first->distance_mm, false};
}

namespace {

Frame frame_now(const AppState& state) {
  return compose(state, {.quality = Quality::moving, .free_area = state.viewport.free_area});
}

} // namespace

void hover_at(AppState& state, Picker& picker, glm::vec2 at) {
  const Frame frame = frame_now(state);
  const std::string point = point_at(state, frame, state.viewport.size, at);
  hover(state, point.empty() ? picker.pick(state, frame, state.viewport.size, at) : std::nullopt);
  state.hovered_point = point;
}
void click_at(AppState& state, Picker& picker, glm::vec2 at) {
  const Frame frame = frame_now(state);
  const std::string point = point_at(state, frame, state.viewport.size, at);
  if (point.empty())
    click(state, picker.pick(state, frame, state.viewport.size, at));
  else
    apply(state, {"select_point", {{"id", point}}});
}

} // namespace calfscope
