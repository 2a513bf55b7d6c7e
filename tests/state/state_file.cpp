#include "state/state_file.h"

#include "sample_state.h"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

using namespace calfscope;
using test::applied;

TEST_CASE("a dumped document read back is the same document, after any actions") {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    std::mt19937 random(seed);
    AppState state = test::open_small_leg();
    for (int i = 0; i < 60; ++i) {
      IssueList issues;
      apply(state, test::random_action(state, action_table()[random() % action_table().size()], random), issues);
      advance(state, 1);
    }
    IssueList issues;
    const auto back = parse_document(dump_state_text(state), "dump.json", Document{}, issues);
    INFO(to_string(issues));
    REQUIRE(back);
    CHECK(*back == state.document);
    AppState other = test::open_small_leg();
    set_document(other, *back);
    CHECK(other.document == state.document);
    CHECK(other.atlas->side == state.atlas->side);
    CHECK(dump_state(other)["structures"] == dump_state(state)["structures"]);
  }
}

TEST_CASE("what a state file leaves out stays as it was") {
  AppState state = test::open_small_leg();
  IssueList issues;
  const auto document =
      parse_document(R"({ "peel": 0.3, "camera": { "yaw_deg": 45 } })", "x.json", state.document, issues);
  REQUIRE(document);
  CHECK(document->peel == Approx(0.3f));
  CHECK(document->camera.yaw_deg == 45);
  CHECK(document->camera.distance_mm == state.document.camera.distance_mm);
  CHECK(document->highlight == state.document.highlight);
}

TEST_CASE("faults in a state file are all named with their line") {
  IssueList issues;
  CHECK_FALSE(
      parse_document("{ \"document\": {\n\"side\": \"upper\",\n\"peel\": \"deep\",\n\"camera\": {\n\"yaw\": 3\n},\n"
                     "\"layers\": [\"wood\"],\n\"pose\": {\n\"elbow\": 3\n}\n} }",
                     "x.json", Document{}, issues));
  std::vector<int> lines;
  for (const Issue& issue : issues.all())
    lines.push_back(issue.line);
  for (const int line : {2, 3, 5, 7, 9})
    CHECK(std::find(lines.begin(), lines.end(), line) != lines.end());
}

TEST_CASE("numbers out of range in a state file are brought back, so that the picture is never lost") {
  AppState state = test::open_small_leg();
  IssueList issues;
  const auto document = parse_document(
      R"({ "peel": 7, "pose": { "knee": -400 }, "clip": { "normal": [0, 0, 0] },
           "camera": { "pitch_deg": 1e30, "distance_mm": 0, "target_mm": [1e20, 0, 0] } })",
      "x.json", state.document, issues);
  REQUIRE(document);
  set_document(state, *document);
  CHECK(state.document.peel == 1);
  CHECK(state.document.pose.knee_deg == 0);
  CHECK(glm::length(state.document.clip.normal) == Approx(1));
  CHECK(state.document.camera.pitch_deg == 90);
  CHECK(state.document.camera.distance_mm == camera_nearest_mm);
  CHECK(state.document.camera.target_mm.x < 1000);
}

TEST_CASE("a state that isolates what this leg lacks does not leave an empty picture") {
  AppState state = test::open_small_leg();
  IssueList issues;
  const auto document = parse_document(R"({ "isolated": ["plantaris", "quadriceps"] })", "x.json", {}, issues);
  REQUIRE(document);
  set_document(state, *document);
  CHECK(show_of(state, 0) == Show::shown);
  const auto partly = parse_document(R"({ "isolated": ["plantaris", "soleus"] })", "x.json", {}, issues);
  REQUIRE(partly);
  set_document(state, *partly);
  CHECK(state.document.isolated == std::set<std::string, std::less<>>{"soleus"});
}

TEST_CASE("the dump tells what a test wants to know") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "select", {{"id", "soleus"}}));
  REQUIRE(applied(state, "hide", {{"id", "tibia"}}));
  REQUIRE(applied(state, "peel", {{"value", 0.45}}));
  REQUIRE(applied(state, "search", {{"text", "sol"}}));
  hover(state, PickResult{"fibula", {1, 2, 3}, {0, 0, -1}, 500, false});
  const auto dump = dump_state(state);
  CHECK(dump["document"]["selected"] == "soleus");
  CHECK(dump["hovered"] == "fibula");
  CHECK(dump["undo_depth"] == 3);
  CHECK(dump["place"] == "explore");
  CHECK(dump["model"]["id"] == "small_leg");
  CHECK(dump["search"]["results"][0]["structure"] == "soleus");
  const auto contains = [&](const char* list, const char* id) {
    const auto& ids = dump["structures"][list];
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  CHECK(contains("hidden", "tibia"));
  CHECK(contains("shown", "soleus"));
  CHECK(contains("peeled", "gastrocnemius_medial_head"));
}

TEST_CASE("names that are no UTF-8 do not break the dump") {
  AppState state = test::open_small_leg();
  state.model_path = "leg\xff\xfe.obj";
  CHECK(nlohmann::json::accept(dump_state_text(state)));
}
