#include "render/floor_pass.h"

#include "render/surface_pass.h"
#include "render/texture_units.h"

#include <glm/gtc/matrix_transform.hpp>

#include <algorithm>

namespace calfscope::render {
namespace {

constexpr int edge = 192;       // texels
constexpr float reach_mm = 160; // what is higher than this casts no shadow to speak of
constexpr float around_mm = 80; // of the area beyond what casts the shadow
constexpr float near_blur_mm = 5;
constexpr float far_blur_mm = 42;

bool casts(const PlannedItem& item, float floor_y_mm) {
  return item.bounds.lower.y < floor_y_mm + reach_mm;
}

template <typename Visit>
void for_each_caster(const Frame& frame, const Plan& plan, Visit visit) {
  for (const auto* list : {&plan.opaque, &plan.transparent})
    for (const PlannedItem& item : *list)
      if (casts(item, frame.background.floor_y_mm))
        visit(item);
}

} // namespace

void FloorPass::draw(Programs& programs, const FullScreen& screen, const Frame& frame, const Plan& plan,
                     const gl::Framebuffer& picture) {
  Cause cause;
  Bounds box;
  for_each_caster(frame, plan, [&](const PlannedItem& item) {
    cause.meshes.push_back(item.item->mesh);
    box.add(item.bounds);
  });
  if (box.empty())
    return;
  std::sort(cause.meshes.begin(), cause.meshes.end()); // drawing order follows the camera, the shadow does not
  cause.segments = frame.segments;
  cause.floor_y_mm = frame.background.floor_y_mm;
  cause.area_mm = {box.lower.x - around_mm, box.lower.z - around_mm, box.size().x + 2 * around_mm,
                   box.size().z + 2 * around_mm};
  if (cause != cause_) {
    cast(programs, screen, frame, plan, cause);
    cause_ = std::move(cause);
    picture.bind();
  }

  shade_.bind(pass_unit);
  const gl::Program& program = programs.use({"floor.vert", "floor.frag"});
  program.set("u_area", cause_.area_mm);
  program.set("u_height", cause_.floor_y_mm);
  program.set("u_shade", static_cast<int>(pass_unit));
  program.set("u_light", 0.10f * frame.background.top * frame.background.top);
  gl::DrawState state;
  state.blend = gl::Blend::premultiplied;
  state.linear_blend = true;
  screen.draw_strip(state, 4);
}

void FloorPass::cast(Programs& programs, const FullScreen& screen, const Frame& frame, const Plan& plan,
                     const Cause& cause) {
  if (!heights_) {
    heights_ = gl::Texture(gl::Format::depth24_stencil8, glm::ivec2(edge), gl::Filter::nearest);
    shade_ = gl::Texture(gl::Format::rg8, glm::ivec2(edge), gl::Filter::linear);
    half_blurred_ = gl::Texture(gl::Format::rg8, glm::ivec2(edge), gl::Filter::linear);
    heights_target_ = gl::Framebuffer({}, &heights_);
    shade_target_ = gl::Framebuffer({&shade_}, nullptr);
    half_blurred_target_ = gl::Framebuffer({&half_blurred_}, nullptr);
  }
  // Seen from below: x stays, z runs up the texture, depth is the height above the floor.
  const glm::vec4 area = cause.area_mm;
  glm::mat4 clip(0);
  clip[0][0] = 2 / area.z;
  clip[2][1] = 2 / area.w;
  clip[1][2] = 2 / reach_mm;
  clip[3] = {-1 - 2 * area.x / area.z, -1 - 2 * area.y / area.w, -1 - 2 * (cause.floor_y_mm - 1) / reach_mm, 1};

  heights_target_.bind();
  gl::DrawState state;
  state.depth_test = gl::DepthTest::less;
  state.depth_write = true;
  state.colour_write = false;
  gl::apply(state);
  gl::clear_depth_stencil();
  for_each_caster(frame, plan, [&](const PlannedItem& item) {
    gl::ProgramFiles files{"depth_only.vert", "nothing.frag"};
    add_pose_defines(files, item);
    const gl::Program& program = programs.use(files);
    set_pose(program, item);
    program.set("u_clip_from_world", clip);
    // A shadow that soft needs no fine triangles.
    const IndexRange& coarsest = item.mesh->levels.back();
    gl::draw_indexed(item.mesh->array, coarsest.first, coarsest.count);
  });

  half_blurred_target_.bind();
  heights_.bind(pass_unit);
  const gl::Program& shade = programs.use_pass("shadow_heights.frag");
  shade.set("u_heights", static_cast<int>(pass_unit));
  shade.set("u_reach_mm", reach_mm);
  screen.draw({});
  // Twice over, so that the few samples of each turn show no steps.
  for (const float share : {1.0f, 0.6f}) {
    const gl::Program& blur = programs.use_pass("shadow_blur.frag");
    blur.set("u_shade", static_cast<int>(pass_unit));
    const glm::vec2 width = share * glm::vec2(near_blur_mm, far_blur_mm) * static_cast<float>(edge);
    shade_target_.bind();
    half_blurred_.bind(pass_unit);
    blur.set("u_step", glm::vec2(1.0f / edge, 0));
    blur.set("u_width", width / area.z);
    screen.draw({});
    half_blurred_target_.bind();
    shade_.bind(pass_unit);
    blur.set("u_step", glm::vec2(0, 1.0f / edge));
    blur.set("u_width", width / area.w);
    screen.draw({});
  }
  std::swap(shade_, half_blurred_);
  std::swap(shade_target_, half_blurred_target_);
}

} // namespace calfscope::render
