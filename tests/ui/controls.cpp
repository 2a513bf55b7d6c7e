#include "base/files.h"
#include "panel_stage.h"

#include <cstdlib>
#include <map>
#include <set>

using namespace calfscope;

namespace {

// Clicks down a column and tells which values of an argument the actions of this name carried, in order.
std::vector<std::string> clicked_down(test::PanelStage& stage, float x, float from, float to, std::string_view action,
                                      std::string_view argument) {
  std::vector<std::string> found;
  for (float y = from; y < to; y += 12) {
    stage.click({x, y});
    for (const Action& done : stage.take_actions())
      if (done.id == action && done.args.contains(argument))
        found.push_back(to_string(done.args.find(argument)->second));
  }
  return found;
}

constexpr float eye_column = 298; // at 1280 by 720: panel 10 … 322, padding 14, eye 28 wide
constexpr float layers_bottom = 640;

} // namespace

TEST_CASE("the eyes of the layers turn every kind that the leg has off and on, and no other") {
  test::PanelStage stage;
  stage.frames(3);
  const auto clicked = clicked_down(stage, eye_column, 200, layers_bottom, "toggle_kind", "kind");
  std::set<std::string> present;
  for (const Structure& structure : stage.state.atlas->structures)
    present.insert(std::string(id_of(structure.kind)));
  CHECK(std::set<std::string>(clicked.begin(), clicked.end()) == present);
  // Outermost first, as in the table of kinds.
  std::vector<std::string> order;
  for (const std::string& kind : clicked)
    if (order.empty() || order.back() != kind)
      order.push_back(kind);
  std::vector<std::string> expected;
  for (const KindInfo& kind : kind_table)
    if (present.contains(std::string(kind.id)))
      expected.emplace_back(kind.id);
  CHECK(order == expected);
}

TEST_CASE("a click on an eye hides its kind, a second one brings it back, and undo knows both") {
  test::PanelStage stage;
  stage.frames(3);
  float y = 200;
  while (y < layers_bottom && !stage.did("toggle_kind")) {
    stage.click({eye_column, y});
    y += 6;
  }
  REQUIRE(stage.did("toggle_kind"));
  CHECK_FALSE(stage.state.document.kinds[static_cast<std::size_t>(Kind::skin)]);
  stage.click({eye_column, y - 6});
  CHECK(stage.state.document.kinds[static_cast<std::size_t>(Kind::skin)]);
  CHECK(stage.state.history.past.size() == 2);
}

TEST_CASE("a branch of the tree opens, and its rows select structures") {
  test::PanelStage stage;
  stage.frames(3);
  // Opens branches as they come, and selects what then stands in the column of names.
  std::set<std::string> selected;
  for (int pass = 0; pass < 2; ++pass)
    for (const std::string& id : clicked_down(stage, 100, 205, layers_bottom, "select", "id"))
      selected.insert(id);
  CHECK(selected.size() >= 4);
  for (const std::string& id : selected)
    CHECK(stage.state.atlas->find(id));
}

TEST_CASE("what is selected in the picture appears in the tree") {
  test::PanelStage stage;
  stage.frames(2);
  stage.state.document.selected = "tibialis_posterior";
  stage.frames(3);
  std::string hovered;
  for (float y = 205; y < layers_bottom && hovered != "tibialis_posterior"; y += 8) {
    stage.move_to({100, y});
    hovered = stage.out.hovered;
  }
  CHECK(hovered == "tibialis_posterior");
}

TEST_CASE("a drag of the peel slider is one gesture and ends where the hand ends") {
  test::PanelStage stage;
  stage.frames(3);
  float y = 115;
  while (y < 180 && !stage.gesture_began) { // finds the slider by pressing at its left end
    y += 4;
    stage.move_to({34, y});
    stage.input.buttons[0] = true;
    stage.frame();
    if (!stage.gesture_began) {
      stage.input.buttons[0] = false;
      stage.frame();
    }
  }
  REQUIRE(stage.gesture_began);
  CHECK_FALSE(stage.gesture_ended);
  float last = 0;
  for (float x = 40; x < 240; x += 20) {
    stage.input.pointer_px = {x, y};
    stage.frame();
    CHECK(stage.state.document.peel >= last);
    last = stage.state.document.peel;
  }
  CHECK(last > 0.5f);
  CHECK(last < 1);
  stage.input.pointer_px = {700, y}; // far beyond the end: the bone, and not further
  stage.frames(2);
  CHECK(stage.state.document.peel == 1);
  stage.input.buttons[0] = false;
  stage.frames(2);
  CHECK(stage.gesture_ended);
}

TEST_CASE("the search field takes the keyboard when asked, finds by synonym, and Enter selects") {
  test::PanelStage stage;
  stage.frames(2);
  CHECK_FALSE(stage.panels().wants_text());
  apply(stage.state, {"open_panel", {{"panel", "search"}}});
  stage.frames(3);
  CHECK(stage.panels().wants_text());
  stage.type(U"achilles");
  REQUIRE_FALSE(stage.state.search_results.empty());
  CHECK(stage.state.search_results.front().structure == "calcaneal_tendon");
  stage.press_key("Enter");
  stage.frames(2);
  CHECK(stage.state.document.selected == "calcaneal_tendon");
  CHECK(stage.state.search_text.empty());
  CHECK_FALSE(stage.panels().wants_text());
}

TEST_CASE("what is found from another place is shown in Explore") {
  test::PanelStage stage;
  stage.state.place = Place::journal;
  stage.frame();
  apply(stage.state, {"open_panel", {{"panel", "search"}}});
  stage.frames(3);
  stage.type(U"achilles");
  REQUIRE_FALSE(stage.state.search_results.empty());
  stage.press_key("Enter");
  stage.frames(2);
  CHECK(stage.state.place == Place::explore);
  CHECK(stage.state.document.selected == "calcaneal_tendon");
}

TEST_CASE("arrow keys walk the results, Escape leaves the search without selecting") {
  test::PanelStage stage;
  stage.frames(2);
  apply(stage.state, {"open_panel", {{"panel", "search"}}});
  stage.frames(3);
  stage.type(U"gastro");
  REQUIRE(stage.state.search_results.size() >= 2);
  const std::string second = stage.state.search_results[1].structure;
  stage.press_key("Down");
  stage.press_key("Enter");
  stage.frames(2);
  CHECK(stage.state.document.selected == second);

  apply(stage.state, {"deselect", {}});
  apply(stage.state, {"open_panel", {{"panel", "search"}}});
  stage.frames(3);
  stage.type(U"soleus");
  stage.press_key("Escape");
  stage.frames(2);
  CHECK(stage.state.document.selected.empty());
  CHECK(stage.state.search_text.empty());
}

TEST_CASE("every setting that the table declares can be reached in the settings panel") {
  test::PanelStage stage({1280, 1400});
  apply(stage.state, {"open_panel", {{"panel", "settings"}}});
  stage.frames(3);
  std::map<std::string, int> touched;
  for (float y = 90; y < 1330; y += 8)
    for (const float x : {1000.0f, 1110.0f, 1236.0f}) {
      stage.click({x, y});
      for (const Action& action : stage.take_actions())
        if (action.id == "set_option")
          ++touched[to_string(action.args.find("id")->second)];
      stage.state.settings.ui_scale = 1; // keeps the panel where it is
      stage.state.settings.text_size_px = 15;
      stage.state.open_panels = {Panel::settings};
    }
  for (const char* id : {"theme", "ui_scale", "text_size", "reduced_motion", "invert_zoom", "orbit_inertia", "quality",
                         "show_legend", "show_orientation_cube", "show_hints"}) {
    INFO(id);
    CHECK(touched[id] > 0);
  }
}

TEST_CASE("the three places and the way back") {
  test::PanelStage stage;
  stage.frames(2);
  std::vector<std::string> places;
  for (float x = 120; x < 400; x += 14) {
    stage.click({x, 24});
    for (const Action& action : stage.take_actions())
      if (action.id == "place" && (places.empty() || places.back() != to_string(action.args.find("place")->second)))
        places.push_back(to_string(action.args.find("place")->second));
  }
  CHECK(places == std::vector<std::string>{"explore", "release", "journal"});
  CHECK(stage.out.covers_picture);
}

TEST_CASE("a notice goes when it is dismissed, and the others stay") {
  test::PanelStage stage;
  notify(stage.state, Severity::error, "ui.notice.script_fault");
  notify(stage.state, Severity::error, "ui.notice.settings_not_kept");
  stage.frames(4);
  for (float x = 700; x < 860 && stage.state.notices.size() == 2; x += 8)
    stage.click({x, 78});
  REQUIRE(stage.state.notices.size() == 1);
  CHECK(stage.state.notices.front().key == "ui.notice.settings_not_kept");
}

TEST_CASE("a dialog keeps the panels behind it from being clicked") {
  test::PanelStage stage;
  stage.state.open_panels = {Panel::layers, Panel::shortcuts};
  stage.frames(3);
  for (float y = 200; y < layers_bottom; y += 20) {
    stage.state.open_panels.insert(Panel::shortcuts);
    stage.click({eye_column, y});
  }
  CHECK_FALSE(stage.did("toggle_kind"));
}

TEST_CASE("Tab walks through all controls and back, Enter uses the one with the ring, and the mouse takes it away") {
  test::PanelStage stage;
  stage.frames(3);
  stage.press_key("Tab");
  REQUIRE(stage.focus().stop != 0);
  CHECK(stage.focus().ring);
  const ImGuiID first = stage.focus().stop;
  const std::size_t count = stage.focus().order.size();
  CHECK(count > 20); // places, search, side, theme, settings, help, layers, tools, views
  std::set<ImGuiID> seen{first};
  for (std::size_t i = 1; i < count; ++i) {
    stage.press_key("Tab");
    seen.insert(stage.focus().stop);
  }
  CHECK(seen.size() == count);
  stage.press_key("Tab");
  CHECK(stage.focus().stop == first);
  stage.input.shift = true;
  stage.press_key("Tab");
  stage.input.shift = false;
  CHECK(stage.focus().index == count - 1);
  stage.press_key("Tab");

  stage.take_actions();
  stage.press_key("Tab"); // the second place
  stage.press_key("Enter");
  CHECK(stage.state.place == Place::release);
  stage.click({700, 400});
  CHECK(stage.focus().stop == 0);
  CHECK_FALSE(stage.focus().ring);
}

TEST_CASE("every control that the keyboard reaches does something, and all of it is possible") {
  test::PanelStage stage({1280, 1000});
  stage.state.document.selected = "soleus";
  stage.state.open_panels = {Panel::layers, Panel::clip, Panel::pose};
  stage.frames(4);
  stage.press_key("Tab");
  const std::size_t count = stage.focus().order.size();
  std::set<std::string> done;
  for (std::size_t i = 0; i < 3 * count; ++i) { // branches of the tree open and close meanwhile
    stage.press_key("Enter");                   // PanelStage checks that what it asks for can be done
    for (const Action& action : stage.take_actions())
      done.insert(action.id);
    stage.state.place = Place::explore; // as before, so that the next control is where it was
    stage.state.open_panels = {Panel::layers, Panel::clip, Panel::pose};
    stage.state.document.selected = "soleus";
    stage.state.history = {};
    stage.frames(3);
    stage.press_key("Tab");
  }
  for (const char* id :
       {"place", "open_panel", "side", "set_option", "toggle_panel", "toggle_kind", "close_panel", "home", "camera_fit",
        "view", "orthographic", "deselect", "isolate", "ghost", "hide", "clip", "clip_set", "show_all"}) {
    INFO(id);
    CHECK(done.contains(id));
  }
}

TEST_CASE("Left and Right move the slider that the keyboard is on") {
  test::PanelStage stage;
  stage.frames(3);
  for (int i = 0; i < 200 && !stage.out.keeps_arrows; ++i)
    stage.press_key("Tab");
  REQUIRE(stage.out.keeps_arrows);
  stage.press_key("Right");
  stage.press_key("Right");
  CHECK(stage.state.document.peel == Approx(0.1f));
  stage.press_key("Left");
  CHECK(stage.state.document.peel == Approx(0.05f));
}

TEST_CASE("Tab leaves the search field, and Enter on its ring comes back") {
  test::PanelStage stage;
  stage.frames(2);
  apply(stage.state, {"open_panel", {{"panel", "search"}}});
  stage.frames(3);
  REQUIRE(stage.panels().wants_text());
  stage.press_key("Tab");
  stage.frames(2);
  CHECK_FALSE(stage.panels().wants_text());
  for (int i = 0; i < 200 && !stage.panels().wants_text(); ++i) {
    stage.press_key("Tab");
    if (stage.focus().index == 3) // after the three places
      stage.press_key("Enter");
    stage.frames(2);
  }
  CHECK(stage.panels().wants_text());
}

TEST_CASE("the keyboard does not reach what lies under a dialog") {
  test::PanelStage stage;
  stage.frames(2);
  stage.state.open_panels = {Panel::layers, Panel::shortcuts};
  stage.frames(3);
  stage.press_key("Tab");
  CHECK(stage.focus().order.size() == 1);
  stage.press_key("Enter");
  CHECK_FALSE(stage.state.open_panels.contains(Panel::shortcuts));
}

TEST_CASE("the keyboard reaches the tools that a row of the tree shows only to the pointer") {
  test::PanelStage stage;
  stage.state.document.selected = "soleus"; // its branch is open
  stage.frames(4);
  stage.state.document.selected.clear();
  stage.frames(2);
  std::set<std::string> ghosted;
  for (int i = 0; i < 250; ++i) {
    stage.press_key("Tab");
    stage.press_key("Enter");
    for (const Action& action : stage.take_actions())
      if (action.id == "ghost" && action.args.contains("id"))
        ghosted.insert(to_string(action.args.find("id")->second));
    stage.state.document.selected.clear();
    stage.state.open_panels = {Panel::layers};
    stage.state.place = Place::explore;
    stage.state.history = {};
    stage.frames(2);
  }
  CHECK(ghosted.contains("tibia"));
  CHECK(ghosted.size() >= 5);
}

TEST_CASE("the dialog for opening lists folders and models alone, walks into folders and opens what is chosen") {
  namespace fs = std::filesystem;
  const fs::path home = fs::path(CALFSCOPE_BINARY_DIR) / "open_dialog_test";
  fs::remove_all(home);
  fs::create_directories(home / "scans");
  fs::create_directories(home / "pack");
  IssueList issues;
  for (const char* file : {"scans/Knee.STL", "scans/notes.txt", "scans/.hidden.stl", "pack/model.json", "leg.glb"})
    REQUIRE(write_atomic(home / file, "x", issues));

  const FolderListing listing = list_folder(home);
  CHECK(listing.entries == std::vector<FolderEntry>{{"scans", true}, {"leg.glb", false}, {"pack", false}});
  CHECK(list_folder(home / "scans").entries == std::vector<FolderEntry>{{"Knee.STL", false}});
  CHECK(list_folder(home / "gone").unreadable);

  const char* before = std::getenv("HOME");
  const std::string old_home = before ? before : "/";
  setenv("HOME", home.c_str(), 1);
  test::PanelStage stage;
  stage.state.open_panels = {Panel::open};
  const auto settle = [&] {
    do
      stage.frames(3);
    while (stage.out.reads_folder);
    stage.frames(2);
  };
  settle();
  setenv("HOME", old_home.c_str(), 1);
  // Close, up, home, then the rows.
  CHECK(stage.focus().order.size() == 3 + 3);
  for (int i = 0; i < 4; ++i)
    stage.press_key("Tab");
  stage.press_key("Enter"); // scans
  settle();
  CHECK(stage.focus().order.size() == 3 + 1);
  for (int i = 0; i < 8 && !stage.did("open_model"); ++i) {
    stage.press_key("Tab");
    if (stage.focus().index == 3)
      stage.press_key("Enter");
  }
  REQUIRE(stage.state.requests.size() == 1);
  CHECK(stage.state.requests.front().text == (home / "scans/Knee.STL").string());
  CHECK_FALSE(stage.state.open_panels.contains(Panel::open));
}
