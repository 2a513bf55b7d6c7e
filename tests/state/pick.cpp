#include "compose/pick.h"

#include "compose/compose.h"
#include "sample_state.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using test::applied;

namespace {

std::optional<PickResult> pick_at(const AppState& state, Picker& picker, glm::vec2 at) {
  const Frame frame = compose(state, {.free_area = state.viewport.free_area});
  return picker.pick(state, frame, state.viewport.size, at);
}

glm::vec2 seen_at(const AppState& state, glm::vec3 point) {
  const auto at = fraction_of(camera_now(state), state.viewport, point);
  REQUIRE(at);
  return *at;
}

// The first solid thing along the ray, by going through all triangles one by one.
std::optional<std::pair<std::string, float>> slow_pick(const AppState& state, const Frame& frame, const Ray& ray) {
  std::optional<std::pair<std::string, float>> best;
  for (const DrawItem& item : frame.items) {
    if (!is_solid(item))
      continue;
    const TriMesh& mesh = item.mesh->surface;
    const auto posed = frame.segments.empty() ? mesh.positions : posed_positions(*item.mesh, frame.segments);
    for (const glm::uvec3& t : mesh.triangles) {
      const glm::dvec3 a = posed[t.x], e1 = glm::dvec3(posed[t.y]) - a, e2 = glm::dvec3(posed[t.z]) - a;
      const glm::dvec3 d = ray.direction, p = glm::cross(d, e2), s = glm::dvec3(ray.origin) - a, q = glm::cross(s, e1);
      const double det = glm::dot(e1, p);
      if (std::abs(det) < 1e-12)
        continue;
      const double u = glm::dot(s, p) / det, v = glm::dot(d, q) / det, at = glm::dot(e2, q) / det;
      if (u < 0 || v < 0 || u + v > 1 || at < 0)
        continue;
      const glm::vec3 hit = glm::dvec3(ray.origin) + at * d;
      if (frame.clip && frame.clip->distance_mm(hit) > 0)
        continue;
      if (!best || at < static_cast<double>(best->second))
        best = {state.atlas->structures[item.structure].id, static_cast<float>(at)};
    }
  }
  return best;
}

} // namespace

TEST_CASE("a click on a head in the start view takes the head, not the skin or the soleus") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = test::open_small_leg(side);
    state.viewport = {{1280, 720}, {0.25f, 0.06f, 0.8f, 1}};
    Picker picker;
    for (const auto* id : {"gastrocnemius_medial_head", "gastrocnemius_lateral_head"}) {
      const Bounds box = state.facts->structures[static_cast<std::size_t>(state.atlas->index_of(id))].bounds;
      click_at(state, picker, seen_at(state, box.centre()));
      CHECK(state.document.selected == id);
      REQUIRE(state.last_pick);
      CHECK(state.last_pick->structure == id);
      REQUIRE(applied(state, "deselect"));
    }
    click_at(state, picker, {0.26f, 0.1f});
    CHECK(state.document.selected.empty());
    CHECK_FALSE(state.last_pick);
  }
}

TEST_CASE("peeling uncovers the soleus to the pointer as to the eye") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "highlight", {{"name", "none"}}));
  REQUIRE(applied(state, "view", {{"name", "posterior"}}));
  land(state);
  Picker picker;
  const glm::vec3 soleus(0, -150, -6);
  const auto picked = [&](float peel) {
    REQUIRE(applied(state, "peel", {{"value", peel}}));
    const auto hit = pick_at(state, picker, seen_at(state, soleus + glm::vec3(6, 0, 0)));
    return hit ? hit->structure : std::string("nothing");
  };
  CHECK(picked(0) == "skin");
  CHECK(picked(0.2f) == "crural_fascia");
  CHECK(picked(0.28f) == "gastrocnemius_medial_head");
  CHECK(picked(0.45f) == "soleus");
  CHECK(picked(1) == "tibia");
}

TEST_CASE("what is picked is the first thing the picture shows, whatever the state") {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    std::mt19937 random(seed);
    AppState state = test::open_small_leg();
    Picker picker;
    for (int i = 0; i < 12; ++i) {
      for (int k = 0; k < 6; ++k) {
        IssueList issues;
        apply(state, test::random_action(state, action_table()[random() % action_table().size()], random), issues);
      }
      advance(state, 3);
      IssueList issues;
      apply(state, {"view", {{"name", "calf"}}}, issues);
      land(state);
      apply(state, {"clip", {{"on", false}}}, issues);
      state.viewport = {{900, 700}, {0.1f, 0, 0.9f, 0.9f}};
      const Frame frame = compose(state, {.free_area = state.viewport.free_area});
      for (int p = 0; p < 6; ++p) {
        const glm::vec2 at(std::uniform_real_distribution<float>(0.35f, 0.65f)(random),
                           std::uniform_real_distribution<float>(0, 1)(random));
        const auto fast = picker.pick(state, frame, state.viewport.size, at);
        const auto slow = slow_pick(state, frame, ray_through(frame.camera, state.viewport, at));
        INFO("seed " << seed << " at " << at.x << " " << at.y);
        REQUIRE(fast.has_value() == slow.has_value());
        if (!fast)
          continue;
        CHECK(fast->distance_mm == Approx(slow->second).margin(0.05));
        CHECK(glm::dot(fast->normal, forward_of(frame.camera)) < 0.35f);
      }
    }
  }
}

TEST_CASE("the cut face is picked where the plane goes through a structure, and what is cut away is not") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "highlight", {{"name", "none"}}));
  REQUIRE(applied(state, "clip_set", {{"s", 0.4}}));
  REQUIRE(applied(state, "view", {{"name", "plantar"}}));
  land(state);
  Picker picker;
  const float y = -0.4f * state.facts->coordinates->length_mm();
  for (const auto& [x, z, id] :
       std::vector<std::tuple<float, float, const char*>>{{6.0f, 30.0f, "tibia"},
                                                          {-26.0f, 18.0f, "fibula"},
                                                          {0.0f, -6.0f, "soleus"},
                                                          {16.0f, -30.0f, "gastrocnemius_medial_head"},
                                                          {50.5f, 0.0f, "skin"}}) {
    const auto hit = pick_at(state, picker, seen_at(state, {x, y, z}));
    INFO(id);
    REQUIRE(hit);
    CHECK(hit->structure == id);
    CHECK(hit->on_section);
    CHECK(hit->position.y == Approx(y).margin(0.01));
  }
  REQUIRE(applied(state, "clip_set", {{"flipped", true}}));
  REQUIRE(applied(state, "view", {{"name", "top"}}));
  land(state);
  const auto from_above = pick_at(state, picker, seen_at(state, {6, y, 30}));
  REQUIRE(from_above);
  CHECK(from_above->structure == "tibia");
  CHECK(from_above->on_section);
}

TEST_CASE("picking follows the pose") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "set_layers", {{"kinds", Value::Texts{"bone"}}}));
  REQUIRE(applied(state, "view", {{"name", "medial"}}));
  land(state);
  Picker picker;
  const glm::vec3 heel_bone(0, -410, 100);
  CHECK(pick_at(state, picker, seen_at(state, heel_bone))->structure == "calcaneus");
  REQUIRE(applied(state, "pose", {{"ankle", -45}}));
  CHECK_FALSE(pick_at(state, picker, seen_at(state, heel_bone)));
  const auto matrices = segment_matrices(*state.atlas, state.document.pose);
  const glm::vec3 moved = matrices[2] * glm::vec4(0, -410, 0, 1);
  REQUIRE(pick_at(state, picker, seen_at(state, moved)));
  CHECK(pick_at(state, picker, seen_at(state, moved))->structure == "calcaneus");
}

TEST_CASE("a pointer outside the picture, or without a leg, picks nothing") {
  AppState state = test::open_small_leg();
  Picker picker;
  for (const glm::vec2 at : {glm::vec2(-0.1f, 0.5f), glm::vec2(0.5f, 1.1f), glm::vec2(NAN, 0.5f)})
    CHECK_FALSE(pick_at(state, picker, at));
  CHECK_FALSE(pick_at(AppState{}, picker, {0.5f, 0.5f}));
}
