#pragma once
// How legs go while one walks or jogs: a pure function of time. The curves are simplified by us after the usual course
// of a step (heel down, flat, heel up, swing) and are a design choice, not a measurement.

#include "content/technique.h"

#include <vector>

namespace calfscope {

struct LegInStride {
  float ahead_deg = 0; // of the line from hip to ankle, forward of plumb
  float knee_deg = 0, ankle_deg = 0;
  float toes_deg = 0; // bent up where the heel is off the floor and the ball on it
};
// `turns` counts whole strides since this leg's heel came down; the other leg is half a turn away.
LegInStride leg_in_stride(Pace pace, float turns);

// How far the hips are over the floor at least, in lengths of the shank: who jogs leaves it for a moment. 0 for a walk.
float hips_over_floor(Pace pace, float turns);

// Where the ball of the foot is before the hip, + forward, in lengths of the shank.
float ball_before_hip(Pace pace, float turns);

struct StrideMoment {
  Gait gait;
  float seconds = 1;       // that all its strides take
  float turns = 0;         // of the model's leg
  float amount = 1;        // 0 standing … 1 going: it begins and ends gently
  float walked_shanks = 0; // way since it began, in lengths of the shank
};
// Both feet stay where they are set down, but for the first and last step.
StrideMoment stride_at(const Gait& gait, float into_s, float seconds);

// Where a foot stood before, its ball before the hip as above: the model's foot, or the other one, which comes down
// half a stride later. The latest is under the foot, and the first stride leaves none.
std::vector<float> footprints_before_hip(const StrideMoment& moment, bool other_foot);

} // namespace calfscope
