#include "render/occlusion_pass.h"

#include "render/texture_units.h"

namespace calfscope::render {
namespace {

// Wide enough for the clefts between muscles, narrow enough to keep it a matter of neighbours.
constexpr float radius_mm = 26;

} // namespace

void OcclusionPass::draw(Programs& programs, const FullScreen& screen, const Plan& plan, const SceneTarget& scene) {
  const glm::ivec2 size = plan.viewport.size;
  if (!rough_ || rough_.size() != size) {
    rough_ = gl::Texture(gl::Format::rg16f, size, gl::Filter::nearest);
    smooth_ = gl::Texture(gl::Format::rg16f, size, gl::Filter::nearest);
    rough_target_ = gl::Framebuffer({&rough_}, nullptr);
    smooth_target_ = gl::Framebuffer({&smooth_}, nullptr);
  }
  gl::DrawState state;
  state.scissor = plan.content;

  rough_target_.bind();
  scene.depth.bind(depth_unit);
  const gl::Program& find = programs.use_pass("occlusion.frag");
  find.set("u_depth", static_cast<int>(depth_unit));
  find.set("u_scale", static_cast<float>(plan.samples));
  find.set("u_radius_mm", radius_mm);
  const gl::Rect drawn = scene_content(plan);
  find.set("u_within", glm::ivec4(drawn.lower, drawn.lower + drawn.size - 1));
  screen.draw(state);

  smooth_target_.bind();
  rough_.bind(pass_unit);
  const gl::Program& blur = programs.use_pass("occlusion_blur.frag");
  blur.set("u_open", static_cast<int>(pass_unit));
  screen.draw(state);
}

} // namespace calfscope::render
