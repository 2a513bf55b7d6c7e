// The settings panel walks the option table: a new setting appears here by being declared there.
#include "state/options.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

bool belongs_here(const OptionInfo& option) {
  const bool can_be_drawn = option.type == OptionType::boolean || option.type == OptionType::number ||
                            (option.type == OptionType::choice && option.choices.size() > 1);
  return option.scope == OptionScope::settings && can_be_drawn;
}

void set(const Ui& ui, const OptionInfo& option, Value value) {
  ui.emit({"set_option", {{"id", option.id}, {"value", std::move(value)}}});
}

std::string with_unit(const OptionInfo& option, double value) {
  std::string text = option.highest - option.lowest > 10 ? std::to_string(static_cast<int>(std::lround(value)))
                                                         : to_string(Value(std::round(value * 100) / 100));
  if (!option.unit.empty())
    text += " " + std::string(option.unit);
  return text;
}

void draw_option(const Ui& ui, const OptionInfo& option) {
  const std::string id(option.id);
  const std::string& label = ui.text("option." + id + ".label");
  const Value value = option_value(ui.state, option);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x - ui.px(10);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = colour_u32(ui.theme.ui.text);
  ImGui::PushID(id.c_str());
  if (const bool* on = value.boolean()) {
    draw_text(ui, list, ui.fonts.text, ink, at, width - ui.px(46), label);
    ImGui::SetCursorScreenPos({at.x + width - ui.px(36), at.y - ui.px(1)});
    if (toggle(ui, "toggle", *on))
      set(ui, option, !*on);
    ImGui::SetCursorScreenPos({at.x, at.y + ui.fonts.text->FontSize + ui.px(6)});
  } else if (const double* number = value.number()) {
    draw_text(ui, list, ui.fonts.text, ink, at, width * 0.7f, label);
    draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text_quiet), at, width, with_unit(option, *number),
              Align::right);
    ImGui::Dummy({width, ui.fonts.text->FontSize});
    // Sizes of the surface itself change under the hand, so they are taken over in steps that hold still.
    const float step = option.highest - option.lowest > 10 ? 1.0f : 0.05f;
    const SliderResult moved = slider(ui, "slider", static_cast<float>(*number),
                                      {.lowest = static_cast<float>(option.lowest),
                                       .highest = static_cast<float>(option.highest),
                                       .width = width / ui.scale});
    const float stepped = std::round(moved.value / step) * step;
    if (moved.changed && std::abs(stepped - static_cast<float>(*number)) > step / 2)
      set(ui, option, stepped);
  } else if (const std::string* chosen = value.text()) {
    draw_text(ui, list, ui.fonts.text, ink, at, width, label);
    ImGui::Dummy({width, ui.fonts.text->FontSize});
    std::vector<std::string> labels;
    int active = -1;
    for (const std::string_view choice : option.choices) {
      if (choice == *chosen)
        active = static_cast<int>(labels.size());
      labels.push_back(ui.text("ui.choice." + id + "." + std::string(choice)));
    }
    const int clicked = segmented(ui, "choices", labels, active, width / ui.scale, true);
    if (clicked >= 0)
      set(ui, option, option.choices[static_cast<std::size_t>(clicked)]);
  }
  const std::string help_key = "option." + id + ".help";
  if (ui.text.has(help_key) && !ui.text(help_key).empty())
    paragraph(ui, ui.text(help_key), ui.theme.ui.text_quiet, ui.fonts.small);
  space(ui, 14);
  ImGui::PopID();
}

} // namespace

void draw_settings_panel(const Ui& ui, const Rect& where) {
  begin_panel(ui, "settings", where, {.scroll = false});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.title, colour_u32(ui.theme.ui.text), at, width - ui.px(36),
            ui.text("panel.settings.title"));
  ImGui::SetCursorScreenPos({at.x + width - ui.px(28), at.y - ui.px(3)});
  if (icon_button(ui, "close", Icon::close, {.faint = true, .tooltip = ui.text("ui.close")}))
    ui.emit({"close_panel", {{"panel", "settings"}}});
  ImGui::SetCursorScreenPos({at.x, at.y + ui.fonts.title->FontSize + ui.px(12)});
  ImGui::BeginChild("options", {width + ui.px(8), -ui.px(44)}, false);
  for (const OptionInfo& option : option_table())
    if (belongs_here(option))
      draw_option(ui, option);
  ImGui::EndChild();
  space(ui, 8);
  if (button(ui, "about", ui.text("panel.about.title"), {.icon = Icon::info, .width = width / ui.scale}))
    ui.emit_command("about");
  end_panel();
}

} // namespace calfscope
