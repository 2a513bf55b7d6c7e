#include "state/technique_state.h"

#include "frame/viewport.h"
#include "props/leg_placement.h"
#include "state/app_state.h"

#include <fmt/format.h>

#include <glm/gtc/matrix_transform.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace calfscope {
namespace {

bool lies_on_floor(const Tool* tool, const Technique& technique) {
  return tool && technique.posture.starts_with("floor");
}

glm::vec3 moved(const glm::mat4& by, glm::vec3 point) {
  return glm::vec3(by * glm::vec4(point, 1));
}

Contact moved(const glm::mat4& by, Contact contact) {
  const glm::mat3 turn(by);
  ContactFrame& at = contact.frame;
  at = {moved(by, at.origin), turn * at.into, turn * at.across, turn * at.along};
  return contact;
}

// What is worked out once for a leg.
void know_leg(const AppState& state, StageCache& cache) {
  if (cache.frame && cache.atlas == state.atlas.get())
    return;
  cache = {};
  cache.atlas = state.atlas.get();
  cache.frame = std::make_shared<const LegFrame>(LegFrame::make(*state.atlas));
  cache.lengths = std::make_shared<const MuscleLengths>(*state.atlas);
  auto ground = ContactGround::make(*state.atlas, std::make_shared<const LegCoordinates>(*state.facts->coordinates));
  if (ground)
    cache.ground = std::make_shared<const ContactGround>(std::move(*ground));
}

// What the rest of the body does: the other leg steps while this one stands, a hand drinks.
void do_besides(Stage& stage, const Timeline& timeline) {
  const TimelineSpan& span = timeline.spans()[stage.moment->span];
  const Phase& phase = timeline.phases()[span.phase];
  const Motion& knee = phase.motion[static_cast<std::size_t>(Channel::knee_deg)];
  if (stage.posture == Posture::standing && knee.kind == Motion::Kind::swing) {
    // While the knee is nearly straight it carries the body.
    constexpr float share_of_swing = 0.35f;
    const float bent = (stage.pose.knee_deg - knee.swing.from) / (knee.swing.to - knee.swing.from);
    stage.figure.stepping = 1 - glm::smoothstep(0.0f, share_of_swing, bent);
  }
  constexpr float lifts_s = 2;
  if (phase.drinks)
    stage.figure.drinking = std::max(0.02f, glm::smoothstep(0.3f, lifts_s, stage.moment->into_s) *
                                                glm::smoothstep(0.0f, lifts_s, span.seconds - stage.moment->into_s));
}

StageCache& known_leg(const AppState& state) {
  StageCache& cache = state.leg_content->stage_cache();
  know_leg(state, cache);
  return cache;
}

// nullopt where nothing can be laid on the leg.
std::optional<ContactLeg> touched_leg(const AppState& state) {
  if (!state.leg_content || !state.facts || !state.facts->coordinates || state.atlas->segments.empty())
    return std::nullopt;
  const StageCache& cache = known_leg(state);
  if (!cache.ground)
    return std::nullopt;
  return ContactLeg{*state.atlas, state.leg_content->bound(), *cache.ground};
}

// Where a hand has carried it the tool presses as hard as it does in the technique, or as a light grip would.
TechniqueMoment carried(TechniqueMoment moment, LegPlace to, const BoundPoint* point) {
  constexpr float light_grip = 4;
  float& pressure = moment.channel[static_cast<std::size_t>(Channel::pressure)];
  pressure = std::max(pressure, light_grip);
  moment.touch = {.touching = true, .near = true, .s = to.s, .a_deg = to.a_deg};
  moment.touch.carried_deg = point ? to.a_deg - point->place.a_deg : 0;
  return moment;
}

// Beside the leg that is shown, on the side away from the body.
RestrictedLeg restricted_leg(const LegFrame& frame, const MuscleLengths& lengths, PlacementInput placement) {
  constexpr float apart_mm = 330, apart_seated_mm = 250; // of a shank of average length; clear of each other
  RestrictedLeg out;
  out.pose = placement.pose;
  out.pose.ankle_deg = std::min(out.pose.ankle_deg, restricted_ankle_deg);
  out.lengths = lengths.at(out.pose);
  placement.pose = out.pose;
  const bool upright = placement.posture == Posture::wall_lunge || placement.posture == Posture::standing;
  const float lateral = frame.side() == Side::right ? -1.0f : 1.0f;
  const glm::vec3 beside = upright ? glm::vec3(0, 0, -apart_mm) : glm::vec3(lateral * apart_seated_mm, 0, 0);
  out.world_from_leg = glm::translate(glm::mat4(1), frame.scale() * beside) * leg_placement(frame, placement);
  return out;
}

Stage stage_of_technique(const AppState& state, const Technique& technique, StageCache& cache, double seconds) {
  const Atlas& atlas = *state.atlas;
  const Tool* tool = chosen_tool(state);
  Stage stage;
  const auto timeline = technique_timeline(state);
  stage.moment = timeline->at(static_cast<float>(seconds));
  stage.posture = posture_from(technique.posture).value_or(Posture::standing);
  stage.pose = pose_of(*stage.moment);
  const float heel_mm = (*stage.moment)[Channel::heel_mm];
  // Who stands on the ball of the foot has the toes flat on the floor.
  if (stage.posture == Posture::standing && stage.pose.ankle_deg < 0)
    stage.pose.toes_deg = -stage.pose.ankle_deg * (1 - glm::smoothstep(10.0f, 25.0f, stage.pose.knee_deg));
  if (heel_mm > 0) // it rises about the ball, and the toes stay where they are
    stage.pose.toes_deg = heel_raise_deg(*cache.frame, heel_mm);
  stage.bends = bend_shares(stage.pose);

  // The tool is laid on the leg as it is bent, before anything turns the leg as a whole.
  Pose bent = stage.pose;
  bent.turn_deg = 0;
  const std::vector<glm::mat4> bent_segments = segment_matrices(atlas, bent);
  std::vector<Contact> in_hand;
  if (cache.ground && tool) {
    const auto skin = posed_positions(*cache.ground->skin(), bent_segments, stage.bends);
    const ContactLeg leg{atlas, state.leg_content->bound(), *cache.ground};
    stage.moment = on_this_leg(leg, *stage.moment, skin);
    stage.contacts = contacts_at(leg, technique, *tool, *stage.moment, state.document.point, skin);
    stage.clear = clear_of_skin(leg, technique, *tool, *stage.moment, state.document.point, skin);
    if (const auto& to = state.technique.carried) {
      in_hand = contacts_at(leg, technique, *tool, carried(*stage.moment, *to, chosen_place(state)),
                            state.document.point, skin);
      stage.zones = zones_touched(leg, in_hand, skin);
      if (stage.zones->forbidden.empty())
        if (const ZonesTouched under = zones_under(leg, in_hand, skin); !under.forbidden.empty())
          stage.zones = under;
    } else if (tool->shape == ToolShape::sphere &&
               timeline->phases()[timeline->spans()[stage.moment->span].phase].touch.rocks_aside()) {
      const LegPlace middle{stage.moment->touch.s, stage.moment->touch.a_deg};
      if (!cache.skin_lines || !(cache.skin_lines->middle() == middle))
        cache.skin_lines.emplace(*cache.ground, middle);
      stage.skin_lines = cache.skin_lines->posed(skin, stage.contacts);
    }
  }
  const std::vector<glm::mat4> turned = segment_matrices(atlas, stage.pose);
  const glm::mat4 whole_turn = turned.front() * glm::inverse(bent_segments.front());
  const auto move_all = [&](const glm::mat4& by) {
    for (auto* list : {&stage.contacts, &stage.clear, &in_hand})
      for (Contact& contact : *list)
        contact = moved(by, contact);
    for (SkinLines::Line& line : stage.skin_lines)
      for (SkinLines::Point& point : line)
        point = {moved(by, point.at), glm::mat3(by) * point.outward};
  };
  move_all(whole_turn);

  PlacementInput placement{
      .posture = stage.posture, .pose = stage.pose, .lift = (*stage.moment)[Channel::lift], .heel_mm = heel_mm};
  const Contact* on_floor = !lies_on_floor(tool, technique) ? nullptr : stage.touch();
  if (on_floor) {
    placement.contact = dragged_origin(*on_floor);
    placement.contact_height_mm = 2 * on_floor->radius_mm - on_floor->tip_mm - on_floor->flat_mm;
    placement.contact_s = stage.moment->touch.s;
  }
  stage.world_from_leg = leg_placement(*cache.frame, placement);
  move_all(stage.world_from_leg);
  if (on_floor) { // to the last tenth of a millimetre: the tool lies on the floor, whichever way the skin faces
    const glm::vec3 middle = middle_of(*on_floor);
    const glm::mat4 rise = glm::translate(glm::mat4(1), {0, on_floor->radius_mm - middle.y, 0});
    stage.world_from_leg = rise * stage.world_from_leg;
    move_all(rise);
  }
  for (const glm::mat4& segment : turned)
    stage.segments.push_back(stage.world_from_leg * segment);
  const auto lengthens = [](const Phase& phase) { return phase.pinned; };
  if (technique.kind != TechniqueKind::press ||
      std::any_of(technique.phases.begin(), technique.phases.end(), lengthens))
    stage.lengths = cache.lengths->at(stage.pose);
  if (!stage.lengths.empty() && state.document.restricted)
    stage.restricted = restricted_leg(*cache.frame, *cache.lengths, placement);
  if (stage.zones) { // the leg stays where it was; only the tool has been carried off
    stage.contacts = std::move(in_hand);
    stage.clear.clear();
    stage.moment = carried(*stage.moment, *state.technique.carried, chosen_place(state));
  }
  stage.figure = figure_leg(*cache.frame, stage.pose, stage.world_from_leg);
  do_besides(stage, *timeline);
  return stage;
}

} // namespace

const Contact* Stage::touch() const {
  return !contacts.empty() ? &contacts.front() : !clear.empty() ? &clear.front() : nullptr;
}

glm::vec3 middle_of(const Contact& contact) {
  const ContactFrame& at = contact.frame;
  return dragged_origin(contact) + (contact.tip_mm + contact.flat_mm - contact.radius_mm) * at.into;
}

const Technique* chosen_technique(const AppState& state) {
  return state.place == Place::release && state.leg_content && state.facts && state.facts->coordinates &&
                 !state.atlas->segments.empty()
             ? state.leg_content->pack().technique(state.document.technique)
             : nullptr;
}

bool is_offered(const Technique& technique, std::string_view point) {
  const TechniquePoint* reached = technique.reached(point);
  return point.empty() || technique.points.empty() || (reached && reached->offered);
}

const NoPressZone* zone_in_the_way(const AppState& state, const Technique& technique, const std::string& point) {
  const auto leg = point.empty() || technique.tools.empty() ? std::nullopt : touched_leg(state);
  if (!leg)
    return nullptr;
  auto& known = known_leg(state).in_the_way;
  const std::string key = technique.id + "|" + point;
  const auto found = known.find(key);
  return found != known.end() ? found->second
                              : known.emplace(key, zone_in_the_way(*leg, technique, point)).first->second;
}

bool can_be_done(const AppState& state, const Technique& technique, const std::string& point) {
  return is_offered(technique, point) && !zone_in_the_way(state, technique, point);
}

const Mistake* chosen_mistake(const AppState& state) {
  const Technique* technique = chosen_technique(state);
  if (!technique)
    return nullptr;
  const auto& all = technique->mistakes;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Mistake& m) { return m.claim.id == state.document.mistake; });
  return found == all.end() ? nullptr : &*found;
}

const Tool* chosen_tool(const AppState& state) {
  const Technique* technique = chosen_technique(state);
  if (!technique)
    return nullptr;
  if (const Mistake* mistake = chosen_mistake(state); mistake && !mistake->tool.empty())
    return state.leg_content->pack().tool(mistake->tool);
  const auto& ids = technique->tools;
  if (ids.empty())
    return nullptr;
  const bool own = std::find(ids.begin(), ids.end(), state.document.tool) != ids.end();
  return state.leg_content->pack().tool(own ? state.document.tool : ids.front());
}

std::optional<Timeline> technique_timeline(const AppState& state) {
  const Technique* technique = chosen_technique(state);
  if (!technique)
    return std::nullopt;
  std::optional<PointOnLeg> point;
  if (const BoundPoint* place = chosen_place(state))
    point = PointOnLeg{place->id, place->place.s, place->place.a_deg};
  const Tool* tool = chosen_tool(state);
  std::optional<Span> clear_s;
  if (const auto leg = tool ? touched_leg(state) : std::nullopt) {
    auto& known = known_leg(state).clear_s;
    auto found = known.find(technique->id);
    if (found == known.end())
      found = known.emplace(technique->id, clear_levels(*leg, *technique)).first;
    clear_s = found->second;
  }
  return Timeline(*technique, point, tool && touches_what_faces_down(*tool), chosen_mistake(state), clear_s);
}

std::vector<const Technique*> techniques_for(const ContentPack& pack, const std::string& point) {
  std::vector<const Technique*> out;
  for (const Technique& technique : pack.techniques)
    out.push_back(&technique);
  const auto reach = [&](const Technique* technique) {
    const TechniquePoint* reached = technique->reached(point);
    return reached ? (reached->offered ? 1 : -1) * reached->reach : 0;
  };
  if (!point.empty())
    std::stable_sort(out.begin(), out.end(),
                     [&](const Technique* a, const Technique* b) { return reach(a) > reach(b); });
  return out;
}

std::shared_ptr<const Stage> stage_of(const AppState& state) {
  return stage_at(state, state.technique.seconds);
}

std::shared_ptr<const Stage> stage_at(const AppState& state, double seconds) {
  const Technique* technique = chosen_technique(state);
  if (!technique) {
    auto stage = std::make_shared<Stage>();
    stage->pose = state.document.pose;
    if (state.atlas && !(stage->pose == Pose{})) {
      stage->segments = segment_matrices(*state.atlas, stage->pose);
      stage->bends = bend_shares(stage->pose);
    }
    return stage;
  }
  StageCache& cache = known_leg(state);
  const Document& document = state.document;
  std::string key = fmt::format("{}|{}|{}|{}|{}|{}", document.technique, document.tool, document.mistake,
                                document.point, document.restricted, seconds);
  if (const auto& to = state.technique.carried)
    key += fmt::format("|{}|{}", to->s, to->a_deg);
  if (!cache.stage || cache.key != key) {
    cache.stage = std::make_shared<const Stage>(stage_of_technique(state, *technique, cache, seconds));
    cache.key = std::move(key);
  }
  return cache.stage;
}

// --- where it is seen from ------------------------------------------------------------------------------------------

namespace {

constexpr double camera_moves_s = 1.8;
constexpr float close_reach_mm = 125, rocked_reach_mm = 85, margin = 0.08f;

enum Sight : std::uint8_t {
  whole,    // the leg, and what touches it
  close,    // the place that is touched
  person,   // the whole body
  from_foot // that place with the leg seen more from its end: what rocks to its sides goes across the picture
};
using TechniqueViews = std::array<Camera, 4>; // by Sight

Bounds room_of_body(const Stage& stage) {
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

TechniqueViews views_at(const AppState& state, const Technique& technique, double seconds) {
  const auto stage = stage_at(state, seconds);
  const LegCoordinates& leg = *state.facts->coordinates;
  const glm::mat4& world = stage->segments.front();
  const glm::mat3 turn(stage->world_from_leg);
  const float lateral_x = (state.atlas->side == Side::right ? -1.0f : 1.0f) * side_seen(state);
  const glm::vec3 side = turn * glm::vec3(lateral_x, 0, 0), front = turn * glm::vec3(0, 0, 1), up(0, 1, 0);
  const glm::vec3 foot = glm::normalize(glm::mat3(world) * leg.long_axis());
  const bool floor = technique.posture.starts_with("floor");

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
  if (technique.posture == "wall_lunge" || technique.posture == "standing")
    eye = glm::normalize(side - 0.25f * front + 0.05f * up);
  if (technique.posture == "ankle_on_knee")
    eye = glm::normalize(front + 0.9f * up - 0.3f * foot);
  views[whole] = fitted(looking_along(camera, -eye), box, aspect_of(state.viewport), margin);
  views[close] = views[from_foot] = views[whole];
  glm::vec3 beside_body = glm::normalize(glm::vec3(lateral_x, 0.18f, -0.3f)); // the person faces +Z
  if (floor)
    beside_body = glm::normalize(glm::vec3(lateral_x, 0.3f, 0.45f));
  if (technique.posture == "ankle_on_knee")
    beside_body = glm::normalize(glm::vec3(-0.35f * lateral_x, 0.35f, 1));
  Bounds room = room_of_body(*stage);
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
  const TechniqueViews views = views_at(state, *technique, seconds);
  const TechniqueMoment moment = timeline->at(static_cast<float>(seconds));
  const Sight now = sight_of(*timeline, moment.span);
  const Sight before = moment.span == 0 ? now : sight_of(*timeline, moment.span - 1);
  const double t = state.settings.reduced_motion ? 1.0 : std::clamp(moment.into_s / camera_moves_s, 0.0, 1.0);
  const auto eased = static_cast<float>(t * t * (3 - 2 * t));
  return tamed(between(views[before], views[now], eased), camera_room(state));
}

// --- its time -------------------------------------------------------------------------------------------------------

namespace {

// How much quicker than real a moment passes with time-lapse on: the middle of long spans.
double lapse_at(const Timeline& timeline, double seconds) {
  for (const TimelineSpan& span : timeline.spans())
    if (span.seconds > lapse_from_s && seconds >= span.start_s + lapse_edge_s &&
        seconds < span.start_s + span.seconds - lapse_edge_s)
      return lapse_factor;
  return 1;
}

void follow_with_camera(AppState& state) {
  if (!state.technique.follow)
    return;
  state.document.camera = technique_camera(state, state.technique.seconds);
}

} // namespace

double technique_playing_time(const AppState& state) {
  const TechniqueClock& clock = state.technique;
  const auto timeline = technique_timeline(state);
  if (!timeline)
    return 0;
  constexpr double step_s = 0.05;
  double sum = 0;
  for (double at = clock.seconds; at < static_cast<double>(timeline->seconds()); at += step_s)
    sum += step_s / (clock.lapse ? lapse_at(*timeline, at) : 1);
  return sum / clock.speed;
}

void seek_technique(AppState& state, double seconds) {
  const auto timeline = technique_timeline(state);
  if (!timeline)
    return;
  state.technique.seconds = std::clamp(seconds, 0.0, static_cast<double>(timeline->seconds()));
  state.technique.carried.reset();
  state.flight.reset();
  follow_with_camera(state);
}

bool play_technique_on(AppState& state, double seconds) {
  TechniqueClock& clock = state.technique;
  const auto timeline = technique_timeline(state);
  if (!clock.playing || !timeline || !state.signs_read.contains(state.document.technique)) {
    clock.playing = false;
    return false;
  }
  const double end = timeline->seconds();
  constexpr double step_s = 0.05; // the lapse begins and ends within a span
  for (double left = seconds; left > 0 && clock.playing;) {
    const double step = std::min(left, step_s);
    left -= step;
    clock.seconds += step * clock.speed * (clock.lapse ? lapse_at(*timeline, clock.seconds) : 1);
    if (clock.seconds >= end) {
      clock.playing = clock.loop;
      clock.seconds = clock.loop ? 0 : end;
    }
  }
  if (!state.flight)
    follow_with_camera(state);
  return true;
}

} // namespace calfscope
