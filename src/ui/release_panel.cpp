// Choosing what to release, and with what: the points, then the techniques, the best for the point first, each with how
// well it reaches it and why.
#include "state/technique_state.h"
#include "ui/content_widgets.h"
#include "ui/panels.h"
#include "ui/point_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

void draw_points(const Ui& ui) {
  const ContentPack& pack = *ui.state.content;
  Flow flow(ui);
  for (const TriggerPoint& point : pack.points) {
    const BoundPoint* place = ui.state.leg_content->bound().point(point.id);
    if (point.layer != "calf" || !place || !place->placed)
      continue;
    const std::string label = std::to_string(point.number);
    flow.next(chip_width(ui, label));
    const bool on = ui.state.document.point == point.id;
    if (!chip_button(ui, point.id.c_str(), label, on, pack.text("points." + point.id + ".name")))
      continue;
    const Technique* technique = chosen_technique(ui.state);
    if (technique && can_be_done(ui.state, *technique, point.id))
      ui.emit({"select_technique", {{"id", technique->id}, {"point", point.id}}});
    else {
      if (technique)
        ui.emit({"leave_technique", {}});
      ui.emit({"select_point", {{"id", point.id}}});
    }
  }
  if (const TriggerPoint* point = chosen_point(ui.state))
    paragraph(ui, pack.text("points." + point->id + ".name"), ui.theme.ui.text, ui.fonts.small_strong);
  else
    paragraph(ui, ui.text("ui.technique.choose_point"), ui.theme.ui.text_quiet, ui.fonts.small);
}

// "Reaches it well", or why it does not come in question; without a point what kind of thing it is.
std::string reach_text(const Ui& ui, const Technique& technique) {
  const TechniquePoint* reached = technique.reached(ui.state.document.point);
  if (ui.state.document.point.empty() || technique.points.empty())
    return ui.text(fmt::format("ui.technique.kind.{}", technique_kind_ids[static_cast<std::size_t>(technique.kind)]));
  if (!reached)
    return ui.text("ui.technique.reach.none");
  if (!reached->offered)
    return ui.text("ui.technique.reach.not_offered");
  if (zone_in_the_way(ui.state, technique, ui.state.document.point))
    return ui.text("ui.technique.reach.not_on_this_leg");
  return ui.text(reached->reach >= 2 ? "ui.technique.reach.well" : "ui.technique.reach.partly");
}

void draw_technique(const Ui& ui, const Technique& technique) {
  const ContentPack& pack = *ui.state.content;
  const std::string& name = pack.text("techniques." + technique.id + ".name");
  const TechniquePoint* reached = technique.reached(ui.state.document.point);
  const bool offered = can_be_done(ui.state, technique, ui.state.document.point);
  const std::string reach = reach_text(ui, technique);
  const Row line = row(ui, technique.id.c_str(), 46, ui.state.document.technique == technique.id);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = line.where.min.x + ui.px(10), width = line.where.width() - ui.px(16);
  const glm::vec3 ink = offered ? ui.theme.ui.text : ui.theme.ui.text_quiet;
  draw_text(ui, list, ui.fonts.text_strong, colour_u32(ink), {left, line.where.min.y + ui.px(5)}, width, name);
  const glm::vec3 shade = !offered                         ? ui.theme.ui.text_quiet
                          : reached && reached->reach >= 2 ? ui.theme.ui.good
                                                           : ui.theme.ui.text_quiet;
  draw_text(ui, list, ui.fonts.small, colour_u32(shade), {left, line.where.min.y + ui.px(25)}, width, reach);
  if (line.hovered && !ui.state.document.point.empty() && reached)
    hint_window(ui, say(ui, "techniques." + technique.id + ".points." + ui.state.document.point), 260);
  if (line.clicked && offered)
    ui.emit({"select_technique", {{"id", technique.id}}});
}

} // namespace

void draw_release_panel(const Ui& ui, const Rect& where) {
  begin_panel(ui, "release", where, {});
  if (!ui.state.leg_content) {
    paragraph(ui, ui.text("ui.layers.no_leg"), ui.theme.ui.text_quiet);
    end_panel();
    return;
  }
  heading(ui, ui.text("ui.technique.points"));
  space(ui, 2);
  draw_points(ui);
  space(ui, 8);
  heading(ui, ui.text("ui.technique.title"));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, ui.px(2)));
  for (const Technique* technique : techniques_for(ui.state.leg_content->pack(), ui.state.document.point))
    draw_technique(ui, *technique);
  ImGui::PopStyleVar();
  if (const Technique* technique = chosen_technique(ui.state); !technique || technique->kind == TechniqueKind::press) {
    space(ui, 8);
    paragraph(ui, ui.text("ui.technique.good_pain"), ui.theme.ui.text_quiet, ui.fonts.small);
  }
  end_panel();
}

namespace {

void draw_claims(const Ui& ui, const std::vector<Claim>& claims, const std::string& prefix) {
  for (const Claim& said : claims)
    claim(ui, said, say(ui, prefix + said.id), {.lead = "•"});
}

void draw_tools(const Ui& ui, const Technique& technique) {
  if (technique.tools.size() < 2)
    return;
  Flow flow(ui);
  const Tool* now = chosen_tool(ui.state);
  for (const std::string& id : technique.tools) {
    const std::string& name = ui.state.content->text("tools." + id + ".name");
    flow.next(chip_width(ui, name));
    if (chip_button(ui, id.c_str(), name, now && now->id == id))
      ui.emit({"tool", {{"id", id}}});
  }
  space(ui, 6);
}

void draw_phases(const Ui& ui, const Technique& technique) {
  const auto timeline = technique_timeline(ui.state);
  const auto now = timeline->at(static_cast<float>(ui.state.technique.seconds));
  const std::size_t present = timeline->spans()[now.span].phase;
  std::set<std::size_t> seen;
  for (const TimelineSpan& span : timeline->spans()) {
    if (!seen.insert(span.phase).second)
      continue;
    const Phase& phase = timeline->phases()[span.phase];
    const Row line = row(ui, ("phase." + phase.id).c_str(), 26, span.phase == present);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float y = line.where.min.y + (line.where.height() - ui.fonts.text->FontSize) / 2;
    std::string length = ui.text.format("ui.pain.seconds", {{"value", std::to_string(std::lround(phase.seconds))}});
    if (phase.loops > 1)
      length = std::to_string(phase.loops) + " × " + length;
    const float width = text_width(ui.fonts.small, length);
    draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text), {line.where.min.x + ui.px(8), y},
              line.where.width() - width - ui.px(24),
              ui.state.content->text("techniques." + technique.id + ".phases." + phase.id + ".title"));
    draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet),
              {line.where.max.x - width - ui.px(8), y + ui.px(1)}, width + ui.px(2), length);
    if (line.clicked)
      ui.emit({"technique_seek", {{"seconds", static_cast<double>(span.start_s)}}});
  }
}

// How much longer each muscle is than at rest, as a number and as a bar in the colour that its fibres have.
void draw_lengths(const Ui& ui, const std::vector<MuscleLength>& lengths) {
  paragraph(ui, ui.text("ui.technique.lengths_help"), ui.theme.ui.text_quiet, ui.fonts.small);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const MuscleLength& muscle : lengths) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, middle = at.x + width / 2,
                y = at.y + 2 * ui.fonts.small->FontSize + ui.px(1);
    draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text), at, width, muscle_name(ui, muscle.structure));
    const ImVec2 below{at.x, at.y + ui.fonts.small->FontSize + ui.px(1)};
    draw_text(
        ui, list, ui.fonts.small_strong, colour_u32(ui.theme.ui.text), below, width,
        ui.text.format("ui.technique.length", {{"mm", fmt::format("{:+.0f}", muscle.change_mm)},
                                               {"percent", fmt::format("{:+.0f}", 100 * muscle.fascicle_strain)}}),
        Align::right);
    const float reach = width / 2 * std::clamp(muscle.fascicle_strain / 0.3f, -1.0f, 1.0f);
    const Rect track{{at.x, y + ui.px(4)}, {at.x + width, y + ui.px(9)}};
    list.AddRectFilled(track.min, track.max, colour_u32(ui.theme.ui.field), ui.px(2));
    list.AddRectFilled({middle + std::min(reach, 0.0f), track.min.y}, {middle + std::max(reach, 0.0f), track.max.y},
                       colour_u32(reach > 0 ? ui.theme.scene.stretched : ui.theme.scene.slack), ui.px(2));
    list.AddLine({middle, track.min.y - ui.px(2)}, {middle, track.max.y + ui.px(2)},
                 colour_u32(ui.theme.ui.text_quiet));
    ImGui::Dummy({width, y - at.y + ui.px(12)});
  }
  space(ui, 4);
}

void draw_mistakes(const Ui& ui, const Technique& technique) {
  for (const Mistake& mistake : technique.mistakes) {
    const bool on = ui.state.document.mistake == mistake.claim.id;
    const std::string id = "mistake." + mistake.claim.id;
    const std::string& words = say(ui, "techniques." + technique.id + ".mistakes." + mistake.claim.id);
    const float indent = ui.px(24), room = ImGui::GetContentRegionAvail().x - indent - ui.px(4), inset = ui.px(5);
    const char* end = words.data() + words.size();
    ImFont* font = ui.fonts.text;
    const float tall = font->CalcTextSizeA(font->FontSize, FLT_MAX, room, words.data(), end).y;
    const Row line = row(ui, id.c_str(), (tall + 2 * inset) / ui.scale, on);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_icon(list, Icon::close, {line.where.min.x + ui.px(12), line.where.min.y + inset + font->FontSize / 2},
              ui.px(13), colour_u32(ui.theme.ui.error));
    list.AddText(font, font->FontSize, {line.where.min.x + indent, line.where.min.y + inset},
                 colour_u32(ui.theme.ui.text), words.data(), end, room);
    if (line.clicked)
      ui.emit(on ? Action{"mistake", {}} : Action{"mistake", {{"id", mistake.claim.id}}});
  }
}

} // namespace

void draw_technique_card(const Ui& ui, const Rect& most) {
  const Technique* technique = chosen_technique(ui.state);
  if (!technique)
    return;
  Rect where = most;
  float& known = ui.memory.heights["technique"];
  if (known > 0)
    where.max.y = std::min(most.max.y, most.min.y + known);
  begin_panel(ui, "technique", where, {});
  const std::string prefix = "techniques." + technique->id + ".";
  const ContentPack& pack = *ui.state.content;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.title, colour_u32(ui.theme.ui.text), at, width - ui.px(36),
            pack.text(prefix + "name"));
  ImGui::SetCursorScreenPos({at.x + width - ui.px(28), at.y - ui.px(3)});
  if (icon_button(ui, "close", Icon::close, {.faint = true, .tooltip = ui.text("ui.technique.leave")}))
    ui.emit({"leave_technique", {}});
  ImGui::SetCursorScreenPos({at.x, at.y + ui.fonts.title->FontSize + ui.px(10)});
  paragraph(ui, say(ui, prefix + "summary"), ui.theme.ui.text);
  const TechniquePoint* reached = technique->reached(ui.state.document.point);
  if (reached)
    claim(ui, reached->claim, say(ui, prefix + "points." + reached->point));
  space(ui, 6);
  draw_tools(ui, *technique);
  if (!technique->cautions.empty()) {
    for (const Claim& caution : technique->cautions)
      claim(ui, caution, say(ui, prefix + "cautions." + caution.id), {.lead = "!", .small = true});
    space(ui, 6);
  }
  if (const auto stage = stage_of(ui.state);
      !stage->lengths.empty() && section(ui, "technique.lengths", ui.text("ui.technique.lengths"))) {
    draw_lengths(ui, stage->lengths);
    // Beside one who walks there is no room for it.
    if (!stage->moment->stride && chip_button(ui, "restricted", ui.text("ui.technique.restricted"),
                                              ui.state.document.restricted, ui.text("ui.technique.restricted_help")))
      ui.emit({"restricted", {}});
    space(ui, 6);
  }
  if (section(ui, "technique.phases", ui.text("ui.technique.phases"))) {
    draw_phases(ui, *technique);
    space(ui, 6);
  }
  if (!technique->mistakes.empty() && section(ui, "technique.mistakes", ui.text("ui.technique.mistakes"))) {
    paragraph(ui, ui.text("ui.technique.mistakes_help"), ui.theme.ui.text_quiet, ui.fonts.small);
    draw_mistakes(ui, *technique);
    space(ui, 6);
  }
  if (!technique->claims.empty() && section(ui, "technique.claims", ui.text("ui.technique.claims"))) {
    draw_claims(ui, technique->claims, prefix + "claims.");
    space(ui, 6);
  }
  audience_switch(ui);
  known = ImGui::GetCursorPosY() + ImGui::GetScrollY() + ui.px(10);
  end_panel();
}

} // namespace calfscope
