#include "compose/pain_still.h"
#include "ui/focus.h"
#include "ui/point_parts.h"
#include "ui/widgets.h"

#include <fmt/format.h>

#include <cmath>

namespace calfscope {

void draw_film_strip(const Ui& ui) {
  paragraph(ui, ui.text("ui.strip.title"), ui.theme.ui.text, ui.fonts.small_strong);
  space(ui, 4);
  const ImVec2 first = ImGui::GetCursorScreenPos();
  const float gap = ui.px(4), all = ImGui::GetContentRegionAvail().x;
  const auto count = static_cast<float>(strip_seconds.size());
  const float width = std::floor((all - gap * (count - 1)) / count), height = std::floor(2.1f * width);
  const float caption = ui.fonts.small->FontSize + ui.px(8);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < strip_seconds.size(); ++i) {
    const double seconds = strip_seconds[i];
    const std::string name = fmt::format("strip{}", i);
    ui.out.pictures[name] = {
        .size = {static_cast<int>(width), static_cast<int>(height)}, .drawing = nullptr, .pain_seconds = seconds};
    const ImVec2 at{first.x + (width + gap) * static_cast<float>(i), first.y};
    const ImVec2 end{at.x + width, at.y + height};
    ImGui::SetCursorScreenPos(at);
    bool chosen = ImGui::InvisibleButton(name.c_str(), {width, height + caption});
    chosen |= focus_stop(ui).pressed;
    const bool hovered = ImGui::IsItemHovered();
    if (hovered)
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    list.AddRectFilled(at, end, colour_u32(ui.theme.scene.background.top), ui.px(4));
    if (ui.pictures)
      if (const auto made = ui.pictures->find(name); made != ui.pictures->end())
        list.AddImageRounded(made->second.texture, at, end, {0, 0}, {1, 1}, IM_COL32_WHITE, ui.px(4));
    const bool shown = std::abs(ui.state.pain.seconds - seconds) < 0.05;
    const glm::vec3 frame = shown ? ui.theme.ui.accent : hovered ? ui.theme.ui.text_quiet : ui.theme.ui.border;
    list.AddRect(at, end, colour_u32(frame), ui.px(4), 0, shown ? ui.px(2.5f) : std::max(ui.px(1), 1.0f));
    draw_text(ui, list, shown ? ui.fonts.small_strong : ui.fonts.small,
              colour_u32(shown ? ui.theme.ui.text : ui.theme.ui.text_quiet), {at.x, end.y + ui.px(4)}, width,
              ui.text.format("ui.pain.seconds", {{"value", fmt::format("{:.0f}", seconds)}}), Align::centre);
    if (chosen)
      ui.emit({"pain_seek", {{"seconds", seconds}}});
  }
  ImGui::SetCursorScreenPos({first.x, first.y + height + caption});
  ImGui::Dummy({all, 0});
  paragraph(ui, ui.text("ui.strip.help"), ui.theme.ui.text_quiet, ui.fonts.small);
}

} // namespace calfscope
