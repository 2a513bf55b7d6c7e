// The small sheets above the bottom bar: cutting plane and pose.
#include "ui/panels.h"
#include "ui/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// A sheet that stands on the bottom edge of `most` and is as tall as what it held in the last frame.
Rect standing(const Ui& ui, const char* id, const Rect& most) {
  Rect where = most;
  const auto known = ui.memory.heights.find(id);
  const float height = known == ui.memory.heights.end() ? ui.px(160) : known->second;
  where.min.y = std::max(most.min.y, most.max.y - height);
  return where;
}

void begin_sheet(const Ui& ui, const char* id, Panel panel, const Rect& most) {
  begin_panel(ui, id, standing(ui, id, most), {});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const std::string panel_id(id_in(panel_ids, panel));
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.text_strong, colour_u32(ui.theme.ui.text), at, width - ui.px(36),
            ui.text("panel." + panel_id + ".title"));
  ImGui::SetCursorScreenPos({at.x + width - ui.px(28), at.y - ui.px(5)});
  if (icon_button(ui, "close", Icon::close, {.faint = true, .tooltip = ui.text("ui.close")}))
    ui.emit({"close_panel", {{"panel", panel_id}}});
  ImGui::SetCursorScreenPos({at.x, at.y + ui.fonts.text->FontSize + ui.px(12)});
}

void end_sheet(const Ui& ui, const char* id) {
  ui.memory.heights[id] = ImGui::GetCursorPosY() + ImGui::GetScrollY() + ui.px(8);
  end_panel();
}

// "+12", "−5", "0".
std::string signed_degrees(float degrees) {
  const int whole = static_cast<int>(std::lround(degrees));
  return whole > 0 ? fmt::format("+{}", whole) : (whole < 0 ? fmt::format("−{}", -whole) : "0");
}

// A name on the left, a value on the right.
void line(const Ui& ui, std::string_view name, std::string_view value) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text), at, width * 0.65f, name);
  draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text_quiet), at, width, value, Align::right);
  ImGui::Dummy({width, ui.fonts.text->FontSize});
}

// What the two ends of a slider mean, close below it.
void ends(const Ui& ui, std::string_view lowest, std::string_view highest) {
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const ImVec2 at{below.x, below.y - ui.px(11)}; // the slider is taller than its knob
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = colour_u32(ui.theme.ui.text_quiet);
  draw_text(ui, list, ui.fonts.small, ink, at, width / 2, lowest);
  draw_text(ui, list, ui.fonts.small, ink, {at.x + width / 2, at.y}, width / 2, highest, Align::right);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, ui.fonts.small->FontSize});
  space(ui, 4);
}

} // namespace

void draw_clip_panel(const Ui& ui, const Rect& most) {
  const Clip& clip = ui.state.document.clip;
  begin_sheet(ui, "clip", Panel::clip, most);
  const float width = ImGui::GetContentRegionAvail().x;

  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.text, colour_u32(ui.theme.ui.text), {at.x, at.y + ui.px(1)},
            width * 0.7f, ui.text("ui.clip.on"));
  ImGui::SetCursorScreenPos({at.x + width - ui.px(36), at.y});
  if (toggle(ui, "on", clip.on))
    ui.emit({"clip", {{"on", !clip.on}}});
  space(ui, 10);

  std::vector<std::string> labels;
  const std::size_t count = clip.orientation == ClipOrientation::free ? 4 : 3; // a free plane comes from scripts only
  for (std::size_t i = 0; i < count; ++i)
    labels.push_back(ui.text("ui.clip." + std::string(clip_orientation_ids[i])));
  const int chosen = segmented(ui, "orientation", labels, static_cast<int>(clip.orientation), width / ui.scale, true);
  if (chosen >= 0)
    ui.emit({"clip_set", {{"orientation", clip_orientation_ids[static_cast<std::size_t>(chosen)]}}});
  space(ui, 10);

  const auto [lowest, highest] = clip_range_mm(ui.state);
  line(ui, ui.text("ui.clip.position"),
       ui.text.format("ui.clip.mm", {{"value", fmt::format("{:.0f}", clip.position_mm)}}));
  const SliderResult moved = slider(ui, "position", clip.position_mm, {.lowest = lowest, .highest = highest});
  if (moved.changed)
    ui.emit({"clip_set", {{"position_mm", moved.value}}});
  space(ui, 4);
  if (button(ui, "flip", ui.text("ui.clip.flip"),
             {.icon = Icon::flip, .active = clip.flipped, .width = width / ui.scale}))
    ui.emit({"clip_set", {{"flipped", !clip.flipped}}});
  end_sheet(ui, "clip");
}

void draw_pose_panel(const Ui& ui, const Rect& most) {
  begin_sheet(ui, "pose", Panel::pose, most);
  const Pose& pose = ui.state.document.pose;
  bool any = false;
  for (const PoseAngle& angle : pose_angles()) {
    const auto& segments = ui.state.atlas->segments;
    const bool movable =
        angle.joint.empty() || std::any_of(segments.begin(), segments.end(),
                                           [&](const Segment& segment) { return segment.joint == angle.joint; });
    if (!movable)
      continue;
    any = true;
    const std::string id(angle.id);
    const float value = pose.*angle.value;
    line(ui, ui.text("ui.pose." + id), ui.text.format("ui.pose.degrees", {{"value", signed_degrees(value)}}));
    const SliderResult moved =
        slider(ui, id.c_str(), value, {.lowest = angle.lowest_deg, .highest = angle.highest_deg});
    ends(ui, ui.text("ui.pose." + id + "_lowest"), ui.text("ui.pose." + id + "_highest"));
    if (moved.changed)
      ui.emit({"pose", {{id, std::abs(moved.value) < 0.7f ? 0.0f : moved.value}}}); // neutral is easy to find again
  }
  if (any) {
    space(ui, 4);
    if (button(
            ui, "reset", ui.text("ui.pose.reset"),
            {.icon = Icon::reset, .enabled = !(pose == Pose{}), .width = ImGui::GetContentRegionAvail().x / ui.scale}))
      ui.emit_command("reset_pose");
  } else {
    paragraph(ui, ui.text("ui.pose.none"), ui.theme.ui.text_quiet);
  }
  end_sheet(ui, "pose");
}

} // namespace calfscope
