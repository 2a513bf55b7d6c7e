// What lies on the picture itself: legend, attribution, the name under the pointer, notices.
#include "compose/compose.h"
#include "frame/viewport.h"
#include "ui/content_widgets.h"
#include "ui/focus.h"
#include "ui/panels.h"
#include "ui/point_parts.h"

#include <algorithm>

namespace calfscope {

namespace {

struct PaintKey {
  std::string name;
  glm::vec3 colour;
  Pattern pattern;
};

// What the paint on the skin means just now.
std::vector<PaintKey> paint_keys(const Ui& ui) {
  std::vector<PaintKey> keys;
  if (!ui.state.leg_content)
    return keys;
  const OverlayColours& colours = ui.theme.scene.overlay;
  const Document& document = ui.state.document;
  if (chosen_place(ui.state)) {
    keys.push_back({ui.text("ui.legend.essential"), colours.essential, Pattern::solid});
    keys.push_back({ui.text("ui.legend.spillover"), colours.spillover, Pattern::stippled});
  } else if (hurts_somewhere(ui.state)) {
    const bool found = !looked_up(ui.state).entries.empty();
    keys.push_back({ui.text(found ? "ui.legend.explained" : "ui.legend.hurts"), colours.marked, Pattern::solid});
    if (found)
      keys.push_back({ui.text("ui.legend.unexplained"), colours.marked, Pattern::netted});
  }
  if (document.no_press) {
    keys.push_back({ui.state.content->text("severity.forbid"), colours.forbidden, Pattern::hatched});
    keys.push_back({ui.state.content->text("severity.caution"), colours.caution, Pattern::hatched});
  }
  return keys;
}

} // namespace

void draw_legend(const Ui& ui, ImVec2 bottom_left) {
  const auto entries = legend(ui.state);
  const auto keys = paint_keys(ui);
  if (entries.empty() && keys.empty())
    return;
  float width = 0;
  for (const LegendEntry& entry : entries)
    width = std::max(width, text_width(ui.fonts.small, ui.text(entry.name_key)));
  for (const PaintKey& key : keys)
    width = std::max(width, text_width(ui.fonts.small, key.name));
  const float line = 24;
  const Rect where{
      {bottom_left.x, bottom_left.y - ui.px(line) * static_cast<float>(entries.size() + keys.size()) - ui.px(12)},
      {bottom_left.x + width + ui.px(12 * 2 + 26), bottom_left.y}};
  cover(ui, where);
  begin_panel(ui, "legend", where, {.scroll = false, .padding = {12, 6}});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const PaintKey& key : keys) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float middle = at.y + ui.px(line) / 2;
    draw_swatch(ui, list, {{at.x, middle - ui.px(6)}, {at.x + ui.px(18), middle + ui.px(6)}}, key.colour, key.pattern);
    draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text),
              {at.x + ui.px(26), middle - ui.fonts.small->FontSize / 2}, width + 1, key.name);
    ImGui::Dummy({width, ui.px(line)});
  }
  for (const LegendEntry& entry : entries) {
    ImGui::PushID(entry.structure.c_str());
    const Row item = row(ui, "entry", line, ui.state.document.selected == entry.structure);
    ImGui::PopID();
    if (item.hovered) {
      ui.out.hovered = entry.structure;
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    const float middle = item.where.centre().y, radius = ui.px(6);
    const ImVec2 centre{item.where.min.x + ui.px(9), middle};
    if (entry.shown)
      list.AddCircleFilled(centre, radius, colour_u32(entry.colour));
    else
      list.AddCircle(centre, radius - 1, colour_u32(entry.colour), 0, ui.px(1.5f));
    draw_text(ui, list, ui.fonts.small, colour_u32(entry.shown ? ui.theme.ui.text : ui.theme.ui.text_quiet),
              {item.where.min.x + ui.px(26), middle - ui.fonts.small->FontSize / 2}, item.where.width() - ui.px(26) + 1,
              ui.text(entry.name_key));
    if (item.clicked)
      ui.emit({"select", {{"id", entry.structure}}});
  }
  ImGui::PopStyleVar();
  end_panel();
}

void draw_attribution(const Ui& ui, const Rect& line) {
  begin_bare("attribution", line);
  bool clicked = ImGui::InvisibleButton("credit", {line.width(), line.height()});
  clicked |= focus_stop(ui).pressed;
  const bool hovered = ImGui::IsItemHovered();
  if (hovered)
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  tooltip(ui, ui.state.atlas->attribution);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at{line.min.x, line.centre().y - ui.fonts.small->FontSize / 2};
  const std::size_t clipped_before = ui.out.clipped.size();
  draw_text(ui, list, ui.fonts.small, colour_u32(hovered ? ui.theme.ui.text : ui.theme.ui.text_quiet), at, line.width(),
            ui.state.atlas->attribution);
  ui.out.clipped.resize(clipped_before); // a long credit is shortened on purpose: a click shows all of it
  ImGui::End();
  if (clicked)
    ui.emit({"open_panel", {{"panel", "about"}}});
}

void draw_hover_name(const Ui& ui, const Rect& picture) {
  const Structure* structure = ui.state.atlas ? ui.state.atlas->find(ui.state.hovered) : nullptr;
  const TriggerPoint* point = ui.state.leg_content ? ui.state.content->point(ui.state.hovered_point) : nullptr;
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  if ((!structure && !point) || !picture.contains(pointer) || !ui.memory.search_text.empty() ||
      ImGui::GetIO().WantCaptureMouse || ImGui::IsMouseDown(0))
    return;
  const std::string& name = point ? ui.state.content->text("points." + point->id + ".name") : structure->name;
  const std::string kind = point ? ui.text.format("ui.point.number", {{"number", std::to_string(point->number)}})
                                 : ui.text("ui.kind_one." + std::string(id_of(structure->kind)));
  const float width =
      std::max(text_width(ui.fonts.text_strong, name), text_width(ui.fonts.small, kind)) + 2 * ui.px(11);
  const float height = ui.fonts.text->FontSize + ui.fonts.small->FontSize + ui.px(17);
  ImVec2 at{pointer.x + ui.px(16), pointer.y + ui.px(14)};
  at.x = std::min(at.x, picture.max.x - width - ui.px(6));
  if (at.y + height > picture.max.y)
    at.y = pointer.y - height - ui.px(10);
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const Rect where{at, {at.x + width, at.y + height}};
  const float radius = ui.px(ui.theme.size.radius_small + 1);
  draw_shadow(ui, list, where, radius);
  list.AddRectFilled(where.min, where.max, colour_u32(ui.theme.ui.panel_raised), radius);
  list.AddRect(where.min, where.max, colour_u32(ui.theme.ui.border), radius, 0, std::max(ui.px(1), 1.0f));
  draw_text(ui, list, ui.fonts.text_strong, colour_u32(ui.theme.ui.text), {at.x + ui.px(11), at.y + ui.px(6)}, width,
            name);
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet),
            {at.x + ui.px(11), at.y + ui.px(9) + ui.fonts.text->FontSize}, width, kind);
}

// Under the panels: they lie on the picture, not on what covers it.
void draw_picture_marks(const Ui& ui) {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  const Camera camera = camera_now(ui.state);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const auto on_screen = [&](glm::vec3 at_mm) -> std::optional<ImVec2> {
    const auto at = fraction_of(camera, {ui.state.viewport.size, ui.out.free_area}, at_mm);
    return at ? std::optional(ImVec2{at->x * size.x, at->y * size.y}) : std::nullopt;
  };
  if (ui.state.brush.on && ui.state.brush_ring) {
    std::vector<ImVec2> line;
    for (const glm::vec3& at_mm : ui.state.brush_ring->line_mm)
      if (const auto at = on_screen(at_mm))
        line.push_back(*at);
    const auto count = static_cast<int>(line.size());
    // Light within dark is seen on any ground.
    list.AddPolyline(line.data(), count, colour_u32(ui.theme.ui.shadow, 0.75f), ImDrawFlags_Closed, ui.px(3.5f));
    const ImU32 ink = colour_u32(ui.theme.scene.hotspot);
    if (ui.state.brush.erase)
      for (int i = 0; i + 1 < count; i += 4) // dashed: it takes away
        list.AddPolyline(line.data() + i, std::min(3, count - i), ink, 0, ui.px(1.8f));
    else
      list.AddPolyline(line.data(), count, ink, ImDrawFlags_Closed, ui.px(1.8f));
  }
  if (const BoundPoint* place = chosen_place(ui.state); place && ui.state.press.any())
    if (const auto at = on_screen(place->skin.position))
      draw_press_mark(ui, list, *at);
}

void draw_notices(const Ui& ui, const Rect& area) {
  constexpr std::size_t most = 3;
  const auto& notices = ui.state.notices;
  const float width = std::min(ui.px(440), area.width() - ui.px(16));
  float y = area.min.y + ui.px(10);
  const std::size_t first = notices.size() > most ? notices.size() - most : 0;
  for (std::size_t i = first; i < notices.size(); ++i) {
    const Notice& notice = notices[i];
    std::string sentence = ui.text(notice.key);
    for (const auto& [name, value] : notice.values) {
      const std::string slot = "{" + name + "}";
      if (const auto at = sentence.find(slot); at != std::string::npos)
        sentence.replace(at, slot.size(), value);
    }
    const std::string id = "notice" + std::to_string(i - first);
    const float known = ui.memory.heights.contains(id) ? ui.memory.heights[id] : ui.px(60);
    const float height = std::min(known, area.max.y - y);
    if (height < ui.px(30))
      break;
    const Rect where{{area.centre().x - width / 2, y}, {area.centre().x + width / 2, y + height}};
    begin_panel(ui, id.c_str(), where, {.on_top = true});
    glm::vec3 ink = ui.theme.ui.note;
    Icon icon = Icon::info;
    if (notice.severity == Severity::warning) {
      ink = ui.theme.ui.warning;
      icon = Icon::warning;
    } else if (notice.severity == Severity::error) {
      ink = ui.theme.ui.error;
      icon = Icon::error;
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float inner = ImGui::GetContentRegionAvail().x;
    draw_icon(*ImGui::GetWindowDrawList(), icon, {at.x + ui.px(10), at.y + ui.fonts.text->FontSize / 2 + ui.px(1)},
              ui.px(20), colour_u32(ink));
    ImGui::SetCursorScreenPos({at.x + inner - ui.px(26), at.y - ui.px(5)});
    if (icon_button(ui, "dismiss", Icon::close, {.faint = true, .size = 26, .tooltip = ui.text("ui.notice.dismiss")}))
      ui.emit({"dismiss_notice", {{"index", static_cast<int>(i)}}});
    ImGui::SetCursorScreenPos({at.x + ui.px(30), at.y});
    ImGui::BeginGroup();
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + inner - ui.px(62));
    ImGui::TextUnformatted(sentence.c_str());
    if (!notice.details.empty()) {
      ImGui::PushFont(ui.fonts.small);
      ImGui::PushStyleColor(ImGuiCol_Text, colour_vec4(ui.theme.ui.text_quiet));
      constexpr std::size_t most_details = 600; // a file with thousands of faults must not fill the window
      if (notice.details.size() > most_details)
        ImGui::TextUnformatted((notice.details.substr(0, most_details) + "…").c_str());
      else
        ImGui::TextUnformatted(notice.details.c_str());
      ImGui::PopStyleColor();
      ImGui::PopFont();
    }
    ImGui::PopTextWrapPos();
    ImGui::EndGroup();
    ui.memory.heights[id] = ImGui::GetCursorPosY() + ImGui::GetScrollY() + ui.px(6);
    end_panel();
    y += height + ui.px(8);
  }
}

} // namespace calfscope
