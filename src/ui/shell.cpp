#include "ui/shell.h"

#include "state/technique_state.h"
#include "ui/focus.h"
#include "ui/orientation_cube.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <algorithm>

namespace calfscope {
namespace {

struct Layout {
  Rect screen, top, middle, bottom;
  Rect left, right;             // columns of the panels
  Rect section;                 // of the cross-section; empty if none is shown
  bool section_on_left = false; // it stands where the layers would
  Rect free;                    // what is left of the picture
  float player_top = 0;         // of a technique's player, below it
};

bool has_section(const Ui& ui) {
  return ui.state.document.section.on && ui.state.facts && ui.state.facts->coordinates;
}

bool has_attribution(const Ui& ui) {
  return ui.state.atlas && !ui.state.atlas->attribution.empty();
}

float attribution_height(const Ui& ui) {
  return ui.fonts.small->FontSize + ui.px(12);
}

Layout lay_out(const Ui& ui) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  Layout out;
  out.screen = {{0, 0}, size};
  const float bar = ui.px(std::max(ui.theme.size.top_bar, 48.0f));
  out.top = {{0, 0}, {size.x, bar}};
  out.bottom = {{0, size.y - bar}, size};
  out.middle = {{0, bar}, {size.x, size.y - bar}};
  const float margin = ui.px(10);
  const float width = std::clamp(size.x * 0.27f, ui.px(270), ui.px(ui.theme.size.panel_width + 12));
  out.left = {{margin, bar + margin}, {margin + width, out.middle.max.y - margin}};
  out.right = {{size.x - margin - width, bar + margin}, {size.x - margin, out.middle.max.y - margin}};
  // The right column stays reserved while it is empty: a click that opens the card must not move the leg away from
  // under the pointer.
  const bool releases = ui.state.place == Place::release;
  float free_left = releases || ui.is_open(Panel::layers) ? out.left.max.x : 0;
  float free_right = out.right.min.x;
  if (has_section(ui) && !releases) {
    // Beside the leg if both have room there, else over the layers.
    const float between = free_right - free_left;
    out.section_on_left = between < ui.px(720);
    if (out.section_on_left) {
      const float wide = std::clamp(size.x * 0.36f, ui.px(330), ui.px(460));
      out.section = {out.left.min, {out.left.min.x + wide, out.left.max.y}};
      free_left = out.section.max.x;
    } else {
      const float wide = std::clamp(between * 0.46f, ui.px(360), ui.px(620));
      out.section = {{free_right - margin - wide, out.right.min.y}, {free_right - margin, out.right.max.y}};
      free_right = out.section.min.x;
    }
  }
  const float credit = has_attribution(ui) ? attribution_height(ui) : 0;
  out.free = {{free_left, out.middle.min.y}, {free_right, out.middle.max.y - credit}};
  if (releases && chosen_technique(ui.state)) {
    out.free.max.y -= technique_player_height(ui) + margin;
    out.player_top = out.free.max.y;
  }
  return out;
}

// What is chosen, or the way to choose it from where it hurts.
void draw_card(const Ui& ui, const Rect& most) {
  const bool lookup = ui.is_open(Panel::lookup) && ui.state.leg_content;
  const bool just_opened = lookup && !ui.memory.lookup_was_open;
  ui.memory.lookup_was_open = lookup;
  const bool point = chosen_place(ui.state) != nullptr;
  if (point && just_opened)
    ui.emit({"deselect_point", {}}); // or its card would cover what was asked for
  else if (point)
    draw_point_card(ui, most);
  else if (lookup)
    draw_lookup_panel(ui, most);
  else
    draw_card_panel(ui, most);
}

void draw_explore(const Ui& ui, const Layout& layout) {
  const bool settings = ui.is_open(Panel::settings);
  if (ui.is_open(Panel::layers) && !layout.section_on_left)
    draw_layers_panel(ui, layout.left);
  if (has_section(ui))
    draw_section_panel(ui, layout.section);
  float sheet_bottom = layout.right.max.y;
  if (ui.state.atlas) {
    Rect sheet = layout.right;
    if (ui.is_open(Panel::clip) && !settings) {
      draw_clip_panel(ui, sheet);
      sheet_bottom = std::min(sheet_bottom, sheet.max.y - ui.memory.heights["clip"] - ui.px(10));
      sheet.max.y = sheet_bottom;
    }
    if (ui.is_open(Panel::pose) && !settings) {
      draw_pose_panel(ui, sheet);
      sheet_bottom = std::min(sheet_bottom, sheet.max.y - ui.memory.heights["pose"] - ui.px(10));
    }
  }
  if (settings)
    draw_settings_panel(ui, layout.right);
  else if (sheet_bottom - layout.right.min.y >= ui.px(120)) // else the sheets below leave it no room
    draw_card(ui, {layout.right.min, {layout.right.max.x, sheet_bottom}});

  if (ui.state.settings.show_orientation_cube && ui.state.atlas) {
    const float edge = ui.px(104);
    const ImVec2 corner{layout.free.max.x - ui.px(6), layout.free.min.y + ui.px(10)};
    const Rect cube{{corner.x - edge, corner.y}, {corner.x, corner.y + edge}};
    draw_orientation_cube(ui, cube);
    cover(ui, cube);
  }
  const float free_margin = ui.px(12);
  const ImVec2 corner{layout.free.min.x + free_margin, layout.free.max.y};
  if (has_attribution(ui))
    draw_attribution(ui, {corner, {layout.free.max.x - free_margin, layout.free.max.y + attribution_height(ui)}});
  if (ui.state.settings.show_legend)
    draw_legend(ui, {corner.x, corner.y - ui.px(8)});
  draw_hover_name(ui, layout.middle);
  draw_picture_marks(ui);
}

// The leg as it is in a technique, its time below, what to choose on the left and what is chosen on the right.
void draw_release(const Ui& ui, const Layout& layout) {
  draw_release_panel(ui, layout.left);
  if (ui.is_open(Panel::settings))
    draw_settings_panel(ui, layout.right);
  else if (chosen_technique(ui.state))
    draw_technique_card(ui, layout.right);
  else if (chosen_place(ui.state))
    draw_point_card(ui, layout.right);
  if (chosen_technique(ui.state)) {
    const float margin = ui.px(10);
    draw_technique_player(ui, {{layout.free.min.x + margin, layout.player_top},
                               {layout.free.max.x - margin, layout.player_top + technique_player_height(ui)}});
  }
  draw_carried_note(ui, layout.free);
  if (has_attribution(ui)) {
    const ImVec2 corner{layout.free.min.x + ui.px(12), layout.middle.max.y - attribution_height(ui)};
    draw_attribution(ui, {corner, {layout.free.max.x - ui.px(12), corner.y + attribution_height(ui)}});
  }
  draw_hover_name(ui, layout.middle);
}

} // namespace

void draw_shell(const Ui& ui) {
  begin_focus(ui);
  const Layout layout = lay_out(ui);
  const glm::vec2 size(layout.screen.max.x, layout.screen.max.y);
  ui.out.free_area = {layout.free.min.x / size.x, layout.free.min.y / size.y, layout.free.max.x / size.x,
                      layout.free.max.y / size.y};
  draw_top_bar(ui, layout.top);
  const Rect page{layout.middle.min, layout.screen.max}; // pages need no tools below
  switch (ui.state.place) {
  case Place::explore:
    draw_bottom_bar(ui, layout.bottom);
    draw_explore(ui, layout);
    break;
  case Place::release:
    draw_bottom_bar(ui, layout.bottom);
    draw_release(ui, layout);
    break;
  case Place::journal:
    draw_journal_page(ui, page);
    ui.out.covers_picture = true;
    break;
  }
  if (ui.is_open(Panel::settings) && ui.state.place == Place::journal)
    draw_settings_panel(ui, layout.right);
  if (ui.is_open(Panel::shortcuts))
    draw_shortcuts_dialog(ui, layout.screen);
  else if (ui.is_open(Panel::about))
    draw_about_dialog(ui, layout.screen);
  else if (ui.is_open(Panel::open))
    draw_open_dialog(ui, layout.screen);
  else if (ui.is_open(Panel::stop_signs))
    draw_stop_signs_dialog(ui, layout.screen);
  else if (ui.is_open(Panel::points))
    draw_explain_dialog(ui, layout.screen);
  ui.memory.folders_are_fresh &= ui.is_open(Panel::open);
  const Rect field = search_field_rect(ui, layout.top);
  draw_search_results(
      ui, {{field.min.x, field.max.y + ui.px(8)}, {field.max.x + ui.px(60), layout.middle.max.y - ui.px(10)}});
  draw_notices(ui, layout.free);
  end_focus(ui);
}

} // namespace calfscope
