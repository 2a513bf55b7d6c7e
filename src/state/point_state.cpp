#include "state/point_state.h"

#include "frame/viewport.h"
#include "state/app_state.h"

#include <algorithm>
#include <cmath>

namespace calfscope {

void set_content(AppState& state, std::shared_ptr<const ContentPack> content) {
  state.content = std::move(content);
  state.stored_content = nullptr;
  state.mirrored_content = nullptr;
  bind_content(state);
}

const TriggerPoint* chosen_point(const AppState& state) {
  return state.leg_content ? state.leg_content->pack().point(state.document.point) : nullptr;
}

const BoundPoint* chosen_place(const AppState& state) {
  const BoundPoint* place = state.leg_content ? state.leg_content->bound().point(state.document.point) : nullptr;
  return place && place->placed ? place : nullptr;
}

bool is_offered(const AppState& state, const TriggerPoint& point) {
  if (!state.document.points_shown)
    return point.id == state.document.point;
  return point.layer == "calf" || state.document.neighbours || point.id == state.document.point;
}

Camera point_camera(const AppState& state, std::string_view id) {
  Camera camera = state.document.camera;
  const BoundPoint* place = state.leg_content ? state.leg_content->bound().point(id) : nullptr;
  if (!place || !place->placed)
    return camera;
  // What hurts counts by its area, the point itself as much as a fair patch of skin.
  constexpr float point_counts_cm2 = 60;
  glm::vec3 facing = point_counts_cm2 * place->skin_normal;
  Bounds box;
  box.add(place->skin.position);
  box.add(place->core_mm);
  if (const PainMap* map = state.leg_content->bound().pain_map(id)) {
    const SkinPlaces& places = state.leg_content->bound().places();
    const TriMesh& surface = places.skin->surface;
    for (std::size_t v = 0; v < map->essential.size(); ++v) {
      const float weight = std::max(map->essential[v], map->spillover[v] * 0.3f);
      if (weight < 0.15f)
        continue;
      facing += weight * places.vertices[v].area_mm2 / 100 * surface.normals[v];
      box.add(surface.positions[v]);
    }
  }
  constexpr float lowest_pitch = -22, highest_pitch = 25, margin = 0.14f;
  if (glm::length(facing) > 1e-3f) {
    const glm::vec3 to_eye = glm::normalize(facing);
    camera.yaw_deg = glm::degrees(std::atan2(to_eye.x, -to_eye.z));
    camera.pitch_deg =
        std::clamp(glm::degrees(std::asin(std::clamp(to_eye.y, -1.0f, 1.0f))), lowest_pitch, highest_pitch);
  }
  return tamed(fitted(camera, box, aspect_of(state.viewport), margin), state.facts->bounds);
}

} // namespace calfscope
