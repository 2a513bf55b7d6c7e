#include "ui/points_list.h"

#include "ui/content_widgets.h"

namespace calfscope {

void draw_point_row(const Ui& ui, const TriggerPoint& point) {
  const BoundPoint* place = ui.state.leg_content->bound().point(point.id);
  const bool placed = place && place->placed;
  const bool chosen = ui.state.document.point == point.id;
  const Row line = row(ui, point.id.c_str(), 28, chosen || ui.state.hovered_point == point.id);
  if (line.hovered && placed)
    ui.out.hovered_point = point.id;
  if (!placed)
    tooltip(ui, ui.text("ui.points.no_place"));
  const float radius = ui.px(10), middle = line.where.centre().y;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_number(ui, list, {line.where.min.x + radius, middle}, radius, point.number, chosen);
  draw_text(ui, list, ui.fonts.text, colour_u32(placed ? ui.theme.ui.text : ui.theme.ui.text_disabled),
            {line.where.min.x + 2 * radius + ui.px(8), middle - ui.fonts.text->FontSize / 2},
            line.where.width() - 2 * radius - ui.px(8), ui.state.content->text("points." + point.id + ".short_name"));
  if (line.clicked && placed)
    ui.emit(chosen ? Action{"deselect_point", {}} : Action{"select_point", {{"id", point.id}}});
}

void draw_points_list(const Ui& ui) {
  const Document& document = ui.state.document;
  const float width = ImGui::GetContentRegionAvail().x / ui.scale;
  if (button(ui, "lookup", ui.text("panel.lookup.title"),
             {.look = ui.is_open(Panel::lookup) ? ButtonLook::plain : ButtonLook::primary,
              .active = ui.is_open(Panel::lookup),
              .width = width,
              .tooltip = ui.text("ui.points.lookup_help")}))
    ui.emit_command("panel_lookup");
  space(ui, 6);
  if (button(ui, "explain", ui.text("ui.explain.open"), {.icon = Icon::info, .width = width}))
    ui.emit({"open_panel", {{"panel", "points"}}});
  space(ui, 10);
  if (toggle_row(ui, "shown", ui.text("ui.points.shown"), document.points_shown, ui.text("ui.points.shown_help")))
    ui.emit({"points", {{"on", !document.points_shown}}});
  if (toggle_row(ui, "neighbours", ui.text("ui.points.neighbours"), document.neighbours,
                 ui.text("ui.points.neighbours_help")))
    ui.emit({"neighbours", {{"on", !document.neighbours}}});
  if (toggle_row(ui, "no_press", ui.text("ui.points.no_press"), document.no_press, ui.text("ui.points.no_press_help")))
    ui.emit({"no_press", {{"on", !document.no_press}}});
  for (const std::string layer : {"calf", "neighbour"}) {
    if (layer == "neighbour" && !document.neighbours)
      continue;
    space(ui, 10);
    heading(ui, ui.state.content->text("layer." + layer));
    space(ui, 2);
    for (const TriggerPoint& point : ui.state.content->points)
      if (point.layer == layer)
        draw_point_row(ui, point);
  }
}

} // namespace calfscope
