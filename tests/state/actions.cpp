#include "sample_state.h"
#include "support/small_content.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

using namespace calfscope;
using test::applied;

TEST_CASE("every action and every argument has a name of its own") {
  std::set<std::string_view> ids;
  for (const ActionInfo& info : action_table()) {
    CHECK(ids.insert(info.id).second);
    CHECK(info.run != nullptr);
    std::set<std::string_view> names;
    for (const ArgSpec& spec : info.args) {
      CHECK(names.insert(spec.name).second);
      if (spec.type == ArgType::choice)
        CHECK_FALSE(spec.choices.empty());
      if (spec.type == ArgType::number)
        CHECK(spec.lowest < spec.highest);
    }
  }
}

TEST_CASE("the pose action takes the angles of the pose, with their ranges") {
  const ActionInfo* info = find_action("pose");
  REQUIRE(info);
  REQUIRE(info->args.size() == pose_angles().size());
  for (std::size_t i = 0; i < info->args.size(); ++i) {
    CHECK(info->args[i].name == pose_angles()[i].id);
    CHECK(info->args[i].lowest == pose_angles()[i].lowest_deg);
    CHECK(info->args[i].highest == pose_angles()[i].highest_deg);
  }
}

TEST_CASE("what is refused is named and leaves the state as it was") {
  AppState state = test::open_small_leg();
  const Document before = state.document;
  const std::vector<Action> wrong{
      {"fly_to_the_moon", {}},
      {"select", {}},
      {"select", {{"id", "spleen"}}},
      {"select", {{"id", 3}}},
      {"select", {{"id", "soleus"}, {"loudly", true}}},
      {"peel", {{"value", std::nan("")}}},
      {"peel", {{"value", "deep"}}},
      {"view", {{"name", "inside"}}},
      {"camera_orbit", {{"by_deg", Value::Numbers{1, 2, 3}}}},
      {"camera_orbit", {{"by_deg", Value::Numbers{1, INFINITY}}}},
      {"set_layers", {{"kinds", Value::Texts{"muscle", "wood"}}}},
      {"set_option", {{"id", "speed"}, {"value", 3}}},
      {"set_option", {{"id", "theme"}, {"value", "purple"}}},
      {"hide", {}}, // nothing is selected
      {"undo", {}}, // nothing has been done
      {"leave_isolation", {}},
      {"clip_by", {{"mm", 5}}}, // nothing is cut
      // Made of several steps, of which the last one fails.
      {"set_option", {{"id", "hide"}, {"value", Value::Texts{"soleus", "spleen"}}}},
      {"set_option", {{"id", "isolate"}, {"value", Value::Texts{"soleus", "spleen"}}}},
  };
  for (const Action& action : wrong) {
    INFO(action.id);
    IssueList issues;
    CHECK_FALSE(apply(state, action, issues));
    CHECK(issues.has_errors());
    CHECK(state.document == before);
    CHECK(state.history.past.empty());
    CHECK_FALSE((action.args.empty() && enabled(state, action)));
  }
}

TEST_CASE("without a leg every action is refused or harmless") {
  std::mt19937 random(7);
  const AppState with_leg = test::open_small_leg();
  for (const ActionInfo& info : action_table())
    for (int i = 0; i < 5; ++i) {
      AppState state;
      IssueList issues;
      apply(state, test::random_action(with_leg, info, random), issues);
      CHECK(state.atlas == nullptr);
      advance(state, 0.1);
    }
}

TEST_CASE("every action is accepted with fitting arguments when it is enabled") {
  std::mt19937 random(11);
  for (const ActionInfo& info : action_table()) {
    if (info.id == "set_option") // its value depends on its id
      continue;
    INFO(info.id);
    bool once_possible = false;
    // What is chosen excludes one another: a structure, a point, or regions that hurt.
    for (const Action& chosen :
         {Action{"select", {{"id", "soleus"}}}, Action{"select_point", {{"id", "soleus"}}},
          Action{"select_technique", {{"id", "soleus"}}}, Action{"hurts", {{"region", "soleus"}}},
          Action{"paint_pain", {{"points", Value::Numbers{0.5, 0}}}}}) {
      AppState state = test::open_small_leg();
      set_content(state, test::small_content());
      REQUIRE(applied(state, "isolate", {{"id", "soleus"}}));
      REQUIRE(applied(state, "clip", {{"on", true}}));
      REQUIRE(applied(state, chosen.id, chosen.args));
      state.open_panels.insert(Panel::stop_signs);
      REQUIRE(applied(state, "peel", {{"value", 0.2}}));
      REQUIRE(applied(state, "undo"));
      if (chosen.id == "select_technique") // and a hand has taken its tool along
        state.technique.carried = LegPlace{0.5f, 0};
      for (int i = 0; i < 6; ++i) {
        const Action action = test::random_action(state, info, random);
        const bool possible = enabled(state, action);
        if (i == 0)
          once_possible |= possible;
        IssueList issues;
        CHECK(apply(state, action, issues) == possible);
      }
    }
    CHECK(once_possible);
  }
}

TEST_CASE("numbers beyond an argument's range are brought back into it") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "peel", {{"value", 7}}));
  CHECK(state.document.peel == 1);
  REQUIRE(applied(state, "pose", {{"ankle", 90}}));
  CHECK(state.document.pose.ankle_deg == 40);
}

TEST_CASE("hiding, ghosting, isolating and showing do what they say") {
  AppState state = test::open_small_leg();
  const auto show = [&](std::string_view id) {
    return show_of(state, static_cast<std::size_t>(state.atlas->index_of(id)));
  };
  REQUIRE(applied(state, "select", {{"id", "soleus"}}));
  REQUIRE(applied(state, "hide"));
  CHECK(show("soleus") == Show::hidden);
  CHECK(state.document.selected.empty());
  REQUIRE(applied(state, "show", {{"id", "soleus"}}));
  CHECK(show("soleus") == Show::shown);
  CHECK(state.document.overrides.empty());

  REQUIRE(applied(state, "ghost", {{"id", "tibia"}}));
  CHECK(show("tibia") == Show::ghosted);
  REQUIRE(applied(state, "ghost", {{"id", "tibia"}}));
  CHECK(show("tibia") == Show::shown);

  REQUIRE(applied(state, "toggle_kind", {{"kind", "bone"}}));
  CHECK(show("tibia") == Show::hidden);
  REQUIRE(applied(state, "show", {{"id", "tibia"}}));
  CHECK(show("tibia") == Show::shown);
  CHECK(show("fibula") == Show::hidden);

  REQUIRE(applied(state, "isolate", {{"id", "fibula"}}));
  CHECK(show("fibula") == Show::shown);
  CHECK(show("soleus") == Show::hidden);
  REQUIRE(applied(state, "show", {{"id", "soleus"}}));
  CHECK(show("soleus") == Show::shown);
  CHECK(show("femur") == Show::hidden);
  REQUIRE(applied(state, "leave_isolation"));
  CHECK(show("gastrocnemius_medial_head") == Show::shown);

  REQUIRE(applied(state, "set_layers", {{"kinds", Value::Texts{"bone", "tendon"}}}));
  CHECK(show("calcaneal_tendon") == Show::shown);
  CHECK(show("soleus") == Show::hidden);
  REQUIRE(applied(state, "show_all"));
  for (std::size_t i = 0; i < state.atlas->structures.size(); ++i)
    CHECK(show_of(state, i) == Show::shown);
}

TEST_CASE("next and previous walk over what is shown and come round") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "set_layers", {{"kinds", Value::Texts{"muscle"}}}));
  std::set<std::string> seen;
  for (int i = 0; i < 4; ++i) {
    REQUIRE(applied(state, "next_structure"));
    CHECK(state.atlas->find(state.document.selected)->kind == Kind::muscle);
    seen.insert(state.document.selected);
  }
  CHECK(seen.size() == 4);
  const std::string last = state.document.selected;
  REQUIRE(applied(state, "next_structure"));
  REQUIRE(applied(state, "previous_structure"));
  CHECK(state.document.selected == last);
}

TEST_CASE("requests are handed on in order with their arguments") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "open_model", {{"path", "a.obj"}, {"unit", "cm"}}));
  REQUIRE(applied(state, "click", {{"at", glm::vec2(0.25f, 0.75f)}}));
  REQUIRE(applied(state, "copy_text", {{"text", "FMA1"}}));
  REQUIRE(applied(state, "quit"));
  REQUIRE(state.requests.size() == 4);
  CHECK(state.requests[0] == Request{RequestKind::open_model, "a.obj", "cm", glm::vec2(0)});
  CHECK(state.requests[1] == Request{RequestKind::click, "", "", glm::vec2(0.25f, 0.75f)});
  CHECK(state.requests[2].text == "FMA1");
  CHECK(state.requests[3].kind == RequestKind::quit);
}

TEST_CASE("a refused action without a list for its faults becomes a notice that goes again") {
  AppState state = test::open_small_leg();
  CHECK_FALSE(apply(state, {"select", {{"id", "spleen"}}}));
  CHECK_FALSE(apply(state, {"select", {{"id", "spleen"}}}));
  REQUIRE(state.notices.size() == 1);
  CHECK(state.notices[0].details.find("spleen") != std::string::npos);
  CHECK(advance(state, notice_seconds + 1));
  CHECK(state.notices.empty());
  notify(state, Severity::error, "notice.action_refused");
  advance(state, 1000);
  CHECK(state.notices.size() == 1);
  REQUIRE(applied(state, "dismiss_notices"));
  CHECK(state.notices.empty());
}

TEST_CASE("no shortcut means two things, and every command can be carried out") {
  std::set<std::string> chords;
  std::set<std::string_view> ids;
  for (const Command& command : command_table()) {
    INFO(command.id);
    CHECK(ids.insert(command.id).second);
    const ActionInfo* info = find_action(command.action.id);
    REQUIRE(info);
    for (const auto& [name, value] : command.action.args)
      CHECK(std::any_of(info->args.begin(), info->args.end(),
                        [&, &key = name](const ArgSpec& s) { return s.name == key; }));
    if (command.shortcut.empty())
      continue;
    CHECK(chords.insert(std::string(command.shortcut)).second);
    CHECK(command_for(parse_chord(command.shortcut)) == &command);
  }
  CHECK(command_for({}) == nullptr);
  CHECK(command_for({.ctrl = true, .key = "K"}) == nullptr);
  CHECK(command_for({.key = "Keypad 1"}) == find_command("view_posterior"));
  CHECK(command_for({.key = "="}) == find_command("zoom_in"));
  CHECK(command_for({.shift = true, .key = "/"}) == find_command("search_slash"));
  CHECK(command_for({.ctrl = true, .shift = true, .key = "Z"}) == find_command("redo"));
}
