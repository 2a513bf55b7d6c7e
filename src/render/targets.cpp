#include "render/targets.h"

namespace calfscope::render {

void SceneTarget::fit(glm::ivec2 wanted) {
  if (size == wanted)
    return;
  *this = SceneTarget{};
  size = wanted;
  colour = gl::Texture(gl::Format::srgb8_a8, size, gl::Filter::linear);
  depth = gl::Texture(gl::Format::depth24_stencil8, size, gl::Filter::nearest);
  scene = gl::Framebuffer({&colour}, &depth);
}

void SceneTarget::need_blended() {
  if (blended)
    return;
  sum = gl::Texture(gl::Format::rgba16f, size, gl::Filter::nearest);
  weight = gl::Texture(gl::Format::rg16f, size, gl::Filter::nearest);
  blended = gl::Framebuffer({&sum, &weight}, &depth);
}

void WorkPicture::fit(glm::ivec2 wanted) {
  if (colour && colour.size() == wanted)
    return;
  *this = WorkPicture{};
  painted = {{0, 0}, wanted};
  colour = gl::Texture(gl::Format::srgb8_a8, wanted, gl::Filter::linear);
  framebuffer = gl::Framebuffer({&colour}, nullptr);
}

void KeptPicture::fit(glm::ivec2 wanted) {
  if (colour && colour.size() == wanted)
    return;
  *this = KeptPicture{};
  painted = {{0, 0}, wanted};
  colour = gl::Texture(gl::Format::rgba8, wanted, gl::Filter::linear);
  framebuffer = gl::Framebuffer({&colour}, nullptr);
}

void KeptPicture::need_mask() {
  if (mask)
    return;
  mask = gl::Texture(gl::Format::rg8, colour.size(), gl::Filter::linear);
  mask_framebuffer = gl::Framebuffer({&mask}, nullptr);
}

} // namespace calfscope::render
