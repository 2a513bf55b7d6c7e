#include "render/plan.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace calfscope::render {
namespace {

// How far the floor's shadow may reach beyond the leg.
constexpr float floor_reach_mm = 90;
// Without a GPU the pixels take about as long as the triangles; a window larger than this moves a little softer.
constexpr float most_quick_pixels = 760e3f;

// How far a coarse outline may lie from the fine one, in pixels of the target: it must not be seen to jump.
constexpr float error_allowed_px = 0.9f;

std::size_t coarsest_level(const GpuMesh& mesh, float allowed_mm) {
  std::size_t level = 0;
  while (level + 1 < mesh.levels.size() && mesh.levels[level + 1].error_mm <= allowed_mm)
    ++level;
  return level;
}

template <typename Visit>
void for_each_corner(const Bounds& box, Visit visit) {
  for (int i = 0; i < 8; ++i)
    visit(glm::vec3(i & 1 ? box.upper.x : box.lower.x, i & 2 ? box.upper.y : box.lower.y,
                    i & 4 ? box.upper.z : box.lower.z));
}

const glm::mat4& segment_matrix(const Frame& frame, std::uint8_t segment) {
  static const glm::mat4 rest(1);
  return segment < frame.segments.size() ? frame.segments[segment] : rest;
}

// Vertices blend rigid motions of their rest place, so they stay within the hull of the moved boxes.
Bounds posed_bounds(const Frame& frame, const GpuMesh& mesh) {
  Bounds out;
  for (const SegmentPart& part : mesh.parts) {
    const glm::mat4& pose = segment_matrix(frame, part.segment);
    for_each_corner(part.bounds, [&](glm::vec3 corner) { out.add(glm::vec3(pose * glm::vec4(corner, 1))); });
  }
  return out;
}

bool all_same_pose(const Frame& frame, const GpuMesh& mesh) {
  return std::all_of(mesh.parts.begin(), mesh.parts.end(), [&](const SegmentPart& part) {
    return segment_matrix(frame, part.segment) == segment_matrix(frame, mesh.main_segment);
  });
}

Bounds placed_bounds(const glm::mat4& placement, const Bounds& bounds) {
  Bounds out;
  for_each_corner(bounds, [&](glm::vec3 corner) { out.add(glm::vec3(placement * glm::vec4(corner, 1))); });
  return out;
}

// Beyond three patch radii nothing moves (geometry/indentation.h).
bool in_reach(const Contact& contact, const Bounds& box) {
  const float reach_mm = contact.half_length_mm + 3 * std::max(contact.patch_mm, 1.0f);
  const glm::vec3 nearest = glm::clamp(contact.frame.origin, box.lower, box.upper);
  return glm::distance(nearest, contact.frame.origin) < std::max(reach_mm, 2 * contact.thickness_mm);
}

// Distance range of a box along the plane's normal.
std::pair<float, float> reach(const Bounds& box, const Plane& plane) {
  const glm::vec3 half = 0.5f * box.size();
  const float middle = plane.distance_mm(box.centre());
  const float radius = glm::dot(half, glm::abs(plane.normal));
  return {middle - radius, middle + radius};
}

// Grows a pixel rectangle by the projection of a box. False if the box reaches behind the eye: then it may be anywhere.
bool add_projection(const glm::mat4& clip_from_world, const Bounds& box, glm::vec2& lower, glm::vec2& upper) {
  bool sound = true;
  for_each_corner(box, [&](glm::vec3 corner) {
    const glm::vec4 clip = clip_from_world * glm::vec4(corner, 1);
    if (clip.w <= 1e-3f) {
      sound = false;
      return;
    }
    const glm::vec2 at = glm::vec2(clip) / clip.w;
    lower = glm::min(lower, at);
    upper = glm::max(upper, at);
  });
  return sound;
}

bool outside_view(const glm::mat4& clip_from_world, const Bounds& box) {
  // Outside if all corners lie beyond the same side of the picture.
  int beyond[5] = {0, 0, 0, 0, 0};
  for_each_corner(box, [&](glm::vec3 corner) {
    const glm::vec4 clip = clip_from_world * glm::vec4(corner, 1);
    beyond[0] += clip.x < -clip.w;
    beyond[1] += clip.x > clip.w;
    beyond[2] += clip.y < -clip.w;
    beyond[3] += clip.y > clip.w;
    beyond[4] += clip.w <= 0;
  });
  return std::any_of(std::begin(beyond), std::end(beyond), [](int corners) { return corners == 8; });
}

// The line of sight to the keyhole.
struct Sight {
  glm::vec3 place{0};
  glm::vec3 to_eye{0, 0, 1}; // unit
  float radius_mm = 0;
  float farthest_mm = 0; // how far before the place something is opened
};

std::optional<Sight> sight_of(const Frame& frame) {
  if (!frame.keyhole || !(frame.keyhole->radius_mm > 0))
    return std::nullopt;
  Sight sight{frame.keyhole->at_mm, -forward_of(frame.camera), frame.keyhole->radius_mm};
  if (!frame.camera.orthographic) {
    const glm::vec3 way = eye_of(frame.camera) - sight.place;
    if (!(glm::dot(way, sight.to_eye) > 1))
      return std::nullopt; // behind the eye
    sight.to_eye = glm::normalize(way);
  }
  return sight;
}

// How far the box reaches before the place; 0 if it lies behind it or beside the line of sight.
float reach_before(const Sight& sight, const Bounds& box) {
  const glm::vec3 way = box.centre() - sight.place, half = 0.5f * box.size();
  const float along = glm::dot(way, sight.to_eye);
  const float aside = glm::length(way - along * sight.to_eye);
  return aside > sight.radius_mm + glm::length(half) ? 0.0f
                                                     : std::max(along + glm::dot(half, glm::abs(sight.to_eye)), 0.0f);
}

bool shows_anything(const SurfaceOverlay& overlay) {
  return overlay.field &&
         ((overlay.strength > 0 && (overlay.front_mm > 0 || overlay.local > 0)) || overlay.no_press > 0);
}

gl::Rect pixels_of(glm::vec2 lower, glm::vec2 upper, glm::ivec2 size) {
  // Outlines, glow and smoothing reach a little beyond the surfaces.
  constexpr int air = 4;
  const glm::vec2 scale = 0.5f * glm::vec2(size);
  const glm::ivec2 from = glm::clamp(glm::ivec2(glm::floor((lower + 1.0f) * scale)) - air, glm::ivec2(0), size);
  const glm::ivec2 to = glm::clamp(glm::ivec2(glm::ceil((upper + 1.0f) * scale)) + air, glm::ivec2(0), size);
  return {from, glm::max(to - from, glm::ivec2(0))};
}

// A cube around each end of the line of sight holds all that the keyhole can open between them.
gl::Rect pixels_of(const glm::mat4& clip_from_world, const Sight& sight, glm::ivec2 size) {
  glm::vec2 lower(1e9f), upper(-1e9f);
  bool bounded = true;
  for (const float before_mm : {0.0f, sight.farthest_mm}) {
    const glm::vec3 middle = sight.place + before_mm * sight.to_eye;
    bounded =
        add_projection(clip_from_world, {middle - sight.radius_mm, middle + sight.radius_mm}, lower, upper) && bounded;
  }
  return bounded ? pixels_of(lower, upper, size) : gl::Rect{{0, 0}, size};
}

} // namespace

float scene_scale(const Plan& plan) {
  return static_cast<float>(plan.scene_size.y) / static_cast<float>(plan.viewport.size.y);
}

gl::Rect scene_content(const Plan& plan) {
  const glm::vec2 scale = glm::vec2(plan.scene_size) / glm::vec2(plan.viewport.size);
  const glm::ivec2 lower(glm::floor(glm::vec2(plan.content.lower) * scale));
  const glm::ivec2 upper(glm::ceil(glm::vec2(plan.content.lower + plan.content.size) * scale));
  return {lower, glm::min(upper, plan.scene_size) - lower};
}

gl::Rect overlap(const gl::Rect& a, const gl::Rect& b) {
  const glm::ivec2 lower = glm::max(a.lower, b.lower), upper = glm::min(a.lower + a.size, b.lower + b.size);
  return {lower, glm::max(upper - lower, glm::ivec2(0))};
}

gl::Rect grown(const gl::Rect& rect, int pixels, glm::ivec2 size) {
  const glm::ivec2 lower = glm::max(rect.lower - pixels, glm::ivec2(0));
  return {lower, glm::min(rect.lower + rect.size + pixels, size) - lower};
}

gl::Rect joined(const gl::Rect& a, const gl::Rect& b) {
  if (a.size.x <= 0 || a.size.y <= 0)
    return b;
  if (b.size.x <= 0 || b.size.y <= 0)
    return a;
  const glm::ivec2 lower = glm::min(a.lower, b.lower);
  return {lower, glm::max(a.lower + a.size, b.lower + b.size) - lower};
}

Plan make_plan(const Frame& frame, glm::ivec2 size, MeshCache& meshes, const PlanOptions& options) {
  Plan plan;
  plan.viewport = tamed(Viewport{size, frame.free_area});
  plan.quick = options.quick;
  plan.samples = options.quick ? 1 : options.samples;
  plan.scene_size = plan.viewport.size * plan.samples;
  if (const float pixels = static_cast<float>(size.x) * static_cast<float>(size.y);
      options.quick && pixels > most_quick_pixels)
    plan.scene_size =
        glm::max(glm::ivec2(glm::vec2(plan.viewport.size) * std::sqrt(most_quick_pixels / pixels)), glm::ivec2(1));
  plan.scene = frame.scene;

  std::optional<Sight> sight = sight_of(frame);
  std::vector<PlannedItem> items;
  for (const DrawItem& item : frame.items) {
    if (!item.mesh || item.mesh->surface.empty() || item.opacity <= 0)
      continue;
    PlannedItem planned;
    planned.item = &item;
    planned.mesh = &meshes.find_or_upload(item.mesh);
    if (item.placement) {
      planned.bounds = placed_bounds(*item.placement, planned.mesh->bounds);
      planned.world_from_rest = *item.placement;
    } else {
      planned.bounds = posed_bounds(frame, *planned.mesh);
      planned.world_from_rest = segment_matrix(frame, planned.mesh->main_segment);
      planned.skinned = !planned.mesh->rigid && !all_same_pose(frame, *planned.mesh);
      planned.dented =
          !item.is_rigid && std::any_of(frame.contacts.begin(), frame.contacts.end(),
                                        [&](const Contact& contact) { return in_reach(contact, planned.bounds); });
    }
    planned.transparent = item.opacity < 1 || item.ghost > 0;
    if (frame.clip && item.clipped) {
      const auto [lowest, highest] = reach(planned.bounds, *frame.clip);
      if (lowest > 0)
        continue; // cut away as a whole
      planned.clipped = highest > 0;
    }
    if (const float before_mm = sight && item.opened ? reach_before(*sight, planned.bounds) : 0.0f; before_mm > 0) {
      planned.opened = true;
      sight->farthest_mm = std::max(sight->farthest_mm, before_mm);
    }
    if (shows_anything(item.overlay))
      planned.painted = meshes.find_or_paint(item.mesh, item.overlay.field);
    plan.scene.add(planned.bounds);
    items.push_back(planned);
  }

  const glm::mat4 view = view_matrix(frame.camera);
  Bounds floor;
  if (frame.background.floor && !plan.scene.empty()) {
    const glm::vec3 lower_corner = plan.scene.lower - floor_reach_mm, upper_corner = plan.scene.upper + floor_reach_mm;
    floor.add({lower_corner.x, frame.background.floor_y_mm, lower_corner.z});
    floor.add({upper_corner.x, frame.background.floor_y_mm, upper_corner.z});
    plan.scene.add(floor);
  }
  const glm::mat4 clip_from_world = projection_matrix(frame.camera, plan.viewport, plan.scene) * view;

  glm::vec2 lower(1e9f), upper(-1e9f);
  bool bounded = true;
  for (PlannedItem& planned : items) {
    if (outside_view(clip_from_world, planned.bounds))
      continue;
    planned.nearness_mm = -(view * glm::vec4(planned.bounds.centre(), 1)).z;
    const float pixel_mm = mm_per_pixel(frame.camera, plan.viewport) / scene_scale(plan);
    const float nearest_mm = std::max(planned.nearness_mm - 0.5f * glm::length(planned.bounds.size()), 1.0f);
    planned.finest_pixel_mm = frame.camera.orthographic ? pixel_mm : pixel_mm * nearest_mm / frame.camera.distance_mm;
    if (options.quick && !planned.dented) // a dent needs the fine triangles
      planned.level = coarsest_level(*planned.mesh, error_allowed_px * planned.finest_pixel_mm);
    bounded = add_projection(clip_from_world, planned.bounds, lower, upper) && bounded;
    (planned.transparent ? plan.transparent : plan.opaque).push_back(planned);
    if (planned.opened && !planned.transparent)
      plan.glass.push_back(planned);
  }
  const auto nearest_first = [](const PlannedItem& a, const PlannedItem& b) { return a.nearness_mm < b.nearness_mm; };
  std::stable_sort(plan.opaque.begin(), plan.opaque.end(), nearest_first);

  if (plan.empty())
    return plan;
  const gl::Rect whole{{0, 0}, plan.viewport.size};
  plan.content = bounded ? pixels_of(lower, upper, plan.viewport.size) : whole;
  if (!floor.empty())
    bounded = add_projection(clip_from_world, floor, lower, upper) && bounded;
  if (!plan.glass.empty())
    plan.hole = overlap(scene_content(plan), pixels_of(clip_from_world, *sight, plan.scene_size));
  plan.touched = bounded ? pixels_of(lower, upper, plan.viewport.size) : whole;
  return plan;
}

} // namespace calfscope::render
