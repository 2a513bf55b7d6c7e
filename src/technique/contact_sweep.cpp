#include "technique/contact_sweep.h"

#include "anatomy/pose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

struct ZonesTouched {
  std::string forbidden, caution;
};

// The zones that the patch reaches into.
ZonesTouched zones_touched(const ContactLeg& leg, const std::vector<Contact>& contacts,
                           std::span<const glm::vec3> moved) {
  ZonesTouched out;
  const std::vector<float>& no_press = leg.content.no_press();
  for (std::size_t v = 0; v < no_press.size(); ++v) {
    if (no_press[v] < caution_from)
      continue;
    for (const Contact& contact : contacts) {
      const glm::vec3 from = moved[v] - contact.frame.origin;
      const float gap = dot(from, contact.frame.into) -
                        tool_face_mm(contact, dot(from, contact.frame.across), dot(from, contact.frame.along));
      if (std::abs(gap) > patch_mm)
        continue;
      for (const NoPressZone* zone : leg.content.zones_at(v))
        (zone->severity == PressSeverity::forbid && no_press[v] >= forbid_from ? out.forbidden : out.caution) =
            zone->id;
    }
  }
  return out;
}

// A tool, or each digit of one, at the place of a moment and sunk in by a pressure.
std::vector<Contact> laid_on(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                             const TechniqueMoment& moment, const std::string& point,
                             std::span<const glm::vec3> posed_finer_skin, float pressure) {
  std::vector<Contact> out;
  std::vector<float> azimuths{moment.touch.a_deg};
  if (tool.shape == ToolShape::pincer)
    if (const TechniquePoint* reached = technique.reached(point); reached && reached->grip_a_deg)
      azimuths = {reached->grip_a_deg->from, reached->grip_a_deg->to};
  for (const float a_deg : azimuths)
    if (const auto spot =
            leg.ground.spot({moment.touch.s, a_deg}, posed_finer_skin, moment.touch.across_mm, moment.touch.along_mm))
      out.push_back(press(spot->frame, spot->skin, tool, pressure, spot->thickness_mm));
  return out;
}

} // namespace

Pose pose_of(const TechniqueMoment& moment) {
  Pose pose;
  pose.ankle_deg = moment[Channel::ankle_deg];
  pose.knee_deg = moment[Channel::knee_deg];
  pose.subtalar_deg = moment[Channel::subtalar_deg];
  pose.turn_deg = moment[Channel::turn_deg];
  return tamed(pose);
}

std::vector<Contact> contacts_at(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                 const TechniqueMoment& moment, const std::string& point,
                                 std::span<const glm::vec3> posed_finer_skin) {
  const float pressure = moment[Channel::pressure];
  if (!moment.touch.touching || pressure < least_pressure)
    return {};
  return laid_on(leg, technique, tool, moment, point, posed_finer_skin, pressure);
}

std::vector<Contact> clear_of_skin(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                   const TechniqueMoment& moment, const std::string& point,
                                   std::span<const glm::vec3> posed_finer_skin) {
  const float pressure = moment[Channel::pressure];
  if (!moment.touch.near || (moment.touch.touching && pressure >= least_pressure))
    return {};
  auto out = laid_on(leg, technique, tool, moment, point, posed_finer_skin, least_pressure);
  for (Contact& contact : out) {
    // From the air to where it would begin to press, without a jump.
    const float sunk = moment.touch.touching ? pressure / least_pressure : 0;
    const float away_mm = moment.touch.touching ? held_off_mm * (1 - sunk) : held_off_mm * moment.touch.lifted;
    contact.tip_mm = std::min(contact.tip_mm * sunk - away_mm, 0.0f);
    contact.flat_mm = 0;
  }
  return out;
}

std::vector<ContactSample> sweep_contact(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                         const std::string& point, const SweepSteps& steps) {
  std::vector<ContactSample> out;
  const BoundPoint* bound = leg.content.point(point);
  if (!bound || !bound->placed)
    return out;
  const Timeline timeline(technique, PointOnLeg{point, bound->place.s, bound->place.a_deg},
                          touches_what_faces_down(tool));
  for (const TimelineSpan& span : timeline.spans()) {
    if (!steps.beats && (span.loop > 0 || span.round > 0))
      continue;
    const int beats = steps.beats ? static_cast<int>(4 * beats_of(timeline.phases()[span.phase])) + 1 : 1;
    const int even = static_cast<int>(std::ceil(span.seconds / steps.longest_s));
    const int count = std::max({steps.samples, even, beats});
    for (int i = 0; i < count; ++i) {
      const float time_s = span.start_s + span.seconds * (static_cast<float>(i) + off_beat) / static_cast<float>(count);
      const TechniqueMoment moment = timeline.at(time_s);
      // The whole leg's turn moves the tool and the floor with it, not the tissue: it is left out here.
      Pose pose = pose_of(moment);
      pose.turn_deg = 0;
      const auto posed =
          leg.ground.finer(posed_positions(leg.ground.skin(), segment_matrices(leg.atlas, pose), bend_shares(pose)));
      const std::vector<Contact> contacts = contacts_at(leg, technique, tool, moment, point, posed);
      if (contacts.empty())
        continue;
      std::vector<glm::vec3> moved = posed;
      for (const Contact& contact : contacts)
        for (glm::vec3& p : moved)
          p = dented(contact, p, 1, true);
      ContactSample sample;
      sample.time_s = time_s;
      sample.phase = timeline.phases()[span.phase].id;
      sample.pressure = moment[Channel::pressure];
      sample.place = {moment.touch.s, moment.touch.a_deg};
      sample.dent_mm = contacts.front().tip_mm;
      sample.thickness_mm = contacts.front().thickness_mm;
      for (const Contact& contact : contacts) {
        const ContactFit fit = measure(contact, posed, moved, leg.ground.triangles());
        sample.fit.gap_mm = std::max(sample.fit.gap_mm, fit.gap_mm);
        sample.fit.penetration_mm = std::max(sample.fit.penetration_mm, fit.penetration_mm);
        sample.fit.longest_edge_mm = std::max(sample.fit.longest_edge_mm, fit.longest_edge_mm);
        sample.fit.far_shift_mm = contacts.size() == 1 ? fit.far_shift_mm : 0;
        sample.fit.patch_cm2 += fit.patch_cm2;
      }
      sample.layers = layers_below(leg, contacts.front());
      const ZonesTouched zones = zones_touched(leg, contacts, moved);
      sample.forbidden_zone = zones.forbidden;
      sample.caution_zone = zones.caution;
      out.push_back(std::move(sample));
    }
  }
  return out;
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
