// "Where does it hurt?": dangerous causes are asked for first, then places are named, then what overlaps with them is
// listed, points and look-alikes together.
#include "ui/content_widgets.h"
#include "ui/panels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

void draw_title(const Ui& ui) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.title, colour_u32(ui.theme.ui.text), at, width - ui.px(36),
            ui.text("panel.lookup.title"));
  ImGui::SetCursorScreenPos({at.x + width - ui.px(28), at.y - ui.px(3)});
  if (icon_button(ui, "close", Icon::close, {.faint = true, .tooltip = ui.text("ui.close")}))
    ui.emit({"close_panel", {{"panel", "lookup"}}});
  ImGui::SetCursorScreenPos({at.x, at.y + ui.fonts.title->FontSize + ui.px(10)});
}

// A row as high as its words need; they begin `indent_px` behind an icon. It folds open what `id` names.
void folding_row(const Ui& ui, const std::string& id, Icon icon, glm::vec3 icon_colour, ImFont* font, float indent_px,
                 std::string_view words) {
  const float width = ImGui::GetContentRegionAvail().x - indent_px, inset = ui.px(4);
  const char* end = words.data() + words.size();
  const float tall = font->CalcTextSizeA(font->FontSize, FLT_MAX, width, words.data(), end).y;
  const Row line = row(ui, id.c_str(), (tall + 2 * inset) / ui.scale);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_icon(list, icon, {line.where.min.x + indent_px * 0.36f, line.where.min.y + inset + font->FontSize / 2},
            font->FontSize, colour_u32(icon_colour));
  list.AddText(font, font->FontSize, {line.where.min.x + indent_px, line.where.min.y + inset},
               colour_u32(ui.theme.ui.text), words.data(), end, width);
  auto& open = ui.memory.open_sections;
  if (line.clicked && !open.erase(id))
    open.insert(id);
}

// A question that folds open to its signs and to what to do.
void draw_flag(const Ui& ui, const RedFlag& flag) {
  const std::string key = "red_flags." + flag.claim.id;
  const std::string id = "flag." + flag.claim.id;
  const glm::vec3 ink = urgency_colour(ui, flag.urgency);
  const bool urgent = flag.urgency == "emergency" || flag.urgency == "same_day";
  const float indent = ui.px(18);
  folding_row(ui, id, urgent ? Icon::warning : Icon::chevron_right, ink, ui.fonts.small, indent,
              say(ui, key + ".question"));
  if (!ui.memory.open_sections.contains(id))
    return;
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({after.x + indent, after.y});
  ImGui::BeginGroup();
  ImGui::PushID(id.c_str());
  paragraph(ui, ui.state.content->text("urgency." + flag.urgency), ink, ui.fonts.small_strong);
  claim(ui, flag.claim, say(ui, key + ".signs"), {.small = true});
  paragraph(ui, say(ui, key + ".action"), ui.theme.ui.text, ui.fonts.small_strong);
  ImGui::PopID();
  ImGui::EndGroup();
  space(ui, 6);
}

void draw_flags(const Ui& ui) {
  if (section(ui, "lookup.flags", ui.text("ui.lookup.flags"))) {
    std::vector<const RedFlag*> flags;
    for (const RedFlag& flag : ui.state.content->red_flags)
      flags.push_back(&flag);
    std::stable_sort(flags.begin(), flags.end(),
                     [](const RedFlag* a, const RedFlag* b) { return a->question_order < b->question_order; });
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    for (const RedFlag* flag : flags)
      draw_flag(ui, *flag);
    ImGui::PopStyleVar();
    space(ui, 4);
  }
  paragraph(ui, say(ui, "red_flags_note"), ui.theme.ui.warning, ui.fonts.small_strong);
}

// Parts of the leg from the top down, as people speak of them.
enum class Part : std::uint8_t { knee, calf, ankle, heel, sole };
constexpr std::array<std::string_view, 5> part_ids{"knee", "calf", "ankle", "heel", "sole"};

std::optional<Part> part_of(const RegionShape& shape) {
  constexpr float knee_ends_s = 0.06f, calf_ends_s = 0.8f, heel_begins_s = 0.96f, heel_ends_f = 0.3f;
  switch (shape.place) {
  case RegionPlace::off_model:
    return std::nullopt;
  case RegionPlace::sole:
    return shape.f.to <= heel_ends_f ? Part::heel : Part::sole;
  case RegionPlace::leg:
    break;
  }
  if (shape.s.to <= knee_ends_s)
    return Part::knee;
  if (shape.s.to <= calf_ends_s)
    return Part::calf;
  return shape.s.from >= heel_begins_s ? Part::heel : Part::ankle;
}

void draw_region_chip(const Ui& ui, Flow& flow, const std::string& id) {
  const std::string& name = region_name(ui, id);
  const std::string landmarks = "regions." + id + ".landmarks";
  const bool on = ui.state.document.hurts.contains(id);
  flow.next(chip_width(ui, name));
  if (chip_button(ui, id.c_str(), name, on, ui.state.content->text(landmarks)))
    ui.emit({"hurts", {{"region", id}, {"on", !on}}});
}

void draw_regions(const Ui& ui) {
  const ContentPack& pack = *ui.state.content;
  for (std::size_t k = 0; k < part_ids.size(); ++k) {
    const auto here = [&](const Region* region) { return part_of(region->shape) == static_cast<Part>(k); };
    heading(ui, ui.text("ui.lookup.part." + std::string(part_ids[k])));
    space(ui, 2);
    Flow flow(ui);
    for (const RegionUnion& whole : pack.unions) {
      const auto parts = pack.regions_named(whole.id);
      if (!parts.empty() && 2 * std::count_if(parts.begin(), parts.end(), here) > static_cast<int>(parts.size()))
        draw_region_chip(ui, flow, whole.id);
    }
    for (const Region& region : pack.regions)
      if (here(&region))
        draw_region_chip(ui, flow, region.id);
    space(ui, 6);
  }
}

// A name at the left, a value at the right, and below a slider that is handed back.
SliderResult named_slider(const Ui& ui, const char* id, const std::string& name, const std::string& value, float now,
                          float lowest, float highest) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text), at, width * 0.66f, name);
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet), at, width, value, Align::right);
  ImGui::Dummy({width, ui.fonts.small->FontSize});
  return slider(ui, id, now, {.lowest = lowest, .highest = highest});
}

// Painting on the skin itself, for those whose pain keeps to no region.
void draw_brush(const Ui& ui) {
  const Brush& brush = ui.state.brush;
  const float width = ImGui::GetContentRegionAvail().x / ui.scale;
  if (button(ui, "brush", ui.text(brush.on ? "ui.lookup.brush.stop" : "ui.lookup.brush.start"),
             {.icon = Icon::palette,
              .look = brush.on ? ButtonLook::plain : ButtonLook::primary,
              .active = brush.on,
              .width = width,
              .tooltip = ui.text("ui.lookup.brush.help")}))
    ui.emit({"brush", {{"on", !brush.on}}});
  if (brush.on) {
    space(ui, 6);
    const std::vector<std::string> labels{ui.text("ui.lookup.brush.paint"), ui.text("ui.lookup.brush.erase")};
    const int chosen = segmented(ui, "erase", labels, brush.erase ? 1 : 0, width);
    if (chosen >= 0)
      ui.emit({"brush", {{"erase", chosen == 1}}});
    space(ui, 6);
    const SliderResult size =
        named_slider(ui, "brush_size", ui.text("ui.lookup.brush.size"),
                     ui.text.format("ui.lookup.brush.mm", {{"value", fmt::format("{:.0f}", 2 * brush.radius_mm)}}),
                     brush.radius_mm, brush_smallest_mm, brush_largest_mm);
    if (size.changed)
      ui.emit({"brush", {{"radius_mm", std::round(size.value)}}});
    const SliderResult intensity =
        named_slider(ui, "brush_intensity", ui.text("ui.lookup.brush.intensity"),
                     ui.text.format("ui.lookup.brush.of_ten", {{"value", fmt::format("{:.0f}", 10 * brush.intensity)}}),
                     brush.intensity, 0.1f, 1);
    if (intensity.changed)
      ui.emit({"brush", {{"intensity", std::round(intensity.value * 10) / 10}}});
    paragraph(ui, ui.text("ui.lookup.brush.hands"), ui.theme.ui.text_quiet, ui.fonts.small);
  }
  if (!ui.state.document.painted.empty() &&
      button(ui, "clear_paint", ui.text("ui.lookup.brush.clear"), {.icon = Icon::reset, .look = ButtonLook::quiet}))
    ui.emit({"clear_paint", {}});
  space(ui, 6);
}

void draw_bar(const Ui& ui, float share, glm::vec3 colour, float indent_px) {
  ImVec2 at = ImGui::GetCursorScreenPos();
  at.x += indent_px;
  const std::string words =
      ui.text.format("ui.lookup.overlap", {{"percent", std::to_string(static_cast<int>(std::lround(100 * share)))}});
  const float width = ImGui::GetContentRegionAvail().x - indent_px, words_width = text_width(ui.fonts.small, words);
  const float bar = width - words_width - ui.px(8), high = ui.px(6);
  const float middle = at.y + ui.fonts.small->FontSize / 2;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({at.x, middle - high / 2}, {at.x + bar, middle + high / 2}, colour_u32(ui.theme.ui.field),
                     high / 2);
  list.AddRectFilled({at.x, middle - high / 2}, {at.x + std::max(bar * share, high), middle + high / 2},
                     colour_u32(colour), high / 2);
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet), {at.x + width - words_width, at.y},
            words_width + 1, words);
  ImGui::Dummy({width, ui.fonts.small->FontSize + ui.px(4)});
}

void draw_point_entry(const Ui& ui, const LookupEntry& entry) {
  const TriggerPoint* point = ui.state.content->point(entry.id);
  if (!point)
    return;
  const Row line = row(ui, entry.id.c_str(), 30);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float radius = ui.px(10), middle = line.where.centre().y;
  draw_number(ui, list, {line.where.min.x + radius, middle}, radius, point->number, false);
  draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text),
            {line.where.min.x + 2 * radius + ui.px(8), middle - ui.fonts.text->FontSize / 2},
            line.where.width() - 2 * radius - ui.px(8), ui.state.content->text("points." + entry.id + ".short_name"));
  draw_bar(ui, entry.overlap.score, ui.theme.ui.accent, 2 * radius + ui.px(8));
  if (line.hovered)
    ui.out.hovered_point = entry.id;
  if (line.clicked)
    ui.emit({"select_point", {{"id", entry.id}}});
}

void draw_look_alike_entry(const Ui& ui, const LookupEntry& entry) {
  const LookAlike* other = ui.state.content->look_alike(entry.id);
  if (!other)
    return;
  const ContentPack& pack = *ui.state.content;
  const std::string id = "look_alike." + entry.id, key = "look_alikes." + entry.id;
  const float indent = ui.px(28);
  const glm::vec3 ink = urgency_colour(ui, other->urgency);
  folding_row(ui, id, Icon::warning, ink, ui.fonts.text, indent, pack.text(key + ".name"));
  draw_bar(ui, entry.overlap.score, ui.theme.ui.text_quiet, indent);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x + indent, at.y});
  ImGui::BeginGroup();
  ImGui::PushID(id.c_str());
  paragraph(ui, pack.text("urgency." + other->urgency), ink, ui.fonts.small_strong);
  if (ui.memory.open_sections.contains(id)) {
    claim(ui, other->claim, say(ui, key + ".what"), {.small = true});
    space(ui, 4);
    claim(ui, other->claim, say(ui, key + ".tell_apart"), {.small = true});
  }
  ImGui::PopID();
  ImGui::EndGroup();
}

void draw_telling_test(const Ui& ui, const LookupResult& found) {
  const auto& tests = ui.state.content->tests;
  const auto test =
      std::find_if(tests.begin(), tests.end(), [&](const TellingTest& one) { return one.id == found.telling_test; });
  if (test == tests.end())
    return;
  heading(ui, ui.text("ui.lookup.tells_apart"));
  space(ui, 2);
  claim(ui, test->claim, say(ui, "tests." + test->id + ".question"));
  space(ui, 8);
}

void draw_results(const Ui& ui) {
  if (!hurts_somewhere(ui.state)) {
    paragraph(ui, ui.text("ui.lookup.name_a_place"), ui.theme.ui.text_quiet);
    return;
  }
  const LookupResult& found = looked_up(ui.state);
  paragraph(ui, ui.text("ui.lookup.results"), ui.theme.ui.text, ui.fonts.text_strong);
  paragraph(ui, ui.text("ui.lookup.no_likelihood"), ui.theme.ui.text_quiet, ui.fonts.small);
  space(ui, 6);
  if (found.entries.empty()) {
    paragraph(ui, ui.text("ui.lookup.nothing"), ui.theme.ui.text);
    return;
  }
  for (const LookupEntry& entry : found.entries)
    entry.look_alike ? draw_look_alike_entry(ui, entry) : draw_point_entry(ui, entry);
  space(ui, 8);
  const int left_over = static_cast<int>(std::lround(100 * found.unexplained));
  paragraph(ui, ui.text.format("ui.lookup.unexplained", {{"percent", std::to_string(left_over)}}),
            ui.theme.ui.text_quiet, ui.fonts.small);
  space(ui, 10);
  draw_telling_test(ui, found);
}

} // namespace

void draw_lookup_panel(const Ui& ui, const Rect& where) {
  begin_panel(ui, "lookup", where, {});
  draw_title(ui);
  draw_flags(ui);
  space(ui, 6);
  draw_brush(ui);
  // While one paints, what it leads to matters more than the names.
  if (!ui.state.brush.on && section(ui, "lookup.places", ui.text("ui.lookup.places")))
    draw_regions(ui);
  if (hurts_somewhere(ui.state) &&
      button(ui, "clear", ui.text("ui.lookup.clear"), {.icon = Icon::close, .look = ButtonLook::quiet}))
    ui.emit({"clear_hurts", {}});
  separator(ui);
  draw_results(ui);
  space(ui, 10);
  audience_switch(ui);
  end_panel();
}

} // namespace calfscope
