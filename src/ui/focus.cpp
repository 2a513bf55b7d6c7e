#include "ui/focus.h"

#include <imgui_internal.h>

#include <algorithm>
#include <utility>

namespace calfscope {
namespace {

bool pressed(ImGuiKey key, bool repeat) {
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeat);
}

// A stop that is gone (its panel closed) leaves its place in the order to whatever stands there now.
void walk(KeyFocus& focus, bool back) {
  const auto count = focus.order.size();
  const auto at = std::find(focus.order.begin(), focus.order.end(), focus.stop);
  if (at != focus.order.end())
    focus.index = (static_cast<std::size_t>(at - focus.order.begin()) + (back ? count - 1 : 1)) % count;
  else
    focus.index = std::min(focus.index, count - 1);
  focus.stop = focus.order[focus.index];
  focus.moved = true;
}

} // namespace

void begin_focus(const Ui& ui) {
  KeyFocus& focus = ui.memory.focus;
  const ImGuiIO& io = ImGui::GetIO();
  focus.order = std::exchange(focus.next_order, {});
  focus.moved = false;
  focus.ring.reset();
  const bool mouse = ImGui::IsMouseClicked(0) || ImGui::IsMouseClicked(1) || ImGui::IsMouseClicked(2);
  if (mouse || pressed(ImGuiKey_Escape, false)) {
    focus.stop = 0;
    focus.index = 0;
  }
  if (pressed(ImGuiKey_Tab, true) && !io.KeyCtrl && !io.KeyAlt && !focus.order.empty()) {
    ImGui::ClearActiveID(); // Tab leaves a text field
    walk(focus, io.KeyShift);
  }
  // In a text field these two belong to the text.
  focus.pressed = !io.WantTextInput && (pressed(ImGuiKey_Enter, false) || pressed(ImGuiKey_Space, false));
}

void restart_focus_order(const Ui& ui) {
  ui.memory.focus.next_order.clear();
  ui.memory.focus.ring.reset();
}

FocusStop focus_stop(const Ui& ui, bool enabled) {
  KeyFocus& focus = ui.memory.focus;
  const ImGuiID id = ImGui::GetItemID();
  if (!enabled)
    return {};
  focus.next_order.push_back(id);
  if (focus.stop != id || std::find(focus.order.begin(), focus.order.end(), id) == focus.order.end())
    return {};
  if (focus.moved)
    ImGui::ScrollToItem();
  const ImRect visible = ImGui::GetCurrentWindow()->ClipRect;
  focus.ring = KeyFocus::Ring{{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, {visible.Min, visible.Max}};
  return {.here = true, .pressed = focus.pressed};
}

void end_focus(const Ui& ui) {
  if (!ui.memory.focus.ring)
    return;
  const auto& [where, visible] = *ui.memory.focus.ring;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.PushClipRect(visible.min, visible.max);
  list.AddRect(where.min, where.max, colour_u32(ui.theme.ui.focus), ui.px(ui.theme.size.radius_small + 1), 0,
               std::max(ui.px(2), 1.0f));
  list.PopClipRect();
}

} // namespace calfscope
