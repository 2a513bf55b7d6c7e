#pragma once
// The flesh of a hand round its joints.

#include "props/hand_skeleton.h"
#include "props/soft_shape.h"

namespace calfscope {

// `outside_mm` is the distance outside what the hand lies on: flesh is flattened against it. May be empty.
SoftShape hand_shape(const HandJoints& joints, const std::function<float(glm::vec3)>& outside_mm);

// The last bone of one digit alone, to find where its pad ends.
SoftShape digit_tip(const Digit& digit);

} // namespace calfscope
