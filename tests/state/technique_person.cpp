// The person round the leg in the shipped techniques: posture, arms that reach their hands, feet that walk.

#include "compose/compose.h"
#include "geometry/skinning.h"
#include "shipped_state.h"
#include "state/technique_state.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using test::applied;
using test::open_shipped;

namespace {

float lowest_of_skin(const AppState& state, const Stage& stage) {
  float least = 1e9f;
  for (const glm::vec3& p : posed_positions(*state.atlas->find("skin")->mesh, stage.segments, stage.bends))
    least = std::min(least, p.y);
  return least;
}

} // namespace

TEST_CASE("a point can have a posture of its own: the pincer grip takes the outer side on a chair, the foot on the "
          "floor") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = open_shipped(side);
    REQUIRE(applied(state, "select_technique", {{"id", "pincer_grip"}, {"point", "gastroc_1"}}));
    CHECK(stage_of(state)->posture == Posture::ankle_on_knee);
    CHECK(lowest_of_skin(state, *stage_of(state)) > 200);
    for (const char* outer : {"gastroc_2", "soleus_3"}) {
      REQUIRE(applied(state, "select_technique", {{"id", "pincer_grip"}, {"point", outer}}));
      CHECK(stage_of(state)->posture == Posture::chair);
      CHECK(lowest_of_skin(state, *stage_of(state)) == Approx(0).margin(3));
    }
  }
}

TEST_CASE("the arm that works ends at its shoulder: forearm and upper arm meet at the elbow") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = open_shipped(side);
    int hands = 0;
    const auto look_at = [&](const Technique& technique, const std::string& point, double seconds) {
      REQUIRE(applied(state, "technique_seek", {{"seconds", seconds}}));
      const Frame frame = compose(state, {});
      const StageCache& cache = state.leg_content->stage_cache();
      for (const DrawItem& item : frame.items) {
        if (std::find(cache.hands.begin(), cache.hands.end(), item.mesh) == cache.hands.end())
          continue;
        ++hands;
        // The mesh reaches to elbow and wrist of one and the same arm, up to the thickness of that arm.
        float best = 1e9f;
        for (std::size_t i = 0; i < 2; ++i) {
          float elbow = 1e9f, wrist = 1e9f;
          for (const glm::vec3& p : item.mesh->surface.positions) {
            const glm::vec3 at(*item.placement * glm::vec4(p, 1));
            elbow = std::min(elbow, glm::distance(at, cache.joints.elbow[i]));
            wrist = std::min(wrist, glm::distance(at, cache.joints.wrist[i]));
          }
          best = std::min(best, std::max(elbow, wrist));
        }
        INFO(technique.id << " on " << point << " at " << seconds << (side == Side::left ? ", left" : ""));
        CHECK(best < 62);
      }
    };
    for (const Technique& technique : state.leg_content->pack().techniques) {
      const Tool* tool = technique.tools.empty() ? nullptr : state.leg_content->pack().tool(technique.tools.front());
      const bool by_hand = tool && (tool->shape == ToolShape::digit || tool->shape == ToolShape::pincer ||
                                    tool->shape == ToolShape::beads);
      for (const TechniquePoint& reached : technique.points) {
        if (!reached.offered || !by_hand)
          continue;
        REQUIRE(applied(state, "select_technique", {{"id", technique.id}, {"point", reached.point}}));
        const double seconds = static_cast<double>(technique_timeline(state)->seconds());
        for (const double share : {0.05, 0.3, 0.6})
          look_at(technique, reached.point, share * seconds);
      }
    }
    CHECK(hands > 30);
    // A hand that a mistake brings hangs on its arm, too.
    hands = 0;
    REQUIRE(applied(state, "select_technique", {{"id", "after_care"}, {"point", "gastroc_1"}}));
    REQUIRE(applied(state, "mistake", {{"id", "again_too_soon"}}));
    look_at(*chosen_technique(state), "gastroc_1", static_cast<double>(technique_timeline(state)->seconds()) - 3);
    CHECK(hands == 1);
  }
}

TEST_CASE("who walks has a foot on the floor, goes on over it and leaves prints, who jogs leaves it for a moment") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = open_shipped(side);
    REQUIRE(applied(state, "select_technique", {{"id", "warm_up"}}));
    const auto timeline = technique_timeline(state);
    for (const TimelineSpan& span : timeline->spans()) {
      const auto& gait = timeline->phases()[span.phase].gait;
      if (!gait)
        continue;
      int in_air = 0;
      for (int i = 0; i < 12; ++i) {
        const float stride = span.seconds / gait->strides;
        const auto stage = stage_at(state, span.start_s + stride * (4 + static_cast<float>(i) / 12));
        REQUIRE(stage->figure.other);
        const FigureJoints joints = figure_joints(stage->posture, stage->figure, 0);
        const TriMesh body = posed_figure(figure(stage->posture), joints);
        const float own = lowest_of_skin(state, *stage), other = bounds_of(body).lower.y;
        INFO(timeline->phases()[span.phase].id << " " << i << ": " << own << " and " << other << " mm");
        CHECK(own > -3);
        CHECK(other > -22); // the lay figure's foot is thicker than a real one where the heel strikes
        if (gait->pace == Pace::walk)
          CHECK(std::min(own, other) < 12);
        else
          in_air += std::min(own, other) > 15 ? 1 : 0;
        CHECK(joints.prints.size() >= 4);
        CHECK(most_stretched(figure(stage->posture), joints) < 0.15f);
      }
      if (gait->pace == Pace::jog)
        CHECK(in_air > 0);
    }
  }
}

TEST_CASE("nothing jumps where one sets off or stands still, and feet keep their heading") {
  for (const char* id : {"warm_up", "after_care"}) {
    AppState state = open_shipped();
    REQUIRE(applied(state, "select_technique", {{"id", id}}));
    const auto timeline = technique_timeline(state);
    const auto joints_at = [&](float seconds) {
      const auto stage = stage_at(state, seconds);
      return figure_joints(stage->posture, stage->figure, 0);
    };
    for (const TimelineSpan& span : timeline->spans()) {
      if (!timeline->phases()[span.phase].gait)
        continue;
      for (const float at : {span.start_s, span.start_s + span.seconds}) {
        if (at <= 0 || at >= timeline->seconds())
          continue;
        constexpr float moment_s = 0.004f;
        INFO(id << " at " << at << " s");
        const FigureJoints before = joints_at(at - moment_s), after = joints_at(at + moment_s);
        CHECK(glm::distance(before.head, after.head) < 4);
        for (std::size_t i = 0; i < 2; ++i) {
          CHECK(glm::distance(before.elbow[i], after.elbow[i]) < 4);
          CHECK(glm::distance(before.wrist[i], after.wrist[i]) < 4);
          CHECK(glm::distance(before.ankle[i], after.ankle[i]) < 12);
        }
        const Camera seen = technique_camera(state, at - moment_s), then = technique_camera(state, at + moment_s);
        CHECK(glm::distance(seen.target_mm, then.target_mm) < 5);
        CHECK(then.distance_mm == Approx(seen.distance_mm).epsilon(0.01));
      }
      const glm::vec3 heading = joints_at(span.start_s + 5).prints.front().way;
      for (float s = 5; s < 7; s += 0.1f)
        for (const auto& print : joints_at(span.start_s + s).prints)
          CHECK(std::abs(print.way.z - heading.z) < 1e-3f);
    }
  }
}
