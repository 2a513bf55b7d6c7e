#pragma once
// What every panel gets: the state to read, the words, colours and fonts to show it with, and where to put what the
// person wants. Panels keep nothing of the model; what they remember between frames stands in UiMemory.

#include "base/catalogue.h"
#include "compose/section_sheet.h"
#include "frame/flat_drawing.h"
#include "state/action.h"
#include "state/app_state.h"
#include "state/theme.h"
#include "ui/folder_reader.h"
#include "ui/fonts.h"
#include "ui/style.h"

#include <imgui.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace calfscope {

struct Rect {
  ImVec2 min{0, 0};
  ImVec2 max{0, 0};
  float width() const { return max.x - min.x; }
  float height() const { return max.y - min.y; }
  ImVec2 centre() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
  bool contains(ImVec2 p) const { return p.x >= min.x && p.y >= min.y && p.x < max.x && p.y < max.y; }
};

// Where Tab has put the keyboard (ui/focus.h).
struct KeyFocus {
  ImGuiID stop = 0;                // the control with the ring; 0: none
  std::size_t index = 0;           // of it in `order`
  std::vector<ImGuiID> order;      // all that could be reached in the last frame
  std::vector<ImGuiID> next_order; // being collected
  bool moved = false;              // in this frame
  bool pressed = false;            // Enter or Space, in this frame
  struct Ring {
    Rect where, visible;
  };
  std::optional<Ring> ring;
};

// A picture inside a panel, made by the app from values: a flat drawing, or a still of the leg.
struct PictureWish {
  glm::ivec2 size{0};                         // framebuffer pixels
  std::shared_ptr<const FlatDrawing> drawing; // else:
  std::optional<double> pain_seconds;         // the chosen point at this time of its pain
};
struct PanelPicture {
  ImTextureID texture = nullptr;
  glm::ivec2 size{0};
};

struct UiMemory {
  KeyFocus focus;
  FolderReader folders;             // of the dialog "open"
  bool folders_are_fresh = false;   // read since it was opened
  std::set<std::string> open_kinds; // branches of the layer tree
  std::string search_text;          // as typed; the state's copy follows
  bool search_was_open = false;
  int search_row = 0;
  float card_height = 0;                // content of the last frame, for a card that is as tall as what it holds
  std::map<std::string, float> heights; // the same for other panels
  std::string revealed;                 // structure that the tree was last opened for
  ImGuiID quiet_hint = 0;               // control that was pressed: its hint is not shown until the pointer has left it
  Audience audience = Audience::patient; // whose words the content is shown in
  std::set<std::string> open_sections{"point.symptoms", "point.press",      "lookup.flags",
                                      "lookup.places",  "technique.phases", "technique.lengths"};
  bool layers_show_points = true;                 // else the tissues
  std::string revealed_point;                     // that the list of points was last shown for
  bool lookup_was_open = false;                   // in the last frame
  bool presses_by_button = false;                 // the button on the card that is held
  std::set<std::string, std::less<>> hurt_before; // the regions named last, to come back to from a point
  SectionDrawer section;                          // the cross-section as it was drawn last
  std::string copied;                             // text that was just copied, so that its button says so
};

struct UiOutput {
  std::vector<Action> actions;
  bool gesture_begins = false;     // before the actions
  bool gesture_ends = false;       // after them
  glm::vec4 free_area{0, 0, 1, 1}; // fractions of the framebuffer that panels leave to the picture, x0 y0 x1 y1
  bool covers_picture = false;     // a page or dialog hides all of it
  bool reads_folder = false;       // draw again soon: what it holds is on its way
  bool keeps_arrows = false;       // the keyboard is on a slider, which Left and Right move
  std::string hovered;             // structure whose row is under the pointer; empty if none
  std::string hovered_point;       // the same of a trigger point
  std::vector<glm::vec4> covered;  // AppState::covered
  std::map<std::string, PictureWish> pictures; // wanted in this frame, by a name of their own
  std::vector<std::string> clipped;            // texts that did not fit and were shortened; a test wants none
};

struct Ui {
  const AppState& state;
  const Catalogue& text;
  const Theme& theme;
  const Fonts& fonts;
  float scale = 1; // pixels per logical pixel
  UiMemory& memory;
  UiOutput& out;
  const std::map<std::string, PanelPicture>* pictures = nullptr; // those wished for in earlier frames; null: none

  float px(float logical) const; // whole framebuffer pixels
  void emit(Action action) const { out.actions.push_back(std::move(action)); }
  void emit_command(std::string_view id) const; // what the command table says
  bool is_enabled(std::string_view command_id) const;
  bool is_open(Panel panel) const { return state.open_panels.contains(panel); }
};

} // namespace calfscope
