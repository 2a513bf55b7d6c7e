// Which structures are seen, from where, and what the clipping plane takes away.
#include "state/app_state.h"
#include "state/technique_state.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace calfscope {
namespace {

constexpr float fit_margin = 0.06f;

// Towards the subject's medial side, along X.
float medial_sign(Side side) {
  return side == Side::right ? 1.0f : -1.0f;
}

// What is left of a structure when it is posed and cut.
Bounds seen_bounds(const AppState& state, std::size_t structure, const Stage& stage, const std::optional<Plane>& clip) {
  const SurfaceMesh& mesh = *state.atlas->structures[structure].mesh;
  if (stage.segments.empty() && !clip)
    return state.facts->structures[structure].bounds;
  Bounds box;
  for (const glm::vec3& p :
       stage.segments.empty() ? mesh.surface.positions : posed_positions(mesh, stage.segments, stage.bends))
    if (!clip || clip->distance_mm(p) <= 0)
      box.add(p);
  return box;
}

// Where the planes are counted from, and the direction of the axial one.
struct ClipFrame {
  glm::vec3 origin{0};
  glm::vec3 down{0, -1, 0};
};

ClipFrame clip_frame(const AppState& state) {
  if (state.facts && state.facts->coordinates)
    return {state.facts->coordinates->knee_centre(), state.facts->coordinates->long_axis()};
  if (state.facts && !state.facts->bounds.empty())
    return {state.facts->bounds.centre(), glm::vec3(0, -1, 0)};
  return {};
}

// The heads, the soleus and the tendon with a little of what surrounds them: the thigh and the toes may leave the
// picture.
Bounds calf_box(const AppState& state) {
  constexpr float around_mm = 22, above_mm = 45;
  Bounds box;
  for (const char* id : {"gastrocnemius_medial_head", "gastrocnemius_lateral_head", "soleus", "calcaneal_tendon"})
    if (const int index = state.atlas->index_of(id); index >= 0)
      box.add(state.facts->structures[static_cast<std::size_t>(index)].bounds);
  box.lower.y = std::max(box.lower.y - above_mm, state.facts->bounds.lower.y);
  box.upper.y += above_mm;
  box.lower -= glm::vec3(around_mm, 0, around_mm);
  box.upper += glm::vec3(around_mm, 0, around_mm);
  return box;
}

glm::vec3 clip_normal(const AppState& state) {
  const Clip& clip = state.document.clip;
  switch (clip.orientation) {
  case ClipOrientation::axial:
    return clip_frame(state).down;
  case ClipOrientation::sagittal:
    return {medial_sign(state.document.side), 0, 0};
  case ClipOrientation::coronal:
    return {0, 0, -1};
  case ClipOrientation::free:
    return clip.normal;
  }
  return {0, -1, 0};
}

} // namespace

Show show_of(const AppState& state, std::size_t structure) {
  const Structure& entry = state.atlas->structures[structure];
  const Document& document = state.document;
  const auto own = document.overrides.find(entry.id);
  if (!document.isolated.empty() && !document.isolated.contains(entry.id))
    return Show::hidden;
  if (own != document.overrides.end())
    return own->second;
  if (document.isolated.empty() && !document.kinds[static_cast<std::size_t>(entry.kind)])
    return Show::hidden;
  return Show::shown;
}

Bounds fit_box(const AppState& state, bool selection_only) {
  Bounds box;
  if (!state.atlas || !state.facts)
    return box;
  const auto stage = stage_of(state);
  const std::optional<Plane> clip = stage->moment ? std::nullopt : clip_plane(state);
  const auto& structures = state.atlas->structures;
  for (std::size_t i = 0; i < structures.size(); ++i)
    if (selection_only ? structures[i].id == state.document.selected : show_of(state, i) != Show::hidden)
      box.add(seen_bounds(state, i, *stage, clip));
  return box.empty() ? state.facts->bounds : box;
}

Bounds camera_room(const AppState& state) {
  if (!state.facts)
    return {};
  Bounds room = state.facts->bounds;
  if (!chosen_technique(state))
    return room;
  constexpr float reach_mm = 1200; // of a body round the leg, wherever its posture has it
  room.add(glm::vec3(-reach_mm));
  room.add(glm::vec3(reach_mm));
  return room;
}

Camera standard_camera(const AppState& state, StandardView view) {
  const float medial = medial_sign(state.document.side);
  Camera camera;
  camera.orthographic = state.document.camera.orthographic;
  switch (view) {
  case StandardView::posterior:
    break;
  case StandardView::anterior:
    camera.yaw_deg = 180;
    break;
  case StandardView::medial:
    camera.yaw_deg = 90 * medial;
    break;
  case StandardView::lateral:
    camera.yaw_deg = -90 * medial;
    break;
  case StandardView::plantar: // anterior up, as sections are shown
    camera.yaw_deg = 180;
    camera.pitch_deg = -90;
    break;
  case StandardView::top:
    camera.pitch_deg = 90;
    break;
  case StandardView::calf: // a little from the medial side, where the soleus shows beside the heads
    camera.yaw_deg = 14 * medial;
    camera.pitch_deg = 4;
    break;
  }
  if (!state.facts)
    return camera;
  Bounds box = fit_box(state, false);
  if (const auto stage = stage_of(state); stage->moment) // the leg may lie; the side that was asked for is the leg's
    camera = looking_along(camera, glm::mat3(stage->world_from_leg) * forward_of(camera));
  else if (view == StandardView::calf && has_calf(state))
    box = calf_box(state);
  return tamed(fitted(camera, box, aspect_of(state.viewport), fit_margin), camera_room(state));
}

std::optional<Plane> clip_plane(const AppState& state) {
  const Clip& clip = state.document.clip;
  if (!clip.on)
    return std::nullopt;
  const glm::vec3 normal = clip_normal(state);
  Plane plane{normal, glm::dot(normal, clip_frame(state).origin) + clip.position_mm};
  if (clip.flipped)
    plane = {-plane.normal, -plane.offset_mm};
  return plane;
}

std::optional<Plane> section_plane(const AppState& state) {
  if (!state.document.section.on || !state.facts || !state.facts->coordinates)
    return std::nullopt;
  const LegCoordinates& coordinates = *state.facts->coordinates;
  const glm::vec3 down = coordinates.long_axis(); // the shank does not move but for the turn, which is about this axis
  return Plane{down, glm::dot(down, coordinates.knee_centre()) + state.document.section.s * coordinates.length_mm()};
}

void follow_with_section(AppState& state) {
  Section& section = state.document.section;
  if (!section.on || !state.facts || !state.facts->coordinates)
    return;
  const LegCoordinates& coordinates = *state.facts->coordinates;
  if (const BoundPoint* place = chosen_place(state)) {
    section.s = std::clamp(coordinates.level_of(place->core_mm), section_highest_s, section_lowest_s);
    return;
  }
  const int index = state.atlas->index_of(state.document.selected);
  if (index < 0)
    return;
  float from = std::numeric_limits<float>::max(), to = std::numeric_limits<float>::lowest();
  for (const glm::vec3& p : state.atlas->structures[static_cast<std::size_t>(index)].mesh->surface.positions) {
    const float s = coordinates.level_of(p);
    from = std::min(from, s);
    to = std::max(to, s);
  }
  if (section.s >= from && section.s <= to)
    return;
  const float margin = 0.2f * (to - from); // at its very ends there is little to be seen of it
  section.s = std::clamp(section.s, std::max(from + margin, section_highest_s),
                         std::min(std::max(to - margin, section_highest_s), section_lowest_s));
}

float clip_middle_mm(const AppState& state) {
  if (state.facts && state.facts->coordinates) {
    constexpr float thickest_s = 0.33f; // about the largest girth of the calf
    return glm::dot(clip_normal(state), state.facts->coordinates->axis_point(thickest_s) - clip_frame(state).origin);
  }
  const auto [from, to] = clip_range_mm(state);
  return (from + to) / 2;
}

std::pair<float, float> clip_range_mm(const AppState& state) {
  if (!state.facts || state.facts->bounds.empty())
    return {-500, 500};
  const glm::vec3 normal = clip_normal(state);
  const glm::vec3 half = 0.5f * state.facts->bounds.size();
  const float middle = glm::dot(normal, state.facts->bounds.centre() - clip_frame(state).origin);
  const float reach = glm::dot(glm::abs(normal), half);
  return {middle - reach, middle + reach};
}

} // namespace calfscope
