#include "render/surface_pass.h"

#include "render/linear_colour.h"
#include "render/material_look.h"
#include "render/texture_units.h"

#include <algorithm>

namespace calfscope::render {
namespace {

// Width of the fibre pattern: the mesh's own where it says how its surface lies, else the material's.
float streak_mm(const PlannedItem& planned) {
  const GpuMesh& mesh = *planned.mesh;
  return mesh.streak_cells > 0 ? mesh.around_mm / mesh.streak_cells : look_of(planned.item->material).pattern_mm;
}

// Width of the finest pattern; visible_share() in noise.glsl is 0 below 4/3 of a pixel.
float finest_detail_mm(const PlannedItem& planned) {
  const MaterialLook& look = look_of(planned.item->material);
  return look.tissue == Tissue::fibrous ? streak_mm(planned) / 3 : look.pattern_mm;
}

const gl::Program& program_for(Programs& programs, const PlannedItem& planned, SurfaceTarget target, bool painted) {
  gl::ProgramFiles files{"surface.vert", "surface.frag"};
  const Tissue tissue = look_of(planned.item->material).tissue;
  if (tissue == Tissue::fibrous)
    files.defines.emplace_back("FIBROUS");
  if (tissue == Tissue::hard)
    files.defines.emplace_back("HARD");
  const bool blended = target != SurfaceTarget::scene;
  const bool bare = blended && tissue == Tissue::soft && planned.item->ghost >= 0.5f;
  if (bare)
    files.defines.emplace_back("BARE");
  else if (finest_detail_mm(planned) < 4.0f / 3.0f * planned.finest_pixel_mm)
    files.defines.emplace_back("FAR");
  if (painted)
    files.defines.emplace_back("PAINTED");
  add_pose_defines(files, planned);
  if (planned.opened)
    files.defines.emplace_back("OPENED");
  if (blended)
    files.defines.emplace_back("BLENDED");
  return programs.use(files);
}

void set_material(const gl::Program& program, const PlannedItem& planned) {
  const DrawItem& item = *planned.item;
  const MaterialLook& look = look_of(item.material);
  program.set("u_noise", static_cast<int>(noise_unit));
  program.set("u_colour", linear_from_srgb(item.colour));
  program.set("u_second", linear_from_srgb(look.second_colour));
  program.set("u_shine", glm::vec4(look.specular, look.roughness, look.sheen, look.anisotropy));
  program.set("u_scatter", look.scatter);
  program.set("u_pattern", glm::vec4(look.pattern_mm, look.contrast, look.relief_mm, look.mottle));
  const SurfaceOverlay& overlay = item.overlay;
  program.set("u_overlay",
              glm::vec4(overlay.front_mm, std::max(overlay.front_width_mm, 1e-3f), overlay.strength, overlay.no_press));
  program.set("u_local", glm::vec3(overlay.local, std::max(overlay.local_mm, 1e-3f), overlay.marked ? 1.0f : 0.0f));
  program.set("u_emphasis", item.emphasis);
  program.set("u_opacity", item.opacity);
  program.set("u_ghost", item.ghost);
  program.set("u_two_sided", look.two_sided ? 1.0f : 0.0f);
  program.set("u_grain", planned.mesh->grain);
  program.set("u_streaks", glm::vec2(planned.mesh->streak_cells, streak_mm(planned)));
  program.set("u_world_from_fibre", glm::mat3(planned.world_from_rest));
}

} // namespace

void set_pose(const gl::Program& program, const PlannedItem& item) {
  program.set("u_world_from_rest", item.world_from_rest);
  program.set("u_clipped", item.clipped ? 1.0f : 0.0f);
  const std::optional<PressedFlat>& flat = item.item->pressed_flat;
  program.set("u_pressed_flat", flat ? glm::vec4(flat->plane.normal, flat->plane.offset_mm) : glm::vec4(0, 0, 0, 1e9f));
  program.set("u_flat_place", flat ? glm::vec4(flat->place, flat->reach_mm) : glm::vec4(0, 0, 0, 1));
  const Material material = item.item->material;
  program.set("u_is_skin", material == Material::skin || material == Material::nail ? 1.0f : 0.0f);
}

void add_pose_defines(gl::ProgramFiles& files, const PlannedItem& item) {
  if (item.skinned)
    files.defines.emplace_back("SKINNED");
  if (item.dented)
    files.defines.emplace_back("DENTED");
}

void draw_triangles_of(const PlannedItem& item) {
  gl::draw_indexed(item.mesh->array, item.triangles().first, item.triangles().count);
}

void draw_surfaces(Programs& programs, std::span<const PlannedItem> items, const gl::Rect& scissor,
                   SurfaceTarget target) {
  const bool blended = target != SurfaceTarget::scene;
  for (const PlannedItem& planned : items) {
    gl::DrawState state;
    state.depth_test = gl::DepthTest::less_equal;
    state.depth_write = !blended;
    state.blend = blended ? gl::Blend::weighted : gl::Blend::off;
    state.cull = look_of(planned.item->material).two_sided && !planned.mesh->closed ? gl::Cull::none : gl::Cull::back;
    state.clip = planned.clipped;
    state.linear_blend = !blended;
    state.scissor = scissor;
    gl::apply(state);
    const auto draw = [&](bool painted, const gl::VertexArray& vertices, const IndexRange& triangles) {
      if (triangles.count == 0)
        return;
      const gl::Program& program = program_for(programs, planned, target, painted);
      set_pose(program, planned);
      set_material(program, planned);
      program.set("u_only_inside", target == SurfaceTarget::glass ? 1.0f : 0.0f);
      gl::draw_indexed(vertices, triangles.first, triangles.count);
    };
    if (!planned.painted) {
      draw(false, planned.mesh->array, planned.triangles());
      continue;
    }
    const PaintedMesh::Level& level = planned.painted->levels[planned.level];
    draw(false, planned.painted->array, level.plain);
    draw(true, planned.painted->array, level.painted);
  }
}

} // namespace calfscope::render
