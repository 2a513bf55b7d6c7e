#include "render/cap_pass.h"

#include "render/material_look.h"
#include "render/texture_units.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope::render {
namespace {

struct Axes {
  glm::vec3 across, along;
};

Axes axes_of(const Plane& plane) {
  const glm::vec3 helper = std::abs(plane.normal.y) < 0.9f ? glm::vec3(0, 1, 0) : glm::vec3(0, 0, 1);
  const glm::vec3 across = glm::normalize(glm::cross(helper, plane.normal));
  return {across, glm::cross(plane.normal, across)};
}

// Cuts of what lies within something else are drawn after it.
int drawing_order(Material material) {
  switch (material) {
  case Material::skin:
    return 0;
  case Material::fascia:
    return 1;
  case Material::plain:
    return 2;
  case Material::muscle:
    return 3;
  case Material::tendon:
  case Material::ligament:
    return 4;
  case Material::bone:
    return 5;
  case Material::cartilage:
  case Material::nail:
    return 6;
  case Material::nerve:
    return 7;
  case Material::vein:
  case Material::artery:
    return 8;
  }
  return 2;
}

const char* define_of(CutStyle style) {
  switch (style) {
  case CutStyle::muscle:
    return "CUT_MUSCLE";
  case CutStyle::tendon:
    return "CUT_TENDON";
  case CutStyle::bone:
    return "CUT_BONE";
  case CutStyle::fat:
    return "CUT_FAT";
  case CutStyle::vessel:
    return "CUT_VESSEL";
  case CutStyle::nerve:
    return "CUT_NERVE";
  case CutStyle::plain:
    return "CUT_PLAIN";
  }
  return "CUT_PLAIN";
}

// Pixels of the target that the box can touch.
gl::Rect pixels_of(const glm::mat4& clip_from_world, const Bounds& box, glm::ivec2 size, const gl::Rect& within) {
  glm::vec2 lower(1), upper(-1);
  for (int i = 0; i < 8; ++i) {
    const glm::vec4 clip =
        clip_from_world * glm::vec4(i & 1 ? box.upper.x : box.lower.x, i & 2 ? box.upper.y : box.lower.y,
                                    i & 4 ? box.upper.z : box.lower.z, 1);
    if (clip.w <= 1e-3f)
      return within;
    lower = glm::min(lower, glm::vec2(clip) / clip.w);
    upper = glm::max(upper, glm::vec2(clip) / clip.w);
  }
  const glm::vec2 scale = 0.5f * glm::vec2(size);
  const glm::ivec2 from = glm::max(glm::ivec2(glm::floor((lower + 1.0f) * scale)) - 1, within.lower);
  const glm::ivec2 to = glm::min(glm::ivec2(glm::ceil((upper + 1.0f) * scale)) + 1, within.lower + within.size);
  return {from, glm::max(to - from, glm::ivec2(0))};
}

bool seen_from_cut_side(const Frame& frame) {
  if (frame.camera.orthographic)
    return glm::dot(frame.clip->normal, forward_of(frame.camera)) < 0;
  return frame.clip->distance_mm(eye_of(frame.camera)) > 0;
}

} // namespace

gl::VertexArray CapPass::make_sheet_array() const {
  using Type = gl::Attribute::Type;
  const std::array<gl::Attribute, 2> attributes{{{0, 3, Type::float32, 0}, {1, 1, Type::float32, 12}}};
  return gl::VertexArray(sheet_vertices_, 16, attributes);
}

void CapPass::draw(Programs& programs, const Frame& frame, const Plan& plan, std::span<const PlannedItem> items,
                   bool blended) {
  if (!frame.clip || !seen_from_cut_side(frame))
    return;
  std::vector<const PlannedItem*> cut;
  for (const PlannedItem& item : items)
    if (item.clipped)
      cut.push_back(&item);
  std::stable_sort(cut.begin(), cut.end(), [](const PlannedItem* a, const PlannedItem* b) {
    return drawing_order(a->item->material) < drawing_order(b->item->material);
  });
  if (cut.empty())
    return;

  // One sheet for all, so that cuts have the very same depth and drawing order decides between them.
  const Axes axes = axes_of(*frame.clip);
  const glm::vec3 middle = plan.scene.centre() - frame.clip->distance_mm(plan.scene.centre()) * frame.clip->normal;
  const float reach = glm::length(plan.scene.size());
  const auto corner = [&](float a, float b) {
    return glm::vec4(middle + reach * (a * axes.across + b * axes.along), 1e6f);
  };
  const std::array<glm::vec4, 4> sheet{corner(-1, -1), corner(1, -1), corner(-1, 1), corner(1, 1)};
  sheet_vertices_.update(std::as_bytes(std::span(sheet)));
  for (const PlannedItem* item : cut)
    draw_one(programs, frame, plan, *item, blended);
}

void CapPass::draw_one(Programs& programs, const Frame& frame, const Plan& plan, const PlannedItem& planned,
                       bool blended) {
  const DrawItem& item = *planned.item;
  const MaterialLook& look = look_of(item.material);
  // A wall is never thicker than a thing of this size can have.
  const Section& section = sections_.find_or_cut(frame, planned, look.rim_mm);
  if (section.empty())
    return;
  const glm::mat4 clip_from_world =
      projection_matrix(frame.camera, plan.viewport, plan.scene) * view_matrix(frame.camera);
  const gl::Rect scissor = pixels_of(clip_from_world, section.bounds, plan.scene_size, scene_content(plan));
  if (scissor.size.x == 0 || scissor.size.y == 0)
    return;
  const Axes axes = axes_of(*frame.clip);

  gl::DrawState state;
  state.scissor = scissor;
  state.colour_write = false;
  state.stencil = gl::Stencil::count_winding;
  gl::apply(state);
  const gl::Program& count = programs.use({"cap.vert", "nothing.frag"});
  count.set("u_rim_width", 0.0f);
  gl::draw_triangles(section.array, 0, section.fill_count);

  state.colour_write = true;
  state.depth_test = blended ? gl::DepthTest::less : gl::DepthTest::less_equal;
  state.depth_write = !blended;
  state.blend = blended ? gl::Blend::weighted : gl::Blend::off;
  state.linear_blend = !blended;
  state.stencil = gl::Stencil::inside;
  gl::ProgramFiles files{"cap.vert", "cap.frag", {define_of(look.cut)}};
  if (blended)
    files.defines.emplace_back("BLENDED");
  if (planned.opened)
    files.defines.emplace_back("OPENED");
  const gl::Program& program = programs.use(files);
  program.set("u_noise", static_cast<int>(noise_unit));
  program.set("u_colour", item.colour);
  program.set("u_rim_width", look.rim_mm);
  program.set("u_plane_normal", frame.clip->normal);
  program.set("u_across", axes.across);
  program.set("u_along", axes.along);
  program.set("u_emphasis", item.emphasis);
  program.set("u_opacity", item.opacity * (1 - 0.55f * item.ghost));
  if (!blended) { // overlapping bands would count twice
    gl::apply(state);
    gl::draw_triangles(section.array, section.fill_count, section.rim_count);
  }
  state.stencil = gl::Stencil::inside_then_clear;
  gl::apply(state);
  gl::draw_strip(sheet_, 0, 4);
}

} // namespace calfscope::render
