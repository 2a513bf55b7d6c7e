// How legs go: without jumps, within the conventions' angles, and with feet that stay where they stand.

#include "technique/gait.h"
#include "content/shipped.h"
#include "technique/timeline.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

constexpr std::array paces{Pace::walk, Pace::jog};

} // namespace

TEST_CASE("a stride goes round without jumps, within the angles of the conventions") {
  for (const Pace pace : paces) {
    INFO(pace_ids[static_cast<std::size_t>(pace)]);
    constexpr int parts = 500;
    for (int i = 0; i < parts; ++i) {
      const float turn = static_cast<float>(i) / parts;
      const LegInStride now = leg_in_stride(pace, turn), next = leg_in_stride(pace, turn + 1.0f / parts);
      INFO("turn " << turn);
      const auto within = [](Channel channel, float value) {
        return channel_ranges[static_cast<std::size_t>(channel)].contains(value);
      };
      CHECK(within(Channel::knee_deg, now.knee_deg));
      CHECK(within(Channel::ankle_deg, now.ankle_deg));
      CHECK(within(Channel::ahead_deg, now.ahead_deg));
      CHECK(now.toes_deg >= 0);
      for (float LegInStride::*angle : {&LegInStride::knee_deg, &LegInStride::ankle_deg, &LegInStride::ahead_deg})
        CHECK(std::abs(next.*angle - now.*angle) < 3);
      CHECK(leg_in_stride(pace, turn + 7).knee_deg == Approx(now.knee_deg).margin(0.05));
    }
  }
}

TEST_CASE("a foot that stands stays where it stands while the body goes on") {
  for (const Pace pace : paces) {
    INFO(pace_ids[static_cast<std::size_t>(pace)]);
    const Gait gait{pace, 40};
    constexpr float seconds = 40, shank_mm = 409;
    const auto on_floor = [&](float s) {
      const StrideMoment at = stride_at(gait, s, seconds);
      return shank_mm * (at.walked_shanks + ball_before_hip(pace, at.turns));
    };
    const float leaves = pace == Pace::walk ? 0.5f : 0.35f;
    for (const float stride : {3.0f, 4.0f, 30.0f}) {
      const float stands = on_floor(stride + 0.02f);
      for (float turn = 0.04f; turn < leaves; turn += 0.02f)
        CHECK(on_floor(stride + turn) == Approx(stands).margin(1));
      // The print it leaves is there, half a stride later.
      const auto prints = footprints_before_hip(stride_at(gait, stride + 0.6f, seconds), false);
      REQUIRE(!prints.empty());
      CHECK(shank_mm * (prints.back() + stride_at(gait, stride + 0.6f, seconds).walked_shanks) ==
            Approx(stands).margin(1));
    }
    const float way =
        shank_mm * (stride_at(gait, 21, seconds).walked_shanks - stride_at(gait, 20, seconds).walked_shanks);
    CHECK(way > (pace == Pace::walk ? 600 : 900)); // one stride, mm
    CHECK(way < (pace == Pace::walk ? 1300 : 2300));
    float before = 0;
    for (float s = 0; s <= seconds; s += 0.05f) {
      const float walked = stride_at(gait, s, seconds).walked_shanks;
      CHECK(walked >= before - 1e-4f);
      before = walked;
    }
    CHECK(footprints_before_hip(stride_at(gait, 0.9f, seconds), false).empty());
  }
}

TEST_CASE("who walks sets off from standing and ends standing") {
  for (const char* id : {"warm_up", "after_care"}) {
    const Technique* technique = test::shipped_content()->technique(id);
    REQUIRE(technique);
    const Timeline timeline(*technique, std::nullopt, false);
    bool walks = false;
    for (const TimelineSpan& span : timeline.spans()) {
      if (!timeline.phases()[span.phase].gait)
        continue;
      walks = true;
      const TechniqueMoment first = timeline.at(span.start_s), last = timeline.at(span.start_s + span.seconds - 1e-3f);
      REQUIRE(first.stride);
      CHECK(first.stride->amount == Approx(0).margin(1e-4));
      CHECK(last.stride->amount == Approx(0).margin(1e-3));
      for (const Channel channel : {Channel::knee_deg, Channel::ankle_deg, Channel::ahead_deg})
        CHECK(last[channel] == Approx(first[channel]).margin(0.1));
      float most = 0;
      for (float s = 2; s < 6; s += 0.05f)
        most = std::max(most, timeline.at(span.start_s + s)[Channel::knee_deg]);
      CHECK(most > 50);
    }
    CHECK(walks);
  }
}
