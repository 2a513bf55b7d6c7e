// How sheets in the middle of the window are framed, and the one that tells of the leg and the program.
#include "ui/dialog.h"
#include "ui/focus.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <algorithm>
#include <string>

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
