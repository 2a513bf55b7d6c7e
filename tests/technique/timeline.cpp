// The timelines of the shipped techniques: continuous, within bounds, the same whether played or sought.

#include "technique/timeline.h"
#include "content/shipped.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace calfscope;

namespace {

const ContentPack& calf() {
  return *test::shipped_content();
}

struct Played {
  const Technique* technique;
  std::string point; // empty: none
  Timeline timeline;
};

// Every technique on every point it is offered for.
std::vector<Played> all_played() {
  std::vector<Played> out;
  for (const Technique& technique : calf().techniques) {
    const bool on_floor = !technique.tools.empty() && technique.tools.front() == "roller";
    for (const TechniquePoint& reached : technique.points)
      if (reached.offered) {
        const TriggerPoint* point = calf().point(reached.point);
        out.push_back(
            {&technique, point->id,
             Timeline(technique, PointOnLeg{point->id, point->site.s.typical, point->site.a_deg.typical}, on_floor)});
      }
    if (technique.points.empty())
      out.push_back({&technique, "", Timeline(technique, std::nullopt, on_floor)});
  }
  return out;
}

} // namespace

TEST_CASE("all ten techniques are shipped, and each of the seven points has one that reaches it") {
  REQUIRE(calf().techniques.size() == technique_ids.size());
  for (const TriggerPoint& point : calf().points) {
    if (point.layer != "calf")
      continue;
    INFO(point.id);
    const auto reaching =
        std::count_if(calf().techniques.begin(), calf().techniques.end(), [&](const Technique& technique) {
          const TechniquePoint* reached = technique.reached(point.id);
          return reached && reached->offered && reached->reach == 2;
        });
    CHECK(reaching >= 1);
  }
}

TEST_CASE(
    "no tool is offered near the hollow of the knee: gastroc 3 and 4 have the stretch with a straight knee only") {
  for (const Technique& technique : calf().techniques)
    for (const char* id : {"gastroc_3", "gastroc_4"}) {
      const TechniquePoint* reached = technique.reached(id);
      INFO(technique.id << " " << id);
      CHECK((reached && reached->offered) == (technique.id == "stretch_knee_straight"));
    }
}

TEST_CASE("a technique moves without jumps, within its bounds, and ends without pressure") {
  for (const Played& played : all_played()) {
    INFO(played.technique->id << " " << played.point);
    const float step = 0.02f;
    TechniqueMoment before = played.timeline.at(0);
    for (float t = step; t <= played.timeline.seconds(); t += step) {
      const TechniqueMoment now = played.timeline.at(t);
      for (std::size_t c = 0; c < channel_count; ++c) {
        REQUIRE(std::isfinite(now.channel[c]));
        REQUIRE(channel_ranges[c].contains(now.channel[c]));
        // The fastest allowed: 160 degrees or mm a second, 10 of pressure; the knee of one who jogs is quicker.
        const bool goes = now.stride && (channel_ids[c] == "knee_deg" || channel_ids[c] == "ankle_deg" ||
                                         channel_ids[c] == "ahead_deg");
        const float angle = goes ? 800.0f : 160.0f;
        const float most = (channel_ids[c] == "pressure" || channel_ids[c] == "pull" ? 10.0f : angle) * step;
        if (now.touch.touching == before.touch.touching)
          REQUIRE(std::abs(now.channel[c] - before.channel[c]) <= most);
      }
      if (now.touch.touching && before.touch.touching && now[Channel::pressure] > 2) {
        REQUIRE(std::abs(now.touch.s - before.touch.s) < 0.25f * step * 2);
        REQUIRE(std::abs(now.touch.a_deg - before.touch.a_deg) < 60 * step);
      }
      before = now;
    }
    CHECK(before[Channel::pressure] < 0.05f);
    CHECK(played.timeline.at(1e9f)[Channel::pull] < 0.05f);
  }
}

TEST_CASE("pressure stays good: never above 7, and 5 to 7 in the holds of roller, ball and thumb") {
  for (const Played& played : all_played())
    for (float t = 0; t <= played.timeline.seconds(); t += 0.1f) {
      const TechniqueMoment now = played.timeline.at(t);
      INFO(played.technique->id << " " << played.point << " at " << t);
      REQUIRE(now[Channel::pressure] <= 7);
      const Phase& phase = played.timeline.phases()[played.timeline.spans()[now.span].phase];
      const std::string& id = played.technique->id;
      if (phase.id == "hold" && now.into_s > 3 &&
          (id == "foam_roller" || id == "massage_ball" || id == "thumb_pressure"))
        REQUIRE(now[Channel::pressure] >= 5);
    }
}

TEST_CASE("where the text says ankle to knee, the path never turns back") {
  int seen = 0;
  for (const Played& played : all_played()) {
    for (std::size_t i = 0; i < played.timeline.spans().size(); ++i) {
      const TimelineSpan& span = played.timeline.spans()[i];
      if (!played.timeline.phases()[span.phase].ankle_to_knee)
        continue;
      ++seen;
      TechniqueMoment before = played.timeline.at(span.start_s);
      for (float t = 0; t < span.seconds; t += 0.05f) {
        const TechniqueMoment now = played.timeline.at(span.start_s + t);
        if (now.touch.touching && before.touch.touching && now.touch.s > before.touch.s)
          // a stick is lifted and set down again at the ankle
          REQUIRE(played.timeline.phases()[span.phase].touch.at == TouchAt::strokes);
        before = now;
      }
    }
  }
  CHECK(seen >= 8);
}

TEST_CASE("times and counts are the sources': hold 30-90 s, ball 30-60 s, flex and point 5-10 times, stretch 20-30 s") {
  const auto total = [](const char* technique, const char* phase) {
    const Technique* found = calf().technique(technique);
    REQUIRE(found);
    const auto it =
        std::find_if(found->phases.begin(), found->phases.end(), [&](const Phase& p) { return p.id == phase; });
    REQUIRE(it != found->phases.end());
    return std::pair{it->seconds, it->loops};
  };
  CHECK(Span{30, 90}.contains(total("foam_roller", "hold").first));
  CHECK(Span{30, 60}.contains(total("massage_ball", "hold").first));
  CHECK(Span{30, 60}.contains(total("thumb_pressure", "hold").first));
  CHECK(Span{5, 10}.contains(static_cast<float>(total("pin_and_stretch", "move").second)));
  CHECK(Span{20, 30}.contains(total("stretch_knee_straight", "hold").first));
  CHECK(Span{20, 30}.contains(total("stretch_knee_bent", "hold").first));
}

TEST_CASE(
    "two-joint truth: the straight-knee stretch keeps the knee at 0, pin-and-stretch bends it for the soleus only") {
  for (const Played& played : all_played())
    for (float t = 3; t <= played.timeline.seconds(); t += 0.25f) {
      const TechniqueMoment now = played.timeline.at(t);
      if (played.technique->id == "stretch_knee_straight")
        REQUIRE(now[Channel::knee_deg] == 0);
      if (played.technique->id == "pin_and_stretch")
        REQUIRE((now[Channel::knee_deg] >= 20) == (played.point.substr(0, 6) == "soleus"));
    }
}

TEST_CASE("a breath takes four seconds in and six out, and starts empty") {
  CHECK(breath_at(0) == Approx(0).margin(1e-5));
  CHECK(breath_at(4) == Approx(1).margin(1e-5));
  CHECK(breath_at(10) == Approx(0).margin(1e-5));
  CHECK(breath_at(2) == Approx(0.5));
  CHECK(breath_at(7) == Approx(0.5));
  CHECK(breath_at(14) == Approx(1).margin(1e-5));
}

TEST_CASE("tenderness falls during a hold and never rises") {
  for (const Played& played : all_played()) {
    INFO(played.technique->id << " " << played.point);
    float before = 1;
    for (float t = 0; t <= played.timeline.seconds(); t += 0.2f) {
      const float now = played.timeline.at(t).tenderness;
      REQUIRE(now <= before + 1e-5f);
      before = now;
    }
    if (played.technique->kind == TechniqueKind::press)
      CHECK(before < 0.75f);
    CHECK(before >= 0.25f);
  }
}

TEST_CASE("a mistake changes its own phase and nothing before it") {
  int seen = 0;
  for (const Technique& technique : calf().techniques)
    for (const Mistake& mistake : technique.mistakes) {
      INFO(technique.id << " " << mistake.claim.id);
      const PointOnLeg point{"soleus_1", 0.62f, 14};
      const Timeline right(technique, point, false);
      const Timeline wrong(technique, point, false, &mistake);
      bool differs = right.seconds() != wrong.seconds();
      float start = -1;
      for (const TimelineSpan& span : wrong.spans())
        if (start < 0 && wrong.phases()[span.phase].id == mistake.phase)
          start = span.start_s;
      REQUIRE(start >= 0);
      for (float t = 0; t < std::min(right.seconds(), wrong.seconds()); t += 0.1f) {
        const TechniqueMoment a = right.at(t), b = wrong.at(t);
        const bool same = a.channel == b.channel && a.touch.s == b.touch.s && a.touch.a_deg == b.touch.a_deg &&
                          a.touch.across_mm == b.touch.across_mm && a.touch.along_mm == b.touch.along_mm;
        if (t < start - 0.1f)
          REQUIRE(same);
        differs = differs || !same;
      }
      // What a moment does not carry is seen in the phase itself.
      const auto good = std::find_if(technique.phases.begin(), technique.phases.end(),
                                     [&](const Phase& phase) { return phase.id == mistake.phase; });
      REQUIRE(good != technique.phases.end());
      CHECK((differs || mistake.shown.bent_joint != good->bent_joint || mistake.shown.pinned != good->pinned));
      ++seen;
    }
  CHECK(seen >= 20);
}
