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

// At least `samples` moments in every phase, and four in each stroke, rock or turn, off the beat of what swings; moments
// without touch are left out.
std::vector<ContactSample> sweep_contact(const ContactLeg& leg, const Technique& technique, const Tool& tool,
                                         const std::string& point, int samples);

} // namespace calfscope
