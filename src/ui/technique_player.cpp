// The player of a technique: what is done now, where in its time, how hard, and the breath that goes with it.
#include "state/technique_state.h"
#include "ui/content_widgets.h"
#include "ui/panels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

std::string clock_text(double seconds) {
  const auto whole = static_cast<int>(std::floor(seconds));
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

// The breath as a ring that fills with it, 4 s in and 6 s out, and the word for what to do.
void draw_breath(const Ui& ui, ImDrawList& list, ImVec2 centre, float radius, const TechniqueMoment& moment,
                 const Timeline& timeline, double seconds) {
  const bool breathes = timeline.phases()[timeline.spans()[moment.span].phase].breathing;
  const float ink = breathes ? 1.0f : 0.35f;
  list.AddCircle(centre, radius, colour_u32(ui.theme.ui.border), 0, std::max(ui.px(1.5f), 1.0f));
  if (!breathes)
    return;
  list.AddCircleFilled(centre, radius * (0.35f + 0.6f * moment.breath), colour_u32(ui.theme.ui.accent, 0.35f * ink));
  list.AddCircle(centre, radius * (0.35f + 0.6f * moment.breath), colour_u32(ui.theme.ui.accent, ink), 0, ui.px(2));
  const bool in = breath_at(static_cast<float>(seconds) + 0.05f) > moment.breath;
  draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text),
            {centre.x - radius * 2, centre.y + radius + ui.px(1)}, radius * 4,
            ui.text(in ? "ui.technique.breathe_in" : "ui.technique.breathe_out"), Align::centre);
}

// Pressure 0 … 10 with the good range and what is too much marked by place and colour.
void draw_pressure(const Ui& ui, ImDrawList& list, const Rect& where, float pressure) {
  const auto x_of = [&](double value) {
    return where.min.x + where.width() * static_cast<float>(value / pressure_most);
  };
  const float radius = where.height() / 2;
  list.AddRectFilled(where.min, where.max, colour_u32(ui.theme.ui.field), radius);
  list.AddRectFilled({x_of(pressure_good_from), where.min.y}, {x_of(pressure_good_until), where.max.y},
                     colour_u32(ui.theme.ui.good, 0.4f));
  list.AddRectFilled({x_of(pressure_too_much_from), where.min.y}, where.max, colour_u32(ui.theme.ui.error, 0.4f),
                     radius);
  const float x = x_of(static_cast<double>(pressure));
  const bool good = pressure >= static_cast<float>(pressure_good_from) - 0.3f &&
                    pressure <= static_cast<float>(pressure_good_until) + 0.3f;
  const bool much = pressure >= static_cast<float>(pressure_too_much_from) - 0.3f;
  const glm::vec3 ink = much ? ui.theme.ui.error : good ? ui.theme.ui.good : ui.theme.ui.text;
  list.AddCircleFilled({x, where.centre().y}, where.height() * 0.85f, colour_u32(ink));
  list.AddCircle({x, where.centre().y}, where.height() * 0.85f, colour_u32(ui.theme.ui.panel), 0, ui.px(1.5f));
}

// All phases as blocks as long as they take, the present one bright; a click or drag goes there.
void draw_track(const Ui& ui, ImDrawList& list, const Rect& where, const Timeline& timeline, double seconds) {
  const auto whole = static_cast<double>(timeline.seconds());
  const auto x_of = [&](double at) { return where.min.x + where.width() * static_cast<float>(at / whole); };
  const Mistake* mistake = chosen_mistake(ui.state);
  for (const TimelineSpan& span : timeline.spans()) {
    const double start = static_cast<double>(span.start_s), end = start + static_cast<double>(span.seconds);
    const bool now = seconds >= start && seconds < end;
    const Phase& phase = timeline.phases()[span.phase];
    const bool wrong = mistake && mistake->phase == phase.id;
    const glm::vec3 ink = wrong ? ui.theme.ui.error : phase.eases ? ui.theme.ui.good : ui.theme.ui.accent;
    const float gap = std::min(ui.px(1), 0.2f * (x_of(end) - x_of(start)));
    list.AddRectFilled({x_of(start) + gap, where.min.y}, {x_of(end) - gap, where.max.y},
                       colour_u32(ink, now              ? 0.85f
                                       : seconds >= end ? 0.5f
                                                        : 0.22f),
                       ui.px(3));
  }
  const float x = x_of(seconds);
  list.AddLine({x, where.min.y - ui.px(4)}, {x, where.max.y + ui.px(4)}, colour_u32(ui.theme.ui.text), ui.px(2));
  list.AddCircleFilled({x, where.min.y - ui.px(4)}, ui.px(4), colour_u32(ui.theme.ui.text));
  ImGui::SetCursorScreenPos({where.min.x, where.min.y - ui.px(6)});
  ImGui::InvisibleButton("track", {where.width(), where.height() + ui.px(12)});
  if (ImGui::IsItemActive()) {
    const float share = (ImGui::GetIO().MousePos.x - where.min.x) / std::max(where.width(), 1.0f);
    ui.emit({"technique_seek", {{"seconds", std::clamp(static_cast<double>(share), 0.0, 1.0) * whole}}});
  }
}

} // namespace

float technique_player_height(const Ui& ui) {
  return ui.px(126);
}

void draw_technique_player(const Ui& ui, const Rect& where) {
  const Technique* technique = chosen_technique(ui.state);
  const auto timeline = technique_timeline(ui.state);
  if (!technique || !timeline || timeline->spans().empty())
    return;
  const TechniqueClock& clock = ui.state.technique;
  const TechniqueMoment moment = timeline->at(static_cast<float>(clock.seconds));
  const TimelineSpan& span = timeline->spans()[moment.span];
  const Phase& phase = timeline->phases()[span.phase];
  begin_panel(ui, "technique_player", where, {.scroll = false});
  cover(ui, where);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Rect inside{{where.min.x + ui.px(14), where.min.y + ui.px(10)}, {where.max.x - ui.px(14), where.max.y}};

  const float meters = std::min(ui.px(210), inside.width() * 0.34f);
  const float words = inside.width() - meters - ui.px(16);
  const std::string key = "techniques." + technique->id + ".phases." + phase.id;
  std::string title = ui.state.content->text(key + ".title");
  if (phase.loops > 1)
    title = ui.text.format(
        "ui.technique.loop",
        {{"title", title}, {"now", std::to_string(span.loop + 1)}, {"all", std::to_string(phase.loops)}});
  draw_text(ui, list, ui.fonts.text_strong, colour_u32(ui.theme.ui.text), inside.min, words, title);
  const Mistake* mistake = chosen_mistake(ui.state);
  const bool wrong_now = mistake && mistake->phase == phase.id;
  const std::string caption =
      wrong_now ? ui.text.format("ui.technique.wrong",
                                 {{"what", say(ui, "techniques." + technique->id + ".mistakes." + mistake->claim.id)}})
                : say(ui, key);
  ImGui::SetCursorScreenPos({inside.min.x, inside.min.y + ui.fonts.text->FontSize + ui.px(4)});
  ImGui::PushClipRect(inside.min, {inside.min.x + words, inside.min.y + ui.px(62)}, true);
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + words);
  ImGui::PushFont(ui.fonts.small);
  ImGui::PushStyleColor(ImGuiCol_Text, colour_u32(wrong_now ? ui.theme.ui.error : ui.theme.ui.text));
  ImGui::TextUnformatted(caption.c_str());
  ImGui::PopStyleColor();
  ImGui::PopFont();
  ImGui::PopTextWrapPos();
  ImGui::PopClipRect();

  if (phase.changes_side) {
    ImGui::SetCursorScreenPos({inside.min.x, inside.min.y + ui.px(42)});
    if (chip_button(ui, "other_leg", ui.text("ui.technique.other_leg"), true, ui.text("ui.technique.other_leg_help")))
      ui.emit({"technique_other_leg", {}});
  }

  // How hard, and the breath.
  const float radius = ui.px(15), right = inside.max.x;
  draw_breath(ui, list, {right - radius - ui.px(10), inside.min.y + radius + ui.px(2)}, radius, moment, *timeline,
              clock.seconds);
  if (technique->kind == TechniqueKind::press) {
    const float bar_right = right - 2 * radius - ui.px(34), bar_left = right - meters;
    const std::string value = fmt::format("{:.0f}", moment[Channel::pressure]);
    std::string said = ui.text.format("ui.technique.pressure", {{"value", value}});
    if (text_width(ui.fonts.small, said) > bar_right - bar_left)
      said = ui.text.format("ui.technique.pressure_short", {{"value", value}});
    draw_text(ui, list, ui.fonts.small, colour_u32(ui.theme.ui.text_quiet), {bar_left, inside.min.y},
              bar_right - bar_left, said);
    draw_pressure(ui, list,
                  {{bar_left, inside.min.y + ui.fonts.small->FontSize + ui.px(8)},
                   {bar_right, inside.min.y + ui.fonts.small->FontSize + ui.px(16)}},
                  moment[Channel::pressure]);
  }

  // Controls and time.
  const float edge = 30, top = where.max.y - ui.px(edge + 10);
  ImGui::SetCursorScreenPos({inside.min.x, top});
  if (icon_button(ui, "back", Icon::chevron_left, {.size = edge, .tooltip = ui.text("ui.technique.back")}))
    ui.emit({"technique_step", {{"by", -1}}});
  ImGui::SameLine(0, 0);
  if (icon_button(ui, "play", clock.playing ? Icon::pause : Icon::play,
                  {.active = clock.playing,
                   .size = edge,
                   .tooltip = ui.text(clock.playing ? "ui.technique.pause" : "ui.technique.play")}))
    ui.emit({"technique_play", {{"on", !clock.playing}}});
  ImGui::SameLine(0, 0);
  if (icon_button(ui, "next", Icon::chevron_right, {.size = edge, .tooltip = ui.text("ui.technique.next")}))
    ui.emit({"technique_step", {{"by", 1}}});
  ImGui::SameLine(0, 0);
  if (icon_button(ui, "loop", Icon::reset,
                  {.active = clock.loop, .size = edge, .tooltip = ui.text("ui.technique.loops")}))
    ui.emit({"technique_loop", {}});

  constexpr std::array speeds{0.5, 1.0, 2.0};
  const std::vector<std::string> labels{ui.text("ui.pain.half"), ui.text("ui.pain.once"), ui.text("ui.pain.twice")};
  int active = -1;
  for (std::size_t i = 0; i < speeds.size(); ++i)
    if (std::abs(clock.speed - speeds[i]) < 1e-6)
      active = static_cast<int>(i);
  const std::string lapse = ui.text("ui.technique.lapse");
  const float lapse_width = chip_width(ui, lapse);
  const float time_width = text_width(ui.fonts.text_strong, "00:00 / 00:00");
  const float left = inside.min.x + 4 * ui.px(edge) + ui.px(10);
  // Where there is little room the time has it: one button goes through the speeds instead of one for each.
  const bool narrow = right - left - lapse_width - time_width < ui.px(260);
  const float lapse_beside = narrow ? 0 : lapse_width + ui.px(8);
  const float room = right - left - lapse_beside - time_width - ui.px(22);
  float speed_width = segmented_width(ui, labels, true);
  if (const bool one_each = room - speed_width >= ui.px(260); one_each) {
    ImGui::SetCursorScreenPos({right - speed_width, top + ui.px(2)});
    if (const int chosen = segmented(ui, "speed", labels, active, 0, true); chosen >= 0)
      ui.emit({"technique_speed", {{"factor", speeds[static_cast<std::size_t>(chosen)]}}});
  } else {
    const std::size_t now = active >= 0 ? static_cast<std::size_t>(active) : 1;
    speed_width = chip_width(ui, labels[now]);
    ImGui::SetCursorScreenPos({right - speed_width, top + ui.px(2)});
    if (chip_button(ui, "speed", labels[now], now != 1, ui.text("ui.technique.speed_help")))
      ui.emit({"technique_speed", {{"factor", speeds[(now + 1) % speeds.size()]}}});
  }
  // It stands above where there is no room beside, left of the breath.
  ImGui::SetCursorScreenPos(narrow ? ImVec2{right - 2 * radius - ui.px(34) - lapse_width, top - ui.px(32)}
                                   : ImVec2{right - speed_width - lapse_beside, top + ui.px(2)});
  if (chip_button(ui, "lapse", lapse, clock.lapse, ui.text("ui.technique.lapse_help")))
    ui.emit({"technique_lapse", {}});

  const std::string time =
      fmt::format("{} / {}", clock_text(clock.seconds), clock_text(static_cast<double>(timeline->seconds())));
  const Rect track{{left, top + ui.px(9)},
                   {right - speed_width - lapse_beside - time_width - ui.px(22), top + ui.px(edge - 9)}};
  draw_track(ui, list, track, *timeline, clock.seconds);
  draw_text(ui, list, ui.fonts.text_strong, colour_u32(ui.theme.ui.text),
            {track.max.x + ui.px(10), top + (ui.px(edge) - ui.fonts.text->FontSize) / 2}, time_width, time);
  end_panel();
}

} // namespace calfscope
