#include "technique/contact_sweep.h"

#include "anatomy/pose.h"
#include "geometry/parallel.h"
#include "technique/leg_under_tool.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace calfscope {
namespace {

// Below this the tool hangs in the air or only brushes the skin.
constexpr float least_pressure = 0.5f;
// How far a tool is held off the skin before and after. Design choice.
constexpr float held_off_mm = 16;
// Skin this near to the tool's face belongs to the patch.
constexpr float patch_mm = 0.5f;
// no_press() is 1 in a forbid zone, 0.5 in one of caution.
constexpr float forbid_from = 0.75f, caution_from = 0.25f;

// How far the muscles below the place give way, from the skin inward.
std::vector<LayerReached> layers_below(const ContactLeg& leg, const Contact& contact) {
  std::vector<LayerReached> out;
  const ContactFrame& frame = contact.frame;
  for (const auto& [muscle, depth_mm] : leg.ground.muscles_below(frame, contact.thickness_mm)) {
    const glm::vec3 at = frame.origin + depth_mm * frame.into;
    const glm::vec3 moved = dented(contact, at, 1 - depth_mm / contact.thickness_mm, false);
    out.push_back({muscle, depth_mm, dot(moved - at, frame.into)});
  }
  return out;
}

// Where between two even steps a moment is taken: even steps would meet a swing at the same place every time.
constexpr float off_beat = 0.381966f;

// How often something goes to and fro in a phase.
float beats_of(const Phase& phase) {
  float beats = std::max(phase.touch.strokes, phase.touch.rock_cycles);
  for (const Motion& motion : phase.motion)
    if (motion.kind == Motion::Kind::swing)
      beats = std::max(beats, motion.cycles);
  return beats;
}

// Bone stops a tool wherever it meets it, not only below the place.
Contact held_off_bone(const ContactLeg& leg, Contact contact) {
  const float tip_mm = leg.ground.tip_over_bone_mm(contact);
  if (tip_mm >= contact.tip_mm)
    return contact;
  contact.flat_mm *= tip_mm / contact.tip_mm;
  contact.tip_mm = tip_mm;
  find_patch(contact);
  return contact;
}

// Where on a level a turned leg rests on a tool that lies level below it: where it reaches farthest down. Two places
// that reach as far share the load, so that it goes over smoothly from the one to the other as the leg turns.
// `posed_finer_skin` is not turned.
float azimuth_facing_down(const ContactLeg& leg, const TechniqueMoment& moment,
                          std::span<const glm::vec3> posed_finer_skin) {
  constexpr float reach_deg = 60, step_deg = 4, shared_mm = 1.0f;
  const Pose turned{.turn_deg = moment[Channel::turn_deg]};
  const glm::mat3 turn(segment_matrices(leg.atlas, turned).front());
  const glm::vec3 down = transpose(turn) * glm::vec3(0, 0, -1); // who sits on the floor shows it the calf
  const TouchMoment& touch = moment.touch;
  std::vector<glm::vec2> reached; // azimuth, how far down
  for (float by = -reach_deg; by <= reach_deg; by += step_deg)
    if (const auto place = leg.ground.skin_place({touch.s, touch.a_deg + by}, touch.across_mm, touch.along_mm))
      reached.emplace_back(touch.a_deg + by, dot(posed_place(*place, posed_finer_skin), down));
  float lowest = -std::numeric_limits<float>::max();
  for (const glm::vec2& at : reached)
    lowest = std::max(lowest, at.y);
  float sum = 0, weights = 0;
  for (const glm::vec2& at : reached) {
    const float weight = std::exp((at.y - lowest) / shared_mm);
    sum += weight * at.x;
    weights += weight;
  }
  if (weights <= 0)
    return touch.a_deg;
  // Thereabouts, to where the skin faces straight down, so that the tool lies level.
  constexpr float near_deg = 14;
  constexpr int rounds = 7;
  const glm::vec3 round = leg.ground.toward_medial(down);
  const auto past_down = [&](float a_deg) {
    const auto spot = leg.ground.spot({touch.s, a_deg}, posed_finer_skin, touch.across_mm, touch.along_mm);
    return spot ? -dot(spot->frame.into, round) : 0;
  };
  float low = sum / weights - near_deg, high = sum / weights + near_deg;
  const float at_low = past_down(low);
  if (at_low * past_down(high) >= 0)
    return sum / weights;
  for (int i = 0; i < rounds; ++i) {
    const float middle = 0.5f * (low + high);
    (past_down(middle) * at_low > 0 ? low : high) = middle;
  }
  return 0.5f * (low + high);
}

// A tool, or each digit of one, at the place of a moment and sunk in by a pressure.
std::vector<Contact> laid_on(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                             const TechniqueMoment& moment, const std::string& point,
                             std::span<const glm::vec3> posed_finer_skin, float pressure) {
  std::vector<Contact> out;
  std::vector<float> azimuths{moment.touch.a_deg};
  if (tool.shape == ToolShape::pincer)
    if (const TechniquePoint* reached = technique.reached(point); reached && reached->grip_a_deg)
      azimuths = {reached->grip_a_deg->from + moment.touch.carried_deg,
                  reached->grip_a_deg->to + moment.touch.carried_deg};
  const TouchMoment& touch = moment.touch;
  // What a thumb and a finger hold between them would be drawn along twice: they slide.
  const float dragged_mm = azimuths.size() == 1 ? touch.dragged_mm : 0;
  const float across_mm = touch.rocks_along ? 0 : dragged_mm, along_mm = touch.rocks_along ? dragged_mm : 0;
  for (const float a_deg : azimuths)
    if (const auto spot = leg.ground.spot({touch.s, a_deg}, posed_finer_skin, touch.across_mm - across_mm,
                                          touch.along_mm - along_mm)) {
      Contact contact = press(spot->frame, spot->skin, tool, pressure, spot->thickness_mm);
      contact.shift_across_mm = across_mm;
      contact.shift_along_mm = along_mm;
      out.push_back(held_off_bone(leg, std::move(contact)));
    }
  return out;
}

void note_zones(const ContactLeg& leg, std::size_t vertex, ZonesTouched& out) {
  const bool forbids = leg.content.no_press()[vertex] >= forbid_from;
  for (const NoPressZone* zone : leg.content.zones_at(vertex))
    (zone->severity == PressSeverity::forbid && forbids ? out.forbidden : out.caution) = zone->id;
}

} // namespace

ZonesTouched zones_touched(const ContactLeg& leg, std::span<const Contact> contacts,
                           std::span<const glm::vec3> posed_finer_skin) {
  ZonesTouched out;
  const std::vector<float>& no_press = leg.content.no_press();
  for (std::size_t v = 0; v < no_press.size(); ++v) {
    if (no_press[v] < caution_from)
      continue;
    glm::vec3 moved = posed_finer_skin[v];
    for (const Contact& contact : contacts)
      moved = dented(contact, moved, 1, true);
    for (const Contact& contact : contacts) {
      const glm::vec3 from = moved - dragged_origin(contact);
      const float gap = dot(from, contact.frame.into) -
                        tool_face_mm(contact, dot(from, contact.frame.across), dot(from, contact.frame.along));
      if (std::abs(gap) <= patch_mm)
        note_zones(leg, v, out);
    }
  }
  return out;
}

ZonesTouched zones_under(const ContactLeg& leg, std::span<const Contact> contacts,
                         std::span<const glm::vec3> posed_finer_skin) {
  ZonesTouched out;
  const std::size_t count = std::min(leg.content.no_press().size(), posed_finer_skin.size());
  for (const Contact& contact : contacts) {
    const glm::vec3 middle = dragged_origin(contact);
    std::size_t nearest = 0;
    for (std::size_t v = 1; v < count; ++v)
      if (distance(posed_finer_skin[v], middle) < distance(posed_finer_skin[nearest], middle))
        nearest = v;
    if (count > 0 && leg.content.no_press()[nearest] >= caution_from)
      note_zones(leg, nearest, out);
  }
  return out;
}

Pose pose_of(const TechniqueMoment& moment) {
  Pose pose;
  pose.ankle_deg = moment[Channel::ankle_deg];
  pose.knee_deg = moment[Channel::knee_deg];
  pose.subtalar_deg = moment[Channel::subtalar_deg];
  pose.turn_deg = moment[Channel::turn_deg];
  return tamed(pose);
}

TechniqueMoment on_this_leg(const ContactLeg& leg, TechniqueMoment moment,
                            std::span<const glm::vec3> posed_finer_skin) {
  if (moment.touch.faces_down && moment.touch.near)
    moment.touch.a_deg = azimuth_facing_down(leg, moment, posed_finer_skin);
  moment.touch.faces_down = false;
  return moment;
}

std::vector<Contact> contacts_at(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                 const TechniqueMoment& moment, const std::string& point,
                                 std::span<const glm::vec3> posed_finer_skin) {
  const float pressure = moment[Channel::pressure];
  if (!moment.touch.touching || pressure < least_pressure)
    return {};
  auto out =
      laid_on(leg, technique, tool, on_this_leg(leg, moment, posed_finer_skin), point, posed_finer_skin, pressure);
  // From a touch that dents nothing, so that tissue neither jumps into its dent nor out of it.
  const float grown = std::clamp(pressure - least_pressure, 0.0f, 1.0f);
  if (grown < 1)
    for (Contact& contact : out) {
      contact.tip_mm *= grown;
      contact.flat_mm *= grown;
      find_patch(contact);
    }
  return out;
}

std::vector<Contact> clear_of_skin(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                   const TechniqueMoment& moment, const std::string& point,
                                   std::span<const glm::vec3> posed_finer_skin) {
  const float pressure = moment[Channel::pressure];
  if (!moment.touch.near || (moment.touch.touching && pressure >= least_pressure))
    return {};
  auto out = laid_on(leg, technique, tool, on_this_leg(leg, moment, posed_finer_skin), point, posed_finer_skin,
                     least_pressure);
  for (Contact& contact : out) {
    // From the air to where it would begin to press, without a jump.
    const float sunk = moment.touch.touching ? pressure / least_pressure : 0;
    const float away_mm = moment.touch.touching ? held_off_mm * (1 - sunk) : held_off_mm * moment.touch.lifted;
    contact.tip_mm = std::min(contact.tip_mm * sunk - away_mm, 0.0f);
    contact.flat_mm = 0;
  }
  return out;
}

namespace {

struct SweepMoment {
  float time_s = 0;
  std::size_t phase = 0;
};

std::vector<SweepMoment> moments_of(const Timeline& timeline, const SweepSteps& steps) {
  std::vector<SweepMoment> out;
  for (const TimelineSpan& span : timeline.spans()) {
    if (!steps.beats && (span.loop > 0 || span.round > 0))
      continue;
    const int beats = steps.beats ? static_cast<int>(4 * beats_of(timeline.phases()[span.phase])) + 1 : 1;
    const int even = static_cast<int>(std::ceil(span.seconds / steps.longest_s));
    const int count = std::max({steps.samples, even, beats});
    constexpr float just_inside_s = 1e-3f;
    if (steps.boundaries)
      out.push_back({span.start_s, span.phase});
    for (int i = 0; i < count; ++i)
      out.push_back(
          {span.start_s + span.seconds * (static_cast<float>(i) + off_beat) / static_cast<float>(count), span.phase});
    if (steps.boundaries)
      out.push_back({span.start_s + span.seconds - just_inside_s, span.phase});
  }
  return out;
}

// All but the time and what goes with it.
ContactSample sample_of(const ContactLeg& leg, LegUnderTool& bent, const std::vector<Contact>& contacts) {
  ContactSample sample;
  sample.dent_mm = contacts.front().tip_mm;
  sample.thickness_mm = contacts.front().thickness_mm;
  const PressedLeg pressed = bent.press(contacts);
  sample.fit = pressed.fit;
  sample.finite = pressed.finite;
  sample.layer_outside_mm = pressed.layer_outside_mm;
  if (pressed.layer)
    sample.layer_outside = leg.atlas.structures[*pressed.layer].id;
  sample.layers = layers_below(leg, contacts.front());
  const ZonesTouched zones = zones_touched(leg, contacts, bent.skin());
  sample.forbidden_zone = zones.forbidden;
  sample.caution_zone = zones.caution;
  return sample;
}

} // namespace

namespace {

Timeline timeline_on(const ContactLeg& leg, const Technique& technique, const Tool& tool, const BoundPoint& point) {
  return {technique, PointOnLeg{point.id, point.place.s, point.place.a_deg}, touches_what_faces_down(tool), nullptr,
          clear_levels(leg, technique)};
}

// The whole leg's turn moves the tool and the floor with it, not the tissue: it is left out.
Pose bent_pose(const TechniqueMoment& moment) {
  Pose pose = pose_of(moment);
  pose.turn_deg = 0;
  return pose;
}

// A moment that is looked at, and what touches then.
struct SweptTouch {
  SweepMoment when;
  TechniqueMoment moment;
  Pose pose;
  std::vector<Contact> contacts;
};

// The same to a hundredth of a millimetre: numbers that two moments share which the tool treats alike. Breath and
// swings bring the same moments back again and again.
std::vector<long> likeness(const SweptTouch& touch) {
  constexpr float step_mm = 0.01f, step = 1e-4f;
  std::vector<long> out;
  for (const float deg : {touch.pose.ankle_deg, touch.pose.knee_deg, touch.pose.subtalar_deg, touch.pose.toes_deg})
    out.push_back(std::lround(deg / step_mm));
  for (const Contact& contact : touch.contacts) {
    const ContactFrame& at = contact.frame;
    for (const glm::vec3 v : {at.into, at.across})
      for (int k = 0; k < 3; ++k)
        out.push_back(std::lround(v[k] / step));
    for (const float mm : {at.origin.x, at.origin.y, at.origin.z, contact.tip_mm, contact.flat_mm, contact.patch_mm,
                           contact.thickness_mm, contact.shift_across_mm, contact.shift_along_mm})
      out.push_back(std::lround(mm / step_mm));
  }
  return out;
}

// In pieces, because neighbours often share a pose.
template <typename Work>
void in_pieces(const ContactLeg& leg, std::size_t count, Work work) {
  constexpr std::size_t piece = 48;
  parallel_for(0, static_cast<int>((count + piece - 1) / piece), [&](int number) {
    LegUnderTool bent(leg.atlas, leg.ground, leg.flesh);
    const std::size_t first = static_cast<std::size_t>(number) * piece;
    for (std::size_t i = first; i < std::min(first + piece, count); ++i)
      work(i, bent);
  });
}

} // namespace

std::vector<ContactSample> sweep_contact(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                         const std::string& point, const SweepSteps& steps) {
  const BoundPoint* bound = leg.content.point(point);
  if (!bound || !bound->placed)
    return {};
  const Timeline timeline = timeline_on(leg, technique, tool, *bound);
  std::vector<SweptTouch> touches;
  for (const SweepMoment& when : moments_of(timeline, steps)) {
    const TechniqueMoment moment = timeline.at(when.time_s);
    touches.push_back({when, moment, bent_pose(moment), {}});
  }
  in_pieces(leg, touches.size(), [&](std::size_t i, LegUnderTool& bent) {
    bent.bend(touches[i].pose);
    touches[i].moment = on_this_leg(leg, touches[i].moment, bent.skin());
    touches[i].contacts = contacts_at(leg, technique, tool, touches[i].moment, point, bent.skin());
  });
  std::erase_if(touches, [](const SweptTouch& touch) { return touch.contacts.empty(); });
  std::map<std::vector<long>, std::size_t> kinds;
  std::vector<std::size_t> first_of_kind, kind;
  for (std::size_t i = 0; i < touches.size(); ++i) {
    const auto [found, is_new] = kinds.emplace(likeness(touches[i]), first_of_kind.size());
    if (is_new)
      first_of_kind.push_back(i);
    kind.push_back(found->second);
  }
  std::vector<ContactSample> looked_at(first_of_kind.size());
  in_pieces(leg, looked_at.size(), [&](std::size_t k, LegUnderTool& bent) {
    const SweptTouch& touch = touches[first_of_kind[k]];
    bent.bend(touch.pose);
    looked_at[k] = sample_of(leg, bent, touch.contacts);
  });
  std::vector<ContactSample> out;
  for (std::size_t i = 0; i < touches.size(); ++i) {
    ContactSample sample = looked_at[kind[i]];
    const SweptTouch& touch = touches[i];
    sample.time_s = touch.when.time_s;
    sample.phase = timeline.phases()[touch.when.phase].id;
    sample.pressure = touch.moment[Channel::pressure];
    sample.place = {touch.moment.touch.s, touch.moment.touch.a_deg};
    sample.pose = touch.pose;
    sample.contacts = touch.contacts;
    out.push_back(std::move(sample));
  }
  return out;
}

namespace {

// The forbidden zone that these contacts come into, without looking at anything else; null if none.
const NoPressZone* zone_entered(const ContactLeg& leg, const std::vector<Contact>& contacts,
                                std::span<const glm::vec3> posed) {
  const std::string id = zones_touched(leg, contacts, posed).forbidden;
  const auto& zones = leg.content.pack().zones;
  const auto found = std::find_if(zones.begin(), zones.end(), [&](const NoPressZone& zone) { return zone.id == id; });
  return found == zones.end() ? nullptr : &*found;
}

bool goes_along(const Touch& touch) {
  return touch.at == TouchAt::path || touch.at == TouchAt::strokes;
}

} // namespace

Span clear_levels(const ContactLeg& leg, const Technique& technique) {
  constexpr float step_s = 0.01f, most_s = 0.1f;
  Span said{1, 0};
  for (const Phase& phase : technique.phases)
    if (goes_along(phase.touch))
      for (const float s : {phase.touch.from_s, phase.touch.to_s})
        said = {std::min(said.from, s), std::max(said.to, s)};
  constexpr Span everywhere{-10, 10};
  if (said.from > said.to)
    return everywhere;
  Pose pose = bent_pose(Timeline(technique, std::nullopt, false).at(0));
  LegUnderTool bent(leg.atlas, leg.ground, nullptr);
  bent.bend(pose);
  const auto is_clear = [&](float s) {
    for (const Phase& phase : technique.phases)
      for (const std::string& id : technique.tools) {
        if (!goes_along(phase.touch) || !leg.content.pack().tool(id))
          continue;
        TechniqueMoment moment;
        const Tool& tool = *leg.content.pack().tool(id);
        moment.touch.touching = moment.touch.near = true;
        moment.touch.s = s;
        moment.touch.a_deg = phase.touch.a_deg.value_or(0);
        moment.touch.faces_down = touches_what_faces_down(tool);
        const Motion& pressure = phase.motion[static_cast<std::size_t>(Channel::pressure)];
        moment.channel[static_cast<std::size_t>(Channel::pressure)] = std::max(pressure.to, pressure.swing.to);
        const auto contacts = contacts_at(leg, technique, tool, moment, "", bent.skin());
        if (!contacts.empty() && zone_entered(leg, contacts, bent.skin()))
          return false;
      }
    return true;
  };
  // A path that is in the way for longer than that is wrong, and is to be seen as that.
  const auto ends = [&](float s, float way) {
    for (float moved = 0; moved <= most_s; moved += step_s)
      if (is_clear(s + way * moved))
        return moved > 0 ? s + way * (moved + 0.5f * step_s) : s;
    return s;
  };
  const Span clear{ends(said.from, 1), ends(said.to, -1)};
  return clear.from <= clear.to ? clear : said; // a short path within a zone is wrong, too
}

const NoPressZone* zone_in_the_way(const ContactLeg& leg, const Technique& technique, const std::string& point) {
  const BoundPoint* bound = leg.content.point(point);
  if (!bound || !bound->placed)
    return nullptr;
  for (const std::string& id : technique.tools) {
    const Tool* tool = leg.content.pack().tool(id);
    if (!tool)
      continue;
    const Timeline timeline = timeline_on(leg, technique, *tool, *bound);
    LegUnderTool bent(leg.atlas, leg.ground, nullptr);
    for (const SweepMoment& when : moments_of(timeline, {.samples = 5, .beats = false})) {
      const TechniqueMoment moment = timeline.at(when.time_s);
      bent.bend(bent_pose(moment));
      const auto contacts = contacts_at(leg, technique, *tool, moment, point, bent.skin());
      if (const NoPressZone* zone = contacts.empty() ? nullptr : zone_entered(leg, contacts, bent.skin()))
        return zone;
    }
  }
  return nullptr;
}

void check_techniques(const ContactLeg& leg, IssueList& issues) {
  const ContentPack& pack = leg.content.pack();
  for (const Technique& technique : pack.techniques) {
    for (const TechniquePoint& reached : technique.points)
      for (const std::string& id : technique.tools) {
        const Tool* tool = pack.tool(id);
        if (!reached.offered || !tool)
          continue;
        std::string told; // once a phase
        for (const ContactSample& sample :
             sweep_contact(leg, technique, *tool, reached.point, {.samples = 3, .beats = false})) {
          if (sample.forbidden_zone.empty() || sample.phase == told)
            continue;
          told = sample.phase;
          const auto phase = std::find_if(technique.phases.begin(), technique.phases.end(),
                                          [&](const Phase& each) { return each.id == sample.phase; });
          issues.error(
              technique.origin.file, technique.origin.line, fmt::format("/phases/{}", phase - technique.phases.begin()),
              fmt::format(
                  "phase \"{}\" on {}: at level s {:.2f} the {} comes into the zone \"{}\", where nothing may press",
                  sample.phase, reached.point, sample.place.s, tool->id, sample.forbidden_zone));
        }
      }
  }
}

} // namespace calfscope
