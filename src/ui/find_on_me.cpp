#include "content/locate.h"
#include "ui/point_parts.h"
#include "ui/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

std::string fingers(const Ui& ui, float mm) {
  const float count = mm / finger_width_mm;
  if (count < 0.25f)
    return ui.text("ui.find.hardly");
  return count < 1.25f ? ui.text.format("ui.find.finger", {{"count", in_halves(count)}})
                       : ui.text.format("ui.find.fingers", {{"count", in_halves(count)}});
}

std::string centimetres(float mm) {
  return fmt::format("{:.1f}", std::round(mm / 5) / 2); // to half a centimetre
}

std::string along(const Ui& ui, const PointLocation& where) {
  const float mm = where.from_heel ? where.above_heel_mm : std::abs(where.below_crease_mm);
  const char* key = where.from_heel ? "ui.find.up_from_heel"
                                    : (where.below_crease_mm < 0 ? "ui.find.up_from_crease" : "ui.find.down");
  return ui.text.format(key, {{"cm", centimetres(mm)}, {"fingers", fingers(ui, mm)}});
}

std::string sideways(const Ui& ui, const PointLocation& where) {
  if (where.off_midline_mm < 0.25f * finger_width_mm)
    return ui.text("ui.find.in_the_middle");
  return ui.text.format(where.medial ? "ui.find.inwards" : "ui.find.outwards",
                        {{"cm", centimetres(where.off_midline_mm)}, {"fingers", fingers(ui, where.off_midline_mm)}});
}

} // namespace

void draw_find_on_me(const Ui& ui, const TriggerPoint& point, bool only_to_know) {
  const auto& coordinates = ui.state.facts->coordinates;
  const auto where =
      coordinates ? locate(ui.state.leg_content->bound(), *coordinates, point.id, ui.state.document.leg_length_mm)
                  : std::nullopt;
  if (!where) {
    paragraph(ui, ui.text("ui.find.no_way"), ui.theme.ui.text_quiet);
    return;
  }
  if (only_to_know)
    paragraph(ui, ui.text("ui.find.only_to_know"), ui.theme.ui.error, ui.fonts.text_strong);
  int step = 1;
  const auto line = [&](const std::string& sentence) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.text, colour_u32(ui.theme.ui.text_quiet), at, ui.px(20),
              fmt::format("{}.", step++));
    ImGui::SetCursorScreenPos({at.x + ui.px(20), at.y});
    ImGui::BeginGroup();
    paragraph(ui, sentence, ui.theme.ui.text);
    ImGui::EndGroup();
  };
  line(along(ui, *where));
  line(sideways(ui, *where));
  line(ui.text.format("ui.find.deep", {{"mm", fmt::format("{:.0f}", where->depth_mm)}}));
  space(ui, 4);
  paragraph(ui,
            ui.text.format("ui.find.tolerance", {{"along", centimetres(std::max(where->tolerance_along_mm, 5.0f))},
                                                 {"around", centimetres(std::max(where->tolerance_around_mm, 5.0f))}}),
            ui.theme.ui.text);
  space(ui, 8);
  const bool walk = ui.state.document.walk;
  if (toggle_row(ui, "walk", ui.text("ui.find.walk"), walk, ui.text("ui.find.walk_help")))
    ui.emit({"walk", {{"on", !walk}}});
  space(ui, 10);

  constexpr float shortest_mm = 340, longest_mm = 450;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text), at, width * 0.66f, ui.text("ui.find.length"));
  draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text_quiet), at, width,
            ui.text.format("ui.find.cm", {{"value", fmt::format("{:.1f}", where->leg_length_mm / 10)}}), Align::right);
  ImGui::Dummy({width, ui.fonts.text->FontSize});
  const SliderResult moved =
      slider(ui, "leg_length", where->leg_length_mm, {.lowest = shortest_mm, .highest = longest_mm});
  if (moved.changed)
    ui.emit({"walk", {{"leg_length_mm", std::round(moved.value / 5) * 5}}});
  if (ui.state.document.leg_length_mm > 0 &&
      button(ui, "this_leg", ui.text("ui.find.this_leg"), {.icon = Icon::reset, .look = ButtonLook::quiet}))
    ui.emit({"walk", {{"leg_length_mm", 0}}});
  paragraph(ui, ui.text("ui.find.length_help"), ui.theme.ui.text_quiet, ui.fonts.small);
}

} // namespace calfscope
