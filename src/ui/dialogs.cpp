// Sheets in the middle of the window: shortcuts, and what is known about the leg.
#include "ui/dialog.h"
#include "ui/focus.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <algorithm>
#include <vector>

namespace calfscope {

void begin_dialog(const Ui& ui, const char* id, Panel panel, const Rect& screen, ImVec2 size_px) {
  restart_focus_order(ui);
  ImGui::SetNextWindowPos(screen.min);
  ImGui::SetNextWindowSize({screen.width(), screen.height()});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0f);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, colour_vec4(ui.theme.ui.shadow, ui.theme.dark ? 0.6f : 0.4f));
  ImGui::Begin(id, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  const Rect where{{screen.centre().x - size_px.x / 2, screen.centre().y - size_px.y / 2},
                   {screen.centre().x + size_px.x / 2, screen.centre().y + size_px.y / 2}};
  const std::string panel_id(id_in(panel_ids, panel));
  const Action close{"close_panel", {{"panel", panel_id}}};
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) &&
      !where.contains(ImGui::GetIO().MousePos))
    ui.emit(close);
  const float radius = ui.px(ui.theme.size.radius + 2);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_shadow(ui, list, where, radius);
  list.AddRectFilled(where.min, where.max, colour_u32(ui.theme.ui.panel), radius);
  list.AddRect(where.min, where.max, colour_u32(ui.theme.ui.border), radius, 0, std::max(ui.px(1), 1.0f));
  ImGui::SetCursorScreenPos({where.min.x + ui.px(24), where.min.y + ui.px(20)});
  const float width = size_px.x - ui.px(48);
  draw_text(ui, list, ui.fonts.title, colour_u32(ui.theme.ui.text), ImGui::GetCursorScreenPos(), width - ui.px(40),
            ui.text("panel." + panel_id + ".title"));
  ImGui::SetCursorScreenPos({where.max.x - ui.px(20 + 30), where.min.y + ui.px(16)});
  if (icon_button(ui, "close", Icon::close, {.faint = true, .size = 30, .tooltip = ui.text("ui.close")}))
    ui.emit(close);
  ImGui::SetCursorScreenPos({where.min.x + ui.px(24), where.min.y + ui.px(20) + ui.fonts.title->FontSize + ui.px(14)});
  ImGui::BeginChild("content", {width + ui.px(12), where.max.y - ui.px(16) - ImGui::GetCursorScreenPos().y}, false);
}

void end_dialog() {
  ImGui::EndChild();
  ImGui::End();
}

namespace {

// "Ctrl+Shift+Z" as key caps, ending at `right_px`.
void draw_key_caps(const Ui& ui, std::string_view shortcut, float right_px, float middle_px) {
  std::vector<std::string> keys;
  while (true) {
    const auto plus = shortcut.find('+');
    const std::string key(shortcut.substr(0, plus));
    const std::string name = "ui.key." + key;
    keys.push_back(ui.text.has(name) ? ui.text(name) : key);
    if (plus == std::string_view::npos)
      break;
    shortcut.remove_prefix(plus + 1);
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = ui.fonts.small->FontSize + ui.px(6);
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    const float width = std::max(text_width(ui.fonts.small, *key) + ui.px(12), height);
    const ImVec2 at{right_px - width, middle_px - height / 2};
    list.AddRectFilled(at, {at.x + width, at.y + height}, colour_u32(ui.theme.ui.field), ui.px(4));
    list.AddRect(at, {at.x + width, at.y + height}, colour_u32(ui.theme.ui.border), ui.px(4));
    draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text), {at.x, middle_px - ui.fonts.small->FontSize / 2},
              width, *key, Align::centre);
    right_px -= width + ui.px(4);
  }
}

void shortcut_line(const Ui& ui, std::string_view label, std::string_view keys, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.fonts.text->FontSize + ui.px(9);
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.text, colour_u32(ui.theme.ui.text),
            {at.x, at.y + (height - ui.fonts.text->FontSize) / 2}, width * 0.66f, label);
  draw_key_caps(ui, keys, at.x + width, at.y + height / 2);
  ImGui::Dummy({width, height});
}

void mouse_line(const Ui& ui, std::string_view key, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.fonts.text->FontSize + ui.px(9);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::string id(key);
  draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text), {at.x, at.y + ui.px(4)}, width * 0.5f,
            ui.text("ui.mouse." + id + ".what"));
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet), {at.x, at.y + ui.px(6)}, width,
            ui.text("ui.mouse." + id + ".how"), Align::right);
  ImGui::Dummy({width, height});
}

void draw_menu_group(const Ui& ui, Menu menu, std::string_view title_key, float width) {
  heading(ui, ui.text(title_key));
  space(ui, 4);
  for (const Command& command : command_table())
    if (command.menu == menu && !command.shortcut.empty())
      shortcut_line(ui, ui.text("command." + std::string(command.id) + ".label"), command.shortcut, width);
  space(ui, 16);
}

} // namespace

void draw_shortcuts_dialog(const Ui& ui, const Rect& screen) {
  const float width = std::min(ui.px(940), screen.width() - ui.px(48));
  const float height = std::min(ui.px(700), screen.height() - ui.px(40));
  begin_dialog(ui, "shortcuts", Panel::shortcuts, screen, {width, height});
  const float gap = ui.px(36);
  const float column = (ImGui::GetContentRegionAvail().x - ui.px(14) - gap) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(1)));
  const ImVec2 top = ImGui::GetCursorPos();
  ImGui::BeginGroup();
  heading(ui, ui.text("ui.mouse.title"));
  space(ui, 4);
  for (const char* key : {"orbit", "pan", "zoom", "select", "fit", "drop"})
    mouse_line(ui, key, column);
  space(ui, 16);
  draw_menu_group(ui, Menu::view, "ui.menu.view", column);
  draw_menu_group(ui, Menu::slice, "ui.menu.slice", column);
  ImGui::EndGroup();
  ImGui::SetCursorPos({top.x + column + gap, top.y});
  ImGui::BeginGroup();
  draw_menu_group(ui, Menu::structure, "ui.menu.structure", column);
  draw_menu_group(ui, Menu::edit, "ui.menu.edit", column);
  draw_menu_group(ui, Menu::file, "ui.menu.file", column);
  draw_menu_group(ui, Menu::place, "ui.menu.place", column);
  draw_menu_group(ui, Menu::help, "ui.menu.help", column);
  ImGui::EndGroup();
  ImGui::PopStyleVar();
  end_dialog();
}

void draw_about_dialog(const Ui& ui, const Rect& screen) {
  const float width = std::min(ui.px(620), screen.width() - ui.px(48));
  const float known = ui.memory.heights.contains("about") ? ui.memory.heights["about"] : ui.px(420);
  const float height = std::min(known, screen.height() - ui.px(40));
  begin_dialog(ui, "about", Panel::about, screen, {width, height});
  paragraph(ui, ui.text("ui.about.purpose"), ui.theme.ui.text);
  space(ui, 6);
  paragraph(ui, ui.text("ui.about.no_advice"), ui.theme.ui.text_quiet);
  separator(ui);
  if (const Atlas* atlas = ui.state.atlas.get()) {
    heading(ui, ui.text("ui.about.this_leg"));
    space(ui, 4);
    key_value(ui, ui.text("ui.about.title"), atlas->title);
    key_value(ui, ui.text("ui.about.holds"),
              ui.text.format("ui.about.structures", {{"count", std::to_string(atlas->structures.size())}}));
    if (!atlas->licence.empty())
      key_value(ui, ui.text("ui.about.licence"), atlas->licence);
    if (!atlas->attribution.empty())
      key_value(ui, ui.text("ui.about.attribution"), atlas->attribution);
    for (std::size_t i = 0; i < atlas->sources.size(); ++i)
      key_value(ui, i == 0 ? ui.text("ui.about.sources") : "", atlas->sources[i]);
    if (!atlas->guessed_unit.empty())
      key_value(ui, ui.text("ui.about.unit"), atlas->guessed_unit);
    if (!atlas->lacks.empty()) {
      std::string lacks;
      for (const std::string& lack : atlas->lacks)
        lacks += (lacks.empty() ? "" : ", ") + lack;
      key_value(ui, ui.text("ui.about.lacks"), lacks);
    }
  } else {
    paragraph(ui, ui.text("ui.layers.no_leg"), ui.theme.ui.text_quiet);
  }
  separator(ui);
  heading(ui, ui.text("ui.about.program"));
  space(ui, 4);
  paragraph(ui, ui.text("ui.about.program_licence"), ui.theme.ui.text_quiet);
  const float title = ui.px(20) + ui.fonts.title->FontSize + ui.px(14);
  ui.memory.heights["about"] = title + ImGui::GetCursorPosY() + ImGui::GetScrollY() + ui.px(20);
  end_dialog();
}

} // namespace calfscope
