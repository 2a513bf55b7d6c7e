#include "ui/focus.h"
#include "ui/panels.h"
#include "ui/widgets.h"

namespace calfscope {

void draw_top_bar(const Ui& ui, const Rect& where) {
  begin_panel(ui, "top_bar", where, {.scroll = false, .padding = {0, 0}, .rounded = false});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const UiColours& colours = ui.theme.ui;
  const float middle = where.centre().y;
  list.AddRectFilled({where.min.x, where.max.y - std::max(ui.px(1), 1.0f)}, where.max, colour_u32(colours.border));

  // The mark and the name.
  float x = where.min.x + ui.px(14);
  const float mark = ui.px(26);
  list.AddRectFilled({x, middle - mark / 2}, {x + mark, middle + mark / 2}, colour_u32(colours.accent), ui.px(7));
  draw_icon(list, Icon::leg, {x + mark / 2, middle}, ui.px(18), colour_u32(colours.on_accent));
  x += mark + ui.px(10);
  const std::string& title = ui.text("ui.title");
  const float title_width = text_width(ui.fonts.text_strong, title);
  draw_text(ui, list, ui.fonts.text_strong, colour_u32(colours.text), {x, middle - ui.fonts.text->FontSize / 2},
            title_width + 1, title);
  x += title_width + ui.px(22);

  // The three places.
  for (std::size_t i = 0; i < place_ids.size(); ++i) {
    const auto place = static_cast<Place>(i);
    const std::string id(place_ids[i]);
    const std::string& label = ui.text("place." + id);
    ImFont* font = ui.fonts.text;
    const float width = text_width(font, label) + 2 * ui.px(12);
    ImGui::SetCursorScreenPos({x, where.min.y});
    ImGui::PushID(id.c_str());
    const bool clicked = ImGui::InvisibleButton("place", {width, where.height()});
    if (focus_stop(ui).pressed || clicked)
      ui.emit({"place", {{"place", id}}});
    ImGui::PopID();
    const bool hovered = ImGui::IsItemHovered(), here = ui.state.place == place;
    if (hovered)
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    const glm::vec3 ink = here || hovered ? colours.text : colours.text_quiet;
    draw_text(ui, list, font, colour_u32(ink), {x + ui.px(12), middle - font->FontSize / 2}, width, label);
    if (here)
      list.AddRectFilled({x + ui.px(12), where.max.y - ui.px(3)}, {x + width - ui.px(12), where.max.y},
                         colour_u32(colours.accent), ui.px(2), ImDrawFlags_RoundCornersTop);
    x += width + ui.px(2);
  }

  const Rect field = search_field_rect(ui, where);
  draw_search_field(ui, field.min, field.width());

  // Side of the body.
  const std::vector<std::string> sides{ui.text("ui.side_short.right"), ui.text("ui.side_short.left")};
  float right = where.max.x - ui.px(12);
  const float edge = 32;
  const auto tool = [&](const char* id, Icon icon, bool active, std::string_view tip) {
    right -= ui.px(edge);
    ImGui::SetCursorScreenPos({right, middle - ui.px(edge) / 2});
    const bool used = icon_button(ui, id, icon, {.active = active, .size = edge, .tooltip = tip});
    right -= ui.px(2);
    return used;
  };
  if (tool("help", Icon::help, ui.is_open(Panel::shortcuts), ui.text("ui.top.help")))
    ui.emit({"toggle_panel", {{"panel", "shortcuts"}}});
  if (tool("settings", Icon::gear, ui.is_open(Panel::settings), ui.text("ui.top.settings")))
    ui.emit({"toggle_panel", {{"panel", "settings"}}});
  if (tool("theme", ui.theme.dark ? Icon::sun : Icon::moon, false,
           ui.text(ui.theme.dark ? "ui.top.to_light" : "ui.top.to_dark")))
    ui.emit({"set_option", {{"id", "theme"}, {"value", ui.theme.dark ? "light" : "dark"}}});
  const float width = segmented_width(ui, sides);
  right -= width + ui.px(8);
  ImGui::SetCursorScreenPos({right, middle - ui.px(ui.theme.size.target) / 2});
  const int side = segmented(ui, "side", sides, ui.state.document.side == Side::right ? 0 : 1);
  tooltip(ui, ui.text("ui.top.side_help"));
  if (side >= 0)
    ui.emit({"side", {{"side", side == 0 ? "right" : "left"}}});
  end_panel();
}

} // namespace calfscope
