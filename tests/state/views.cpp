#include "sample_state.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace calfscope;
using test::applied;

namespace {

AppState looking(Side side, std::string_view view) {
  AppState state = test::open_small_leg(side);
  REQUIRE(applied(state, "view", {{"name", view}}));
  land(state);
  return state;
}

glm::vec3 centre_of(const AppState& state, std::string_view id) {
  return state.facts->structures[static_cast<std::size_t>(state.atlas->index_of(id))].bounds.centre();
}

float distance_to_eye(const AppState& state, std::string_view id) {
  return glm::distance(eye_of(state.document.camera), centre_of(state, id));
}

} // namespace

TEST_CASE("the medial and lateral views look at the medial and lateral side of either leg") {
  for (const Side side : {Side::right, Side::left}) {
    const AppState medial = looking(side, "medial"), lateral = looking(side, "lateral");
    CHECK(distance_to_eye(medial, "gastrocnemius_medial_head") < distance_to_eye(medial, "gastrocnemius_lateral_head"));
    CHECK(distance_to_eye(lateral, "fibula") < distance_to_eye(lateral, "tibia"));
  }
}

TEST_CASE("posterior and calf look at the heads, anterior at the shin, top and plantar along the leg") {
  for (const Side side : {Side::right, Side::left}) {
    for (const auto* view : {"posterior", "calf"}) {
      const AppState state = looking(side, view);
      CHECK(distance_to_eye(state, "gastrocnemius_medial_head") < distance_to_eye(state, "soleus"));
      CHECK(distance_to_eye(state, "soleus") < distance_to_eye(state, "tibia"));
    }
    const AppState anterior = looking(side, "anterior");
    CHECK(distance_to_eye(anterior, "tibia") < distance_to_eye(anterior, "soleus"));
    const AppState top = looking(side, "top"), plantar = looking(side, "plantar");
    CHECK(distance_to_eye(top, "femur") < distance_to_eye(top, "calcaneus"));
    CHECK(distance_to_eye(plantar, "calcaneus") < distance_to_eye(plantar, "femur"));
    // As sections are shown: anterior up, and seen from below the medial side of a right leg is on the right.
    CHECK(up_of(plantar.document.camera).z > 0.99f);
    CHECK(right_of(plantar.document.camera).x > 0.99f);
  }
}

TEST_CASE("every view shows the whole leg or, for calf, all of the calf") {
  for (const std::string_view view : view_ids) {
    AppState state = looking(Side::right, view);
    state.viewport = {{1000, 700}, {0.3f, 0.1f, 1, 1}};
    REQUIRE(applied(state, "view", {{"name", view}}));
    land(state);
    for (const auto* id : {"gastrocnemius_medial_head", "soleus", "calcaneal_tendon", "calcaneus"}) {
      const Bounds box = state.facts->structures[static_cast<std::size_t>(state.atlas->index_of(id))].bounds;
      for (const glm::vec3 corner : {box.lower, box.upper}) {
        const auto seen = fraction_of(state.document.camera, state.viewport, corner);
        REQUIRE(seen);
        INFO(view << " " << id);
        CHECK(seen->x > 0.29f);
        CHECK(seen->x < 1.01f);
        CHECK(seen->y > 0.09f);
        CHECK(seen->y < 1.01f);
      }
    }
  }
}

TEST_CASE("zooming keeps the point under the pointer where it is") {
  for (const bool orthographic : {false, true})
    for (const glm::vec2 at : {glm::vec2(0.625f, 0.475f), glm::vec2(0.6f, 0.7f), glm::vec2(0.66f, 0.2f)})
      for (const float factor : {1.5f, 0.7f}) {
        AppState state = test::open_small_leg();
        state.viewport = {{1200, 800}, {0.25f, 0, 1, 0.95f}};
        state.document.camera.orthographic = orthographic;
        const glm::vec3 point(5, -150, -40);
        const auto by_point = fraction_of(state.document.camera, state.viewport, point);
        REQUIRE(applied(state, "camera_zoom", {{"factor", factor}, {"point_mm", point}}));
        const auto after = fraction_of(state.document.camera, state.viewport, point);
        REQUIRE(by_point);
        REQUIRE(after);
        CHECK(glm::distance(*by_point, *after) < 1e-3f);

        const Ray ray = ray_through(state.document.camera, state.viewport, at);
        const float along = glm::dot(state.document.camera.target_mm - ray.origin, forward_of(state.document.camera)) /
                            glm::dot(ray.direction, forward_of(state.document.camera));
        const glm::vec3 under = ray.origin + along * ray.direction;
        REQUIRE(applied(state, "camera_zoom", {{"factor", factor}, {"at", at}}));
        CHECK(glm::distance(*fraction_of(state.document.camera, state.viewport, under), at) < 2e-3f);
      }
}

TEST_CASE("panning moves the leg with the pointer") {
  AppState state = test::open_small_leg();
  state.viewport = {{1200, 800}, {0.25f, 0, 1, 1}};
  const glm::vec3 target = state.document.camera.target_mm;
  const glm::vec2 before = *fraction_of(state.document.camera, state.viewport, target);
  REQUIRE(applied(state, "camera_pan", {{"by", glm::vec2(0.1f, -0.05f)}}));
  const glm::vec2 after = *fraction_of(state.document.camera, state.viewport, target);
  CHECK(after.x - before.x == Approx(0.1).margin(1e-3));
  CHECK(after.y - before.y == Approx(-0.05).margin(1e-3));
}

TEST_CASE("the camera never gets lost, whatever is done to it, and Home brings it back") {
  std::mt19937 random(3);
  AppState state = test::open_small_leg();
  const Camera start = state.document.camera;
  const std::vector<std::string_view> moves{"camera_orbit", "camera_pan", "camera_zoom",
                                            "camera_set",   "camera_fit", "view"};
  for (int i = 0; i < 3000; ++i) {
    const ActionInfo* info = find_action(moves[random() % moves.size()]);
    IssueList issues;
    apply(state, test::random_action(state, *info, random), issues);
    if (random() % 3 == 0)
      advance(state, 0.07);
    const Camera camera = camera_now(state);
    const glm::vec3 off = glm::abs(camera.target_mm - state.facts->bounds.centre());
    REQUIRE(std::abs(camera.pitch_deg) <= 90);
    REQUIRE(camera.distance_mm <= camera_farthest_mm);
    REQUIRE(glm::all(glm::lessThanEqual(off, state.facts->bounds.size() + 0.1f)));
    REQUIRE(up_of(camera).y >= -1e-4f);
  }
  REQUIRE(applied(state, "home"));
  land(state);
  CHECK(glm::distance(state.document.camera.target_mm, start.target_mm) < 1e-2f);
  CHECK(state.document.camera.yaw_deg == Approx(start.yaw_deg).margin(1e-3));
  CHECK(state.document.camera.distance_mm == Approx(start.distance_mm).epsilon(1e-4));
}

TEST_CASE("home brings back the start view, but neither side nor pose") {
  AppState state = test::open_small_leg();
  const Document start = state.document;
  for (const auto& [name, arguments] :
       std::vector<std::pair<std::string, Arguments>>{{"side", {{"side", "left"}}},
                                                      {"pose", {{"ankle", 20.0}}},
                                                      {"hide", {{"id", "tibia"}}},
                                                      {"select", {{"id", "soleus"}}},
                                                      {"peel", {{"value", 0.5}}},
                                                      {"clip", {{"on", true}}},
                                                      {"highlight", {{"name", "none"}}},
                                                      {"toggle_kind", {{"kind", "bone"}}}}) {
    INFO(name);
    REQUIRE(applied(state, name, arguments));
  }
  Document expected = start;
  expected.side = Side::left;
  expected.pose = state.document.pose;
  const Document before = state.document;
  REQUIRE(applied(state, "home"));
  land(state);
  expected.camera = state.document.camera;
  CHECK(state.document == expected);
  REQUIRE(applied(state, "undo"));
  land(state);
  CHECK(state.document == before);
}

TEST_CASE("a flight starts where the camera is and can be caught by hand") {
  AppState state = test::open_small_leg();
  const Camera start = camera_now(state);
  REQUIRE(applied(state, "view", {{"name", "medial"}}));
  CHECK(camera_now(state) == start);
  advance(state, 0.2);
  const Camera halfway = camera_now(state);
  CHECK_FALSE(halfway == start);
  CHECK_FALSE(halfway == state.document.camera);
  REQUIRE(applied(state, "camera_orbit", {{"by_deg", glm::vec2(1, 0)}}));
  CHECK_FALSE(in_motion(state));
  CHECK(camera_now(state).yaw_deg == Approx(halfway.yaw_deg + 1).margin(1e-3));
}

TEST_CASE("fitting the selection brings it into the picture and nearer") {
  AppState state = test::open_small_leg();
  const float far = state.document.camera.distance_mm;
  REQUIRE(applied(state, "select", {{"id", "calcaneus"}}));
  REQUIRE(applied(state, "camera_fit", {{"what", "selection"}}));
  land(state);
  CHECK(state.document.camera.distance_mm < far);
  CHECK(glm::distance(state.document.camera.target_mm, centre_of(state, "calcaneus")) < 1);
}
