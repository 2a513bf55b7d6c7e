// The places that are not filled yet. They say what will stand there, and that it does not stand there now.
#include "ui/panels.h"
#include "ui/widgets.h"

#include <algorithm>

namespace calfscope {
namespace {

void draw_page(const Ui& ui, const char* id, const Rect& where, Icon icon, std::span<const char* const> items) {
  const std::string base = std::string("ui.page.") + id;
  begin_panel(ui, id, where, {.padding = {0, 0}, .rounded = false});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(where.min, where.max, colour_u32(ui.theme.ui.window));
  const float width = std::min(ui.px(680), where.width() - ui.px(64));
  const float left = where.centre().x - width / 2;
  const float top = where.min.y + std::max(ui.px(36), where.height() * 0.11f);
  ImGui::SetCursorScreenPos({left, top});
  ImGui::BeginGroup();
  const float badge = ui.px(52);
  list.AddRectFilled({left, top}, {left + badge, top + badge}, colour_u32(ui.theme.ui.selected), ui.px(14));
  draw_icon(list, icon, {left + badge / 2, top + badge / 2}, ui.px(28), colour_u32(ui.theme.ui.accent));
  ImGui::Dummy({badge, badge + ui.px(10)});
  ImGui::PushTextWrapPos(left + width - where.min.x);
  ImGui::PushFont(ui.fonts.display);
  ImGui::TextUnformatted(ui.text(base + ".title").c_str());
  ImGui::PopFont();
  space(ui, 10);
  ImGui::TextUnformatted(ui.text(base + ".lead").c_str());
  ImGui::PopTextWrapPos();
  space(ui, 18);

  // What is to come, as a quiet list in a sheet.
  const ImVec2 sheet = ImGui::GetCursorScreenPos();
  ImDrawListSplitter layers;
  layers.Split(&list, 2);
  layers.SetCurrentChannel(&list, 1);
  ImGui::SetCursorScreenPos({sheet.x + ui.px(20), sheet.y + ui.px(18)});
  ImGui::BeginGroup();
  heading(ui, ui.text("ui.page.to_come"));
  space(ui, 8);
  for (const char* item : items) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    list.AddCircleFilled({at.x + ui.px(4), at.y + ui.fonts.text->FontSize / 2 + 1}, ui.px(3),
                         colour_u32(ui.theme.ui.accent));
    ImGui::SetCursorScreenPos({at.x + ui.px(20), at.y});
    ImGui::PushTextWrapPos(left + width - ui.px(20) - where.min.x);
    ImGui::TextUnformatted(ui.text(base + "." + item).c_str());
    ImGui::PopTextWrapPos();
    space(ui, 10);
  }
  ImGui::EndGroup();
  const float bottom = ImGui::GetItemRectMax().y + ui.px(14);
  layers.SetCurrentChannel(&list, 0);
  list.AddRectFilled(sheet, {sheet.x + width, bottom}, colour_u32(ui.theme.ui.panel), ui.px(ui.theme.size.radius));
  list.AddRect(sheet, {sheet.x + width, bottom}, colour_u32(ui.theme.ui.border), ui.px(ui.theme.size.radius));
  layers.Merge(&list);
  ImGui::SetCursorScreenPos({left, bottom + ui.px(18)});
  if (button(ui, "back", ui.text("ui.page.back"), {.icon = Icon::leg, .look = ButtonLook::primary}))
    ui.emit({"place", {{"place", "explore"}}});
  ImGui::EndGroup();
  end_panel();
}

} // namespace

void draw_journal_page(const Ui& ui, const Rect& where) {
  constexpr std::array items{"entries", "course", "report", "privacy"};
  draw_page(ui, "journal", where, Icon::notebook, items);
}

} // namespace calfscope
