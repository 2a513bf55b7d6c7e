#pragma once
// A technique gone through on a leg, moment by moment: how the tool lies in the tissue, how deep it is felt, and
// whether it comes where nothing may press.

#include "anatomy/pose.h"
#include "content/bind.h"
#include "technique/contact_ground.h"
#include "technique/timeline.h"

namespace calfscope {

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
  std::vector<LayerReached> layers; // outermost first
  std::string forbidden_zone;       // the patch enters it; empty if none
  std::string caution_zone;
};

// A leg that a technique is gone through on. All parts are of the same atlas, in its neutral pose.
struct ContactLeg {
  const Atlas& atlas;
  const BoundContent& content;
  const ContactGround& ground;
};

// The pose of the leg at a moment.
Pose pose_of(const TechniqueMoment& moment);

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
  bool beats = true; // false: what goes to and fro is looked at no more often, and a phase that is repeated only once
};
// Moments without touch are left out.
std::vector<ContactSample> sweep_contact(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                         const std::string& point, const SweepSteps& steps);

// Whether the tool lies on the floor and the leg is turned on it, so that it touches where the leg faces down.
inline bool touches_what_faces_down(const Tool& tool) {
  return tool.shape == ToolShape::cylinder;
}

// What a technique does on a leg that no technique may: an error for each phase whose tool comes into a zone where
// nothing may press, with the point that it is done on. A few seconds for a whole pack.
void check_techniques(const ContactLeg& leg, IssueList& issues);

} // namespace calfscope
