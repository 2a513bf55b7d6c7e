#include "render/glow_pass.h"

#include "render/material_look.h"
#include "render/surface_pass.h"
#include "render/texture_units.h"

#include <cmath>

namespace calfscope::render {

void GlowPass::draw(Programs& programs, const FullScreen& screen, const Plan& plan, const SceneTarget& scene,
                    const gl::Framebuffer& picture) {
  const glm::ivec2 size = plan.viewport.size;
  if (!colour_ || colour_.size() != size) {
    colour_ = gl::Texture(gl::Format::srgb8_a8, size, gl::Filter::linear);
    depth_ = gl::Texture(gl::Format::depth24_stencil8, size, gl::Filter::nearest);
    target_ = gl::Framebuffer({&colour_}, &depth_);
  }
  target_.bind();
  gl::DrawState state;
  state.depth_test = gl::DepthTest::less_equal;
  state.depth_write = true;
  state.linear_blend = true;
  // The blur looks beyond what it writes, where another picture may have left its glow.
  const float reach_px = 0.012f * static_cast<float>(size.y);
  state.scissor = grown(plan.content, static_cast<int>(std::ceil(reach_px)) + 1, size);
  gl::apply(state);
  gl::clear_colour(0, glm::vec4(0));
  gl::clear_depth_stencil();
  state.scissor = plan.content;
  scene.depth.bind(depth_unit);
  const bool veiled = plan.blended();
  if (veiled) {
    scene.sum.bind(sum_unit);
    scene.weight.bind(weight_unit);
  }
  for (const auto* list : {&plan.opaque, &plan.transparent})
    for (const PlannedItem& planned : *list) {
      if (planned.item->glow <= 0)
        continue;
      gl::ProgramFiles files{"surface.vert", "glow.frag"};
      add_pose_defines(files, planned);
      if (veiled)
        files.defines.emplace_back("VEILED");
      const gl::Program& program = programs.use(files);
      set_pose(program, planned);
      program.set("u_depth", static_cast<int>(depth_unit));
      program.set("u_sum", static_cast<int>(sum_unit));
      program.set("u_weight", static_cast<int>(weight_unit));
      program.set("u_samples", scene_scale(plan));
      program.set("u_colour", planned.item->colour);
      program.set("u_emphasis", planned.item->emphasis);
      program.set("u_glow", planned.item->glow);
      state.cull = gl::Cull::back;
      state.clip = planned.clipped;
      gl::apply(state);
      draw_triangles_of(planned);
    }

  picture.bind();
  colour_.bind(pass_unit);
  const gl::Program& over = programs.use_pass("glow_over.frag");
  over.set("u_glow", static_cast<int>(pass_unit));
  over.set("u_reach", reach_px);
  gl::DrawState laid_over;
  laid_over.blend = gl::Blend::premultiplied;
  laid_over.linear_blend = true;
  laid_over.scissor = plan.content;
  screen.draw(laid_over);
}

} // namespace calfscope::render
