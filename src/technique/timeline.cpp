#include "technique/timeline.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace calfscope {
namespace {

constexpr float breath_in_s = 4, breath_out_s = 6;
// How much of the pressure follows the breath: it sinks in a little as the breath goes out. Design choice.
constexpr float breath_pressure = 0.25f;
// What a hold leaves of the tenderness by its upper time limit: it fades clearly, it does not vanish. Design choice.
constexpr float tenderness_left = 0.3f;
// A change of value takes this long at most, and this share of the phase at most. Approach and release: fact sheet 4.1.
constexpr float change_s = 2.5f, change_share = 0.6f;
// Share of a stroke's time in which the stick presses; in the rest it is lifted back.
constexpr float stroke_share = 0.75f;
// Share of a stroke's pressing over which it takes hold, and lets go again.
constexpr float stroke_edge = 0.15f;

float smooth(float x) {
  x = std::clamp(x, 0.0f, 1.0f);
  return x * x * (3 - 2 * x);
}

float wave(float turns) { // 0 at whole turns, 1 half way
  return 0.5f - 0.5f * std::cos(2 * std::numbers::pi_v<float> * turns);
}

// Skin sticks to what rocks on it until it is drawn so far, then slides (dry friction; both figures design choices).
constexpr float most_dragged_mm = 7, drag_ends_s = 0.6f;

// How far it is drawn at `rocked`, that many beats after the rocking began in the middle.
float dragged_mm(float rock_mm, float rocked, float beats) {
  const float most = std::min(most_dragged_mm, 0.5f * rock_mm);
  const float turn = beats - std::floor(beats);
  if (beats < 0.25f)
    return std::min(rocked, most);
  const bool comes_back = turn >= 0.25f && turn < 0.75f;
  return comes_back ? std::max(rocked - rock_mm + most, -most) : std::min(rocked + rock_mm - most, most);
}

TouchMoment touching(float s, float a_deg) {
  TouchMoment out;
  out.touching = out.near = true;
  out.s = s;
  out.a_deg = a_deg;
  return out;
}

float change_time(float seconds) {
  return std::min(change_s, change_share * seconds);
}

} // namespace

float breath_at(float time_s) {
  const float cycle = breath_in_s + breath_out_s;
  const float t = time_s - cycle * std::floor(time_s / cycle);
  return t < breath_in_s ? wave(0.5f * t / breath_in_s) : wave(0.5f + 0.5f * (t - breath_in_s) / breath_out_s);
}

Timeline::Timeline(const Technique& technique, std::optional<PointOnLeg> point, bool floor_tool, const Mistake* mistake,
                   std::optional<Span> clear_s)
    : phases_(technique.phases), point_(std::move(point)), floor_tool_(floor_tool) {
  if (clear_s)
    for (Phase& phase : phases_)
      for (float* s : {&phase.touch.from_s, &phase.touch.to_s})
        *s = std::clamp(*s, clear_s->from, clear_s->to);
  if (mistake)
    for (Phase& phase : phases_)
      if (phase.id == mistake->phase)
        phase = mistake->shown;
  if (point_)
    if (const TechniquePoint* reached = technique.reached(point_->id))
      own_ = reached->own;

  std::size_t first = 0, last = 0;
  int rounds = 1;
  if (technique.rounds) {
    for (std::size_t i = 0; i < phases_.size(); ++i) {
      if (phases_[i].id == technique.rounds->from)
        first = i;
      if (phases_[i].id == technique.rounds->to)
        last = i;
    }
    rounds = technique.rounds->times;
  }
  int round = 0;
  for (std::size_t i = 0; i < phases_.size(); ++i) {
    for (int loop = 0; loop < phases_[i].loops; ++loop) {
      spans_.push_back({i, loop, round, seconds_, phases_[i].seconds});
      seconds_ += phases_[i].seconds;
    }
    if (rounds > 1 && i == last && round + 1 < rounds) {
      ++round;
      i = first - 1; // the loop's own step makes it the first again
    }
  }

  // Each span begins where the one before it ended.
  std::array<float, channel_count> values{};
  Phase start;
  start.motion = technique.pose;
  for (std::size_t c = 0; c < channel_count; ++c)
    values[c] = channel_at(start, c, 0, 1, 1);
  float tender = 1;
  for (std::size_t i = 0; i < spans_.size(); ++i) {
    before_.push_back(values);
    tenderness_before_.push_back(tender);
    const TechniqueMoment end = inside(i, spans_[i].seconds);
    for (std::size_t c = 0; c < channel_count; ++c)
      values[c] = channel_at(phases_[spans_[i].phase], c, before_[i][c], spans_[i].seconds, spans_[i].seconds);
    tender = end.tenderness;
  }
}

float Timeline::channel_at(const Phase& phase, std::size_t channel, float before, float into_s, float seconds) const {
  const Motion& motion = phase.motion[channel];
  const float changed = smooth(into_s / std::max(change_time(seconds), 1e-3f));
  switch (motion.kind) {
  case Motion::Kind::keep:
    return before;
  case Motion::Kind::to:
    return std::lerp(before, motion.to, changed);
  case Motion::Kind::of_point:
    return own_[channel] ? std::lerp(before, *own_[channel], changed) : before;
  case Motion::Kind::swing: {
    const float swung = std::lerp(motion.swing.from, motion.swing.to, wave(motion.cycles * into_s / seconds));
    return std::lerp(before, swung, changed);
  }
  }
  return before;
}

TouchMoment Timeline::touch_at(const Phase& phase, const TechniqueMoment& moment, float into_s, float seconds) const {
  const Touch& touch = phase.touch;
  const float share = std::clamp(into_s / seconds, 0.0f, 1.0f);
  const float facing_down = moment[Channel::turn_deg]; // toes in brings the medial side down
  TouchMoment out;
  switch (touch.at) {
  case TouchAt::none:
    return out;
  case TouchAt::path:
    out = touching(std::lerp(touch.from_s, touch.to_s, smooth(share)), facing_down);
    break;
  case TouchAt::point:
    if (!point_)
      return out;
    out = touching(point_->s, floor_tool_ ? facing_down : point_->a_deg);
    break;
  case TouchAt::to_point:
    if (!point_)
      return out;
    out = touching(std::lerp(touch.from_s, point_->s, smooth(share)), facing_down);
    break;
  case TouchAt::strokes: {
    const float stroke = std::min(share * touch.strokes, touch.strokes - 1e-4f);
    const float within = stroke - std::floor(stroke);
    const bool pressing = within < stroke_share;
    const float way = pressing ? within / stroke_share : 1 - (within - stroke_share) / (1 - stroke_share);
    out = touching(std::lerp(touch.from_s, touch.to_s, smooth(way)), touch.a_deg.value_or(0));
    out.touching = pressing;
    if (!pressing)
      out.lifted = wave(0.5f * std::min(way, 1 - way) / 0.5f);
    else
      out.hold = smooth(std::min(way, 1 - way) / stroke_edge);
    break;
  }
  }
  out.faces_down = floor_tool_ && touch.at != TouchAt::strokes;
  if (touch.rock_mm > 0) {
    const float beats = touch.rock_cycles * share;
    const float rocked = touch.rock_mm * std::sin(2 * std::numbers::pi_v<float> * beats);
    (touch.along ? out.along_mm : out.across_mm) = rocked;
    out.rocks_along = touch.along;
    // It lets go of the skin by the end, so that nothing jumps when the next phase begins.
    const float ends = smooth(std::min(into_s, seconds - into_s) / drag_ends_s);
    out.dragged_mm = ends * dragged_mm(touch.rock_mm, rocked, beats);
  }
  return out;
}

TechniqueMoment Timeline::inside(std::size_t index, float into_s) const {
  const TimelineSpan& span = spans_[index];
  const Phase& phase = phases_[span.phase];
  TechniqueMoment moment;
  moment.span = index;
  moment.into_s = into_s;
  for (std::size_t c = 0; c < channel_count; ++c)
    moment.channel[c] = channel_at(phase, c, before_[index][c], into_s, span.seconds);
  if (phase.gait) {
    moment.stride = stride_at(*phase.gait, into_s, span.seconds);
    const LegInStride leg = leg_in_stride(phase.gait->pace, moment.stride->turns);
    const auto go = [&](Channel channel, float to) {
      float& value = moment.channel[static_cast<std::size_t>(channel)];
      value = std::lerp(value, to, moment.stride->amount);
    };
    go(Channel::knee_deg, leg.knee_deg);
    go(Channel::ankle_deg, leg.ankle_deg);
    go(Channel::ahead_deg, leg.ahead_deg);
  }
  moment.touch = touch_at(phase, moment, into_s, span.seconds);
  moment.breath = breath_at(span.start_s + into_s);
  float& pressure = moment.channel[static_cast<std::size_t>(Channel::pressure)];
  if (!moment.touch.touching)
    pressure = 0;
  else if (phase.breathing)
    pressure = std::clamp(pressure + breath_pressure * (1 - 2 * moment.breath) * smooth(into_s / change_s) *
                                         smooth((span.seconds - into_s) / change_s),
                          0.0f, 10.0f);
  pressure *= moment.touch.hold;
  moment.tenderness = tenderness_before_[index];
  if (phase.eases) {
    const float whole = phase.allowed_s ? phase.allowed_s->to : span.seconds * static_cast<float>(phase.loops);
    moment.tenderness = std::max(tenderness_left, moment.tenderness - (1 - tenderness_left) * into_s / whole);
  }
  return moment;
}

TechniqueMoment Timeline::at(float time_s) const {
  if (spans_.empty())
    return {};
  time_s = std::clamp(std::isfinite(time_s) ? time_s : 0.0f, 0.0f, seconds_);
  const auto after = std::upper_bound(spans_.begin(), spans_.end(), time_s,
                                      [](float t, const TimelineSpan& span) { return t < span.start_s; });
  const auto index = static_cast<std::size_t>(after - spans_.begin()) - 1;
  return inside(index, std::min(time_s - spans_[index].start_s, spans_[index].seconds));
}

} // namespace calfscope
