// The sheet of all keys and gestures, in as many columns as there is room for.
#include "ui/dialog.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace calfscope {
namespace {

// "Ctrl+Shift+Z" as the words on the keys.
std::vector<std::string> key_names(const Ui& ui, std::string_view shortcut) {
  std::vector<std::string> keys;
  while (true) {
    const auto plus = shortcut.find('+');
    const std::string key(shortcut.substr(0, plus));
    const std::string name = "ui.key." + key;
    keys.push_back(ui.text.has(name) ? ui.text(name) : key);
    if (plus == std::string_view::npos)
      return keys;
    shortcut.remove_prefix(plus + 1);
  }
}

float cap_height(const Ui& ui) {
  return ui.fonts.small->FontSize + ui.px(6);
}

float cap_width(const Ui& ui, const std::string& key) {
  return std::max(text_width(ui.fonts.small, key) + ui.px(12), cap_height(ui));
}

void draw_key_caps(const Ui& ui, const std::vector<std::string>& keys, float right_px, float middle_px) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = cap_height(ui);
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    const float width = cap_width(ui, *key);
    const ImVec2 at{right_px - width, middle_px - height / 2};
    list.AddRectFilled(at, {at.x + width, at.y + height}, colour_u32(ui.theme.ui.field), ui.px(4));
    list.AddRect(at, {at.x + width, at.y + height}, colour_u32(ui.theme.ui.border), ui.px(4));
    draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text), {at.x, middle_px - ui.fonts.small->FontSize / 2},
              width, *key, Align::centre);
    right_px -= width + ui.px(4);
  }
}

// What is done on the left, and on the right the keys or, for the mouse, the words that do it.
struct HelpLine {
  std::string what;
  std::vector<std::string> keys;
  std::string how;
};

struct HelpGroup {
  std::string title;
  std::vector<HelpLine> lines;
};

float how_width(const Ui& ui, const HelpLine& line) {
  float width = text_width(ui.fonts.small, line.how);
  for (const std::string& key : line.keys)
    width += cap_width(ui, key) + ui.px(4);
  return width;
}

float line_height(const Ui& ui) {
  return ui.fonts.text->FontSize + ui.px(9);
}

void draw_help_line(const Ui& ui, const HelpLine& line, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = line_height(ui), middle = at.y + height / 2;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text), {at.x, middle - ui.fonts.text->FontSize / 2},
            width - how_width(ui, line), line.what);
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet), {at.x, middle - ui.fonts.small->FontSize / 2},
            width, line.how, Align::right);
  draw_key_caps(ui, line.keys, at.x + width, middle);
  ImGui::Dummy({width, height});
}

std::vector<HelpGroup> help_groups(const Ui& ui) {
  std::vector<HelpGroup> groups;
  HelpGroup mouse{ui.text("ui.mouse.title"), {}};
  for (const char* key : {"orbit", "pan", "zoom", "select", "fit", "drop"}) {
    const std::string base = std::string("ui.mouse.") + key;
    mouse.lines.push_back({ui.text(base + ".what"), {}, ui.text(base + ".how")});
  }
  groups.push_back(std::move(mouse));
  constexpr std::array<std::pair<Menu, const char*>, 7> menus{{{Menu::view, "ui.menu.view"},
                                                               {Menu::structure, "ui.menu.structure"},
                                                               {Menu::slice, "ui.menu.slice"},
                                                               {Menu::edit, "ui.menu.edit"},
                                                               {Menu::file, "ui.menu.file"},
                                                               {Menu::place, "ui.menu.place"},
                                                               {Menu::help, "ui.menu.help"}}};
  for (const auto& [menu, title_key] : menus) {
    HelpGroup group{ui.text(title_key), {}};
    for (const Command& command : command_table())
      if (command.menu == menu && !command.shortcut.empty())
        group.lines.push_back(
            {ui.text("command." + std::string(command.id) + ".label"), key_names(ui, command.shortcut), ""});
    groups.push_back(std::move(group));
  }
  return groups;
}

float group_height(const Ui& ui, const HelpGroup& group) {
  return ui.fonts.text->FontSize + ui.px(26) + static_cast<float>(group.lines.size()) * (line_height(ui) + ui.px(1));
}

// How many groups each column takes, in their order, so that the longest column is as short as possible.
std::vector<std::size_t> balanced_columns(const std::vector<float>& heights, std::size_t columns) {
  const auto fill = [&](float most) { // as few columns as this height allows
    std::vector<std::size_t> counts{0};
    float used = 0;
    for (const float height : heights) {
      if (counts.back() > 0 && used + height > most) {
        counts.push_back(0);
        used = 0;
      }
      ++counts.back();
      used += height;
    }
    return counts;
  };
  // The longest column is some run of groups; the shortest such run that is enough wins.
  std::vector<float> runs;
  for (std::size_t first = 0; first < heights.size(); ++first) {
    float run = 0;
    for (std::size_t last = first; last < heights.size(); ++last)
      runs.push_back(run += heights[last]);
  }
  std::sort(runs.begin(), runs.end());
  const float tallest = *std::max_element(heights.begin(), heights.end());
  for (const float run : runs)
    if (const auto counts = fill(run + 0.5f); run >= tallest && counts.size() <= columns)
      return counts;
  return {heights.size()};
}

} // namespace

void draw_shortcuts_dialog(const Ui& ui, const Rect& screen) {
  const std::vector<HelpGroup> groups = help_groups(ui);
  float narrowest = ui.px(250);
  std::vector<float> heights;
  for (const HelpGroup& group : groups) {
    heights.push_back(group_height(ui, group));
    for (const HelpLine& line : group.lines)
      narrowest = std::max(narrowest, text_width(ui.fonts.text, line.what) + ui.px(12) + how_width(ui, line));
  }
  const float gap = ui.px(36), edges = ui.px(48 + 14);
  const float most_width = screen.width() - ui.px(48);
  const auto columns = static_cast<std::size_t>(std::clamp((most_width - edges + gap) / (narrowest + gap), 1.0f, 3.0f));
  const auto count = static_cast<float>(columns);
  const float width = std::min(most_width, edges + count * ui.px(330) + (count - 1) * gap);
  const float column = (width - edges - (count - 1) * gap) / count;

  const std::vector<std::size_t> filling = balanced_columns(heights, columns);
  float content = 0;
  std::size_t next = 0;
  for (const std::size_t in_column : filling) {
    float high = 0;
    for (std::size_t i = 0; i < in_column; ++i)
      high += heights[next++];
    content = std::max(content, high);
  }
  const float frame = ui.px(20 + 14 + 16) + ui.fonts.title->FontSize;
  const float height = std::min(frame + content + ui.px(4), screen.height() - ui.px(32));
  begin_dialog(ui, "shortcuts", Panel::shortcuts, screen, {width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(1)));
  const ImVec2 top = ImGui::GetCursorPos();
  auto group = groups.begin();
  for (std::size_t i = 0; i < filling.size(); ++i) {
    ImGui::SetCursorPos({top.x + static_cast<float>(i) * (column + gap), top.y});
    ImGui::BeginGroup();
    for (std::size_t in_column = 0; in_column < filling[i]; ++in_column, ++group) {
      const float begins = ImGui::GetCursorPosY();
      heading(ui, group->title);
      space(ui, 4);
      for (const HelpLine& line : group->lines)
        draw_help_line(ui, line, column);
      ImGui::SetCursorPosY(begins + group_height(ui, *group));
    }
    ImGui::EndGroup();
  }
  ImGui::PopStyleVar();
  end_dialog();
}

} // namespace calfscope
