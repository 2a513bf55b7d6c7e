#include "state/technique_state.h"

#include "props/leg_placement.h"
#include "state/app_state.h"

#include <fmt/format.h>

#include <glm/gtc/matrix_transform.hpp>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

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

// The other leg while both go.
OtherLeg other_leg(const StrideMoment& stride, float shank_mm) {
  constexpr float standing_knee_deg = 5, average_shank_mm = 409;
  const LegInStride leg = leg_in_stride(stride.gait.pace, stride.turns + 0.5f);
  OtherLeg out{.pose = {.ankle_deg = stride.amount * leg.ankle_deg,
                        .knee_deg = std::lerp(standing_knee_deg, leg.knee_deg, stride.amount),
                        .toes_deg = stride.amount * leg.toes_deg},
               .ahead_deg = stride.amount * leg.ahead_deg,
               .hips_mm = average_shank_mm * hips_over_floor(stride.gait.pace, stride.turns),
               .amount = stride.amount,
               .arms_bent = stride.gait.pace == Pace::jog ? 1.0f : 0.0f};
  for (const bool other : {false, true})
    for (const float shanks : footprints_before_hip(stride, other))
      out.prints[other ? 1 : 0].push_back(shanks * shank_mm);
  return out;
}

// A hand drinks.
void do_besides(Stage& stage, const Timeline& timeline) {
  const TimelineSpan& span = timeline.spans()[stage.moment->span];
  const Phase& phase = timeline.phases()[span.phase];
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
  const Phase& phase = timeline->phases()[timeline->spans()[stage.moment->span].phase];
  const Mistake* mistake = chosen_mistake(state);
  const bool mistaken = mistake && mistake->phase == phase.id && !mistake->posture.empty();
  stage.posture = posture_from(mistaken ? mistake->posture : technique.posture_on(state.document.point))
                      .value_or(Posture::standing);
  stage.pose = pose_of(*stage.moment);
  const float heel_mm = (*stage.moment)[Channel::heel_mm];
  // Who stands on the ball of the foot has the toes flat on the floor.
  if (stage.posture == Posture::standing && stage.pose.ankle_deg < 0)
    stage.pose.toes_deg = -stage.pose.ankle_deg * (1 - glm::smoothstep(10.0f, 25.0f, stage.pose.knee_deg));
  if (const auto& stride = stage.moment->stride)
    stage.pose.toes_deg =
        std::lerp(stage.pose.toes_deg, leg_in_stride(stride->gait.pace, stride->turns).toes_deg, stride->amount);
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
    } else if (tool->shape == ToolShape::sphere && phase.touch.rocks_aside()) {
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
      .posture = stage.posture,
      .pose = stage.pose,
      .lift = (*stage.moment)[Channel::lift],
      .heel_mm = heel_mm,
      .ahead_deg = (*stage.moment)[Channel::ahead_deg],
  };
  if (const auto& stride = stage.moment->stride)
    placement.other = other_leg(*stride, cache.frame->shank_mm());
  const Contact* on_floor = tool && sits_on_floor(stage.posture) ? stage.touch() : nullptr;
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
  if (technique.kind != TechniqueKind::press || technique.pins())
    stage.lengths = cache.lengths->at(stage.pose);
  if (!stage.lengths.empty() && state.document.restricted && !stage.moment->stride)
    stage.restricted = restricted_leg(*cache.frame, *cache.lengths, placement);
  if (stage.zones) { // the leg stays where it was; only the tool has been carried off
    stage.contacts = std::move(in_hand);
    stage.clear.clear();
    stage.moment = carried(*stage.moment, *state.technique.carried, chosen_place(state));
  }
  stage.figure = figure_leg(*cache.frame, stage.pose, stage.world_from_leg);
  stage.figure.other = placement.other;
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
