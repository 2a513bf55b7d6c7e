#pragma once
// What a leg needs to be bent and pressed, computed from its surfaces and landmarks alone; the same for every pack.

#include "anatomy/atlas.h"
#include "base/issue.h"

namespace calfscope {

// The joints of a leg, shank first: knee (moves thigh), talocrural (talus), subtalar (foot), toes.
// Needs knee_centre and ankle_centre, and is better with femur_medial_condyle_centre, femur_lateral_condyle_centre,
// talar_dome_axis_point, calcaneus_posterior and metatarsal_1..5_head_centre; what is missing is taken from the size of
// the leg. For an atlas that shows a right leg.
std::vector<Segment> leg_segments(const Atlas& atlas);

// The segment a bone belongs to as a whole, by its id ("metatarsal_2" -> "foot"); empty for other ids. The patella, which
// moves with the shank while it is no part of it, is not in it.
std::string_view segment_of_bone(std::string_view structure_id);

// Replaces atlas.segments, and in every structure's mesh the binding and the depth share (0 at the bone, 1 at the
// skin). Tendon and relief shares that are there stay; where a mesh has none it gets 0.5 relief, and 1 tendon if it is
// a tendon or ligament. Error issues (and an unchanged atlas) if knee_centre or ankle_centre are missing. About 2 s.
void rig(Atlas& atlas, IssueList& issues);

} // namespace calfscope
