#include "compose/pick.h"

#include "compose/compose.h"
#include "compose/point_items.h"
#include "frame/viewport.h"
#include "geometry/ray_scene.h"
#include "state/action.h"
#include "state/technique_state.h"

#include <algorithm>
#include <cmath>
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

// Whether the keyhole has made glass of what it may open there (shaders/keyhole.glsl).
bool is_opened(const Frame& frame, glm::vec3 point) {
  if (!frame.keyhole)
    return false;
  const Keyhole& hole = *frame.keyhole;
  const glm::vec3 to_eye =
      frame.camera.orthographic ? -forward_of(frame.camera) : glm::normalize(eye_of(frame.camera) - hole.at_mm);
  const float before = glm::dot(point - hole.at_mm, to_eye);
  const float aside = glm::distance(point, hole.at_mm + before * to_eye);
  return before > 0 && aside < hole.radius_mm - 0.5f * hole.feather_mm;
}

float box_volume(const Bounds& box) {
  const glm::vec3 size = box.size();
  return size.x * size.y * size.z;
}

// The filled section that the ray meets: of the structures it is inside of, the smallest lies on top.
std::optional<PickResult> section_hit(const AppState& state, const Frame& frame, const Ray& ray,
                                      const std::vector<RayHit>& hits, const std::vector<const DrawItem*>& solid) {
  const Plane& plane = *frame.clip;
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
  const bool opened = is_opened(frame, ray.origin + distance * ray.direction);
  for (const auto& [mesh, count] : crossings) {
    if (count % 2 == 0 || (opened && solid[mesh]->opened))
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
  follow(state, frame);

  const std::vector<const DrawItem*> solid = solid_items(*state.atlas, frame);
  const Ray ray = ray_through(frame.camera, Viewport{size, frame.free_area}, at);
  const std::vector<RayHit> hits = cache_->scene.all_hits(ray);
  const auto seen = [&](const RayHit& hit) {
    const DrawItem* item = solid[hit.mesh];
    return item && !(frame.clip && item->clipped && frame.clip->distance_mm(hit.position) > 0) &&
           !(item->opened && is_opened(frame, hit.position));
  };
  const auto first = std::find_if(hits.begin(), hits.end(), seen);
  if (frame.clip)
    if (auto section = section_hit(state, frame, ray, hits, solid);
        section && (first == hits.end() || section->distance_mm < first->distance_mm))
      return section;
  if (first == hits.end())
    return std::nullopt;
  const glm::vec3 normal = glm::dot(first->normal, ray.direction) > 0 ? -first->normal : first->normal;
  return PickResult{state.atlas->structures[first->mesh].id, first->position, normal, first->distance_mm, false};
}

void Picker::follow(const AppState& state, const Frame& frame) {
  if (!cache_ || cache_->atlas != state.atlas || cache_->segments != frame.segments) {
    cache_ = std::make_unique<Cache>();
    cache_->atlas = state.atlas;
    cache_->segments = frame.segments;
    for (const Structure& structure : state.atlas->structures) {
      if (frame.segments.empty())
        cache_->scene.add(structure.mesh->surface.positions, structure.mesh->surface.triangles);
      else
        cache_->scene.add(posed_positions(*structure.mesh, frame.segments, frame.bends),
                          structure.mesh->surface.triangles);
    }
    cache_->scene.commit();
  }
}

std::optional<SkinHit> Picker::skin_under(const AppState& state, const Frame& frame, glm::ivec2 size, glm::vec2 at) {
  const int skin = state.leg_content && state.atlas ? state.atlas->index_of("skin") : -1;
  if (skin < 0 || !(at.x >= 0 && at.x <= 1 && at.y >= 0 && at.y <= 1))
    return std::nullopt;
  follow(state, frame);
  const Ray ray = ray_through(frame.camera, Viewport{size, frame.free_area}, at);
  for (const RayHit& hit : cache_->scene.all_hits(ray)) {
    if (hit.mesh != static_cast<std::uint32_t>(skin) || (frame.clip && frame.clip->distance_mm(hit.position) > 0))
      continue;
    if (glm::dot(hit.normal, ray.direction) >= 0) // the far side, seen through a cut
      return std::nullopt;
    const auto spot = spot_of(state.leg_content->bound().places(), hit.triangle, hit.barycentric);
    if (!spot)
      return std::nullopt;
    const TriMesh& surface = state.atlas->structures[hit.mesh].mesh->surface;
    const glm::uvec3 t = surface.triangles[hit.triangle];
    const glm::vec2 b = hit.barycentric;
    const glm::vec3 at_rest =
        (1 - b.x - b.y) * surface.positions[t.x] + b.x * surface.positions[t.y] + b.y * surface.positions[t.z];
    return SkinHit{*spot, hit.position, at_rest, hit.normal, hit.distance_mm};
  }
  return std::nullopt;
}

BrushRing Picker::ring_around(const AppState& state, const SkinHit& hit, float radius_mm) const {
  constexpr int corners = 48;
  constexpr float off_skin_mm = 0.6f;
  BrushRing ring{hit.position, {}};
  std::vector<bool> skin(state.atlas->structures.size(), false);
  skin[static_cast<std::size_t>(state.atlas->index_of("skin"))] = true;
  const glm::vec3 n = hit.normal;
  const glm::vec3 u = glm::normalize(glm::cross(n, std::abs(n.y) < 0.8f ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0)));
  const glm::vec3 v = glm::cross(n, u);
  const float high = radius_mm + 5;
  for (int k = 0; k < corners; ++k) {
    const float angle = glm::radians(360.0f * static_cast<float>(k) / corners);
    glm::vec3 at = hit.position + radius_mm * (std::cos(angle) * u + std::sin(angle) * v);
    if (const auto below = cache_->scene.first_hit({at + high * n, -n}, 0, &skin);
        below && below->distance_mm < 2.2f * high && glm::dot(below->normal, n) > 0)
      at = below->position;
    ring.line_mm.push_back(at + off_skin_mm * n);
  }
  return ring;
}

namespace {

Frame frame_now(const AppState& state) {
  return compose(state, {.quality = Quality::moving, .free_area = state.viewport.free_area});
}

} // namespace

void hover_at(AppState& state, Picker& picker, glm::vec2 at) {
  const Frame frame = frame_now(state);
  const std::string point = point_at(state, frame, state.viewport.size, at);
  state.brush_ring.reset();
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

std::string hotspot_at(const AppState& state, glm::vec2 at) {
  return point_at(state, frame_now(state), state.viewport.size, at);
}

namespace {

// Where a ray meets a tool; the long ones as a row of balls with round ends.
std::optional<float> met_by(const Ray& ray, const Contact& contact) {
  constexpr float least_radius_mm = 14; // a finger is to be taken hold of, too
  const float radius = std::max(contact.radius_mm, least_radius_mm);
  const int beside = contact.half_length_mm > 0 ? static_cast<int>(std::ceil(contact.half_length_mm / radius)) : 0;
  std::optional<float> first;
  for (int i = -beside; i <= beside; ++i) {
    const float share = beside > 0 ? static_cast<float>(i) / static_cast<float>(beside) : 0;
    const glm::vec3 middle = middle_of(contact) + share * contact.half_length_mm * contact.frame.across;
    const float along = glm::dot(middle - ray.origin, ray.direction);
    const float aside = glm::distance(middle, ray.origin + along * ray.direction);
    if (aside > radius)
      continue;
    const float distance = along - std::sqrt(radius * radius - aside * aside);
    first = std::min(first.value_or(distance), distance);
  }
  return first;
}

} // namespace

bool is_tool_at(const AppState& state, Picker& picker, glm::vec2 at) {
  if (!chosen_tool(state))
    return false;
  const Frame frame = frame_now(state);
  const Ray ray = ray_through(frame.camera, Viewport{state.viewport.size, frame.free_area}, at);
  const auto stage = stage_of(state);
  std::optional<float> tool;
  for (const auto* list : {&stage->contacts, &stage->clear})
    for (const Contact& contact : *list)
      if (const auto distance = met_by(ray, contact))
        tool = std::min(tool.value_or(*distance), *distance);
  const auto skin = tool ? picker.skin_under(state, frame, state.viewport.size, at) : std::nullopt;
  return tool && (!skin || *tool < skin->distance_mm);
}

bool carry_tool_to(AppState& state, Picker& picker, glm::vec2 at) {
  const auto hit = picker.skin_under(state, frame_now(state), state.viewport.size, at);
  if (!hit)
    return false;
  const LegPlace place = state.facts->coordinates->place_of(hit->at_rest);
  return apply(state, {"carry_tool", {{"s", place.s}, {"a_deg", place.a_deg}}});
}

bool point_brush_at(AppState& state, Picker& picker, glm::vec2 at) {
  const auto hit = picker.skin_under(state, frame_now(state), state.viewport.size, at);
  state.brush_ring.reset();
  if (hit)
    state.brush_ring = picker.ring_around(state, *hit, state.brush.radius_mm);
  return hit.has_value();
}

bool paint_along(AppState& state, Picker& picker, std::span<const glm::vec2> places, std::optional<float>& depth_mm) {
  constexpr float most_deeper_mm = 30; // from one dab to the next
  const Frame frame = frame_now(state);
  const glm::vec2 size(state.viewport.size);
  const float step_px = std::max(0.5f * state.brush.radius_mm / mm_per_pixel(frame.camera, state.viewport), 1.0f);
  constexpr int most_steps = 200;
  struct Run {
    PaintSheet sheet;
    Value::Numbers at;
  };
  std::vector<Run> runs;
  const auto dab = [&](glm::vec2 at) {
    const auto hit = picker.skin_under(state, frame, state.viewport.size, at);
    if (!hit || (depth_mm && std::abs(hit->distance_mm - *depth_mm) > most_deeper_mm))
      return;
    depth_mm = hit->distance_mm;
    if (runs.empty() || runs.back().sheet != hit->spot.sheet)
      runs.push_back({hit->spot.sheet, {}});
    runs.back().at.push_back(hit->spot.at.x);
    runs.back().at.push_back(hit->spot.at.y);
  };
  // Looked up on the way, too: between two places of the picture the skin may lie anywhere.
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i > 0) {
      const float far_px = glm::length((places[i] - places[i - 1]) * size);
      const int steps = std::clamp(static_cast<int>(std::ceil(far_px / step_px)), 1, most_steps);
      for (int k = 1; k < steps; ++k)
        dab(glm::mix(places[i - 1], places[i], static_cast<float>(k) / static_cast<float>(steps)));
    }
    dab(places[i]);
  }
  bool painted = false;
  for (Run& run : runs)
    painted |= apply(state, {"paint_pain",
                             {{"on", id_in(paint_sheet_ids, run.sheet)},
                              {"points", std::move(run.at)},
                              {"radius_mm", state.brush.radius_mm},
                              {"intensity", state.brush.intensity},
                              {"erase", state.brush.erase}}});
  return painted;
}

} // namespace calfscope
