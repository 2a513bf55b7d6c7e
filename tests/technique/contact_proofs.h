#pragma once
// What must hold on any leg wherever a tool touches it: one technique with all its tools, on every point that it is
// offered for.

#include "content/shipped.h"
#include "technique/contact_sweep.h"
#include "technique/leg_under_tool.h"

#include <algorithm>

namespace calfscope::test {

// A bound leg with the ground that tools are laid on.
struct TouchedLeg {
  BoundLeg bound;
  std::optional<ContactGround> ground;
  FleshBelow flesh;

  explicit TouchedLeg(BoundLeg leg)
      : bound(std::move(leg)), ground(ContactGround::make(*bound.atlas, bound.coordinates)),
        flesh(FleshBelow::of(*bound.atlas, *bound.coordinates)) {
    REQUIRE(ground);
    REQUIRE(flesh.structure.size() > 10000);
  }
  ContactLeg parts() const { return {*bound.atlas, *bound.content, *ground, &flesh}; }
};

inline void touches_soundly(const ContactSample& at) {
  INFO(at.phase << " at " << at.time_s << " s, s " << at.place.s << " a " << at.place.a_deg << ", pressure "
                << at.pressure << ", dent " << at.dent_mm << " of " << at.thickness_mm << " mm");
  CHECK(at.fit.gap_mm <= 1);
  CHECK(at.fit.penetration_mm <= 0.5f);
  CHECK(at.fit.longest_edge_mm <= 4);
  CHECK(at.fit.far_shift_mm == 0);
  CHECK(at.finite);
  INFO("farthest out: " << at.layer_outside);
  CHECK(at.layer_outside_mm <= 0.5f);
  CHECK(at.forbidden_zone == "");
  CHECK(at.dent_mm <= 0.5f * at.thickness_mm + 1e-3f);
  float before = 0;
  for (const LayerReached& layer : at.layers) {
    CHECK(layer.depth_mm >= before);
    CHECK(layer.moved_mm <= at.dent_mm + 0.5f);
    before = layer.depth_mm;
  }
}

// Bones keep their shape, and every angle stays within its own range and that of the leg's joint.
inline void bends_soundly(const TouchedLeg& leg, const Pose& pose) {
  INFO("ankle " << pose.ankle_deg << " knee " << pose.knee_deg << " subtalar " << pose.subtalar_deg);
  for (const PoseAngle& angle : pose_angles()) {
    CHECK(pose.*angle.value >= angle.lowest_deg);
    CHECK(pose.*angle.value <= angle.highest_deg);
    for (const Segment& segment : leg.bound.atlas->segments)
      if (segment.joint == angle.joint) {
        CHECK(pose.*angle.value >= segment.lowest_deg);
        CHECK(pose.*angle.value <= segment.highest_deg);
      }
  }
  const auto segments = segment_matrices(*leg.bound.atlas, pose);
  for (const Structure& structure : leg.bound.atlas->structures) {
    if (structure.kind != Kind::bone)
      continue;
    const auto& rest = structure.mesh->surface.positions;
    const auto posed = posed_positions(*structure.mesh, segments, bend_shares(pose));
    float most = 0;
    for (std::size_t i = 1; i < rest.size(); i += 7)
      most = std::max(most, std::abs(distance(posed[i], posed[0]) - distance(rest[i], rest[0])));
    INFO(structure.id);
    CHECK(most < 0.01f);
  }
}

// Along a path from ankle to knee the tool never goes back, on the leg itself.
inline void goes_to_the_knee(const TouchedLeg& leg, const Technique& technique,
                             const std::vector<ContactSample>& samples) {
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const ContactSample &before = samples[i - 1], &now = samples[i];
    const auto phase = std::find_if(technique.phases.begin(), technique.phases.end(),
                                    [&](const Phase& each) { return each.id == now.phase; });
    if (before.phase != now.phase || !phase->ankle_to_knee)
      continue;
    const float back = leg.bound.coordinates->level_of(now.contacts.front().frame.origin) -
                       leg.bound.coordinates->level_of(before.contacts.front().frame.origin);
    INFO(now.phase << " from " << before.time_s << " to " << now.time_s << " s goes back by s " << back);
    // A stick is lifted at the knee and set down at the ankle again.
    const bool set_down = phase->touch.at == TouchAt::strokes && back > 0.25f;
    CHECK((set_down || back < 0.002f));
  }
}

// While the foot moves, the thumb stays on the piece of skin that it has pinned.
inline void stays_on_its_skin(const TouchedLeg& leg, const Technique& technique,
                              const std::vector<ContactSample>& samples) {
  LegUnderTool bent(*leg.bound.atlas, *leg.ground, nullptr);
  std::optional<std::size_t> piece;
  glm::vec2 first(0);
  float lowest_ankle = 100, highest_ankle = -100;
  for (const ContactSample& at : samples) {
    const auto phase = std::find_if(technique.phases.begin(), technique.phases.end(),
                                    [&](const Phase& each) { return each.id == at.phase; });
    if (!phase->pinned)
      continue;
    bent.bend(at.pose);
    const ContactFrame& frame = at.contacts.front().frame;
    const std::vector<glm::vec3> skin = bent.press(at.contacts).skin;
    const glm::vec3 nose = frame.origin + at.contacts.front().tip_mm * frame.into;
    if (!piece)
      piece = static_cast<std::size_t>(
          std::min_element(skin.begin(), skin.end(),
                           [&](glm::vec3 a, glm::vec3 b) { return distance(a, nose) < distance(b, nose); }) -
          skin.begin());
    const glm::vec3 from = skin[*piece] - nose;
    const glm::vec2 where(dot(from, frame.across), dot(from, frame.along));
    if (lowest_ankle > highest_ankle)
      first = where;
    lowest_ankle = std::min(lowest_ankle, at.pose.ankle_deg);
    highest_ankle = std::max(highest_ankle, at.pose.ankle_deg);
    INFO("at " << at.time_s << " s, ankle " << at.pose.ankle_deg);
    CHECK(distance(where, first) <= 1);
  }
  CHECK(highest_ankle - lowest_ankle > 30); // the foot did flex and point
}

// The dent goes out gently, and at the end nothing touches any more.
inline void comes_to_rest(const TouchedLeg& leg, const Technique& technique, const Tool& tool,
                          const BoundPoint& point) {
  const Timeline timeline(technique, PointOnLeg{point.id, point.place.s, point.place.a_deg},
                          touches_what_faces_down(tool));
  LegUnderTool bent(*leg.bound.atlas, *leg.ground, nullptr);
  float before = 0;
  for (float left_s = 5; left_s > -0.01f; left_s -= 0.02f) {
    const TechniqueMoment moment = timeline.at(timeline.seconds() - std::max(left_s, 0.0f));
    Pose pose = pose_of(moment);
    pose.turn_deg = 0;
    bent.bend(pose);
    const auto contacts = contacts_at(leg.parts(), technique, tool, moment, point.id, bent.skin());
    const float dent = contacts.empty() ? 0 : contacts.front().tip_mm;
    INFO(left_s << " s before the end");
    if (left_s < 4.9f)
      CHECK(before - dent < 0.5f);
    before = dent;
    if (left_s < 0.02f) {
      CHECK(contacts.empty());
      const auto skin = bent.press(contacts).skin;
      CHECK(std::equal(skin.begin(), skin.end(), bent.skin().begin()));
    }
  }
}

inline void everything_holds(const TouchedLeg& leg, const char* id) {
  const Technique& technique = *shipped_content()->technique(id);
  std::vector<Pose> poses;
  for (const std::string& tool_id : technique.tools)
    for (const TechniquePoint& reached : technique.points) {
      if (!reached.offered)
        continue;
      const Tool& tool = *shipped_content()->tool(tool_id);
      INFO(id << " with " << tool_id << " on " << reached.point);
      CHECK(zone_in_the_way(leg.parts(), technique, reached.point) == nullptr);
      const auto samples =
          sweep_contact(leg.parts(), technique, tool, reached.point, {.samples = 20, .boundaries = true});
      CHECK(samples.size() > 40);
      for (const ContactSample& at : samples) {
        touches_soundly(at);
        if (std::find(poses.begin(), poses.end(), at.pose) == poses.end())
          poses.push_back(at.pose);
      }
      goes_to_the_knee(leg, technique, samples);
      if (std::any_of(technique.phases.begin(), technique.phases.end(), [](const Phase& p) { return p.pinned; }))
        stays_on_its_skin(leg, technique, samples);
      comes_to_rest(leg, technique, tool, *leg.bound.content->point(reached.point));
    }
  // Poses lie close together; a good dozen of them tell.
  for (std::size_t i = 0; i < poses.size(); i += std::max<std::size_t>(1, poses.size() / 12))
    bends_soundly(leg, poses[i]);
}

} // namespace calfscope::test
