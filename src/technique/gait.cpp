#include "technique/gait.h"

#include <glm/glm.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace calfscope {
namespace {

struct Key {
  float turn, degrees;
};

// Smooth through the keys and again from the start; they lie in [0, 1), the first at 0.
float along(std::span<const Key> keys, float turn) {
  const auto count = static_cast<int>(keys.size());
  const auto key = [&](int i) {
    const int whole = static_cast<int>(std::floor(static_cast<float>(i) / static_cast<float>(count)));
    const Key at = keys[static_cast<std::size_t>(i - whole * count)];
    return Key{at.turn + static_cast<float>(whole), at.degrees};
  };
  int i = 0;
  while (i + 1 < count && keys[static_cast<std::size_t>(i + 1)].turn <= turn)
    ++i;
  const auto slope = [&](int k) {
    // Flat at a turning point, so that nothing swings over it.
    const float before = key(k).degrees - key(k - 1).degrees, after = key(k + 1).degrees - key(k).degrees;
    return before * after <= 0 ? 0 : (before + after) / (key(k + 1).turn - key(k - 1).turn);
  };
  const Key from = key(i), to = key(i + 1);
  const float length = to.turn - from.turn, t = (turn - from.turn) / length, u = 1 - t;
  return u * u * (1 + 2 * t) * from.degrees + t * t * (3 - 2 * t) * to.degrees +
         t * u * length * (u * slope(i) - t * slope(i + 1));
}

struct Course {
  float thigh_deg, thigh_sway_deg, thigh_ahead; // mean, to either side, and when it is farthest forward
  std::array<Key, 8> knee, ankle;
  float leaves; // when the ball leaves the floor
};

constexpr Course walking{
    6,
    16,
    -0.02f,
    {{{0, 3}, {0.13f, 14}, {0.36f, 6}, {0.5f, 24}, {0.62f, 46}, {0.73f, 58}, {0.87f, 24}, {0.97f, 3}}},
    {{{0, 0}, {0.08f, -7}, {0.14f, -2}, {0.36f, 9}, {0.5f, 5}, {0.62f, -16}, {0.76f, -2}, {0.9f, 2}}},
    0.6f};
constexpr Course jogging{
    15,
    28,
    -0.15f,
    {{{0, 14}, {0.14f, 36}, {0.34f, 18}, {0.5f, 60}, {0.66f, 95}, {0.76f, 84}, {0.87f, 45}, {0.97f, 15}}},
    {{{0, 4}, {0.14f, 22}, {0.24f, 12}, {0.36f, -22}, {0.5f, -14}, {0.6f, -8}, {0.76f, 0}, {0.87f, 4}}},
    0.36f};

const Course& course_of(Pace pace) {
  return pace == Pace::jog ? jogging : walking;
}

constexpr float full_turn = 2 * std::numbers::pi_v<float>;

struct Bones {
  float thigh_deg, shank_deg, foot_deg; // lower end forward of plumb; toes up
};

Bones bones_of(const LegInStride& leg) {
  const float thigh = leg.ahead_deg + 0.5f * leg.knee_deg, shank = thigh - leg.knee_deg;
  return {thigh, shank, shank + leg.ankle_deg};
}

// The way of the hips over whole and started steps, in lengths of the shank.
float way_of(Pace pace, float turns) {
  const float leaves = std::min(course_of(pace).leaves, 0.5f);
  const float carried = ball_before_hip(pace, 0) - ball_before_hip(pace, leaves);
  const float step = carried * 0.5f / leaves; // in the air it goes on as fast
  const float steps = 2 * turns, whole = std::floor(steps), turn = 0.5f * (steps - whole);
  const float in_step = turn < leaves ? ball_before_hip(pace, 0) - ball_before_hip(pace, turn)
                                      : carried + (step - carried) * (turn - leaves) / std::max(0.5f - leaves, 1e-3f);
  return whole * step + in_step;
}

} // namespace

LegInStride leg_in_stride(Pace pace, float turns) {
  const Course& course = course_of(pace);
  const float turn = glm::fract(turns);
  const float thigh = course.thigh_deg + course.thigh_sway_deg * std::cos(full_turn * (turn - course.thigh_ahead));
  LegInStride out;
  out.knee_deg = along(course.knee, turn);
  out.ankle_deg = along(course.ankle, turn);
  out.ahead_deg = thigh - 0.5f * out.knee_deg; // thigh and shank are equally long
  constexpr float most_toes_deg = 35, let_go = 0.08f;
  const float heel_up = std::clamp(-bones_of(out).foot_deg, 0.0f, most_toes_deg);
  out.toes_deg = heel_up * (1 - glm::smoothstep(course.leaves, course.leaves + let_go, turn));
  return out;
}

float hips_over_floor(Pace pace, float turns) {
  // Highest just after a foot has left the floor, twice a stride.
  constexpr float mean = 2.07f, sway = 0.08f, highest = 0.4f;
  return pace == Pace::walk ? 0 : mean + sway * std::cos(2 * full_turn * (turns - highest));
}

float ball_before_hip(Pace pace, float turns) {
  constexpr float ahead_of_ankle = 0.3f, below_ankle = 0.11f; // of a foot, in lengths of the shank
  const Bones at = bones_of(leg_in_stride(pace, turns));
  return std::sin(glm::radians(at.thigh_deg)) + std::sin(glm::radians(at.shank_deg)) +
         ahead_of_ankle * std::cos(glm::radians(at.foot_deg)) + below_ankle * std::sin(glm::radians(at.foot_deg));
}

StrideMoment stride_at(const Gait& gait, float into_s, float seconds) {
  const float ramp_s = std::min(1.2f, 0.25f * seconds);
  const auto amount = [&](float s) { return glm::smoothstep(0.0f, ramp_s, std::min(s, seconds - s)); };
  const auto turns = [&](float s) { return gait.strides * s / seconds; };
  // Where it begins and ends steps are shorter.
  const auto way = [&](float from_s, float to_s) {
    constexpr int parts = 32;
    float sum = 0, last = way_of(gait.pace, turns(from_s));
    for (int i = 1; i <= parts; ++i) {
      const float at = std::lerp(from_s, to_s, static_cast<float>(i) / parts);
      const float now = way_of(gait.pace, turns(at));
      sum += (now - last) * amount(at - 0.5f * (to_s - from_s) / parts);
      last = now;
    }
    return sum;
  };
  const float end_s = seconds - ramp_s;
  StrideMoment out{gait, seconds, turns(into_s), amount(into_s), way(0, std::min(into_s, ramp_s))};
  if (into_s > ramp_s)
    out.walked_shanks += way_of(gait.pace, turns(std::min(into_s, end_s))) - way_of(gait.pace, turns(ramp_s));
  if (into_s > end_s)
    out.walked_shanks += way(end_s, into_s);
  return out;
}

std::vector<float> footprints_before_hip(const StrideMoment& moment, bool other_foot) {
  constexpr float flat = 0.15f; // of a stride, when the whole foot is down
  constexpr int kept = 3;
  const float comes_down = flat + (other_foot ? 0.5f : 0.0f), standing = 0.3f;
  const int latest = static_cast<int>(std::floor(moment.turns - comes_down));
  std::vector<float> out;
  for (int stride = std::max(1, latest - kept + 1); stride <= latest; ++stride) {
    const float at_s = (static_cast<float>(stride) + comes_down) / moment.gait.strides * moment.seconds;
    const StrideMoment then = stride_at(moment.gait, at_s, moment.seconds);
    out.push_back(std::lerp(standing, ball_before_hip(moment.gait.pace, flat), then.amount) + then.walked_shanks -
                  moment.walked_shanks);
  }
  return out;
}

} // namespace calfscope
