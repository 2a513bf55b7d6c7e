#include "state/point_state.h"

#include "frame/viewport.h"
#include "state/app_state.h"
#include "state/technique_state.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

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

namespace {

// While the tool is on the point its pain is felt as the pressure and what is left of the tenderness say.
PainMoment pain_in_technique(const AppState& state, const PainMap& map, const TechniqueMoment& moment) {
  constexpr float on_point_s = 0.03f, on_point_deg = 15; // about 12 mm each
  constexpr float broad_deg = 30;                        // of a roller, which touches the width of the calf
  const BoundPoint* place = chosen_place(state);
  const Tool* tool = chosen_tool(state);
  const float aside_deg = place ? std::abs(std::remainder(moment.touch.a_deg - place->place.a_deg, 360.0f)) : 0;
  const bool on_point = place && tool && moment.touch.touching &&
                        std::abs(moment.touch.s - place->place.s) < on_point_s &&
                        aside_deg < (touches_what_faces_down(*tool) ? broad_deg : on_point_deg);
  const double pressure = on_point ? static_cast<double>(moment[Channel::pressure]) : 0.0;
  PainMoment pain = pain_under(map, pressure, pressure);
  pain.strength *= moment.tenderness;
  pain.local *= moment.tenderness;
  pain.tenderness = moment.tenderness;
  return pain;
}

} // namespace

PainMoment pain_now(const AppState& state, const PainMap& map) {
  if (const auto stage = stage_of(state); stage->moment)
    return pain_in_technique(state, map, *stage->moment);
  if (state.press.any())
    return pain_under(map, state.press.pressure, state.press.reached);
  return pain_at(map, state.pain.seconds);
}

bool hurts_somewhere(const AppState& state) {
  return state.leg_content && !(state.document.hurts.empty() && state.document.painted.empty());
}

const LookupResult& looked_up(const AppState& state) {
  return state.leg_content->looked_up({state.document.hurts, state.document.painted}, state.document.neighbours);
}

bool is_offered(const AppState& state, const TriggerPoint& point) {
  if (!state.document.points_shown)
    return point.id == state.document.point;
  return point.layer == "calf" || state.document.neighbours || point.id == state.document.point;
}

// Directions to the eye from which the point and what hurts are both seen. What turns away counts for nothing; a leg
// seen far from below or above is hard to recognise.
namespace {

struct Sight {
  glm::vec3 normal{0};
  float area_cm2 = 0;
};

std::pair<float, float> best_direction(const std::vector<Sight>& sights, const Sight& point) {
  constexpr std::array pitches_deg{-12.0f, -6.0f, 0.0f, 6.0f, 12.0f, 18.0f};
  constexpr float point_counts = 0.7f, steep_costs = 0.25f, steep_deg = 25; // design choice
  float whole = 1e-3f;
  for (const Sight& sight : sights)
    whole += sight.area_cm2;
  float best = -1e9f;
  std::pair<float, float> out{0, 0};
  for (int yaw_deg = -180; yaw_deg < 180; yaw_deg += 10)
    for (const float pitch_deg : pitches_deg) {
      const glm::vec3 to_eye = -forward_of(Camera{.yaw_deg = static_cast<float>(yaw_deg), .pitch_deg = pitch_deg});
      float seen = 0;
      for (const Sight& sight : sights)
        seen += sight.area_cm2 * std::max(0.0f, glm::dot(sight.normal, to_eye));
      const float steep = pitch_deg / steep_deg;
      const float worth =
          seen / whole + point_counts * std::min(glm::dot(point.normal, to_eye), 0.8f) - steep_costs * steep * steep;
      if (worth > best) {
        best = worth;
        out = {static_cast<float>(yaw_deg), pitch_deg};
      }
    }
  return out;
}

} // namespace

Camera point_camera(const AppState& state, std::string_view id) {
  Camera camera = state.document.camera;
  const BoundPoint* place = state.leg_content ? state.leg_content->bound().point(id) : nullptr;
  if (!place || !place->placed)
    return camera;
  constexpr std::size_t every = 4; // vertices are close enough
  constexpr float least_weight = 0.15f, spillover_counts = 0.3f, margin = 0.14f;
  std::vector<Sight> sights;
  Bounds box;
  box.add(place->skin.position);
  box.add(place->core_mm);
  if (const PainMap* map = state.leg_content->bound().pain_map(id)) {
    const SkinPlaces& places = state.leg_content->bound().places();
    const TriMesh& surface = places.skin->surface;
    for (std::size_t v = 0; v < map->essential.size(); ++v) {
      const float weight = std::max(map->essential[v], map->spillover[v] * spillover_counts);
      if (weight < least_weight)
        continue;
      box.add(surface.positions[v]);
      if (v % every == 0)
        sights.push_back({surface.normals[v], weight * places.vertices[v].area_mm2 / 100});
    }
  }
  std::tie(camera.yaw_deg, camera.pitch_deg) = best_direction(sights, {place->skin_normal, 0});
  return tamed(fitted(camera, box, aspect_of(state.viewport), margin), state.facts->bounds);
}

} // namespace calfscope
