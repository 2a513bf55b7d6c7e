// Pressing on the chosen point: by a button that is held, or by a slider. More is never shown as better.
#include "ui/content_widgets.h"
#include "ui/point_parts.h"
#include "ui/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

enum class PressStage : std::uint8_t { light, good, between, too_much };
constexpr std::array<std::string_view, 4> stage_ids{"light", "good", "between", "too_much"};

PressStage press_stage_of(double pressure) {
  if (pressure >= pressure_too_much_from)
    return PressStage::too_much;
  if (pressure > pressure_good_until)
    return PressStage::between;
  return pressure >= pressure_good_from ? PressStage::good : PressStage::light;
}

glm::vec3 colour_of(const Ui& ui, PressStage stage) {
  switch (stage) {
  case PressStage::light:
    return ui.theme.ui.text_quiet;
  case PressStage::good:
    return ui.theme.ui.good;
  case PressStage::between:
    return ui.theme.ui.warning;
  case PressStage::too_much:
    return ui.theme.ui.error;
  }
  return ui.theme.ui.text;
}

std::string value_text(const Ui& ui, double pressure) {
  return ui.text.format("ui.press.value", {{"value", fmt::format("{:.0f}", std::floor(pressure))}});
}

std::array<ImU32, 41> track_colours(const Ui& ui) {
  std::array<ImU32, 41> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const PressStage stage =
        press_stage_of(pressure_most * static_cast<double>(i) / static_cast<double>(out.size() - 1));
    out[i] = colour_u32(stage == PressStage::light || stage == PressStage::between ? ui.theme.ui.border
                                                                                   : colour_of(ui, stage));
  }
  return out;
}

// The limits in words, under where they lie on the slider.
void draw_limits(const Ui& ui) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.good), {at.x, at.y - ui.px(6)}, width * 0.72f,
            ui.text("ui.press.good_range"), Align::right);
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.error), {at.x, at.y + ui.fonts.small->FontSize - ui.px(6)},
            width, ui.text("ui.press.too_much_range"), Align::right);
  ImGui::Dummy({width, 2 * ui.fonts.small->FontSize});
}

} // namespace

void draw_press(const Ui& ui) {
  const Press& press = ui.state.press;
  const float width = ImGui::GetContentRegionAvail().x;
  const bool used = button(ui, "hold", ui.text("ui.press.hold"),
                           {.active = press.held, .width = width / ui.scale, .tooltip = ui.text("ui.press.hold_help")});
  const bool down = ImGui::IsItemActive();
  bool& by_button = ui.memory.presses_by_button;
  if (down && !by_button)
    ui.emit({"press", {{"on", true}}});
  else if (!down && by_button)
    ui.emit({"press", {{"on", false}}});
  else if (used && !down) // by the keyboard, which has no way to hold a button: once on, once off
    ui.emit({"press", {{"on", !press.held}}});
  by_button = down;

  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const PressStage stage = press_stage_of(press.pressure);
  draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text), at, width * 0.6f, ui.text("ui.press.name"));
  draw_text(ui, list, ui.fonts.text_strong, colour_u32(press.any() ? colour_of(ui, stage) : ui.theme.ui.text_quiet), at,
            width, value_text(ui, press.pressure), Align::right);
  ImGui::Dummy({width, ui.fonts.text->FontSize});
  const auto track = track_colours(ui);
  const SliderResult moved = slider(ui, "pressure", static_cast<float>(press.pressure),
                                    {.lowest = 0, .highest = static_cast<float>(pressure_most), .track = track});
  if (moved.changed)
    ui.emit({"pressure", {{"value", std::round(2 * moved.value) / 2}}});
  draw_limits(ui);
  if (press.any())
    paragraph(ui, ui.text("ui.press." + std::string(stage_ids[static_cast<std::size_t>(stage)])),
              stage == PressStage::light ? ui.theme.ui.text : colour_of(ui, stage),
              stage == PressStage::too_much ? ui.fonts.text_strong : ui.fonts.text);
  for (const ExplainCard& card : ui.state.content->explain)
    for (const Claim& said : card.claims)
      if (said.id.starts_with("pressure_"))
        claim(ui, said, say(ui, "explain." + card.id + ".claims." + said.id), {.small = true});
}

// Beside the point itself, for whoever looks at the leg while pressing on it.
void draw_press_mark(const Ui& ui, ImDrawList& list, ImVec2 point) {
  const Press& press = ui.state.press;
  const PressStage stage = press_stage_of(press.pressure);
  const std::string value = value_text(ui, press.pressure);
  const std::string& says = ui.text("ui.press." + std::string(stage_ids[static_cast<std::size_t>(stage)]));
  const float bar = ui.px(170), high = ui.px(8), pad = ui.px(10);
  const float width = bar + 2 * pad;
  ImFont* font = ui.fonts.small;
  const float tall = font->CalcTextSizeA(font->FontSize, FLT_MAX, bar, says.data(), says.data() + says.size()).y;
  const ImVec2 at{point.x + ui.px(26), point.y - ui.px(30)};
  const float value_high = ui.fonts.text_strong->FontSize;
  const Rect where{at, {at.x + width, at.y + value_high + high + tall + 2 * pad + ui.px(10)}};
  const float radius = ui.px(ui.theme.size.radius_small);
  draw_shadow(ui, list, where, radius);
  list.AddRectFilled(where.min, where.max, colour_u32(ui.theme.ui.panel_raised), radius);
  list.AddRect(where.min, where.max, colour_u32(stage == PressStage::too_much ? ui.theme.ui.error : ui.theme.ui.border),
               radius, 0, std::max(ui.px(stage == PressStage::too_much ? 2 : 1), 1.0f));
  float y = at.y + pad;
  const float left = at.x + pad;
  const ImU32 ink = colour_u32(colour_of(ui, stage));
  draw_text(ui, list, ui.fonts.text_strong, ink, {left, y}, bar, value);
  y += value_high + ui.px(5);
  const auto x_at = [&](double pressure) { return left + bar * static_cast<float>(pressure / pressure_most); };
  list.AddRectFilled({left, y}, {left + bar, y + high}, colour_u32(ui.theme.ui.field), ui.px(2));
  // The two ranges are framed, so that they are there before they are reached.
  list.AddRectFilled({x_at(pressure_good_from), y}, {x_at(pressure_good_until), y + high},
                     colour_u32(ui.theme.ui.good, 0.45f));
  list.AddRectFilled({x_at(pressure_too_much_from), y}, {left + bar, y + high}, colour_u32(ui.theme.ui.error, 0.45f));
  for (float x = x_at(pressure_too_much_from); x < left + bar; x += ui.px(4)) // told by more than colour
    list.AddLine({x, y + high}, {x + high * 0.6f, y}, colour_u32(ui.theme.ui.error), std::max(ui.px(1), 1.0f));
  list.AddRectFilled({left, y + high * 0.28f}, {x_at(press.pressure), y + high * 0.72f}, ink);
  list.AddRectFilled({x_at(press.pressure) - ui.px(1.5f), y - ui.px(3)},
                     {x_at(press.pressure) + ui.px(1.5f), y + high + ui.px(3)}, colour_u32(ui.theme.ui.text));
  y += high + ui.px(5);
  list.AddText(font, font->FontSize, {left, y}, stage == PressStage::too_much ? ink : colour_u32(ui.theme.ui.text),
               says.data(), says.data() + says.size(), bar);
}

} // namespace calfscope
