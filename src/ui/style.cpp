#include "ui/style.h"

#include <cmath>

namespace calfscope {

ImVec4 colour_vec4(glm::vec3 srgb, float opacity) {
  return {srgb.r, srgb.g, srgb.b, opacity};
}

ImU32 colour_u32(glm::vec3 srgb, float opacity) {
  return ImGui::ColorConvertFloat4ToU32(colour_vec4(srgb, opacity));
}

void apply_style(const Theme& theme, float scale) {
  const auto px = [scale](float logical) { return std::round(logical * scale); };
  const UiSizes& size = theme.size;
  ImGuiStyle style;
  style.WindowPadding = {px(size.padding), px(size.padding)};
  style.WindowRounding = px(size.radius);
  style.WindowBorderSize = 0; // panels draw their own border and shadow
  style.ChildRounding = px(size.radius_small);
  style.ChildBorderSize = 0;
  style.PopupRounding = px(size.radius);
  style.PopupBorderSize = px(size.border);
  style.FramePadding = {px(size.spacing), px(5)};
  style.FrameRounding = px(size.radius_small);
  style.FrameBorderSize = 0;
  style.ItemSpacing = {px(size.spacing), px(6)};
  style.ItemInnerSpacing = {px(6), px(4)};
  style.CellPadding = {px(6), px(3)};
  style.ScrollbarSize = px(size.scrollbar * 0.75f);
  style.ScrollbarRounding = px(size.scrollbar);
  style.GrabMinSize = px(14);
  style.GrabRounding = px(size.radius);
  style.AntiAliasedLinesUseTex = true;
  style.CircleTessellationMaxError = 0.2f;
  style.CurveTessellationTol = 0.6f;

  const UiColours& ui = theme.ui;
  ImVec4* colours = style.Colors;
  for (int i = 0; i < ImGuiCol_COUNT; ++i) // what is not named below must not fall back to ImGui's blue
    colours[i] = colour_vec4(ui.hover);
  colours[ImGuiCol_Text] = colour_vec4(ui.text);
  colours[ImGuiCol_TextDisabled] = colour_vec4(ui.text_disabled);
  colours[ImGuiCol_WindowBg] = colour_vec4(ui.panel);
  colours[ImGuiCol_ChildBg] = colour_vec4(ui.panel, 0);
  colours[ImGuiCol_PopupBg] = colour_vec4(ui.panel_raised);
  colours[ImGuiCol_Border] = colour_vec4(ui.border);
  colours[ImGuiCol_BorderShadow] = colour_vec4(ui.border, 0);
  colours[ImGuiCol_FrameBg] = colour_vec4(ui.field);
  colours[ImGuiCol_FrameBgHovered] = colour_vec4(ui.field);
  colours[ImGuiCol_FrameBgActive] = colour_vec4(ui.field);
  colours[ImGuiCol_ScrollbarBg] = colour_vec4(ui.panel, 0);
  colours[ImGuiCol_ScrollbarGrab] = colour_vec4(ui.text_disabled);
  colours[ImGuiCol_ScrollbarGrabHovered] = colour_vec4(ui.text_quiet);
  colours[ImGuiCol_ScrollbarGrabActive] = colour_vec4(ui.text);
  colours[ImGuiCol_CheckMark] = colour_vec4(ui.accent);
  colours[ImGuiCol_SliderGrab] = colour_vec4(ui.accent);
  colours[ImGuiCol_SliderGrabActive] = colour_vec4(ui.accent);
  colours[ImGuiCol_Button] = colour_vec4(ui.field);
  colours[ImGuiCol_ButtonHovered] = colour_vec4(ui.hover);
  colours[ImGuiCol_ButtonActive] = colour_vec4(ui.pressed);
  colours[ImGuiCol_Header] = colour_vec4(ui.selected);
  colours[ImGuiCol_HeaderHovered] = colour_vec4(ui.hover);
  colours[ImGuiCol_HeaderActive] = colour_vec4(ui.pressed);
  colours[ImGuiCol_Separator] = colour_vec4(ui.border);
  colours[ImGuiCol_TextSelectedBg] = colour_vec4(ui.accent, 0.35f);
  colours[ImGuiCol_NavHighlight] = colour_vec4(ui.focus);
  colours[ImGuiCol_ModalWindowDimBg] = colour_vec4(ui.shadow, 0.45f);
  ImGui::GetStyle() = style;
}

} // namespace calfscope
