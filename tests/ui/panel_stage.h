#pragma once
// Panels on a stage: a state, injected mouse and keys, and what the panels then want. No window, no display.

#include "base/catalogue.h"
#include "state/app_state.h"
#include "support/small_leg.h"
#include "ui/shell.h"
#include "ui/ui_context.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace calfscope::test {

inline const Catalogue& texts() {
  static const Catalogue catalogue = [] {
    Catalogue loaded;
    IssueList issues;
    const bool good = loaded.load(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/program/text/en.json", issues);
    INFO(to_string(issues));
    REQUIRE(good);
    return loaded;
  }();
  return catalogue;
}

class PanelStage {
public:
  explicit PanelStage(glm::ivec2 size = {1280, 720}, float scale = 1, UiDrawing drawing = UiDrawing::none)
      : panels_(drawing) {
    input.framebuffer = size;
    input.scale = scale;
    open_leg(state, small_leg());
    state.open_panels = {Panel::layers};
  }

  // One frame; what the panels want is collected in `actions` and done to the state.
  void frame() {
    const Theme& theme = theme_of(state);
    const float scale = effective_scale(input.framebuffer, input.scale, state.settings.ui_scale);
    panels_.begin(input, theme, state.settings.text_size_px, scale);
    out = {};
    draw_shell({state, texts(), theme, panels_.fonts(), scale, memory_, out});
    panels_.end();
    input.typed.clear();
    input.wheel = glm::vec2(0);
    gesture_began |= out.gesture_begins;
    gesture_ended |= out.gesture_ends;
    clipped.insert(clipped.end(), out.clipped.begin(), out.clipped.end());
    for (const Action& action : out.actions) {
      actions.push_back(action);
      INFO(action.id);
      IssueList issues;
      const bool done = apply(state, action, issues);
      INFO(to_string(issues));
      CHECK(done); // panels only offer what is possible
    }
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i)
      frame();
  }
  void move_to(glm::vec2 at_px) {
    input.pointer_px = at_px;
    frames(2); // one to see it, one to settle
  }
  void click(glm::vec2 at_px) {
    move_to(at_px);
    input.buttons[0] = true;
    frame();
    input.buttons[0] = false;
    frames(2);
  }
  void press_key(const std::string& key) {
    input.keys_down.insert(key);
    frame();
    input.keys_down.erase(key);
    frame();
  }
  void type(std::u32string text) {
    input.typed = std::move(text);
    frames(2);
  }
  std::vector<Action> take_actions() { return std::exchange(actions, {}); }
  bool did(std::string_view id) const {
    return std::any_of(actions.begin(), actions.end(), [&](const Action& action) { return action.id == id; });
  }
  // Unfolds everything that content can say, for this reader.
  void open_all(Audience audience) {
    memory_.audience = audience;
    for (const char* part :
         {"symptoms", "provoked_by", "find_on_me", "finding", "look_alikes", "prevalence", "sureness", "notes"})
      memory_.open_sections.insert(std::string("point.") + part);
    memory_.open_sections.insert({"lookup.flags", "card.facts"});
    if (!state.content)
      return;
    for (const RedFlag& flag : state.content->red_flags)
      memory_.open_sections.insert("flag." + flag.claim.id);
    for (const LookAlike& other : state.content->look_alikes)
      memory_.open_sections.insert("look_alike." + other.id);
  }
  UiContext& panels() { return panels_; }
  UiMemory& memory() { return memory_; }
  const KeyFocus& focus() const { return memory_.focus; }

  AppState state;
  UiInput input;
  UiOutput out;
  std::vector<Action> actions;
  std::vector<std::string> clipped;
  bool gesture_began = false;
  bool gesture_ended = false;

private:
  UiContext panels_;
  UiMemory memory_;
};

} // namespace calfscope::test
