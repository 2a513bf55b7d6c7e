#include "state/script.h"

#include "sample_state.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

// Plays to the end as a program without a window does; the number of times it had to wait.
int play_through(ScriptPlayer& player, AppState& state, IssueList& issues) {
  int waits = 0;
  for (int guard = 0; guard < 1000; ++guard) {
    player.play(state, issues);
    if (player.done())
      break;
    if (const double left = player.wait_left_s(state); left > 0) {
      advance(state, left);
      ++waits;
    }
    state.requests.clear();
  }
  return waits;
}

} // namespace

TEST_CASE("a script plays its actions in order, waits let time pass") {
  IssueList issues;
  const auto script = parse_script(R"([
    { "do": "select", "id": "soleus" },
    { "do": "wait", "seconds": 1.5 },
    { "do": "set_layers", "kinds": ["muscle", "bone"] },
    { "do": "camera_orbit", "by_deg": [30, 5] },
    { "do": "peel", "value": 0.4 },
    { "do": "wait", "seconds": 0.5 }
  ])",
                                   "play.json", issues);
  REQUIRE(script);
  CHECK(issues.empty());
  AppState state = test::open_small_leg();
  const float yaw = state.document.camera.yaw_deg;
  ScriptPlayer player(*script);
  CHECK(play_through(player, state, issues) == 2);
  CHECK(player.done());
  CHECK(issues.empty());
  CHECK(state.clock_s == Approx(2));
  CHECK(state.document.selected == "soleus");
  CHECK(state.document.peel == Approx(0.4f));
  CHECK(state.document.camera.yaw_deg == Approx(yaw + 30));
}

TEST_CASE("a script stops at each request, so that the program can serve it before the rest") {
  IssueList issues;
  const auto script = parse_script(
      R"({ "script": [ { "do": "screenshot", "path": "a.png" }, { "do": "peel", "value": 1 }, { "do": "quit" } ] })",
      "s.json", issues);
  REQUIRE(script);
  AppState state = test::open_small_leg();
  ScriptPlayer player(*script);
  player.play(state, issues);
  REQUIRE(state.requests.size() == 1);
  CHECK(state.requests[0].text == "a.png");
  CHECK(state.document.peel == 0);
  state.requests.clear();
  player.play(state, issues);
  CHECK(state.document.peel == 1);
  CHECK(state.requests[0].kind == RequestKind::quit);
  CHECK(player.done());
}

TEST_CASE("every fault of a script is named with its line") {
  IssueList issues;
  CHECK_FALSE(parse_script(R"([
    { "do": "select" },
    { "do": "dance" },
    { "do": "peel", "value": 0.5, "speed": 3 },
    { "do": "wait", "seconds": -1 },
    { "do": "select", "id": { "name": "soleus" } },
    "quit",
    { "id": "soleus" }
  ])",
                           "bad.json", issues));
  std::vector<int> lines;
  for (const Issue& issue : issues.all()) {
    CHECK(issue.file == "bad.json");
    lines.push_back(issue.line);
  }
  for (int line = 2; line <= 8; ++line)
    CHECK(std::find(lines.begin(), lines.end(), line) != lines.end());
}

TEST_CASE("a file that is no script is refused") {
  for (const char* text : {"", "{", "3", "{}", "{\"script\": 4}", "[1, 2]", "null"}) {
    IssueList issues;
    INFO(text);
    CHECK_FALSE(parse_script(text, "x.json", issues));
    CHECK(issues.has_errors());
  }
  IssueList issues;
  CHECK_FALSE(load_script("/nowhere/x.json", issues));
  CHECK(issues.has_errors());
}

TEST_CASE("a step that this leg refuses is named, and the script goes on") {
  IssueList issues;
  const auto script = parse_script(
      "[\n{ \"do\": \"select\", \"id\": \"spleen\" },\n{ \"do\": \"peel\", \"value\": 1 }\n]", "x.json", issues);
  REQUIRE(script);
  AppState state = test::open_small_leg();
  ScriptPlayer player(*script);
  player.play(state, issues);
  REQUIRE(issues.all().size() == 1);
  CHECK(issues.all()[0].file == "x.json");
  CHECK(issues.all()[0].line == 2);
  CHECK(state.document.peel == 1);
}
