#include "render/outline_pass.h"

#include "render/surface_pass.h"
#include "render/texture_units.h"

#include <algorithm>

namespace calfscope::render {
namespace {

template <typename Visit>
void for_each_outlined(const Plan& plan, Visit visit) {
  for (const auto* list : {&plan.opaque, &plan.transparent})
    for (const PlannedItem& item : *list)
      if (item.item->outlined)
        visit(item);
}

} // namespace

bool has_outline(const Plan& plan) {
  bool any = false;
  for_each_outlined(plan, [&](const PlannedItem&) { any = true; });
  return any;
}

void draw_outline_mask(Programs& programs, const Plan& plan, const SceneTarget& scene, glm::vec3 colour,
                       KeptPicture& picture) {
  picture.outlined = has_outline(plan);
  if (!picture.outlined)
    return;
  picture.outline_colour = colour;
  picture.content = plan.content;
  picture.need_mask();
  picture.mask_framebuffer.bind();
  gl::DrawState state;
  gl::apply(state);
  gl::clear_colour(0, glm::vec4(0));
  scene.depth.bind(depth_unit);
  for_each_outlined(plan, [&](const PlannedItem& item) {
    gl::ProgramFiles files{"surface.vert", "outline_mask.frag"};
    add_pose_defines(files, item);
    const gl::Program& program = programs.use(files);
    set_pose(program, item);
    program.set("u_depth", static_cast<int>(depth_unit));
    program.set("u_samples", scene_scale(plan));
    state.blend = gl::Blend::largest;
    state.clip = item.clipped;
    state.scissor = plan.content;
    gl::apply(state);
    draw_triangles_of(item);
  });
}

void draw_outline(Programs& programs, const FullScreen& screen, const KeptPicture& picture, float strength,
                  glm::ivec2 size) {
  if (!picture.outlined || strength <= 0)
    return;
  picture.mask.bind(pass_unit);
  const gl::Program& program = programs.use_pass("outline.frag");
  program.set("u_mask", static_cast<int>(pass_unit));
  program.set("u_colour", picture.outline_colour);
  program.set("u_strength", strength);
  program.set("u_size", glm::vec2(size));
  program.set("u_width", std::max(2.2f, 0.0032f * static_cast<float>(size.y)));
  gl::DrawState state;
  state.blend = gl::Blend::premultiplied;
  if (picture.mask.size() == size)
    state.scissor = picture.content;
  screen.draw(state);
}

} // namespace calfscope::render
