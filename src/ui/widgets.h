#pragma once
// The few controls that all panels are made of. Sizes in parameters are logical pixels unless they say otherwise.

#include "ui/icons.h"
#include "ui/ui.h"

#include <span>

namespace calfscope {

// --- text
// ---------------------------------------------------------------------------------------------------------------

enum class Align : std::uint8_t { left, centre, right };

float text_width(ImFont* font, std::string_view text); // pixels
// One line from `at` on; shortened with … (and noted in UiOutput::clipped) if it is wider than `width_px`.
void draw_text(const Ui& ui, ImDrawList& list, ImFont* font, ImU32 colour, ImVec2 at, float width_px,
               std::string_view text, Align align = Align::left);
// Takes up the room of a wrapped paragraph in the panel.
void paragraph(const Ui& ui, std::string_view text, glm::vec3 colour, ImFont* font = nullptr);
void heading(const Ui& ui, std::string_view text); // of a section
void key_value(const Ui& ui, std::string_view key, std::string_view value);
void space(const Ui& ui, float logical);
void separator(const Ui& ui);

// --- controls: true when used
// --------------------------------------------------------------------------------------------

enum class ButtonLook : std::uint8_t { plain, quiet, primary };

struct ButtonOptions {
  Icon icon = Icon::none;
  ButtonLook look = ButtonLook::plain;
  bool enabled = true;
  bool active = false; // shown as switched on
  float width = 0;     // 0: as wide as its text
  std::string_view tooltip = {};
};
bool button(const Ui& ui, const char* id, std::string_view label, const ButtonOptions& options = {});

struct IconButtonOptions {
  bool enabled = true;
  bool active = false;
  bool faint = false; // drawn quietly until the pointer is near
  float size = 28;    // edge of the square that takes clicks
  std::string_view tooltip = {};
};
bool icon_button(const Ui& ui, const char* id, Icon icon, const IconButtonOptions& options = {});

// A row of choices of which one is on; returns the one clicked, or -1.
int segmented(const Ui& ui, const char* id, std::span<const std::string> labels, int active, float width = 0,
              bool small = false);
float segmented_width(const Ui& ui, std::span<const std::string> labels, bool small = false); // pixels

bool toggle(const Ui& ui, const char* id, bool on);
// A label with a switch at its right end, as one row; true when used.
bool toggle_row(const Ui& ui, const char* id, std::string_view label, bool on, std::string_view help = {});

// Small labels that flow over as many lines as they need: place each where next() says.
class Flow {
public:
  explicit Flow(const Ui& ui);
  void next(float width_px); // moves the cursor to where an item of this width goes
  float width_px() const { return width_px_; }

private:
  const Ui& ui_;
  float left_ = 0, width_px_ = 0, used_px_ = 0;
  bool first_ = true;
};
float chip_width(const Ui& ui, std::string_view label); // pixels
bool chip_button(const Ui& ui, const char* id, std::string_view label, bool on, std::string_view tooltip = {});

struct SliderOptions {
  float lowest = 0;
  float highest = 1;
  float width = 0; // 0: what is left in the row
  bool large = false;
  std::span<const ImU32> track = {}; // colours from low to high; empty: accent up to the knob
  std::string_view name = {};        // for the tooltip while dragging
};
struct SliderResult {
  bool changed = false;
  float value = 0;
};
// Notes the begin and end of the drag in UiOutput, so that it becomes one undo step.
SliderResult slider(const Ui& ui, const char* id, float value, const SliderOptions& options);

void tooltip(const Ui& ui, std::string_view text);                  // beside the pointer, if the last item is hovered
void hint_window(const Ui& ui, std::string_view text, float width); // at once, whatever is hovered

// --- surfaces
// ------------------------------------------------------------------------------------------------------------

struct PanelOptions {
  bool scroll = true;
  bool on_top = false; // above other panels: popups
  glm::vec2 padding{14, 12};
  bool rounded = true;
};
// A raised sheet with shadow. Contents between begin and end; end also if begin returned false.
bool begin_panel(const Ui& ui, const char* id, const Rect& where, const PanelOptions& options = {});
void end_panel();
// A window without any look, for what is drawn on the picture itself; ImGui::End() closes it.
void begin_bare(const char* id, const Rect& where);
void draw_shadow(const Ui& ui, ImDrawList& list, const Rect& where, float radius_px);

// A row as high as `height`, as wide as the panel: where it is, and whether it is hovered or was clicked.
struct Row {
  Rect where;
  bool hovered = false;
  bool clicked = false;
  bool double_clicked = false;
};
// Controls placed on the row afterwards stay clickable.
Row row(const Ui& ui, const char* id, float height, bool selected = false);

// Notes that this part of the picture is covered, so that no name is written there.
void cover(const Ui& ui, const Rect& where);

glm::vec3 mix(glm::vec3 a, glm::vec3 b, float t);

} // namespace calfscope
