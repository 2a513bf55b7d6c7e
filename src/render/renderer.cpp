#include "render/renderer.h"

#include "gl/context_info.h"
#include "gl/state.h"
#include "render/cap_pass.h"
#include "render/floor_pass.h"
#include "render/frame_block.h"
#include "render/glow_pass.h"
#include "render/label_pass.h"
#include "render/line_pass.h"
#include "render/marker_pass.h"
#include "render/noise_volume.h"
#include "render/occlusion_pass.h"
#include "render/outline_pass.h"
#include "render/surface_pass.h"
#include "render/targets.h"
#include "render/texture_units.h"

#include <algorithm>
#include <array>
#include <functional>
#include <stdexcept>

namespace calfscope {
namespace {

using namespace render;

// Without a GPU a piece of a full picture draws at most this many triangles.
constexpr std::size_t triangles_per_step = 25000;
// A moving one is handed over in pieces of this size, so that their pixels are drawn by one core while another core
// works on the corners of the next piece.
constexpr std::size_t triangles_per_flush = 10000;
// A full picture has four samples per pixel up to this many pixels.
constexpr int most_supersampled_pixels_software = 2600 * 1500;
constexpr int most_supersampled_pixels_gpu = 4000 * 2300;

// The background as drawn last, kept because it rarely changes.
struct BackgroundKey {
  glm::ivec2 size{0};
  glm::vec3 top{0};
  glm::vec3 bottom{0};
  bool operator==(const BackgroundKey&) const = default;
};

// One picture on its way: what it shows and what is still to be done.
struct Job {
  Frame frame;
  Plan plan;
  std::vector<std::function<void()>> steps;
  std::size_t next = 0;
  bool done() const { return next == steps.size(); }
};

// Occlusion is laid on where the samples are put together.
bool wants_occlusion(const Job& job) {
  return !job.plan.quick && job.frame.lighting.occlusion > 0 && !job.plan.opaque.empty();
}

bool wants_glow(const Plan& plan) {
  const auto glows = [](const PlannedItem& item) { return item.item->glow > 0; };
  return std::any_of(plan.opaque.begin(), plan.opaque.end(), glows) ||
         std::any_of(plan.transparent.begin(), plan.transparent.end(), glows);
}

std::size_t slot_of(Quality quality) {
  return quality == Quality::full ? 1 : 0;
}

} // namespace

struct Renderer::Impl {
  gl::ContextInfo context;
  Programs programs;
  MeshCache meshes;
  gl::Texture noise = make_noise_volume();
  gl::Buffer frame_block{gl::Buffer::Use::uniforms, sizeof(FrameBlock)};
  FullScreen screen;
  std::array<SceneTarget, 2> targets; // a moving picture may be drawn while a full one is under way
  std::array<WorkPicture, 2> works;
  std::array<KeptPicture, 2> kept;
  WorkPicture background;
  BackgroundKey background_key;
  CapPass caps;
  FloorPass floor;
  GlowPass glow;
  LabelPass labels;
  LinePass lines;
  MarkerPass markers;
  OcclusionPass occlusion;
  std::unique_ptr<Job> full_job;

  explicit Impl(const std::filesystem::path& root) : context(gl::context_info()), programs(root / "shaders") {}

  std::unique_ptr<Job> plan_job(const Frame& frame, Quality quality, glm::ivec2 size);
  void add_steps(Job& job, SceneTarget& target, WorkPicture& work, KeptPicture& out);
  void add_steps(Job& job) {
    const std::size_t slot = slot_of(job.frame.quality);
    add_steps(job, targets[slot], works[slot], kept[slot]);
  }
  void run(Job& job);

  void draw_background(const Job& job);
  void prepare_scene(const Job& job, SceneTarget& target);
  void use_frame(const Job& job);
  void clear_blended(const Job& job, SceneTarget& target);
  void merge_blended(const Job& job, SceneTarget& target);
  void resolve(const Job& job, SceneTarget& target, WorkPicture& out);
  void keep(const Job& job, SceneTarget& target, WorkPicture& work, KeptPicture& out);
  Image read(const KeptPicture& picture); // with its outlines
};

std::unique_ptr<Job> Renderer::Impl::plan_job(const Frame& frame, Quality quality, glm::ivec2 size) {
  auto job = std::make_unique<Job>();
  job->frame = frame;
  job->frame.quality = quality;
  const bool full = quality == Quality::full || !context.software;
  const int most = context.software ? most_supersampled_pixels_software : most_supersampled_pixels_gpu;
  PlanOptions options;
  options.quick = !full;
  options.samples = full && size.x * size.y <= most ? 2 : 1;
  job->plan = make_plan(job->frame, size, meshes, options);
  return job;
}

void Renderer::Impl::use_frame(const Job& job) {
  // Other pictures and the panels may have drawn since the last step.
  const FrameBlock block = make_frame_block(job.frame, job.plan);
  frame_block.update(std::as_bytes(std::span(&block, 1)));
  frame_block.bind_uniforms(frame_block_slot);
  noise.bind(noise_unit);
}

void Renderer::Impl::draw_background(const Job& job) {
  const BackgroundKey key{job.plan.viewport.size, job.frame.background.top, job.frame.background.bottom};
  if (key == background_key)
    return;
  background_key = key;
  // Pictures with another background under them, each of its own size.
  for (WorkPicture& work : works)
    work.painted = {{0, 0}, work.colour.size()};
  for (KeptPicture& picture : kept)
    picture.painted = {{0, 0}, picture.colour.size()};
  background.fit(key.size);
  background.framebuffer.bind();
  const gl::Program& program = programs.use_pass("background.frag");
  program.set("u_top", key.top);
  program.set("u_bottom", key.bottom);
  program.set("u_size", glm::vec2(key.size));
  screen.draw({});
}

void Renderer::Impl::prepare_scene(const Job& job, SceneTarget& target) {
  target.fit(job.plan.scene_size);
  target.scene.bind();
  gl::DrawState state;
  state.depth_write = true;
  // Smoothing and occlusion look a little beyond what they write. Small targets are cleared whole: that is quicker
  // where the processor draws, which clears tiles as such but draws parts of them.
  if (!job.plan.quick)
    state.scissor = grown(scene_content(job.plan), 8, target.size);
  gl::apply(state);
  gl::clear_colour(0, glm::vec4(0));
  gl::clear_depth_stencil();
}

void Renderer::Impl::clear_blended(const Job& job, SceneTarget& target) {
  target.need_blended();
  target.blended.bind();
  gl::DrawState state;
  state.scissor = scene_content(job.plan);
  gl::apply(state);
  gl::clear_colour(0, {0, 0, 0, 1});
  gl::clear_colour(1, glm::vec4(0));
}

void Renderer::Impl::merge_blended(const Job& job, SceneTarget& target) {
  target.scene.bind();
  target.sum.bind(sum_unit);
  target.weight.bind(weight_unit);
  const gl::Program& program = programs.use_pass("merge.frag");
  program.set("u_sum", static_cast<int>(sum_unit));
  program.set("u_weight", static_cast<int>(weight_unit));
  gl::DrawState state;
  state.blend = gl::Blend::premultiplied;
  state.linear_blend = true;
  state.scissor = scene_content(job.plan);
  screen.draw(state);
}

void Renderer::Impl::resolve(const Job& job, SceneTarget& target, WorkPicture& out) {
  draw_background(job);
  out.fit(job.plan.viewport.size);
  gl::apply({});
  gl::copy_picture(background.framebuffer, out.framebuffer, joined(out.painted, job.plan.touched));
  out.painted = job.plan.touched;
  if (job.plan.empty())
    return;
  out.framebuffer.bind();
  if (job.frame.background.floor)
    floor.draw(programs, screen, job.frame, job.plan, out.framebuffer);
  target.colour.bind(scene_unit);
  gl::DrawState state;
  state.blend = gl::Blend::premultiplied;
  state.linear_blend = true;
  state.scissor = job.plan.content;
  if (job.plan.quick) {
    const gl::Program& smooth = programs.use_pass("smooth.frag");
    smooth.set("u_scene", static_cast<int>(scene_unit));
    smooth.set("u_size", glm::vec2(job.plan.viewport.size));
    screen.draw(state);
    return;
  }

  std::vector<std::string> defines{"SAMPLES " + std::to_string(job.plan.samples)};
  const bool blended = job.plan.blended();
  if (blended) {
    defines.emplace_back("BLENDED");
    target.sum.bind(sum_unit);
    target.weight.bind(weight_unit);
  }
  const bool occluded = wants_occlusion(job);
  if (occluded) {
    defines.emplace_back("OCCLUSION");
    occlusion.texture().bind(occlusion_unit);
    target.depth.bind(depth_unit);
  }
  const gl::Program& program = programs.use_pass("resolve.frag", defines);
  program.set("u_scene", static_cast<int>(scene_unit));
  program.set("u_sum", static_cast<int>(sum_unit));
  program.set("u_weight", static_cast<int>(weight_unit));
  if (occluded) {
    const glm::mat4 unproject = glm::inverse(projection_matrix(job.frame.camera, job.plan.viewport, job.plan.scene));
    // Rows z and w of the inverse projection for window depth d: z = 2 d - 1 in clip space.
    program.set("u_unproject", glm::vec4(2 * unproject[2][2], unproject[3][2] - unproject[2][2], 2 * unproject[2][3],
                                         unproject[3][3] - unproject[2][3]));
    program.set("u_occlusion", static_cast<int>(occlusion_unit));
    program.set("u_depth", static_cast<int>(depth_unit));
    program.set("u_occlusion_scale", static_cast<float>(job.plan.samples));
    program.set("u_occlusion_strength", job.frame.lighting.occlusion);
  }
  screen.draw(state);
}

void Renderer::Impl::keep(const Job& job, SceneTarget& target, WorkPicture& work, KeptPicture& out) {
  out.fit(job.plan.viewport.size);
  draw_outline_mask(programs, job.plan, target, job.frame.outline_colour, out);
  gl::apply({});
  gl::copy_picture(work.framebuffer, out.framebuffer, joined(out.painted, work.painted));
  out.framebuffer.bind();
  out.painted = joined(work.painted, lines.draw(programs, job.frame, job.plan));
  out.painted = joined(out.painted, markers.draw(programs, screen, job.frame, job.plan));
  out.painted = joined(out.painted, labels.draw(programs, screen, job.frame, job.plan));
}

// The passes of a picture, in drawing order.
void Renderer::Impl::add_steps(Job& job, SceneTarget& target, WorkPicture& work, KeptPicture& out) {
  const auto step = [&](std::function<void()> what) { job.steps.push_back(std::move(what)); };
  const std::size_t most = job.plan.quick ? triangles_per_flush : triangles_per_step;
  const auto in_pieces = [&](const std::vector<PlannedItem>& items, auto draw) {
    std::size_t first = 0, triangles = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      triangles += items[i].triangles().count / 3;
      if (triangles < most && i + 1 < items.size())
        continue;
      step([draw, piece = std::span(items).subspan(first, i + 1 - first)] { draw(piece); });
      first = i + 1;
      triangles = 0;
    }
  };

  step([this, &job, &target] { prepare_scene(job, target); });
  in_pieces(job.plan.opaque, [this, &job, &target](std::span<const PlannedItem> items) {
    target.scene.bind();
    draw_surfaces(programs, items, scene_content(job.plan), SurfaceTarget::scene);
    if (job.plan.quick)
      gl::flush();
  });
  if (job.frame.clip)
    step([this, &job, &target] {
      target.scene.bind();
      caps.draw(programs, job.frame, job.plan, job.plan.opaque, false);
    });
  if (wants_occlusion(job))
    step([this, &job, &target] { occlusion.draw(programs, screen, job.plan, target); });
  if (job.plan.blended())
    step([this, &job, &target] { clear_blended(job, target); });
  in_pieces(job.plan.transparent, [this, &job, &target](std::span<const PlannedItem> items) {
    target.blended.bind();
    draw_surfaces(programs, items, scene_content(job.plan), SurfaceTarget::blended);
  });
  in_pieces(job.plan.glass, [this, &job, &target](std::span<const PlannedItem> items) {
    target.blended.bind();
    draw_surfaces(programs, items, job.plan.hole, SurfaceTarget::glass);
  });
  if (job.frame.clip && !job.plan.transparent.empty())
    step([this, &job, &target] {
      target.blended.bind();
      caps.draw(programs, job.frame, job.plan, job.plan.transparent, true);
    });
  step([this, &job, &target, &work] {
    if (job.plan.blended() && job.plan.quick)
      merge_blended(job, target);
    resolve(job, target, work);
  });
  if (wants_glow(job.plan))
    step([this, &job, &target, &work] { glow.draw(programs, screen, job.plan, target, work.framebuffer); });
  step([this, &job, &target, &work, &out] { keep(job, target, work, out); });
}

void Renderer::Impl::run(Job& job) {
  use_frame(job);
  job.steps[job.next++]();
}

Image Renderer::Impl::read(const KeptPicture& picture) {
  const glm::ivec2 size = picture.colour.size();
  if (!picture.outlined)
    return {size.x, size.y, picture.framebuffer.read_rgba()};
  KeptPicture shown;
  shown.fit(size);
  gl::apply({});
  gl::copy_picture(picture.framebuffer, shown.framebuffer, {{0, 0}, size});
  shown.framebuffer.bind();
  draw_outline(programs, screen, picture, 1, size);
  gl::restore_defaults();
  return {size.x, size.y, shown.framebuffer.read_rgba()};
}

Renderer::Renderer(const std::filesystem::path& program_root) {
  const gl::ContextInfo context = gl::context_info();
  if (context.major * 10 + context.minor < 41)
    throw std::runtime_error("OpenGL 4.1 is needed, this machine offers " + context.version + " (" + context.renderer +
                             ")");
  impl_ = std::make_unique<Impl>(program_root);
}
Renderer::~Renderer() = default;
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;

bool Renderer::moving_is_coarse() const {
  return impl_->context.software;
}

void Renderer::draw(const Frame& frame, glm::ivec2 size) {
  const gl::FramebufferGuard guard;
  if (impl_->meshes.forget_unused() > 0)
    impl_->caps.forget();
  const auto job = impl_->plan_job(frame, frame.quality, size);
  impl_->add_steps(*job);
  while (!job->done())
    impl_->run(*job);
  gl::restore_defaults();
}

Image Renderer::picture_of(const Frame& frame, glm::ivec2 size) {
  const gl::FramebufferGuard guard;
  SceneTarget target;
  WorkPicture work;
  KeptPicture out;
  const auto job = impl_->plan_job(frame, frame.quality, size);
  impl_->add_steps(*job, target, work, out);
  while (!job->done())
    impl_->run(*job);
  Image image = impl_->read(out);
  gl::restore_defaults();
  return image;
}

void Renderer::begin_full(const Frame& frame, glm::ivec2 size) {
  impl_->full_job = impl_->plan_job(frame, Quality::full, size);
  impl_->add_steps(*impl_->full_job);
}

bool Renderer::step_full() {
  if (!impl_->full_job)
    return true;
  const gl::FramebufferGuard guard;
  do {
    impl_->run(*impl_->full_job);
  } while (!impl_->full_job->done() && !impl_->context.software);
  gl::restore_defaults();
  if (impl_->context.software)
    gl::finish(); // the time is to be spent here, not in whatever the caller draws next
  if (!impl_->full_job->done())
    return false;
  impl_->full_job.reset();
  return true;
}

bool Renderer::full_is_under_way() const {
  return impl_->full_job != nullptr;
}
void Renderer::abandon_full() {
  impl_->full_job.reset();
}

bool Renderer::has_picture(Quality quality) const {
  return static_cast<bool>(impl_->kept[slot_of(quality)].colour);
}
glm::ivec2 Renderer::picture_size(Quality quality) const {
  return impl_->kept[slot_of(quality)].colour.size();
}
bool Renderer::present(float full_share, glm::ivec2 target_size, float outline_strength) {
  const KeptPicture* moving = &impl_->kept[slot_of(Quality::moving)];
  const KeptPicture* full = &impl_->kept[slot_of(Quality::full)];
  if (!moving->colour && !full->colour)
    return false;
  if (!moving->colour || full_share >= 1)
    moving = full->colour ? full : moving;
  if (!full->colour || full_share <= 0)
    full = moving;
  moving->colour.bind(scene_unit);
  full->colour.bind(background_unit);
  const gl::Program& program = impl_->programs.use_pass("present.frag");
  program.set("u_from", static_cast<int>(scene_unit));
  program.set("u_to", static_cast<int>(background_unit));
  program.set("u_share", full_share);
  program.set("u_size", glm::vec2(target_size));
  impl_->screen.draw({});
  if (moving == full) {
    draw_outline(impl_->programs, impl_->screen, *full, outline_strength, target_size);
  } else {
    draw_outline(impl_->programs, impl_->screen, *moving, outline_strength * (1 - full_share), target_size);
    draw_outline(impl_->programs, impl_->screen, *full, outline_strength * full_share, target_size);
  }
  gl::restore_defaults();
  return true;
}

void Renderer::finish() const {
  gl::finish();
}

Image Renderer::read(Quality quality) {
  const KeptPicture& picture = impl_->kept[slot_of(quality)];
  if (!picture.colour)
    return {};
  const gl::FramebufferGuard guard;
  return impl_->read(picture);
}

} // namespace calfscope
