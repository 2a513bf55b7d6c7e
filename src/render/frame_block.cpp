#include "render/frame_block.h"

#include "render/linear_colour.h"

#include <algorithm>
#include <array>
#include <limits>

namespace calfscope::render {
namespace {

glm::vec4 light(glm::vec3 direction, float strength) {
  const float length = glm::length(direction);
  return {length > 0 ? direction / length : glm::vec3(0, 0, 1), strength};
}

// Six rows, as shaders/contact.glsl reads them.
void add_contacts(FrameBlock& block, const std::vector<Contact>& contacts) {
  const std::size_t count = std::min(contacts.size(), max_contacts);
  for (std::size_t i = 0; i < count; ++i) {
    const Contact& contact = contacts[i];
    const ContactFrame& at = contact.frame;
    const std::array rows{
        glm::vec4(at.origin, contact.radius_mm),
        glm::vec4(at.into, contact.half_length_mm),
        glm::vec4(at.across, contact.tip_mm),
        glm::vec4(at.along, contact.flat_mm),
        glm::vec4(contact.skin.uu, contact.skin.uv, contact.skin.vv, contact.thickness_mm),
        glm::vec4(contact.patch_mm, contact.shift_across_mm, contact.shift_along_mm, contact.is_long ? 1.0f : 0.0f)};
    std::copy(rows.begin(), rows.end(), block.contacts.begin() + static_cast<std::ptrdiff_t>(rows.size() * i));
  }
  block.keyhole_edge.y = static_cast<float>(count);
}

} // namespace

FrameBlock make_frame_block(const Frame& frame, const Plan& plan) {
  FrameBlock block;
  const glm::mat4 projection = projection_matrix(frame.camera, plan.viewport, plan.scene);
  block.view_from_world = view_matrix(frame.camera);
  block.clip_from_world = projection * block.view_from_world;
  block.view_from_clip = glm::inverse(projection);
  const glm::vec2 target = glm::vec2(plan.scene_size);
  block.target_size = {target, 1.0f / target};
  block.key_light = light(frame.lighting.key_direction, frame.lighting.key);
  block.fill_light = light(frame.lighting.fill_direction, frame.lighting.fill);
  block.rim_light = light(frame.lighting.rim_direction, frame.lighting.rim);
  const float pixel_mm = mm_per_pixel(frame.camera, plan.viewport) / scene_scale(plan);
  block.surroundings = {frame.lighting.ambient, frame.lighting.occlusion,
                        frame.camera.orthographic ? pixel_mm : pixel_mm / frame.camera.distance_mm,
                        frame.camera.orthographic ? 1.0f : 0.0f};
  // Without a plane nothing lies beyond it.
  block.clip_plane = frame.clip ? glm::vec4(frame.clip->normal, frame.clip->offset_mm)
                                : glm::vec4(0, 0, 0, std::numeric_limits<float>::max());
  float nearest = std::numeric_limits<float>::max(), farthest = 0;
  for (const auto* list : {&plan.opaque, &plan.transparent})
    for (const PlannedItem& item : *list) {
      const float radius = 0.5f * glm::length(item.bounds.size());
      nearest = std::min(nearest, std::max(item.nearness_mm - radius, 0.0f));
      farthest = std::max(farthest, item.nearness_mm + radius);
    }
  block.depth_range = {nearest, std::max(farthest, nearest + 1), 0, 0};
  const auto linear = [](glm::vec3 colour) { return glm::vec4(linear_from_srgb(colour), 0); };
  block.essential = linear(frame.overlay_colours.essential);
  block.spillover = linear(frame.overlay_colours.spillover);
  block.forbidden = linear(frame.overlay_colours.forbidden);
  block.caution = linear(frame.overlay_colours.caution);
  block.marked = linear(frame.overlay_colours.marked);
  if (frame.keyhole) {
    const Keyhole& hole = *frame.keyhole;
    block.keyhole = {glm::vec3(block.view_from_world * glm::vec4(hole.at_mm, 1)), hole.radius_mm};
    block.keyhole_edge.x = std::clamp(hole.feather_mm, 1e-3f, std::max(hole.radius_mm, 1e-3f));
  }
  add_contacts(block, frame.contacts);
  block.bends = frame.bends;
  block.segments.fill(glm::mat4(1));
  std::copy_n(frame.segments.begin(), std::min(frame.segments.size(), max_segments), block.segments.begin());
  return block;
}

} // namespace calfscope::render
