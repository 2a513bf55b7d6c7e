#include "ui/widgets.h"

#include "ui/focus.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

ImVec2 operator+(ImVec2 a, ImVec2 b) {
  return {a.x + b.x, a.y + b.y};
}

const char* end_of(std::string_view text) {
  return text.data() + text.size();
}

ImVec2 size_of(ImFont* font, std::string_view text, float wrap_px = 0) {
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, wrap_px, text.data(), end_of(text));
}

// The longest beginning that fits together with an ellipsis, cut between characters.
std::string shortened(ImFont* font, std::string_view text, float width_px) {
  constexpr std::string_view ellipsis = "…";
  std::size_t length = text.size();
  while (length > 0) {
    --length;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
      --length;
    while (length > 0 && text[length - 1] == ' ')
      --length;
    std::string candidate = std::string(text.substr(0, length)) + std::string(ellipsis);
    if (size_of(font, candidate).x <= width_px)
      return candidate;
  }
  return {};
}

struct Pushed {
  bool clicked = false;
  bool hovered = false;
  bool held = false;
  bool focused = false; // by the keyboard
};

Pushed press_area(const Ui& ui, const char* id, ImVec2 size, bool enabled) {
  if (!enabled)
    ImGui::BeginDisabled();
  Pushed press;
  press.clicked = ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  press.hovered = enabled && ImGui::IsItemHovered();
  press.held = enabled && ImGui::IsItemActive();
  if (!enabled)
    ImGui::EndDisabled();
  const FocusStop stop = focus_stop(ui, enabled);
  press.focused = stop.here;
  press.clicked |= stop.pressed;
  if (press.hovered)
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return press;
}

Rect item_rect() {
  return {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
}

void draw_switch(const Ui& ui, const Rect& where, bool on, bool hovered) {
  const UiColours& colours = ui.theme.ui;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float radius = where.height() / 2;
  const glm::vec3 track = on ? colours.accent : (hovered ? colours.pressed : colours.border);
  list.AddRectFilled(where.min, where.max, colour_u32(track), radius);
  const float x = on ? where.max.x - radius : where.min.x + radius;
  list.AddCircleFilled({x, where.centre().y}, radius - ui.px(3),
                       colour_u32(on ? colours.on_accent : colours.panel_raised));
}

} // namespace

glm::vec3 mix(glm::vec3 a, glm::vec3 b, float t) {
  return a + (b - a) * t;
}

float text_width(ImFont* font, std::string_view text) {
  return size_of(font, text).x;
}

void draw_text(const Ui& ui, ImDrawList& list, ImFont* font, ImU32 colour, ImVec2 at, float width_px,
               std::string_view text, Align align) {
  std::string fitting;
  float width = size_of(font, text).x;
  if (width > width_px + 0.5f) {
    ui.out.clipped.emplace_back(text);
    fitting = shortened(font, text, width_px);
    text = fitting;
    width = size_of(font, text).x;
  }
  if (align == Align::centre)
    at.x += (width_px - width) / 2;
  else if (align == Align::right)
    at.x += width_px - width;
  list.AddText(font, font->FontSize, {std::round(at.x), std::round(at.y)}, colour, text.data(), end_of(text));
}

void paragraph(const Ui& ui, std::string_view text, glm::vec3 colour, ImFont* font) {
  ImGui::PushFont(font ? font : ui.fonts.text);
  ImGui::PushStyleColor(ImGuiCol_Text, colour_vec4(colour));
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.data(), end_of(text));
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void heading(const Ui& ui, std::string_view text) {
  ImGui::PushFont(ui.fonts.small_strong);
  ImGui::PushStyleColor(ImGuiCol_Text, colour_vec4(ui.theme.ui.text_quiet));
  ImGui::TextUnformatted(text.data(), end_of(text));
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void key_value(const Ui& ui, std::string_view key, std::string_view value) {
  const float key_width = ui.px(64);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.small, colour_u32(ui.theme.ui.text_quiet),
            at + ImVec2(0, (ui.fonts.text->FontSize - ui.fonts.small->FontSize) / 2), key_width - ui.px(6), key);
  ImGui::SetCursorScreenPos(at + ImVec2(key_width, 0));
  ImGui::BeginGroup();
  paragraph(ui, value, ui.theme.ui.text);
  ImGui::EndGroup();
}

void space(const Ui& ui, float logical) {
  ImGui::Dummy({0, std::max(ui.px(logical) - ImGui::GetStyle().ItemSpacing.y, 0.0f)});
}

void separator(const Ui& ui) {
  space(ui, 8);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::GetWindowDrawList()->AddRectFilled(at, at + ImVec2(width, std::max(ui.px(1), 1.0f)),
                                            colour_u32(ui.theme.ui.border));
  ImGui::Dummy({width, ui.px(1)});
  space(ui, 8);
}

void tooltip(const Ui& ui, std::string_view text) {
  // Whoever has pressed a control knows what it does; the hint would lie on what it opened.
  const ImGuiID item = ImGui::GetItemID();
  const bool hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled);
  if (ImGui::IsItemActive())
    ui.memory.quiet_hint = item;
  else if (!hovered && ui.memory.quiet_hint == item)
    ui.memory.quiet_hint = 0;
  if (text.empty() || !ui.state.settings.show_hints || !hovered || ui.memory.quiet_hint == item)
    return;
  hint_window(ui, text, 260);
}

void hint_window(const Ui& ui, std::string_view text, float width) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(9), ui.px(6)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(ui.theme.size.radius_small));
  ImGui::BeginTooltip();
  ImGui::PushFont(ui.fonts.small);
  ImGui::PushTextWrapPos(ui.px(width));
  ImGui::TextUnformatted(text.data(), end_of(text));
  ImGui::PopTextWrapPos();
  ImGui::PopFont();
  ImGui::EndTooltip();
  ImGui::PopStyleVar(2);
}

bool button(const Ui& ui, const char* id, std::string_view label, const ButtonOptions& options) {
  const UiColours& colours = ui.theme.ui;
  const float icon_size = options.icon == Icon::none ? 0 : ui.px(17);
  const float gap = options.icon != Icon::none && !label.empty() ? ui.px(7) : 0;
  const float label_width = label.empty() ? 0 : text_width(ui.fonts.text, label);
  const float content = icon_size + gap + label_width;
  const float padding = ui.px(11);
  const float height = ui.px(std::max(ui.theme.size.target, ui.fonts.text->FontSize / ui.scale + 12));
  const float width = options.width > 0 ? ui.px(options.width) : std::ceil(content) + 2 * padding;
  const Pushed press = press_area(ui, id, {width, height}, options.enabled);
  const Rect where = item_rect();

  glm::vec3 fill = colours.field, ink = colours.text;
  float fill_opacity = options.look == ButtonLook::quiet ? 0.0f : 1.0f;
  if (options.look == ButtonLook::primary) {
    fill = press.held ? mix(colours.accent, colours.text, 0.2f)
                      : (press.hovered ? mix(colours.accent, colours.text, 0.1f) : colours.accent);
    ink = colours.on_accent;
  } else if (options.active) {
    fill = colours.selected;
    fill_opacity = 1;
  } else if (press.hovered) {
    fill = press.held ? colours.pressed : colours.hover;
    fill_opacity = 1;
  }
  if (!options.enabled)
    ink = colours.text_disabled;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(where.min, where.max, colour_u32(fill, fill_opacity), ui.px(ui.theme.size.radius_small + 1));
  float x = where.min.x + std::max((width - content) / 2, ui.px(4));
  const float middle = where.centre().y;
  if (options.icon != Icon::none) {
    const glm::vec3 icon_ink = options.active ? colours.accent : ink;
    draw_icon(list, options.icon, {x + icon_size / 2, middle}, icon_size, colour_u32(icon_ink));
    x += icon_size + gap;
  }
  if (!label.empty())
    draw_text(ui, list, ui.fonts.text, colour_u32(ink), {x, middle - ui.fonts.text->FontSize / 2},
              where.max.x - x - ui.px(2), label);
  tooltip(ui, options.tooltip);
  return press.clicked;
}

bool icon_button(const Ui& ui, const char* id, Icon icon, const IconButtonOptions& options) {
  const UiColours& colours = ui.theme.ui;
  const float edge = ui.px(options.size);
  const Pushed press = press_area(ui, id, {edge, edge}, options.enabled);
  const Rect where = item_rect();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (press.hovered || options.active)
    list.AddRectFilled(where.min, where.max,
                       colour_u32(press.held ? colours.pressed : (press.hovered ? colours.hover : colours.selected)),
                       ui.px(ui.theme.size.radius_small + 1));
  glm::vec3 ink = options.faint && !press.hovered ? colours.text_quiet : colours.text;
  if (options.active)
    ink = colours.accent;
  if (!options.enabled)
    ink = colours.text_disabled;
  draw_icon(list, icon, where.centre(), ui.px(std::min(options.size * 0.64f, 19.0f)), colour_u32(ink));
  tooltip(ui, options.tooltip);
  return press.clicked;
}

float segmented_width(const Ui& ui, std::span<const std::string> labels, bool small) {
  float width = 0;
  for (const std::string& label : labels)
    width += std::ceil(text_width(small ? ui.fonts.small : ui.fonts.text, label)) + 2 * ui.px(small ? 8 : 12);
  return width + 2 * ui.px(3);
}

int segmented(const Ui& ui, const char* id, std::span<const std::string> labels, int active, float width, bool small) {
  const UiColours& colours = ui.theme.ui;
  ImFont* font = small ? ui.fonts.small : ui.fonts.text;
  const float inset = ui.px(3);
  const float height = std::max(ui.px(ui.theme.size.target), font->FontSize + ui.px(12));
  const float own = segmented_width(ui, labels, small);
  const float total = width > 0 ? ui.px(width) : own;
  const float extra = (total - own) / static_cast<float>(std::max<std::size_t>(labels.size(), 1));
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float radius = ui.px(ui.theme.size.radius_small + 2);
  list.AddRectFilled(origin, origin + ImVec2(total, height), colour_u32(colours.field), radius);

  int clicked = -1;
  float x = origin.x + inset;
  ImGui::PushID(id);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const float cell = std::ceil(text_width(font, labels[i])) + 2 * ui.px(small ? 8 : 12) + extra;
    ImGui::SetCursorScreenPos({x, origin.y});
    ImGui::PushID(static_cast<int>(i));
    const Pushed press = press_area(ui, "cell", {cell, height}, true);
    ImGui::PopID();
    const Rect inner{{x, origin.y + inset}, {x + cell, origin.y + height - inset}};
    const bool on = static_cast<int>(i) == active;
    if (on || press.hovered)
      list.AddRectFilled(inner.min, inner.max, colour_u32(on ? colours.accent : colours.hover), radius - ui.px(2));
    draw_text(ui, list, font, colour_u32(on ? colours.on_accent : (press.hovered ? colours.text : colours.text_quiet)),
              {x, origin.y + (height - font->FontSize) / 2}, cell, labels[i], Align::centre);
    if (press.clicked)
      clicked = static_cast<int>(i);
    x += cell;
  }
  ImGui::PopID();
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({total, height});
  return clicked;
}

bool toggle(const Ui& ui, const char* id, bool on) {
  const Pushed press = press_area(ui, id, {ui.px(36), ui.px(20)}, true);
  draw_switch(ui, item_rect(), on, press.hovered);
  return press.clicked;
}

bool toggle_row(const Ui& ui, const char* id, std::string_view label, bool on, std::string_view help) {
  ImGui::PushID(id);
  const Row line = row(ui, "row", 30);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  tooltip(ui, help);
  const ImVec2 size{ui.px(36), ui.px(20)};
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.text, colour_u32(ui.theme.ui.text),
            {line.where.min.x, line.where.centre().y - ui.fonts.text->FontSize / 2},
            line.where.width() - size.x - ui.px(8), label);
  draw_switch(ui,
              {{line.where.max.x - size.x, line.where.centre().y - size.y / 2},
               {line.where.max.x, line.where.centre().y + size.y / 2}},
              on, line.hovered);
  ImGui::SetCursorScreenPos(after);
  ImGui::PopID();
  return line.clicked;
}

Flow::Flow(const Ui& ui) : ui_(ui) {
  left_ = ImGui::GetCursorScreenPos().x;
  width_px_ = ImGui::GetContentRegionAvail().x;
}

void Flow::next(float width_px) {
  const float gap = ui_.px(6);
  if (!first_ && used_px_ + gap + width_px <= width_px_) {
    ImGui::SameLine(0, gap);
    used_px_ += gap + width_px;
  } else {
    used_px_ = width_px;
  }
  first_ = false;
}

float chip_width(const Ui& ui, std::string_view label) {
  return std::ceil(text_width(ui.fonts.small, label)) + 2 * ui.px(10);
}

bool chip_button(const Ui& ui, const char* id, std::string_view label, bool on, std::string_view help) {
  const UiColours& colours = ui.theme.ui;
  const float height = std::max(ui.px(ui.theme.size.target), ui.fonts.small->FontSize + ui.px(10));
  const Pushed press = press_area(ui, id, {chip_width(ui, label), height}, true);
  const Rect where = item_rect();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const glm::vec3 fill = on ? colours.accent : (press.hovered ? colours.hover : colours.field);
  list.AddRectFilled(where.min, where.max, colour_u32(fill), height / 2);
  if (!on)
    list.AddRect(where.min, where.max, colour_u32(colours.border), height / 2, 0, std::max(ui.px(1), 1.0f));
  draw_text(ui, list, ui.fonts.small, colour_u32(on ? colours.on_accent : colours.text),
            {where.min.x, where.centre().y - ui.fonts.small->FontSize / 2}, where.width(), label, Align::centre);
  tooltip(ui, help);
  return press.clicked;
}

SliderResult slider(const Ui& ui, const char* id, float value, const SliderOptions& options) {
  const UiColours& colours = ui.theme.ui;
  const float knob = ui.px(options.large ? 10 : 7.5f);
  const float track_height = ui.px(options.large ? 10 : 5);
  const float width = options.width > 0 ? ui.px(options.width) : ImGui::GetContentRegionAvail().x;
  const float height = std::max(2 * knob + ui.px(6), ui.px(ui.theme.size.target));
  const Pushed press = press_area(ui, id, {width, height}, true);
  const Rect where = item_rect();
  if (ImGui::IsItemActivated())
    ui.out.gesture_begins = true;
  if (ImGui::IsItemDeactivated())
    ui.out.gesture_ends = true;

  const float left = where.min.x + knob, right = where.max.x - knob;
  const float range = options.highest - options.lowest;
  SliderResult result{.changed = false, .value = std::clamp(value, options.lowest, options.highest)};
  if (press.held && right > left) {
    const float share = std::clamp((ImGui::GetIO().MousePos.x - left) / (right - left), 0.0f, 1.0f);
    const float wanted = options.lowest + share * range;
    result.changed = wanted != result.value;
    result.value = wanted;
  }
  if (press.focused) {
    constexpr float steps = 20; // from end to end
    const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key)); };
    const float by = (pressed(ImGuiKey_RightArrow) ? 1.0f : 0.0f) - (pressed(ImGuiKey_LeftArrow) ? 1.0f : 0.0f);
    const float wanted = std::clamp(result.value + by * range / steps, options.lowest, options.highest);
    result.changed |= wanted != result.value;
    result.value = wanted;
    ui.out.keeps_arrows = true;
  }

  const float share = range > 0 ? (result.value - options.lowest) / range : 0;
  const float x = left + share * (right - left), y = where.centre().y;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 from{left - knob * 0.5f, y - track_height / 2}, to{right + knob * 0.5f, y + track_height / 2};
  if (options.track.empty()) {
    list.AddRectFilled(from, to, colour_u32(colours.border), track_height / 2);
    // A range on both sides of zero grows from zero.
    const float zero =
        options.lowest < 0 && options.highest > 0 ? left - options.lowest / range * (right - left) : from.x;
    list.AddRectFilled({std::min(zero, x), from.y}, {std::max(zero, x), to.y}, colour_u32(colours.accent),
                       track_height / 2);
  } else {
    list.AddRectFilled(from, to, options.track.front(), track_height / 2);
    const float step = (right - left) / static_cast<float>(options.track.size() - 1);
    for (std::size_t i = 0; i + 1 < options.track.size(); ++i) {
      const float begin = left + step * static_cast<float>(i);
      list.AddRectFilledMultiColor({begin, from.y}, {begin + step, to.y}, options.track[i], options.track[i + 1],
                                   options.track[i + 1], options.track[i]);
    }
    list.AddRectFilled({right, from.y}, to, options.track.back(), track_height / 2, ImDrawFlags_RoundCornersRight);
  }
  list.AddCircleFilled({x, y + ui.px(1)}, knob + ui.px(0.6f), colour_u32(colours.shadow, 0.35f));
  list.AddCircleFilled({x, y}, knob, colour_u32(press.hovered || press.held ? colours.accent : colours.text));
  list.AddCircleFilled({x, y}, knob - ui.px(options.large ? 3 : 2), colour_u32(colours.panel_raised));
  return result;
}

void draw_shadow(const Ui& ui, ImDrawList& list, const Rect& where, float radius_px) {
  // Many faint sheets, each a little larger, add up to a soft edge.
  constexpr int sheets = 12;
  const float drop = ui.px(4);
  for (int i = sheets; i >= 1; --i) {
    const float reach = ui.scale * 1.25f * static_cast<float>(i);
    list.AddRectFilled({where.min.x - reach, where.min.y - reach + drop},
                       {where.max.x + reach, where.max.y + reach + drop},
                       colour_u32(ui.theme.ui.shadow, ui.theme.dark ? 0.028f : 0.012f), radius_px + reach);
  }
}

bool begin_panel(const Ui& ui, const char* id, const Rect& where, const PanelOptions& options) {
  const float radius = options.rounded ? ui.px(ui.theme.size.radius) : 0;
  if (options.rounded && !options.on_top)
    draw_shadow(ui, *ImGui::GetBackgroundDrawList(), where, radius);
  ImGui::SetNextWindowPos(where.min);
  ImGui::SetNextWindowSize({where.width(), where.height()});
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                           ImGuiWindowFlags_NoFocusOnAppearing;
  if (options.scroll)
    flags &= ~ImGuiWindowFlags_NoScrollbar;
  else
    flags |= ImGuiWindowFlags_NoScrollWithMouse;
  if (!options.on_top)
    flags |= ImGuiWindowFlags_NoBringToFrontOnFocus;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(options.padding.x), ui.px(options.padding.y)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, radius);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, colour_vec4(options.on_top ? ui.theme.ui.panel_raised : ui.theme.ui.panel));
  const bool open = ImGui::Begin(id, nullptr, flags);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  if (options.on_top)
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  if (options.rounded) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect(where.min, where.max); // the window's own clips its edges away
    list.AddRect(where.min, where.max, colour_u32(ui.theme.ui.border), radius, 0, std::max(ui.px(1), 1.0f));
    list.PopClipRect();
  }
  return open;
}

void end_panel() {
  ImGui::End();
}

void begin_bare(const char* id, const Rect& where) {
  ImGui::SetNextWindowPos(where.min);
  ImGui::SetNextWindowSize({where.width(), where.height()});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
}

Row row(const Ui& ui, const char* id, float height, bool selected) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, high = ui.px(height);
  Row out;
  out.where = {at, at + ImVec2(width, high)};
  out.clicked = ImGui::InvisibleButton(id, {width, high}, ImGuiButtonFlags_MouseButtonLeft);
  ImGui::SetItemAllowOverlap();
  const FocusStop stop = focus_stop(ui);
  out.clicked |= stop.pressed;
  const bool under_pointer =
      ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenOverlapped | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
      ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  out.hovered = under_pointer || stop.here; // the keyboard brings out a row's tools as the pointer does
  out.double_clicked = under_pointer && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  if (selected || out.hovered)
    ImGui::GetWindowDrawList()->AddRectFilled({at.x - ui.px(6), at.y}, {at.x + width + ui.px(6), at.y + high},
                                              colour_u32(selected ? ui.theme.ui.selected : ui.theme.ui.hover),
                                              ui.px(ui.theme.size.radius_small));
  return out;
}

void cover(const Ui& ui, const Rect& where) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const glm::vec4 part(where.min.x, where.min.y, where.max.x, where.max.y);
  ui.out.covered.push_back(part / glm::vec4(size.x, size.y, size.x, size.y));
}

} // namespace calfscope
