#include "ui/content_widgets.h"
#include "ui/panels.h"
#include "ui/points_list.h"

#include <algorithm>

namespace calfscope {
namespace {

void draw_chip(const Ui& ui, std::string_view text) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = text_width(ui.fonts.small, text) + 2 * ui.px(8);
  const float height = ui.fonts.small->FontSize + ui.px(6);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height}, colour_u32(ui.theme.ui.field), height / 2);
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet), {at.x + ui.px(8), at.y + ui.px(3)}, width,
            text);
  ImGui::Dummy({width, height});
}

void draw_actions(const Ui& ui, const Structure& structure) {
  const std::size_t index = static_cast<std::size_t>(ui.state.atlas->index_of(structure.id));
  const Show show = show_of(ui.state, index);
  const auto& isolated = ui.state.document.isolated;
  const bool alone = isolated.size() == 1 && isolated.contains(structure.id);
  const float gap = ui.px(6);
  const float width = (ImGui::GetContentRegionAvail().x - gap) / 2 / ui.scale;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap));
  if (button(ui, "fit", ui.text("ui.card.fit"),
             {.icon = Icon::fit, .width = width, .tooltip = ui.text("ui.card.fit_help")}))
    ui.emit({"camera_fit", {{"what", "selection"}}});
  ImGui::SameLine();
  if (button(ui, "isolate", ui.text("ui.card.isolate"),
             {.icon = Icon::isolate, .active = alone, .width = width, .tooltip = ui.text("ui.card.isolate_help")}))
    ui.emit(alone ? Action{"leave_isolation", {}} : Action{"isolate", {{"id", structure.id}}});
  if (button(ui, "ghost", ui.text("ui.card.ghost"),
             {.icon = Icon::ghost,
              .active = show == Show::ghosted,
              .width = width,
              .tooltip = ui.text("ui.card.ghost_help")}))
    ui.emit({"ghost", {{"id", structure.id}}});
  ImGui::SameLine();
  if (button(ui, "hide", ui.text(show == Show::hidden ? "ui.card.show" : "ui.card.hide"),
             {.icon = show == Show::hidden ? Icon::eye : Icon::eye_off,
              .active = show == Show::hidden,
              .width = width,
              .tooltip = ui.text("ui.card.hide_help")}))
    ui.emit({show == Show::hidden ? "show" : "hide", {{"id", structure.id}}});
  ImGui::PopStyleVar();
}

void draw_facts(const Ui& ui, const Structure& structure) {
  if (!structure.fma.empty()) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float right = at.x + ImGui::GetContentRegionAvail().x;
    key_value(ui, ui.text("ui.card.fma"), structure.fma);
    const ImVec2 after = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({right - ui.px(24), at.y - ui.px(4)});
    if (icon_button(ui, "copy", Icon::copy, {.faint = true, .size = 24, .tooltip = ui.text("ui.card.copy_fma")}))
      ui.emit({"copy_text", {{"text", structure.fma}}});
    ImGui::SetCursorScreenPos(after);
  }
  if (!structure.synonyms.empty()) {
    std::string joined;
    for (const std::string& synonym : structure.synonyms)
      joined += (joined.empty() ? "" : ", ") + synonym;
    key_value(ui, ui.text("ui.card.also"), joined);
  }
  if (!structure.source.empty())
    key_value(ui, ui.text("ui.card.source"), structure.source);
}

// What the content pack knows of a muscle: its trigger points, then its facts.
void draw_muscle(const Ui& ui, const Structure& structure) {
  separator(ui);
  heading(ui, ui.text("ui.card.trigger_points"));
  space(ui, 4);
  bool any = false;
  for (const TriggerPoint& point : ui.state.content->points)
    if (point.muscle == structure.id) {
      draw_point_row(ui, point);
      any = true;
    }
  if (!any)
    paragraph(ui, ui.text("ui.card.no_trigger_points"), ui.theme.ui.text_quiet, ui.fonts.small);
  const MuscleFacts* muscle = ui.state.content->muscle(structure.id);
  if (!muscle)
    return;
  space(ui, 6);
  if (!section(ui, "card.facts", ui.text("ui.card.facts")))
    return;
  for (const Claim& fact : muscle->facts)
    claim(ui, fact, say(ui, "muscles." + muscle->id + ".facts." + fact.id), {.lead = "•"});
  space(ui, 6);
  audience_switch(ui);
}

} // namespace

void draw_card_panel(const Ui& ui, const Rect& most) {
  const Structure* structure = ui.state.atlas ? ui.state.atlas->find(ui.state.document.selected) : nullptr;
  if (!structure)
    return;
  Rect where = most;
  if (ui.memory.card_height > 0)
    where.max.y = std::min(most.max.y, most.min.y + ui.memory.card_height);
  begin_panel(ui, "card", where, {});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorScreenPos({at.x + width - ui.px(28), at.y - ui.px(3)});
  if (icon_button(ui, "close", Icon::close, {.faint = true, .tooltip = ui.text("ui.card.close_help")}))
    ui.emit({"deselect", {}});
  ImGui::SetCursorScreenPos(at);
  ImGui::PushFont(ui.fonts.title);
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width - ui.px(36));
  ImGui::TextUnformatted(structure->name.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopFont();
  if (!structure->latin.empty())
    paragraph(ui, structure->latin, ui.theme.ui.text_quiet);
  space(ui, 8);
  draw_chip(ui, ui.text("ui.kind_one." + std::string(id_of(structure->kind))));
  ImGui::SameLine();
  draw_chip(ui, ui.text("ui.side." + std::string(id_of(ui.state.document.side))));
  space(ui, 12);
  draw_actions(ui, *structure);
  separator(ui);
  draw_facts(ui, *structure);
  if (structure->kind == Kind::muscle && ui.state.leg_content)
    draw_muscle(ui, *structure);
  ui.memory.card_height = ImGui::GetCursorPosY() + ImGui::GetScrollY() + ui.px(10);
  end_panel();
}

} // namespace calfscope
