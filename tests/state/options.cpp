#include "state/options.h"

#include "sample_state.h"

#include <catch2/catch.hpp>

#include <set>

using namespace calfscope;

namespace {

bool set(AppState& state, std::string_view id, std::string_view text) {
  IssueList issues;
  const OptionInfo* option = find_option(id);
  REQUIRE(option);
  const auto value = parse_value(*option, text, issues);
  return value && set_option(state, *option, *value, issues);
}

} // namespace

TEST_CASE("every option's default is accepted by the option itself") {
  std::set<std::string_view> ids;
  for (const OptionInfo& option : option_table()) {
    INFO(option.id);
    CHECK(ids.insert(option.id).second);
    if (option.id == "slice" || option.id == "highlight" || option.id == "distance")
      continue; // these depend on the leg
    AppState state = test::open_small_leg();
    IssueList issues;
    const Value value = option_default(option);
    CHECK(set_option(state, option, value, issues, "default"));
    CHECK(issues.empty());
    const auto parsed = parse_value(option, to_string(value), issues);
    REQUIRE(parsed);
    CHECK((*parsed == value || option.type == OptionType::texts));
  }
}

TEST_CASE("options from the command line change the picture they name") {
  AppState state = test::open_small_leg();
  CHECK(set(state, "side", "left"));
  CHECK(state.atlas->side == Side::left);
  CHECK(set(state, "layers", "muscle,bone"));
  CHECK(state.document.kinds[static_cast<std::size_t>(Kind::muscle)]);
  CHECK_FALSE(state.document.kinds[static_cast<std::size_t>(Kind::skin)]);
  CHECK(set(state, "view", "lateral"));
  CHECK(state.document.highlight == Highlight::none);
  CHECK_FALSE(in_motion(state));
  CHECK(state.document.camera.yaw_deg == Approx(90)); // lateral of a left leg is +X
  CHECK(set(state, "highlight", "calf"));
  CHECK(state.document.highlight == Highlight::calf);
  CHECK(set(state, "peel", "0.45"));
  CHECK(state.document.peel == Approx(0.45f));
  CHECK(set(state, "select", "soleus"));
  CHECK(state.document.selected == "soleus");
  CHECK(set(state, "slice", "0.35"));
  CHECK(state.document.clip.on);
  CHECK(set(state, "ankle", "-20"));
  CHECK(state.document.pose.ankle_deg == -20);
  CHECK(set(state, "ankle", "+15"));
  CHECK(state.document.pose.ankle_deg == 15);
  for (int times = 0; times < 2; ++times) { // --ghost on top of a saved state that ghosts it already
    CHECK(set(state, "ghost", "soleus"));
    CHECK(show_of(state, static_cast<std::size_t>(state.atlas->index_of("soleus"))) == Show::ghosted);
  }
  CHECK(set(state, "theme", "light"));
  CHECK(state.settings.theme == ThemeChoice::light);
}

TEST_CASE("a value that does not fit is refused with what was expected") {
  AppState state = test::open_small_leg();
  const Document before = state.document;
  for (const auto& [id, text] : std::vector<std::pair<const char*, const char*>>{{"peel", "1.2"},
                                                                                 {"peel", "half"},
                                                                                 {"peel", "0.5x"},
                                                                                 {"peel", "+"},
                                                                                 {"ankle", "+-15"},
                                                                                 {"peel", ""},
                                                                                 {"peel", "nan"},
                                                                                 {"theme", "purple"},
                                                                                 {"layers", "muscle,wood"},
                                                                                 {"view", "Posterior"},
                                                                                 {"ankle", "41"},
                                                                                 {"reduced_motion", "maybe"}}) {
    INFO(id << " " << text);
    IssueList issues;
    CHECK_FALSE(parse_value(*find_option(id), text, issues, "--here"));
    REQUIRE(issues.has_errors());
    CHECK(issues.all().front().key == "--here");
    CHECK(issues.all().front().message.find("expected") == 0);
  }
  IssueList issues;
  CHECK_FALSE(set_option(state, *find_option("select"), Value("spleen"), issues));
  CHECK_FALSE(set_option(state, *find_option("select"), Value(4), issues));
  CHECK_FALSE(set_option(state, *find_option("peel"), Value("0.4"), issues));
  CHECK(state.document == before);
}

TEST_CASE("an option of the settings that an action sets is no undo step, one of the document is") {
  AppState state = test::open_small_leg();
  CHECK(test::applied(state, "set_option", {{"id", "theme"}, {"value", "light"}}));
  CHECK(state.history.past.empty());
  CHECK(test::applied(state, "set_option", {{"id", "peel"}, {"value", 0.5}}));
  CHECK(state.history.past.size() == 1);
  CHECK(test::applied(state, "undo"));
  CHECK(state.document.peel == 0);
  CHECK(state.settings.theme == ThemeChoice::light);
}
