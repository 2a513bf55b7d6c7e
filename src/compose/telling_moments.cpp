#include "compose/telling_moments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace calfscope {
namespace {

// What a picture shows of a moment, each part scaled so that 1 is plainly another picture.
using Look = std::array<float, channel_count + 8>;

Look look_of(const Timeline& timeline, float at) {
  const TechniqueMoment moment = timeline.at(at);
  const TimelineSpan& span = timeline.spans()[moment.span];
  constexpr std::array<float, channel_count> plain{40, 25, 15, 30, 6, 6, 1, 25, 30};
  constexpr float plain_s = 0.25f, plain_deg = 50, plain_rock_mm = 25;
  Look out{};
  for (std::size_t c = 0; c < channel_count; ++c)
    out[c] = moment.channel[c] / plain[c];
  const TouchMoment& touch = moment.touch;
  const float turn = touch.a_deg * std::numbers::pi_v<float> / 180, deg = 180 / std::numbers::pi_v<float>;
  std::size_t next = channel_count;
  out[next++] = touch.near ? 1.0f : 0.0f;
  out[next++] = touch.near ? touch.s / plain_s : 0;
  out[next++] = touch.near ? std::cos(turn) * deg / plain_deg : 0;
  out[next++] = touch.near ? std::sin(turn) * deg / plain_deg : 0;
  out[next++] = touch.across_mm / plain_rock_mm;
  out[next++] = touch.along_mm / plain_rock_mm;
  out[next++] = 2 * moment.tenderness;
  // Raised by the middle of its phase.
  out[next++] = timeline.phases()[span.phase].drinks ? 1 - std::abs(2 * moment.into_s / span.seconds - 1) : 0;
  return out;
}

float apart(const Look& a, const Look& b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

} // namespace

std::vector<double> telling_moments(const Timeline& timeline, std::size_t count) {
  constexpr float step_s = 0.25f, nothing_new = 0.15f;
  std::vector<float> times;
  std::vector<Look> looks;
  std::vector<std::size_t> phases;
  for (float at = 0; at < timeline.seconds(); at += step_s) {
    times.push_back(at);
    looks.push_back(look_of(timeline, at));
    phases.push_back(timeline.spans()[timeline.at(at).span].phase);
  }
  std::vector<double> out;
  // Spread over the phases, and still as many as are asked for.
  const std::size_t phase_count = std::max<std::size_t>(1, timeline.phases().size());
  const std::size_t most_of_phase = std::max((count + 2) / 3, (count + phase_count - 1) / phase_count);
  std::vector<std::size_t> taken(timeline.phases().size(), 0);
  std::vector<float> nearest(times.size(), std::numeric_limits<float>::max());
  std::size_t next = 0; // then always the one that differs most from all that are there
  while (!times.empty() && out.size() < count && nearest[next] > nothing_new) {
    out.push_back(static_cast<double>(times[next]));
    const bool enough = ++taken[phases[next]] >= most_of_phase;
    for (std::size_t i = 0; i < looks.size(); ++i)
      nearest[i] = enough && phases[i] == phases[next] ? 0 : std::min(nearest[i], apart(looks[i], looks[next]));
    next = static_cast<std::size_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin());
  }
  std::sort(out.begin(), out.end());
  return out;
}

} // namespace calfscope
