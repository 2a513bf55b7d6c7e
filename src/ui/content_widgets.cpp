#include "ui/content_widgets.h"

#include "ui/focus.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

std::string word_of_basis(const ContentPack& pack, const std::string& id) {
  const std::string key = "basis." + id;
  return pack.text.has(key) ? pack.text(key) : id;
}

// "S26, S29", at most as wide as the room for it.
std::string mark_of(const Ui& ui, const std::vector<std::string>& basis, float width_px) {
  const ContentPack& pack = *ui.state.content;
  for (std::size_t shown = basis.size(); shown > 0; --shown) {
    std::string mark;
    for (std::size_t i = 0; i < shown; ++i)
      mark += (i > 0 ? ", " : "") + word_of_basis(pack, basis[i]);
    if (shown < basis.size())
      mark += " +" + std::to_string(basis.size() - shown);
    if (shown == 1 || text_width(ui.fonts.small, mark) <= width_px)
      return mark;
  }
  return {};
}

std::string citations(const Ui& ui, const Claim& said) {
  const ContentPack& pack = *ui.state.content;
  std::string text;
  for (const std::string& id : said.basis) {
    const Source* source = pack.source(id);
    if (!source)
      continue;
    text += (text.empty() ? "" : "\n") + word_of_basis(pack, id) + ": " + source->citation;
    if (!source->locator.empty())
      text += ", " + source->locator;
    if (source->weak)
      text += " (" + pack.text("basis.weak") + ")";
  }
  const std::string confidence(confidence_ids[static_cast<std::size_t>(said.confidence)]);
  return text + (text.empty() ? "" : "\n") +
         ui.text.format("ui.claim.confidence", {{"confidence", pack.text("confidence." + confidence)}});
}

struct Line {
  std::string_view text;
  float width_px;
};

std::vector<Line> wrapped(ImFont* font, std::string_view text, float width_px) {
  std::vector<Line> lines;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    const char* stop = std::max(font->CalcWordWrapPositionA(1, at, end, width_px), at + 1);
    const std::string_view line(at, static_cast<std::size_t>(stop - at));
    lines.push_back({line, text_width(font, line)});
    at = stop;
    while (at < end && (*at == ' ' || *at == '\n'))
      ++at;
  }
  return lines;
}

} // namespace

const std::string& say(const Ui& ui, std::string_view key) {
  return ui.state.content->say(key, ui.memory.audience);
}

const std::string& region_name(const Ui& ui, std::string_view region) {
  const bool clinician = ui.memory.audience == Audience::clinician;
  return ui.state.content->text("regions." + std::string(region) + (clinician ? ".clinician_name" : ".name"));
}

const std::string& muscle_name(const Ui& ui, std::string_view structure) {
  if (const Structure* found = ui.state.atlas->find(structure))
    return found->name;
  return ui.state.content->text("muscles." + std::string(structure) + ".name");
}

void audience_switch(const Ui& ui) {
  const std::vector<std::string> labels{ui.text("ui.audience.patient"), ui.text("ui.audience.clinician")};
  const int chosen = segmented(ui, "audience", labels, static_cast<int>(ui.memory.audience),
                               ImGui::GetContentRegionAvail().x / ui.scale, true);
  if (chosen >= 0)
    ui.memory.audience = static_cast<Audience>(chosen);
}

bool section(const Ui& ui, const std::string& id, std::string_view title) {
  bool open = ui.memory.open_sections.contains(id);
  const Row line = row(ui, id.c_str(), 32);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_icon(list, open ? Icon::chevron_down : Icon::chevron_right, {line.where.min.x + ui.px(7), line.where.centre().y},
            ui.px(14), colour_u32(ui.theme.ui.text_quiet));
  draw_text(ui, list, ui.fonts.text_strong, colour_u32(ui.theme.ui.text),
            {line.where.min.x + ui.px(20), line.where.centre().y - ui.fonts.text->FontSize / 2},
            line.where.width() - ui.px(20), title);
  if (!line.clicked)
    return open;
  if (open)
    ui.memory.open_sections.erase(id);
  else
    ui.memory.open_sections.insert(id);
  return !open;
}

void claim(const Ui& ui, const Claim& said, std::string_view text, const ClaimLook& look) {
  ImFont* font = look.small ? ui.fonts.small : ui.fonts.text;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float indent = look.lead.empty() ? 0 : std::max(ui.px(18), text_width(font, look.lead) + ui.px(6));
  const float width = ImGui::GetContentRegionAvail().x - indent;
  const float left = at.x + indent, leading = font->FontSize + ui.px(2), gap = ui.px(6);
  if (!look.lead.empty())
    draw_text(ui, list, font, colour_u32(ui.theme.ui.text_quiet), at, indent, look.lead);
  float y = at.y, end = left;
  for (const Line& line : wrapped(font, text, width)) {
    list.AddText(font, font->FontSize, {left, y}, colour_u32(ui.theme.ui.text), line.text.data(),
                 line.text.data() + line.text.size());
    end = left + line.width_px;
    y += leading;
  }
  const std::string mark = mark_of(ui, said.basis, width);
  const float mark_width = text_width(ui.fonts.small, mark);
  ImVec2 mark_at{left, y};
  if (end + gap + mark_width <= left + width) {
    mark_at = {end + gap, y - leading + (font->FontSize - ui.fonts.small->FontSize) * 0.75f};
  } else {
    y += ui.fonts.small->FontSize + ui.px(2);
  }
  ImGui::SetCursorScreenPos(mark_at);
  ImGui::PushID(text.data(), text.data() + text.size());
  ImGui::InvisibleButton("basis", {std::max(mark_width, 1.0f), ui.fonts.small->FontSize});
  ImGui::PopID();
  const bool reached = focus_stop(ui).here || ImGui::IsItemHovered();
  draw_text(ui, list, ui.fonts.small, colour_u32(reached ? ui.theme.ui.accent : ui.theme.ui.text_quiet), mark_at,
            std::max(mark_width, width), mark);
  if (reached) {
    if (!ImGui::IsItemHovered()) // by the keyboard: below the mark
      ImGui::SetNextWindowPos({mark_at.x, mark_at.y + ui.fonts.small->FontSize + ui.px(6)});
    hint_window(ui, citations(ui, said), 340);
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({indent + width, y - at.y});
}

void draw_swatch(const Ui& ui, ImDrawList& list, const Rect& where, glm::vec3 colour, Pattern pattern) {
  const float radius = ui.px(3);
  const ImU32 ink = colour_u32(colour);
  if (pattern == Pattern::solid) {
    list.AddRectFilled(where.min, where.max, ink, radius);
    return;
  }
  list.PushClipRect(where.min, where.max, true);
  if (pattern == Pattern::stippled) {
    const float step = std::max(ui.px(4), 3.0f);
    for (int row = 0; where.min.y + step * (static_cast<float>(row) + 0.5f) < where.max.y; ++row)
      for (float x = where.min.x + step * (row % 2 == 0 ? 0.5f : 1.0f); x < where.max.x; x += step)
        list.AddCircleFilled({x, where.min.y + step * (static_cast<float>(row) + 0.5f)}, step * 0.31f, ink);
  } else if (pattern == Pattern::netted) {
    const float step = std::max(ui.px(5), 4.0f), thick = std::max(ui.px(1.2f), 1.0f);
    list.AddRectFilled(where.min, where.max, colour_u32(colour, 0.22f), radius);
    for (float x = where.min.x - where.height(); x < where.max.x; x += step) {
      list.AddLine({x, where.max.y}, {x + where.height(), where.min.y}, ink, thick);
      list.AddLine({x, where.min.y}, {x + where.height(), where.max.y}, ink, thick);
    }
  } else {
    const float step = std::max(ui.px(4), 3.0f);
    const glm::vec3 ground = contrast_ratio(colour, ui.theme.ui.panel) > contrast_ratio(colour, ui.theme.ui.text)
                                 ? ui.theme.ui.panel
                                 : ui.theme.ui.text;
    list.AddRectFilled(where.min, where.max, colour_u32(ground), radius);
    for (float x = where.min.x - where.height(); x < where.max.x; x += step)
      list.AddLine({x, where.max.y}, {x + where.height(), where.min.y}, ink, std::max(ui.px(1.5f), 1.0f));
  }
  list.PopClipRect();
  list.AddRect(where.min, where.max, ink, radius, 0, std::max(ui.px(1), 1.0f));
}

void draw_number(const Ui& ui, ImDrawList& list, ImVec2 centre, float radius_px, int number, bool chosen) {
  const glm::vec3 fill = chosen ? ui.theme.scene.hotspot_chosen : ui.theme.scene.hotspot;
  const glm::vec3 light = ui.theme.dark ? ui.theme.ui.text : ui.theme.ui.panel_raised;
  const glm::vec3 dark = ui.theme.dark ? ui.theme.ui.shadow : ui.theme.ui.text;
  const glm::vec3 ink = contrast_ratio(light, fill) > contrast_ratio(dark, fill) ? light : dark;
  list.AddCircleFilled(centre, radius_px, colour_u32(fill));
  if (!ui.theme.dark)
    list.AddCircle(centre, radius_px, colour_u32(ui.theme.ui.text_quiet, 0.6f), 0, std::max(ui.px(1), 1.0f));
  ImFont* font = ui.fonts.small_strong;
  draw_text(ui, list, font, colour_u32(ink), {centre.x - 2 * radius_px, centre.y - font->FontSize / 2}, 4 * radius_px,
            std::to_string(number), Align::centre);
}

glm::vec3 urgency_colour(const Ui& ui, std::string_view urgency) {
  if (urgency == "emergency")
    return ui.theme.ui.error;
  if (urgency == "same_day")
    return ui.theme.ui.warning;
  return ui.theme.ui.text_quiet;
}

} // namespace calfscope
