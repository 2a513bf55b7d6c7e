// The card of the chosen trigger point, in place of the structure's card.
#include "state/point_actions.h"
#include "ui/content_widgets.h"
#include "ui/panels.h"
#include "ui/point_parts.h"

#include <algorithm>

namespace calfscope {
namespace {

void draw_header(const Ui& ui, const TriggerPoint& point) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, radius = ui.px(13);
  draw_number(ui, *ImGui::GetWindowDrawList(), {at.x + radius, at.y + ui.fonts.title->FontSize / 2 + ui.px(1)}, radius,
              point.number, true);
  ImGui::SetCursorScreenPos({at.x + width - ui.px(28), at.y - ui.px(3)});
  if (icon_button(ui, "close", Icon::close, {.faint = true, .tooltip = ui.text("ui.point.close_help")}))
    ui.emit({"deselect_point", {}});
  ImGui::SetCursorScreenPos({at.x + 2 * radius + ui.px(9), at.y});
  ImGui::BeginGroup();
  ImGui::PushFont(ui.fonts.title);
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width - 2 * radius - ui.px(9 + 34));
  ImGui::TextUnformatted(ui.state.content->text("points." + point.id + ".name").c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopFont();
  ImGui::EndGroup();
  space(ui, 6);

  const ImVec2 line = ImGui::GetCursorScreenPos();
  const float edge = 28;
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.text, colour_u32(ui.theme.ui.text_quiet),
            {line.x, line.y + (ui.px(edge) - ui.fonts.text->FontSize) / 2}, width - 2 * ui.px(edge) - ui.px(6),
            muscle_name(ui, point.muscle));
  ImGui::SetCursorScreenPos({line.x + width - 2 * ui.px(edge), line.y});
  if (icon_button(ui, "previous", Icon::chevron_left, {.size = edge, .tooltip = ui.text("ui.point.previous")}))
    ui.emit({"previous_point", {}});
  ImGui::SameLine(0, 0);
  if (icon_button(ui, "next", Icon::chevron_right, {.size = edge, .tooltip = ui.text("ui.point.next")}))
    ui.emit({"next_point", {}});
}

void draw_zone(const Ui& ui, const NoPressZone& zone) {
  const std::string severity(press_severity_ids[static_cast<std::size_t>(zone.severity)]);
  const bool forbidden = zone.severity == PressSeverity::forbid;
  const glm::vec3 ink = forbidden ? ui.theme.ui.error : ui.theme.ui.warning;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float indent = ui.px(24);
  draw_icon(list, Icon::warning, {at.x + ui.px(9), at.y + ui.fonts.text->FontSize / 2}, ui.px(18), colour_u32(ink));
  ImGui::SetCursorScreenPos({at.x + indent, at.y});
  ImGui::BeginGroup();
  const ContentPack& pack = *ui.state.content;
  paragraph(ui, pack.text("severity." + severity) + ": " + pack.text("zones." + zone.id + ".name"), ink,
            ui.fonts.text_strong);
  claim(ui, zone.claim, say(ui, "zones." + zone.id + ".why"), {.small = true});
  ImGui::EndGroup();
  list.AddRectFilled({at.x - ui.px(8), at.y}, {at.x - ui.px(5), ImGui::GetCursorScreenPos().y}, colour_u32(ink));
}

bool off_model(const Ui& ui, const ReferredPain& pain) {
  const auto regions = ui.state.content->regions_named(pain.region);
  return std::all_of(regions.begin(), regions.end(),
                     [](const Region* region) { return region->shape.place == RegionPlace::off_model; });
}

// One strength: a swatch as on the skin, then each region with what says so.
void draw_referral(const Ui& ui, std::string_view strength, const std::vector<const ReferredPain*>& pains,
                   glm::vec3 colour, std::optional<Pattern> pattern) {
  if (pains.empty())
    return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float indent = ui.px(30);
  if (pattern)
    draw_swatch(ui, list, {at, {at.x + ui.px(20), at.y + ui.px(14)}}, colour, *pattern);
  ImGui::SetCursorScreenPos({at.x + (pattern ? indent : 0), at.y});
  ImGui::BeginGroup();
  paragraph(ui, ui.text("ui.point." + std::string(strength)), ui.theme.ui.text_quiet, ui.fonts.small_strong);
  for (const ReferredPain* pain : pains) {
    std::string name = region_name(ui, pain->region);
    if (pain->within.narrows())
      name = ui.text.format("ui.point.part_of", {{"region", name}});
    if (off_model(ui, *pain))
      name = ui.text.format("ui.point.off_model", {{"region", name}});
    ImGui::PushID(pain);
    claim(ui, pain->claim, name);
    ImGui::PopID();
  }
  ImGui::EndGroup();
  space(ui, 6);
}

void draw_pain_places(const Ui& ui, const TriggerPoint& point) {
  std::vector<const ReferredPain*> essential, spillover, rare;
  for (const ReferredPain& pain : point.essential)
    (pain.optional ? rare : essential).push_back(&pain);
  for (const ReferredPain& pain : point.spillover)
    (pain.optional ? rare : spillover).push_back(&pain);
  const OverlayColours& colours = ui.theme.scene.overlay;
  draw_referral(ui, "essential", essential, colours.essential, Pattern::solid);
  draw_referral(ui, "spillover", spillover, colours.spillover, Pattern::stippled);
  draw_referral(ui, "rare", rare, colours.spillover, std::nullopt);
}

void draw_claims(const Ui& ui, const std::vector<Claim>& claims, const std::string& prefix) {
  for (const Claim& said : claims)
    claim(ui, said, say(ui, prefix + said.id), {.lead = "•"});
}

template <typename Content>
void draw_section(const Ui& ui, const char* name, bool any, Content&& content) {
  if (!any || !section(ui, std::string("point.") + name, ui.text(std::string("ui.point.") + name)))
    return;
  content();
  space(ui, 8);
}

void draw_look_alikes(const Ui& ui, const TriggerPoint& point) {
  for (const std::string& id : point.look_alikes) {
    const LookAlike* other = ui.state.content->look_alike(id);
    if (!other)
      continue;
    paragraph(ui, ui.state.content->text("look_alikes." + id + ".name"), ui.theme.ui.text, ui.fonts.text_strong);
    if (other->urgency != "routine")
      paragraph(ui, ui.state.content->text("urgency." + other->urgency), urgency_colour(ui, other->urgency),
                ui.fonts.small_strong);
    claim(ui, other->claim, say(ui, "look_alikes." + id + ".tell_apart"), {.small = true});
    space(ui, 6);
  }
}

void draw_finding(const Ui& ui, const TriggerPoint& point) {
  int number = 1;
  for (const std::string& id : point.finding) {
    const auto& steps = ui.state.content->palpation;
    const auto step = std::find_if(steps.begin(), steps.end(), [&](const Claim& said) { return said.id == id; });
    if (step != steps.end())
      claim(ui, *step, say(ui, "palpation." + id), {.lead = std::to_string(number++) + "."});
  }
  space(ui, 4);
  paragraph(ui, say(ui, "no_press_anywhere"), ui.theme.ui.warning, ui.fonts.small);
}

void draw_sections(const Ui& ui, const TriggerPoint& point, bool forbidden) {
  const std::string prefix = "points." + point.id + ".";
  draw_section(ui, "symptoms", !point.symptoms.empty(), [&] { draw_claims(ui, point.symptoms, prefix + "symptoms."); });
  draw_section(ui, "provoked_by", !point.provoked_by.empty(),
               [&] { draw_claims(ui, point.provoked_by, prefix + "provoked_by."); });
  draw_section(ui, "find_on_me", true, [&] { draw_find_on_me(ui, point, forbidden); });
  draw_section(ui, "finding", !point.finding.empty(), [&] { draw_finding(ui, point); });
  draw_section(ui, "look_alikes", !point.look_alikes.empty(), [&] { draw_look_alikes(ui, point); });
  draw_section(ui, "prevalence", !point.prevalence.empty(),
               [&] { draw_claims(ui, point.prevalence, prefix + "prevalence."); });
  draw_section(ui, "sureness", true, [&] { claim(ui, point.site.claim, say(ui, prefix + "sureness")); });
  draw_section(ui, "notes", !point.notes.empty(), [&] { draw_claims(ui, point.notes, prefix + "notes."); });
}

// Where the person came from, when it was the list of what overlaps with the pain.
void draw_way_back(const Ui& ui) {
  if (!ui.is_open(Panel::lookup) || !hurts_somewhere(ui.state))
    return;
  if (button(ui, "back", ui.text("ui.point.back"), {.icon = Icon::chevron_left, .look = ButtonLook::quiet}))
    ui.emit({"deselect_point", {}});
}

} // namespace

void draw_point_card(const Ui& ui, const Rect& most) {
  const TriggerPoint* point = chosen_point(ui.state);
  const BoundPoint* place = chosen_place(ui.state);
  if (!point || !place)
    return;
  Rect where = most;
  float& known = ui.memory.heights["point"];
  if (known > 0)
    where.max.y = std::min(most.max.y, most.min.y + known);
  begin_panel(ui, "point", where, {});
  draw_way_back(ui);
  draw_header(ui, *point);
  const auto zones = zones_over(*ui.state.leg_content, *place); // the strictest first
  const bool forbidden = !zones.empty() && zones.front()->severity == PressSeverity::forbid;
  for (const NoPressZone* zone : zones) {
    space(ui, 6);
    draw_zone(ui, *zone);
  }
  space(ui, 8);
  claim(ui, point->site.claim, say(ui, "points." + point->id + ".where"));
  separator(ui);
  draw_pain_player(ui);
  space(ui, 10);
  // Nobody is shown how to press where one must not.
  const bool pressable = !forbidden && section(ui, "point.press", ui.text("ui.press.title"));
  if (pressable)
    draw_press(ui);
  else
    ui.memory.presses_by_button = false;
  if (!forbidden)
    space(ui, 10);
  draw_pain_places(ui, *point);
  draw_body_inset(ui, *point);
  if (button(ui, "explain", ui.text("ui.explain.open"), {.icon = Icon::info, .look = ButtonLook::quiet}))
    ui.emit({"open_panel", {{"panel", "points"}}});
  separator(ui);
  audience_switch(ui);
  space(ui, 6);
  draw_sections(ui, *point, forbidden);
  known = ImGui::GetCursorPosY() + ImGui::GetScrollY() + ui.px(10);
  end_panel();
}

} // namespace calfscope
