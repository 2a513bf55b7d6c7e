#include "ui/panels.h"
#include "ui/points_list.h"
#include "ui/widgets.h"

#include <algorithm>
#include <vector>

namespace calfscope {
namespace {

// What the slider passes on its way in, as colours of the tissues.
std::vector<ImU32> peel_track(const Theme& theme) {
  const auto of = [&](Material material) {
    return colour_u32(theme.scene.materials[static_cast<std::size_t>(material)]);
  };
  return {of(Material::skin),   of(Material::fascia), of(Material::muscle),
          of(Material::muscle), of(Material::tendon), of(Material::bone)};
}

void draw_peel(const Ui& ui) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  draw_text(ui, list, ui.fonts.text_strong, colour_u32(ui.theme.ui.text), at, width * 0.6f, ui.text("ui.layers.peel"));
  const int percent = static_cast<int>(ui.state.document.peel * 100 + 0.5f);
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet),
            {at.x, at.y + (ui.fonts.text->FontSize - ui.fonts.small->FontSize) / 2}, width,
            ui.text.format("ui.layers.percent", {{"value", std::to_string(percent)}}), Align::right);
  ImGui::Dummy({width, ui.fonts.text->FontSize});
  const auto track = peel_track(ui.theme);
  const SliderResult peel =
      slider(ui, "peel", ui.state.document.peel, {.lowest = 0, .highest = 1, .large = true, .track = track});
  if (peel.changed)
    ui.emit({"peel", {{"value", peel.value}}});
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const ImU32 quiet = colour_u32(ui.theme.ui.text_quiet);
  draw_text(ui, list, ui.fonts.small, quiet, {below.x, below.y - ui.px(4)}, width / 3, ui.text("ui.layers.skin"));
  draw_text(ui, list, ui.fonts.small, quiet, {below.x + width / 3, below.y - ui.px(4)}, width / 3,
            ui.text("ui.layers.muscle"), Align::centre);
  draw_text(ui, list, ui.fonts.small, quiet, {below.x + 2 * width / 3, below.y - ui.px(4)}, width / 3,
            ui.text("ui.layers.bone"), Align::right);
  ImGui::Dummy({width, ui.fonts.small->FontSize - ui.px(4)});
}

// Both ways of looking, so that a leg in which only the calf is seen says why and how to get the rest.
void draw_highlight_choice(const Ui& ui) {
  const std::vector<std::string> labels{ui.text("ui.layers.calf"), ui.text("ui.layers.everything")};
  const bool calf = ui.state.document.highlight == Highlight::calf;
  const int chosen = segmented(ui, "highlight", labels, calf ? 0 : 1, ImGui::GetContentRegionAvail().x);
  tooltip(ui, ui.text("ui.layers.highlight_help"));
  if (chosen >= 0)
    ui.emit({"highlight", {{"name", chosen == 0 ? "calf" : "none"}}});
}

glm::vec3 swatch(const Theme& theme, Kind kind) {
  switch (kind) {
  case Kind::skin:
    return theme.scene.materials[static_cast<std::size_t>(Material::skin)];
  case Kind::fascia:
    return theme.scene.materials[static_cast<std::size_t>(Material::fascia)];
  case Kind::muscle:
    return theme.scene.materials[static_cast<std::size_t>(Material::muscle)];
  case Kind::tendon:
    return theme.scene.materials[static_cast<std::size_t>(Material::tendon)];
  case Kind::ligament:
    return theme.scene.materials[static_cast<std::size_t>(Material::ligament)];
  case Kind::vessel:
    return theme.scene.materials[static_cast<std::size_t>(Material::artery)];
  case Kind::nerve:
    return theme.scene.materials[static_cast<std::size_t>(Material::nerve)];
  case Kind::bone:
    return theme.scene.materials[static_cast<std::size_t>(Material::bone)];
  case Kind::other:
    break;
  }
  return theme.scene.materials[static_cast<std::size_t>(Material::plain)];
}

void draw_structure_row(const Ui& ui, std::size_t index) {
  const Structure& structure = ui.state.atlas->structures[index];
  const bool selected = ui.state.document.selected == structure.id;
  const Show show = show_of(ui.state, index);
  ImGui::PushID(structure.id.c_str());
  const Row line = row(ui, "row", 26, selected);
  if (selected && ui.memory.revealed != structure.id) {
    ImGui::SetScrollHereY(0.4f);
    ui.memory.revealed = structure.id;
  }
  if (line.hovered)
    ui.out.hovered = structure.id;

  const float edge = 24;
  const ImVec2 after = ImGui::GetCursorScreenPos();
  float right = line.where.max.x;
  const ImGuiID stop = ui.memory.focus.stop;
  const bool keyboard_here = stop != 0 && (stop == ImGui::GetID("eye") || stop == ImGui::GetID("ghost"));
  const bool tools = line.hovered || selected || keyboard_here;
  bool tool_used = false;
  const auto tool = [&](const char* id, Icon icon, bool shown, bool active, std::string_view tip) {
    right -= ui.px(edge);
    if (!shown)
      return false;
    ImGui::SetCursorScreenPos({right, line.where.min.y + (line.where.height() - ui.px(edge)) / 2});
    const bool used = icon_button(ui, id, icon, {.active = active, .faint = true, .size = edge, .tooltip = tip});
    tool_used |= used || ImGui::IsItemHovered();
    return used;
  };
  if (tool("eye", show == Show::hidden ? Icon::eye_off : Icon::eye, tools || show == Show::hidden, false,
           ui.text(show == Show::hidden ? "ui.layers.show" : "ui.layers.hide")))
    ui.emit({show == Show::hidden ? "show" : "hide", {{"id", structure.id}}});
  if (tool("ghost", Icon::ghost, tools || show == Show::ghosted, show == Show::ghosted, ui.text("ui.layers.ghost")))
    ui.emit({"ghost", {{"id", structure.id}}});
  ImGui::SetCursorScreenPos(after);

  const float indent = ui.px(22);
  const glm::vec3 ink = show == Show::hidden ? ui.theme.ui.text_disabled : ui.theme.ui.text;
  const std::size_t clipped_before = ui.out.clipped.size();
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.text, colour_u32(ink),
            {line.where.min.x + indent, line.where.centre().y - ui.fonts.text->FontSize / 2},
            right - line.where.min.x - indent - ui.px(4), structure.name);
  if (ui.out.clipped.size() > clipped_before) {
    // A long name beside its tools is shortened on purpose; the whole one appears in the tooltip.
    ui.out.clipped.resize(clipped_before);
    if (line.hovered && !tool_used)
      tooltip(ui, structure.name);
  }
  if (line.clicked && !tool_used)
    ui.emit({"select", {{"id", structure.id}}});
  if (line.double_clicked && !tool_used)
    ui.emit({"camera_fit", {{"what", "selection"}}});
  ImGui::PopID();
}

void draw_kind(const Ui& ui, const KindInfo& kind, const std::vector<std::size_t>& members) {
  const std::string id(kind.id);
  const bool on = ui.state.document.kinds[static_cast<std::size_t>(kind.kind)];
  bool open = ui.memory.open_kinds.contains(id);
  ImGui::PushID(id.c_str());
  const Row line = row(ui, "kind", 30);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = line.where.centre().y;
  draw_icon(list, open ? Icon::chevron_down : Icon::chevron_right, {line.where.min.x + ui.px(6), middle}, ui.px(14),
            colour_u32(ui.theme.ui.text_quiet));
  list.AddCircleFilled({line.where.min.x + ui.px(23), middle}, ui.px(5),
                       colour_u32(swatch(ui.theme, kind.kind), on ? 1.0f : 0.35f));
  const float edge = 28;
  ImGui::SetCursorScreenPos({line.where.max.x - ui.px(edge), middle - ui.px(edge) / 2});
  const bool eye = icon_button(
      ui, "eye", on ? Icon::eye : Icon::eye_off,
      {.faint = true, .size = edge, .tooltip = ui.text(on ? "ui.layers.hide_kind" : "ui.layers.show_kind")});
  const bool over_eye = ImGui::IsItemHovered();
  if (eye)
    ui.emit({"toggle_kind", {{"kind", id}, {"on", !on}}});
  const std::string count = std::to_string(members.size());
  const float count_width = text_width(ui.fonts.small, count);
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet),
            {line.where.max.x - ui.px(edge + 8) - count_width, middle - ui.fonts.small->FontSize / 2}, count_width + 1,
            count);
  draw_text(ui, list, ui.fonts.text, colour_u32(on ? ui.theme.ui.text : ui.theme.ui.text_disabled),
            {line.where.min.x + ui.px(36), middle - ui.fonts.text->FontSize / 2},
            line.where.width() - ui.px(36 + edge + 14) - count_width, ui.text("kind." + id));
  ImGui::SetCursorScreenPos(after);
  if (line.clicked && !over_eye) {
    if (open)
      ui.memory.open_kinds.erase(id);
    else
      ui.memory.open_kinds.insert(id);
    open = !open;
  }
  if (open)
    for (const std::size_t index : members)
      draw_structure_row(ui, index);
  ImGui::PopID();
}

// A structure chosen in the picture or by search appears in the tree.
void reveal_selection(const Ui& ui) {
  const std::string& selected = ui.state.document.selected;
  if (selected.empty()) {
    ui.memory.revealed.clear();
    return;
  }
  if (selected == ui.memory.revealed)
    return;
  ui.memory.layers_show_points = false;
  if (const Structure* structure = ui.state.atlas->find(selected))
    ui.memory.open_kinds.insert(std::string(id_of(structure->kind)));
}

// Which of the two lists stands below; what was chosen in the picture is shown in its own.
void draw_choice_of_list(const Ui& ui) {
  const Document& document = ui.state.document;
  if (document.point != ui.memory.revealed_point) {
    ui.memory.revealed_point = document.point;
    ui.memory.layers_show_points |= !document.point.empty();
  }
  const std::vector<std::string> labels{ui.text("ui.layers.points"), ui.text("ui.layers.tissues")};
  const float width = ImGui::GetContentRegionAvail().x / ui.scale;
  const int chosen = segmented(ui, "list", labels, ui.memory.layers_show_points ? 0 : 1, width);
  if (chosen >= 0)
    ui.memory.layers_show_points = chosen == 0;
  space(ui, 12);
}

void draw_tissues_head(const Ui& ui, bool named) {
  const ImVec2 header = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  heading(ui, named ? ui.text("ui.layers.tissues") : "");
  const std::string& show_all = ui.text("ui.layers.show_all");
  const float button_width = text_width(ui.fonts.text, show_all) + 2 * ui.px(11);
  ImGui::SetCursorScreenPos({header.x + width - button_width, header.y - ui.px(7)});
  if (button(ui, "show_all", show_all, {.look = ButtonLook::quiet, .tooltip = ui.text("ui.layers.show_all_help")}))
    ui.emit({"show_all", {}});
  ImGui::SetCursorScreenPos({header.x, header.y + ui.fonts.small->FontSize + ui.px(10)});
}

void begin_list(const Ui& ui, const char* id, float width_px) {
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() - ui.px(6));
  ImGui::BeginChild(id, {width_px + ui.px(12), 0}, false, ImGuiWindowFlags_AlwaysUseWindowPadding);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, ui.px(1)));
}

void end_list() {
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

void draw_tree(const Ui& ui) {
  for (const KindInfo& kind : kind_table) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < ui.state.atlas->structures.size(); ++i)
      if (ui.state.atlas->structures[i].kind == kind.kind)
        members.push_back(i);
    if (!members.empty())
      draw_kind(ui, kind, members);
  }
}

} // namespace

void draw_layers_panel(const Ui& ui, const Rect& where) {
  begin_panel(ui, "layers", where, {.scroll = false});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.title, colour_u32(ui.theme.ui.text), at, width - ui.px(64),
            ui.text("panel.layers.title"));
  ImGui::SetCursorScreenPos({at.x + width - ui.px(28), at.y - ui.px(3)});
  if (icon_button(ui, "close", Icon::close, {.faint = true, .tooltip = ui.text("ui.close")}))
    ui.emit({"close_panel", {{"panel", "layers"}}});
  ImGui::SetCursorScreenPos({at.x, at.y + ui.fonts.title->FontSize + ui.px(12)});
  if (!ui.state.atlas) {
    paragraph(ui, ui.text("ui.layers.no_leg"), ui.theme.ui.text_quiet);
    end_panel();
    return;
  }
  if (has_calf(ui.state)) {
    draw_highlight_choice(ui);
    space(ui, 12);
  }
  draw_peel(ui);
  space(ui, 14);
  reveal_selection(ui);
  const bool has_points = ui.state.leg_content != nullptr;
  if (has_points)
    draw_choice_of_list(ui);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(6), 0));
  if (has_points && ui.memory.layers_show_points) {
    begin_list(ui, "points", width);
    draw_points_list(ui);
    end_list();
  } else {
    draw_tissues_head(ui, !has_points);
    begin_list(ui, "tree", width);
    draw_tree(ui);
    end_list();
  }
  ImGui::PopStyleVar();
  end_panel();
}

} // namespace calfscope
