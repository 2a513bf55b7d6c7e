#include "ui/focus.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <imgui_stdlib.h>

#include <algorithm>

namespace calfscope {
namespace {

constexpr std::size_t most_rows = 9;

void choose(const Ui& ui, const SearchHit& hit) {
  if (ui.state.place != Place::explore) // where it can be seen
    ui.emit({"place", {{"place", "explore"}}});
  ui.emit({"select", {{"id", hit.structure}}});
  ui.emit({"camera_fit", {{"what", "selection"}}});
  ui.memory.search_text.clear();
  ui.emit({"search", {{"text", ""}}});
}

} // namespace

Rect search_field_rect(const Ui& ui, const Rect& top_bar) {
  const float width = ui.px(std::clamp(top_bar.width() / ui.scale * 0.22f, 200.0f, 340.0f));
  const float height = ui.px(32);
  const float right = top_bar.max.x - ui.px(236);
  return {{right - width, top_bar.centre().y - height / 2}, {right, top_bar.centre().y + height / 2}};
}

void draw_search_field(const Ui& ui, ImVec2 at, float width_px) {
  const UiColours& colours = ui.theme.ui;
  const float height = ui.px(32);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float radius = height / 2;
  list.AddRectFilled(at, {at.x + width_px, at.y + height}, colour_u32(colours.field), radius);
  draw_icon(list, Icon::search, {at.x + ui.px(17), at.y + height / 2}, ui.px(16), colour_u32(colours.text_quiet));

  const float padding_y = (height - ui.fonts.text->FontSize) / 2;
  ImGui::SetCursorScreenPos({at.x + ui.px(26), at.y});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(6), padding_y));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, ImVec4(0, 0, 0, 0));
  ImGui::PushStyleColor(ImGuiCol_TextDisabled, colour_vec4(colours.text_quiet));
  // The panel "search" is this field: opening it brings the keyboard here.
  if (ui.is_open(Panel::search) && !ui.memory.search_was_open)
    ImGui::SetKeyboardFocusHere();
  ui.memory.search_was_open = ui.is_open(Panel::search);
  ImGui::SetNextItemWidth(width_px - ui.px(26 + 32));
  ImGui::PushAllowKeyboardFocus(false); // Tab goes our way, not ImGui's
  const bool edited = ImGui::InputTextWithHint("##search", ui.text("ui.search.hint").c_str(), &ui.memory.search_text);
  ImGui::PopAllowKeyboardFocus();
  const bool active = ImGui::IsItemActive();
  if (focus_stop(ui).pressed)
    ui.emit({"open_panel", {{"panel", "search"}}});
  if (ImGui::IsItemDeactivated() && ui.is_open(Panel::search))
    ui.emit({"close_panel", {{"panel", "search"}}});
  const bool left_by_enter = ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter));
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar();
  if (active)
    list.AddRect(at, {at.x + width_px, at.y + height}, colour_u32(colours.focus), radius, 0,
                 std::max(ui.px(1.5f), 1.0f));

  const auto& results = ui.state.search_results;
  const int count = static_cast<int>(std::min(results.size(), most_rows));
  if (edited) {
    ui.memory.search_row = 0;
    ui.emit({"search", {{"text", ui.memory.search_text}}});
  }
  if (active && count > 0) {
    const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key)); };
    if (pressed(ImGuiKey_DownArrow))
      ui.memory.search_row = (ui.memory.search_row + 1) % count;
    if (pressed(ImGuiKey_UpArrow))
      ui.memory.search_row = (ui.memory.search_row + count - 1) % count;
  }
  if (left_by_enter && !edited && count > 0)
    choose(ui, results[static_cast<std::size_t>(std::clamp(ui.memory.search_row, 0, count - 1))]);
  else if (ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape))) {
    ui.memory.search_text.clear();
    ui.emit({"search", {{"text", ""}}});
  }
  if (!ui.memory.search_text.empty()) {
    ImGui::SetCursorScreenPos({at.x + width_px - ui.px(30), at.y + ui.px(3)});
    if (icon_button(ui, "clear_search", Icon::close,
                    {.faint = true, .size = 26, .tooltip = ui.text("ui.search.clear")})) {
      ui.memory.search_text.clear();
      ui.emit({"search", {{"text", ""}}});
    }
  }
}

void draw_search_results(const Ui& ui, const Rect& most) {
  if (ui.memory.search_text.empty())
    return;
  const auto& results = ui.state.search_results;
  const std::size_t count = std::min(results.size(), most_rows);
  const float line = 44;
  const float height = results.empty() ? ui.px(52) : ui.px(line) * static_cast<float>(count) + ui.px(16);
  Rect where = most;
  where.max.y = std::min(most.max.y, most.min.y + height);
  begin_panel(ui, "search_results", where, {.on_top = true, .padding = {12, 8}});
  if (results.empty())
    paragraph(ui, ui.text("ui.search.nothing"), ui.theme.ui.text_quiet);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  for (std::size_t i = 0; i < count; ++i) {
    const SearchHit& hit = results[i];
    const Structure* structure = ui.state.atlas ? ui.state.atlas->find(hit.structure) : nullptr;
    if (!structure)
      continue;
    ImGui::PushID(static_cast<int>(i));
    const Row entry = row(ui, "hit", line, static_cast<int>(i) == ui.memory.search_row);
    ImGui::PopID();
    if (entry.hovered)
      ui.out.hovered = hit.structure;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text), {entry.where.min.x, entry.where.min.y + ui.px(4)},
              entry.where.width(), structure->name);
    std::string second = ui.text("ui.kind_one." + std::string(id_of(structure->kind)));
    if (hit.matched != structure->name && !hit.matched.empty())
      second += " · " + hit.matched;
    draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet),
              {entry.where.min.x, entry.where.max.y - ui.fonts.small->FontSize - ui.px(5)}, entry.where.width(),
              second);
    if (entry.clicked)
      choose(ui, hit);
  }
  ImGui::PopStyleVar();
  end_panel();
}

} // namespace calfscope
