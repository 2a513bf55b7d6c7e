// The cross-section beside the leg: drawn as a sheet of values (compose/section_sheet.h), pointed at and dragged here.
#include "compose/structure_names.h"
#include "ui/focus.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

constexpr const char* picture_name = "section";
constexpr float mm_per_notch = 5;

void draw_title(const Ui& ui) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(ui, list, ui.fonts.text_strong, colour_u32(ui.theme.ui.text), at, width - ui.px(36),
            ui.text("ui.section.title"));
  ImGui::SetCursorScreenPos({at.x + width - ui.px(28), at.y - ui.px(5)});
  if (icon_button(ui, "close", Icon::close, {.faint = true, .tooltip = ui.text("ui.close")}))
    ui.emit({"section", {{"on", false}}});
  ImGui::SetCursorScreenPos({at.x, at.y + ui.fonts.text->FontSize + ui.px(10)});
}

void set_level(const Ui& ui, float s) {
  ui.emit({"section_set", {{"s", std::clamp(s, section_highest_s, section_lowest_s)}}});
}

void draw_sheet(const Ui& ui, glm::ivec2 size) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line_px = std::round(ui.fonts.small->FontSize);
  const SectionSheet& sheet = ui.memory.section.draw(ui.state, ui.text, size, line_px, ui.state.hovered);
  if (sheet.drawing)
    ui.out.pictures[picture_name] = {.size = size, .drawing = sheet.drawing, .pain_seconds = {}};
  const ImVec2 extent(static_cast<float>(size.x), static_cast<float>(size.y));
  ImGui::InvisibleButton("sheet", extent);
  if (ui.pictures)
    if (const auto made = ui.pictures->find(picture_name); made != ui.pictures->end())
      ImGui::GetWindowDrawList()->AddImage(made->second.texture, at, {at.x + extent.x, at.y + extent.y});

  const ImGuiIO& io = ImGui::GetIO();
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  const float mm_to_s = 1 / ui.state.facts->coordinates->length_mm();
  const bool dragged = held && ImGui::IsMouseDragging(0, ui.px(4));
  if (ImGui::IsItemActivated())
    ui.out.gesture_begins = true;
  if (ImGui::IsItemDeactivated())
    ui.out.gesture_ends = true;
  if (dragged && io.MouseDelta.y != 0) {
    constexpr float mm_per_logical_px = 0.8f;
    set_level(ui, ui.state.document.section.s + io.MouseDelta.y / ui.scale * mm_per_logical_px * mm_to_s);
  }
  if (hovered && io.MouseWheel != 0)
    ui.emit({"section_by", {{"mm", -io.MouseWheel * mm_per_notch}}});
  if (held && dragged)
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  if (!hovered || dragged)
    return;
  const std::string structure = sheet.structure_at({io.MousePos.x - at.x, io.MousePos.y - at.y});
  if (structure.empty())
    return;
  ui.out.hovered = structure;
  if (structure != "skin")
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (!held) {
    const LabelNames names =
        ui.state.document.labels == LabelNames::off ? LabelNames::patient : ui.state.document.labels;
    const auto index = static_cast<std::size_t>(ui.state.atlas->index_of(structure));
    tooltip(ui, structure_name(ui.state, index, names, ui.text));
  }
  if (ImGui::IsMouseReleased(0) && ImGui::GetMouseDragDelta(0, ui.px(4)).y == 0 && ImGui::IsItemDeactivated())
    ui.emit({"select", {{"id", structure}}});
}

// How far a chosen trigger point lies from the level, and the way there.
void draw_way_to_point(const Ui& ui) {
  const BoundPoint* place = chosen_place(ui.state);
  const TriggerPoint* point = chosen_point(ui.state);
  if (!place || !point)
    return;
  const LegCoordinates& coordinates = *ui.state.facts->coordinates;
  const float s = coordinates.level_of(place->core_mm);
  const float off_mm = (s - ui.state.document.section.s) * coordinates.length_mm();
  space(ui, 4);
  const std::string number = std::to_string(point->number);
  if (std::abs(off_mm) < 1) {
    paragraph(ui,
              ui.text.format("ui.section.at_point", {{"number", number}, {"mm", fmt::format("{:.0f}", place->d_mm)}}),
              ui.theme.ui.text_quiet, ui.fonts.small);
    return;
  }
  if (button(ui, "to_point",
             ui.text.format(off_mm > 0 ? "ui.section.point_lower" : "ui.section.point_higher",
                            {{"number", number}, {"cm", fmt::format("{:.1f}", std::abs(off_mm) / 10)}}),
             {.width = ImGui::GetContentRegionAvail().x / ui.scale}))
    set_level(ui, s);
}

} // namespace

void draw_section_panel(const Ui& ui, const Rect& most) {
  const bool point = chosen_place(ui.state) != nullptr;
  const float around =
      ui.px(18) + ui.fonts.text->FontSize * 2 + ui.px(ui.theme.size.target) + ui.px(30) + (point ? ui.px(36) : 0.0f);
  const float inner = most.width() - 2 * ui.px(14);
  const float high = std::floor(std::clamp(most.height() - around, ui.px(120), 1.12f * inner));
  Rect where = most;
  where.max.y = std::min(most.max.y, most.min.y + high + around);
  begin_panel(ui, "section", where, {.scroll = false});
  draw_title(ui);
  draw_sheet(ui, {static_cast<int>(std::floor(inner)), static_cast<int>(high)});
  space(ui, 6);
  paragraph(ui, section_level_text(ui.state, ui.text), ui.theme.ui.text);
  const std::array<ImU32, 2> track{colour_u32(ui.theme.ui.border), colour_u32(ui.theme.ui.border)};
  const SliderResult moved = slider(ui, "level", ui.state.document.section.s,
                                    {.lowest = section_highest_s, .highest = section_lowest_s, .track = track});
  if (moved.changed)
    set_level(ui, moved.value);
  draw_way_to_point(ui);
  end_panel();
}

} // namespace calfscope
