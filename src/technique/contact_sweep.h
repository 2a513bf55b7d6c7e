#pragma once
// A technique gone through on a leg, moment by moment: how the tool lies in the tissue, how deep it is felt, and
// whether it comes where nothing may press.

#include "anatomy/pose.h"
#include "content/bind.h"
#include "technique/contact_ground.h"
#include "technique/timeline.h"

namespace calfscope {

struct FleshBelow; // leg_under_tool.h

// How far the dent reaches in one layer below the tool.
struct LayerReached {
  std::string structure;
  float depth_mm = 0; // of its surface below the resting skin
  float moved_mm = 0; // how far that surface gives way
};

struct ContactSample {
  float time_s = 0;
  std::string phase;
  float pressure = 0;
  LegPlace place; // of the tool on the skin
  float dent_mm = 0, thickness_mm = 0;
  ContactFit fit;
  Pose pose;                        // of the leg, without its turn as a whole
  std::vector<Contact> contacts;    // in the leg's own space, bent and not turned
  std::vector<LayerReached> layers; // outermost first
  float layer_outside_mm = 0;       // how far anything deeper lies outside the dented skin
  std::string layer_outside;        // which; empty if nothing does
  bool finite = true;               // no place came out as NaN or infinite
  std::string forbidden_zone;       // the patch enters it; empty if none
  std::string caution_zone;
};

// A leg that a technique is gone through on. All parts are of the same atlas, in its neutral pose.
struct ContactLeg {
  const Atlas& atlas;
  const BoundContent& content;
  const ContactGround& ground;
  const FleshBelow* flesh = nullptr; // with it a sweep looks at the order of the layers too
};

// Zones that the patch of a tool reaches into; empty where it reaches into none.
struct ZonesTouched {
  std::string forbidden, caution;
};
// The contacts lie in the space of the posed skin.
ZonesTouched zones_touched(const ContactLeg& leg, std::span<const Contact> contacts,
                           std::span<const glm::vec3> posed_finer_skin);

// The same of the pack's vertex nearest to the middle of each: where skin is coarse none may lie in a small patch.
ZonesTouched zones_under(const ContactLeg& leg, std::span<const Contact> contacts,
                         std::span<const glm::vec3> posed_finer_skin);

// The pose of the leg at a moment.
Pose pose_of(const TechniqueMoment& moment);

// A moment whose tool lies on the floor, with the place at which this leg lies on it.
TechniqueMoment on_this_leg(const ContactLeg& leg, TechniqueMoment moment, std::span<const glm::vec3> posed_finer_skin);

// The tool at a moment; nothing where it does not touch or the place has no skin. A pincer grips with two digits, each
// a contact of its own.
std::vector<Contact> contacts_at(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                 const TechniqueMoment& moment, const std::string& point,
                                 std::span<const glm::vec3> posed_finer_skin);

// The tool where it is held clear of the skin, or barely brushes it: a contact with its tip at or above the skin, which
// dents nothing. Empty while it presses, and where there is no place.
std::vector<Contact> clear_of_skin(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                   const TechniqueMoment& moment, const std::string& point,
                                   std::span<const glm::vec3> posed_finer_skin);

// How often a sweep looks: at least so many moments in every phase, and none farther from the next than this. Four in
// each stroke, rock or turn, whatever is asked for, off the beat of what swings.
struct SweepSteps {
  int samples = 5;
  float longest_s = 1e6f;
  bool boundaries = false; // where each phase begins and ends as well
  bool beats = true; // false: what goes to and fro is looked at no more often, and a phase that is repeated only once
};
// Moments without touch are left out.
std::vector<ContactSample> sweep_contact(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                         const std::string& point, const SweepSteps& steps);

// The levels that a path of the technique keeps to on this leg. A zone where nothing may press can reach farther on a
// short leg than on most: there a path ends up to a tenth of the leg earlier than it says, with every tool.
Span clear_levels(const ContactLeg& leg, const Technique& technique);
// The zone where nothing may press that the technique would come into at this point of this leg, with any of its tools;
// null if it keeps clear. What it says of paths is held to clear_levels(). Some hundredths of a second.
const NoPressZone* zone_in_the_way(const ContactLeg& leg, const Technique& technique, const std::string& point);

// Whether the tool lies on the floor and the leg is turned on it, so that it touches where the leg faces down.
inline bool touches_what_faces_down(const Tool& tool) {
  return tool.shape == ToolShape::cylinder;
}

// What a technique does on a leg that no technique may: an error for each phase whose tool comes into a zone where
// nothing may press, with the point that it is done on. A few seconds for a whole pack.
void check_techniques(const ContactLeg& leg, IssueList& issues);

} // namespace calfscope
