// From where a technique is seen.

#include "frame/viewport.h"
#include "props/leg_placement.h"
#include "state/app_state.h"
#include "state/technique_state.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

glm::vec3 moved(const glm::mat4& by, glm::vec3 point) {
  return glm::vec3(by * glm::vec4(point, 1));
}

constexpr double camera_moves_s = 1.8;
constexpr float close_reach_mm = 125, rocked_reach_mm = 85, margin = 0.08f;

enum Sight : std::uint8_t {
  whole,    // the leg, and what touches it
  close,    // the place that is touched
  person,   // the whole body
  from_foot // that place with the leg seen more from its end: what rocks to its sides goes across the picture
};
using TechniqueViews = std::array<Camera, 4>; // by Sight

Bounds room_of_body(const Stage& stage, bool walks) {
  if (walks) {                                                 // limbs go to and fro in it, and the picture stays still
    constexpr float ahead = 1.5f, aside = 0.75f, high = 4.05f; // lengths of the shank
    const float size = stage.figure.shank_mm;
    const float x = 0.5f * (stage.figure.right_side ? 1.0f : -1.0f) * hips_apart_mm * size / 409;
    Bounds room;
    room.add({x - aside * size, 0, -ahead * size});
    room.add({x + aside * size, high * size, ahead * size});
    return room;
  }
  const float reach = stage.figure.shank_mm / 5; // flesh round the joints
  const FigureJoints body = figure_joints(stage.posture, stage.figure, (*stage.moment)[Channel::lift]);
  Bounds room;
  for (const glm::vec3& at : {body.head, body.shoulder[0], body.shoulder[1], body.hand[0], body.hand[1], body.hip[0],
                              body.hip[1], body.knee[0], body.knee[1], body.toe[0], body.toe[1]}) {
    room.add(at - reach);
    room.add(at + reach);
  }
  room.lower.y = std::max(room.lower.y, 0.0f);
  return room;
}

// The side that the point lies on is looked at; without one the lateral.
float side_seen(const AppState& state) {
  const BoundPoint* place = chosen_place(state);
  return place && place->place.a_deg > 5 ? -1.0f : 1.0f;
}

constexpr float past_forearm = 1.3f; // times what would look along it: somewhat from the other way

struct PlaceLookedAt {
  glm::vec3 at{0}, outward{0};
};

// Where the tool is; once it has been taken away, where the point is.
std::optional<PlaceLookedAt> place_looked_at(const AppState& state, const Stage& stage) {
  if (const Contact* touch = stage.touch())
    return PlaceLookedAt{touch->frame.origin, -touch->frame.into};
  const BoundPoint* point = chosen_place(state);
  const auto skin = point ? state.facts->coordinates->skin_point(point->place) : std::nullopt;
  if (!skin)
    return std::nullopt;
  const glm::mat4& world = stage.segments.front();
  return PlaceLookedAt{moved(world, skin->position), glm::mat3(world) * skin->normal};
}

TechniqueViews views_at(const AppState& state, double seconds) {
  const auto stage = stage_at(state, seconds);
  const LegCoordinates& leg = *state.facts->coordinates;
  const glm::mat4& world = stage->segments.front();
  const glm::mat3 turn(stage->world_from_leg);
  const float lateral_x = (state.atlas->side == Side::right ? -1.0f : 1.0f) * side_seen(state);
  const glm::vec3 side = turn * glm::vec3(lateral_x, 0, 0), front = turn * glm::vec3(0, 0, 1), up(0, 1, 0);
  const glm::vec3 foot = glm::normalize(glm::mat3(world) * leg.long_axis());
  const bool floor = sits_on_floor(stage->posture);

  Bounds box;
  for (const float s : {-0.3f, 0.0f, 0.5f, 1.0f})
    for (const float a : {0.0f, 90.0f, 180.0f, -90.0f})
      if (const auto at = leg.skin_point({s, a})) {
        box.add(moved(world, at->position));
        if (const auto& other = stage->restricted)
          box.add(moved(other->world_from_leg * segment_matrices(*state.atlas, other->pose).front(), at->position));
      }
  box.add(stage->figure.toe);
  if (const auto& other = stage->restricted)
    box.add(stage->figure.toe + moved(other->world_from_leg, leg.axis_point(1)) -
            moved(stage->world_from_leg, leg.axis_point(1)));
  if (const Contact* touch = stage->touch(); touch && floor)
    box.add(middle_of(*touch) - touch->radius_mm * up);

  TechniqueViews views;
  const Camera camera = state.document.camera;
  glm::vec3 eye = floor ? glm::normalize(side + 0.3f * up + 0.3f * foot)
                        : glm::normalize(0.75f * side - 0.85f * front + 0.15f * up);
  if (stage->posture == Posture::wall_lunge || stage->posture == Posture::standing)
    eye = glm::normalize(side - 0.25f * front + 0.05f * up);
  if (stage->posture == Posture::ankle_on_knee)
    eye = glm::normalize(front + 0.9f * up - 0.3f * foot);
  views[whole] = fitted(looking_along(camera, -eye), box, aspect_of(state.viewport), margin);
  views[close] = views[from_foot] = views[whole];
  glm::vec3 beside_body = glm::normalize(glm::vec3(lateral_x, 0.18f, -0.3f)); // the person faces +Z
  if (floor)
    beside_body = glm::normalize(glm::vec3(lateral_x, 0.3f, 0.45f));
  if (stage->posture == Posture::ankle_on_knee)
    beside_body = glm::normalize(glm::vec3(-0.35f * lateral_x, 0.35f, 1));
  const auto& phases = chosen_technique(state)->phases;
  const bool walks =
      std::any_of(phases.begin(), phases.end(), [](const Phase& phase) { return phase.gait.has_value(); });
  Bounds room = room_of_body(*stage, walks);
  if (stage->restricted) {
    room.add(box.lower);
    room.add(box.upper);
  }
  views[person] = fitted(looking_along(camera, -beside_body), room, aspect_of(state.viewport), margin / 2);
  if (const auto place = place_looked_at(state, *stage)) {
    glm::vec3 beside = glm::cross(foot, place->outward);
    beside *= glm::dot(beside, beside_body) > 0 ? 1.0f : -1.0f;
    if (!floor) { // from the side from which the body was seen, so that nothing flips over, past the forearm
      eye = glm::normalize(0.8f * place->outward + beside + 0.2f * up);
      const FigureJoints body = figure_joints(stage->posture, stage->figure, (*stage->moment)[Channel::lift]);
      const glm::vec3 forearm = glm::normalize(0.5f * (body.shoulder[0] + body.shoulder[1]) - place->at);
      eye = glm::normalize(eye - past_forearm * std::max(glm::dot(eye, forearm), 0.0f) * forearm);
    }
    Bounds near;
    near.add(place->at - close_reach_mm);
    near.add(place->at + close_reach_mm);
    if (chosen_technique(state)->pins()) {
      for (const float way : {-1.0f, 1.0f})
        near.add(stage->figure.ankle + 0.4f * way * stage->figure.shank_mm);
      near.lower.y = std::max(near.lower.y, 0.0f); // nothing is below the floor
    }
    views[close] = fitted(looking_along(camera, -eye), near, aspect_of(state.viewport), margin);
    if (floor) {
      eye = glm::normalize(0.55f * side + 0.12f * up + 0.85f * foot);
      near = {};
      near.add(place->at - rocked_reach_mm);
      near.add(place->at + rocked_reach_mm);
    }
    views[from_foot] = fitted(looking_along(camera, -eye), near, aspect_of(state.viewport), margin);
  }
  return views;
}

// What a span asks for; the one before it where it says nothing.
Sight sight_of(const Timeline& timeline, std::size_t span) {
  const Phase& phase = timeline.phases()[timeline.spans()[span].phase];
  if (phase.touch.rocks_aside() && phase.camera.empty())
    return from_foot;
  if (phase.gait && phase.camera.empty())
    return person;
  for (std::size_t i = span + 1; i-- > 0;) {
    const std::string& camera = timeline.phases()[timeline.spans()[i].phase].camera;
    if (!camera.empty())
      return camera == "contact" ? close : camera == "body" ? person : whole;
  }
  return whole;
}

} // namespace

Camera technique_camera(const AppState& state, double seconds) {
  const Technique* technique = chosen_technique(state);
  const auto timeline = technique_timeline(state);
  if (!technique || !timeline)
    return state.document.camera;
  const TechniqueViews views = views_at(state, seconds);
  const TechniqueMoment moment = timeline->at(static_cast<float>(seconds));
  const Sight now = sight_of(*timeline, moment.span);
  const Sight before = moment.span == 0 ? now : sight_of(*timeline, moment.span - 1);
  const double t = state.settings.reduced_motion ? 1.0 : std::clamp(moment.into_s / camera_moves_s, 0.0, 1.0);
  const auto eased = static_cast<float>(t * t * (3 - 2 * t));
  return tamed(between(views[before], views[now], eased), camera_room(state));
}

} // namespace calfscope
