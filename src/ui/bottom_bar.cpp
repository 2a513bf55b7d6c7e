#include "ui/panels.h"
#include "ui/widgets.h"

#include <cmath>

namespace calfscope {
namespace {

// The standard view that the camera is at or flies to, or -1.
int present_view(const AppState& state) {
  if (!state.atlas)
    return -1;
  const Camera& camera = state.document.camera;
  for (std::size_t i = 0; i < view_ids.size(); ++i) {
    const Camera standard = standard_camera(state, static_cast<StandardView>(i));
    if (std::abs(standard.yaw_deg - camera.yaw_deg) < 0.5f && std::abs(standard.pitch_deg - camera.pitch_deg) < 0.5f)
      return static_cast<int>(i);
  }
  return -1;
}

void divider(const Ui& ui, float x, const Rect& where) {
  ImGui::GetWindowDrawList()->AddRectFilled({x, where.min.y + ui.px(12)},
                                            {x + std::max(ui.px(1), 1.0f), where.max.y - ui.px(12)},
                                            colour_u32(ui.theme.ui.border));
}

std::string with_shortcut(const Ui& ui, std::string_view key, std::string_view command_id) {
  std::string text = ui.text(key);
  if (const Command* command = find_command(command_id); command && !command->shortcut.empty())
    text += "  (" + std::string(command->shortcut) + ")";
  return text;
}

} // namespace

void draw_bottom_bar(const Ui& ui, const Rect& where) {
  begin_panel(ui, "bottom_bar", where, {.scroll = false, .padding = {0, 0}, .rounded = false});
  ImGui::GetWindowDrawList()->AddRectFilled(where.min, {where.max.x, where.min.y + std::max(ui.px(1), 1.0f)},
                                            colour_u32(ui.theme.ui.border));
  const float middle = where.centre().y;
  const float edge = 32, gap = ui.px(2);
  float x = where.min.x + ui.px(10);
  const auto tool = [&](const char* id, Icon icon, bool active, bool possible, const std::string& tip) {
    ImGui::SetCursorScreenPos({x, middle - ui.px(edge) / 2});
    x += ui.px(edge) + gap;
    return icon_button(ui, id, icon, {.enabled = possible, .active = active, .size = edge, .tooltip = tip});
  };
  const bool leg = ui.state.atlas != nullptr;
  const bool explores = leg && ui.state.place == Place::explore; // their sheets stand there
  const Document& document = ui.state.document;

  if (tool("layers", Icon::layers, ui.is_open(Panel::layers), true,
           with_shortcut(ui, "ui.bottom.layers", "panel_layers")))
    ui.emit_command("panel_layers");
  x += ui.px(6);
  divider(ui, x, where);
  x += ui.px(8);
  if (tool("undo", Icon::undo, false, ui.is_enabled("undo"), with_shortcut(ui, "ui.bottom.undo", "undo")))
    ui.emit_command("undo");
  if (tool("redo", Icon::redo, false, ui.is_enabled("redo"), with_shortcut(ui, "ui.bottom.redo", "redo")))
    ui.emit_command("redo");
  const float left_end = x;

  // Tools on the right.
  const float right_begin = where.max.x - ui.px(10) - 7 * (ui.px(edge) + gap) - ui.px(14);
  x = right_begin;
  if (tool("home", Icon::home, false, leg, with_shortcut(ui, "ui.bottom.home", "home")))
    ui.emit_command("home");
  if (tool("fit", Icon::fit, false, leg, with_shortcut(ui, "ui.bottom.fit", "fit")))
    ui.emit_command("fit");
  if (tool("parallel", document.camera.orthographic ? Icon::parallel : Icon::perspective, document.camera.orthographic,
           leg,
           with_shortcut(ui, document.camera.orthographic ? "ui.bottom.to_perspective" : "ui.bottom.to_parallel",
                         "orthographic")))
    ui.emit_command("orthographic");
  x += ui.px(6);
  divider(ui, x, where);
  x += ui.px(8);
  const std::string names = ui.text.format(
      "ui.bottom.labels", {{"names", ui.text("ui.names." + std::string(id_in(label_names_ids, document.labels)))}});
  if (tool("labels", Icon::names, document.labels != LabelNames::off, leg, names + "  (V)"))
    ui.emit_command("next_labels");
  if (tool("section", Icon::section, document.section.on, explores && ui.is_enabled("section"),
           with_shortcut(ui, "ui.bottom.section", "section")))
    ui.emit_command("section");
  if (tool("pose", Icon::joint, ui.is_open(Panel::pose) || !(document.pose == Pose{}), explores,
           with_shortcut(ui, "ui.bottom.pose", "panel_pose")))
    ui.emit_command("panel_pose");
  if (tool("clip", Icon::plane, ui.is_open(Panel::clip) || document.clip.on, explores,
           with_shortcut(ui, "ui.bottom.clip", "panel_clip"))) {
    if (!ui.is_open(Panel::clip) && !document.clip.on)
      ui.emit({"clip", {{"on", true}}});
    ui.emit_command("panel_clip");
  }

  // Standard views in the middle, over the middle of the picture if there is room.
  std::vector<std::string> labels;
  for (const std::string_view id : view_ids)
    labels.push_back(ui.text("ui.view_short." + std::string(id)));
  const bool small = segmented_width(ui, labels) > right_begin - left_end - ui.px(24);
  const float width = segmented_width(ui, labels, small);
  const float centred = where.centre().x - width / 2;
  x = std::max(left_end + ui.px(8), std::min(centred, right_begin - width - ui.px(8)));
  ImFont* font = small ? ui.fonts.small : ui.fonts.text;
  const float height = std::max(ui.px(ui.theme.size.target), font->FontSize + ui.px(12));
  ImGui::SetCursorScreenPos({x, middle - height / 2});
  const int chosen = segmented(ui, "views", labels, present_view(ui.state), 0, small);
  if (chosen >= 0 && leg)
    ui.emit({"view", {{"name", view_ids[static_cast<std::size_t>(chosen)]}}});
  end_panel();
}

} // namespace calfscope
