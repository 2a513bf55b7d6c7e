#include "sample_state.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace calfscope;
using test::applied;

namespace {

bool finite(const Camera& camera) {
  return std::isfinite(camera.target_mm.x) && std::isfinite(camera.target_mm.y) && std::isfinite(camera.target_mm.z) &&
         std::isfinite(camera.yaw_deg) && std::isfinite(camera.pitch_deg) && std::isfinite(camera.distance_mm) &&
         camera.distance_mm >= camera_nearest_mm && camera.distance_mm <= camera_farthest_mm;
}

} // namespace

TEST_CASE("undo goes back over any sequence of actions step by step, and redo forward again") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    std::mt19937 random(seed);
    AppState state = test::open_small_leg();
    std::vector<Document> documents{state.document};
    for (int i = 0; i < 160; ++i) {
      const ActionInfo& info = action_table()[random() % action_table().size()];
      if (info.id == "undo" || info.id == "redo")
        continue;
      const std::size_t depth = state.history.past.size();
      const Document before = state.document;
      IssueList issues;
      apply(state, test::random_action(state, info, random), issues);
      INFO("seed " << seed << ", " << info.id);
      REQUIRE(finite(state.document.camera));
      REQUIRE(finite(camera_now(state)));
      REQUIRE(state.atlas->side == state.document.side);
      if (state.history.past.size() > depth) {
        REQUIRE_FALSE(state.document == before);
        documents.push_back(state.document);
      } else {
        REQUIRE(state.document == before);
      }
      advance(state, 1); // far enough apart that nothing is taken for one turn of the wheel
      state.requests.clear();
    }
    REQUIRE(documents.size() > 30);
    REQUIRE(state.history.past.size() == documents.size() - 1);
    for (std::size_t i = documents.size() - 1; i-- > 0;) {
      REQUIRE(applied(state, "undo"));
      REQUIRE(state.document == documents[i]);
      REQUIRE(state.atlas->side == documents[i].side);
    }
    CHECK_FALSE(applied(state, "undo"));
    for (std::size_t i = 1; i < documents.size(); ++i) {
      REQUIRE(applied(state, "redo"));
      REQUIRE(state.document == documents[i]);
    }
    CHECK_FALSE(applied(state, "redo"));
  }
}

TEST_CASE("a drag is one step, however many moves it has") {
  AppState state = test::open_small_leg();
  const Document before = state.document;
  begin_gesture(state);
  for (int i = 0; i < 50; ++i) {
    REQUIRE(applied(state, "camera_orbit", {{"by_deg", glm::vec2(3, 1)}}));
    advance(state, 0.3);
  }
  end_gesture(state);
  CHECK(state.history.past.size() == 1);
  REQUIRE(applied(state, "camera_orbit", {{"by_deg", glm::vec2(3, 1)}}));
  CHECK(state.history.past.size() == 2);
  REQUIRE(applied(state, "undo"));
  REQUIRE(applied(state, "undo"));
  CHECK(state.document == before);
}

TEST_CASE("turns of the wheel that follow each other closely are one step, later ones another") {
  AppState state = test::open_small_leg();
  for (int i = 0; i < 10; ++i) {
    REQUIRE(applied(state, "camera_zoom", {{"factor", 1.1}}));
    advance(state, 0.1);
  }
  CHECK(state.history.past.size() == 1);
  advance(state, 2);
  REQUIRE(applied(state, "camera_zoom", {{"factor", 1.1}}));
  CHECK(state.history.past.size() == 2);
  REQUIRE(applied(state, "peel", {{"value", 0.5}}));
  CHECK(state.history.past.size() == 3);
}

TEST_CASE("an action that changes nothing leaves no step, and a new one forgets what was undone") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "select", {{"id", "soleus"}}));
  REQUIRE(applied(state, "select", {{"id", "soleus"}}));
  CHECK(state.history.past.size() == 1);
  REQUIRE(applied(state, "undo"));
  CHECK(state.history.future.size() == 1);
  REQUIRE(applied(state, "select", {{"id", "tibia"}}));
  CHECK(state.history.future.empty());
}

TEST_CASE("undo brings the camera back on a flight that ends exactly there") {
  AppState state = test::open_small_leg();
  const Camera before = state.document.camera;
  REQUIRE(applied(state, "view", {{"name", "anterior"}}));
  advance(state, 5);
  REQUIRE(applied(state, "undo"));
  CHECK(in_motion(state));
  CHECK_FALSE(camera_now(state) == before);
  advance(state, 5);
  CHECK_FALSE(in_motion(state));
  CHECK(camera_now(state) == before);

  state.settings.reduced_motion = true;
  REQUIRE(applied(state, "redo"));
  CHECK_FALSE(in_motion(state));
}

TEST_CASE("the history keeps the last steps only") {
  AppState state = test::open_small_leg();
  for (std::size_t i = 0; i < history_limit + 20; ++i)
    REQUIRE(applied(state, "side"));
  CHECK(state.history.past.size() == history_limit);
}

TEST_CASE("changing the side twice by hand gives the same document again") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "camera_orbit", {{"by_deg", glm::vec2(33, -12)}}));
  const Document before = state.document;
  REQUIRE(applied(state, "side", {{"side", "left"}}));
  CHECK(state.atlas->side == Side::left);
  CHECK(state.document.camera.yaw_deg == Approx(-before.camera.yaw_deg));
  REQUIRE(applied(state, "side", {{"side", "right"}}));
  CHECK(state.document == before);
}
