#include "compose/point_items.h"

#include "compose/technique_items.h"

#include "frame/viewport.h"
#include "state/technique_state.h"
#include "state/theme.h"

#include <algorithm>
#include <array>
#include <string>

namespace calfscope {
namespace {

constexpr float line_share = 0.03f; // of the picture's height (Frame, Label)
constexpr float disc_lines = 1.0f;
constexpr std::uint32_t no_structure = 0xFFFFFFFFu;

bool has_pain(const AppState& state) {
  return chosen_place(state) || hurts_somewhere(state);
}

SurfaceOverlay overlay_now(const AppState& state) {
  const LegContent& content = *state.leg_content;
  SurfaceOverlay overlay;
  overlay.no_press = state.document.no_press ? 1.0f : 0.0f;
  if (!chosen_place(state) && hurts_somewhere(state)) {
    const LookupResult& found = looked_up(state);
    overlay.field = content.field_of_pain({state.document.hurts, state.document.painted},
                                          found.entries.empty() ? "" : found.entries[0].id);
    overlay.front_mm = 1e6f;
    overlay.marked = true;
    return overlay;
  }
  overlay.field = content.field_of_point(state.document.point);
  if (const PainMap* map = content.bound().pain_map(state.document.point)) {
    const PainMoment moment = pain_now(state, *map);
    overlay.front_mm = moment.front_mm;
    overlay.front_width_mm = front_width_mm;
    overlay.strength = moment.strength;
    overlay.local = moment.local;
    overlay.local_mm = map->local_mm;
  }
  return overlay;
}

// What is painted must be seen: skin that was hidden or all but clear comes back as glass.
void paint_skin(Frame& frame, const AppState& state) {
  const int skin = state.atlas->index_of("skin");
  if (skin < 0 || (!has_pain(state) && !state.document.no_press && !state.brush.on))
    return;
  const auto index = static_cast<std::uint32_t>(skin);
  auto found = std::find_if(frame.items.begin(), frame.items.end(),
                            [&](const DrawItem& item) { return item.structure == index; });
  if (found == frame.items.end()) {
    DrawItem item;
    item.mesh = state.atlas->structures[index].mesh;
    item.structure = index;
    item.material = Material::skin;
    item.colour = theme_of(state).scene.materials[static_cast<std::size_t>(Material::skin)];
    item.ghost = 1;
    item.opacity = 0.32f;
    found = frame.items.insert(frame.items.end(), std::move(item));
  }
  found->overlay = overlay_now(state);
}

// A core's share of the way from bone to skin, for how far it gives way under a tool: about the middle of a calf.
constexpr float core_share = 0.6f;

glm::vec3 posed_place(const Frame& frame, const AppState& state, const BoundPoint& place) {
  return posed_skin_place(frame, *state.leg_content->bound().places().skin, place.skin.triangle, place.skin.position,
                          1);
}

// Points lie on the shank.
glm::vec3 posed_direction(const Frame& frame, glm::vec3 direction) {
  return frame.segments.empty() ? direction : glm::mat3(frame.segments.front()) * direction;
}

void light_muscle(Frame& frame, const AppState& state, const BoundPoint& place) {
  const auto muscle = static_cast<std::uint32_t>(place.structure);
  const LegFacts& facts = *state.facts;
  const float depth = facts.structures[muscle].peel.begins;
  for (DrawItem& item : frame.items) {
    if (item.structure == muscle) {
      item.ghost = 0;
      item.opacity = 1;
      item.emphasis = std::max(item.emphasis, 0.2f);
    } else if (item.structure < facts.structures.size() && facts.structures[item.structure].peel.begins <= depth) {
      item.opened = true; // what may lie over the point
    }
  }
  const SurfaceMesh& skin = *state.leg_content->bound().places().skin;
  const glm::vec3 core = posed_skin_place(frame, skin, place.skin.triangle, place.core_mm, core_share);
  frame.keyhole = Keyhole{.at_mm = core, .radius_mm = 26, .feather_mm = 9};
  for (DrawItem& item : frame.items)
    if (item.structure == muscle)
      item.opened = true;
}

DrawItem body(const std::shared_ptr<const SurfaceMesh>& mesh, glm::vec3 colour) {
  DrawItem item;
  item.mesh = mesh;
  item.structure = no_structure;
  item.material = Material::plain;
  item.colour = colour;
  return item;
}

void add_bodies(Frame& frame, const AppState& state, std::size_t index, float tenderness) {
  const PointBodies& bodies = state.leg_content->bodies(index);
  const SceneColours& colours = theme_of(state).scene;
  if (!bodies.core)
    return;
  DrawItem core = body(bodies.core, glm::mix(colours.taut_band, colours.overlay.essential, tenderness));
  core.glow = 0.8f;
  core.emphasis = 0.6f * tenderness;
  DrawItem band = body(bodies.band, colours.taut_band);
  band.glow = 0.6f;
  band.emphasis = 0.3f + 0.3f * tenderness;
  DrawItem halo = body(bodies.halo, colours.taut_band);
  halo.ghost = 1;
  halo.opacity = 0.3f;
  for (DrawItem& item : std::array{std::move(core), std::move(band), std::move(halo)})
    frame.items.push_back(std::move(item));
}

// Cut away with the part of the leg that it lies on, or not of what is shown alone.
bool is_out_of_sight(const Frame& frame, const AppState& state, const BoundPoint& place) {
  if (frame.clip && frame.clip->distance_mm(posed_place(frame, state, place)) > 0)
    return true;
  const auto& isolated = state.document.isolated;
  return !isolated.empty() && !isolated.contains(state.atlas->structures[static_cast<std::size_t>(place.structure)].id);
}

void add_hotspots(Frame& frame, const AppState& state) {
  const SceneColours& colours = theme_of(state).scene;
  const LegContent& content = *state.leg_content;
  const glm::vec3 eye = eye_of(frame.camera);
  struct Hotspot {
    Marker marker;
    float distance_mm;
  };
  std::vector<Hotspot> hotspots;
  const Technique* technique = chosen_technique(state);
  for (std::size_t i = 0; i < content.pack().points.size(); ++i) {
    const TriggerPoint& point = content.pack().points[i];
    const BoundPoint& place = content.bound().points()[i];
    if (!place.placed || !is_offered(state, point) || is_out_of_sight(frame, state, place))
      continue;
    const bool chosen = point.id == state.document.point;
    if (technique && technique->points.empty() && !chosen) // it is about the whole leg
      continue;
    const glm::vec3 on_skin = posed_place(frame, state, place);
    const glm::vec3 outward = posed_direction(frame, place.skin_normal);
    const glm::vec3 to_eye = glm::normalize(eye - on_skin);
    const float facing = glm::dot(outward, to_eye);
    Marker marker;
    marker.text = std::to_string(point.number);
    marker.at_mm = on_skin + 1.0f * outward;
    marker.colour = chosen ? colours.hotspot_chosen : colours.hotspot;
    marker.size = disc_lines * (chosen ? 1.15f : 1.0f) * (point.layer == "calf" ? 1.0f : 0.85f);
    marker.opacity = glm::mix(0.28f, 1.0f, glm::smoothstep(-0.15f, 0.2f, facing));
    marker.halo = chosen ? 1.0f : point.id == state.hovered_point ? 0.6f : 0.0f;
    hotspots.push_back({std::move(marker), glm::distance(eye, on_skin)});
  }
  // Nearer ones over those behind.
  std::stable_sort(hotspots.begin(), hotspots.end(),
                   [](const Hotspot& a, const Hotspot& b) { return a.distance_mm > b.distance_mm; });
  for (Hotspot& hotspot : hotspots)
    frame.markers.push_back(std::move(hotspot.marker));
}

} // namespace

void add_points(Frame& frame, const AppState& state) {
  if (!state.leg_content || !state.atlas || !state.facts)
    return;
  frame.overlay_colours = theme_of(state).scene.overlay;
  paint_skin(frame, state);
  if (const BoundPoint* place = chosen_place(state)) {
    light_muscle(frame, state, *place);
    const auto& points = state.leg_content->bound().points();
    const auto index = static_cast<std::size_t>(place - points.data());
    const PainMap* map = state.leg_content->bound().pain_map(place->id);
    add_bodies(frame, state, index, map ? pain_now(state, *map).tenderness : 1.0f);
  }
  add_hotspots(frame, state);
}

std::string point_at(const AppState& state, const Frame& frame, glm::ivec2 size, glm::vec2 at) {
  if (!state.leg_content)
    return {};
  constexpr float slack = 1.25f; // a finger's width more than the disc is drawn
  std::string found;
  const Viewport viewport{size, frame.free_area};
  for (const Marker& marker : frame.markers) {
    const auto where = fraction_of(frame.camera, viewport, marker.at_mm);
    if (!where)
      continue;
    const float radius_px = slack * 0.5f * marker.size * line_share * static_cast<float>(size.y);
    if (glm::length((*where - at) * glm::vec2(size)) > radius_px)
      continue;
    for (const TriggerPoint& point : state.leg_content->pack().points)
      if (std::to_string(point.number) == marker.text)
        found = point.id;
  }
  return found;
}

} // namespace calfscope
