#include "ui/point_parts.h"
#include "ui/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

constexpr double referral_from_s = 3; // conventions, "Time and pressure"

std::string_view stage_at(double seconds) {
  if (seconds < referral_from_s)
    return "local";
  if (seconds < pain_full_s)
    return "travelling";
  return seconds < pain_full_s + 1 ? "full" : "easing";
}

// The first ten seconds, in which everything happens, take one half of the slider, the hold the other.
float share_of(double seconds) {
  const double share = seconds <= pain_full_s ? 0.5 * seconds / pain_full_s
                                              : 0.5 + 0.5 * (seconds - pain_full_s) / (pain_last_s - pain_full_s);
  return static_cast<float>(share);
}
double seconds_of(float share) {
  return share <= 0.5f ? share / 0.5 * pain_full_s : pain_full_s + (share - 0.5) / 0.5 * (pain_last_s - pain_full_s);
}

std::string seconds_text(const Ui& ui, double seconds) {
  const std::string value = seconds < pain_full_s ? fmt::format("{:.1f}", seconds) : fmt::format("{:.0f}", seconds);
  return ui.text.format("ui.pain.seconds", {{"value", value}});
}

} // namespace

void draw_pain_player(const Ui& ui) {
  if (ui.state.settings.reduced_motion) {
    draw_film_strip(ui);
    return;
  }
  const PainClock& pain = ui.state.pain;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, edge = 32;
  if (icon_button(ui, "restart", Icon::reset, {.size = edge, .tooltip = ui.text("ui.pain.restart")}))
    ui.emit({"pain_restart", {}});
  ImGui::SameLine(0, ui.px(2));
  if (icon_button(
          ui, "play", pain.playing ? Icon::pause : Icon::play,
          {.active = pain.playing, .size = edge, .tooltip = ui.text(pain.playing ? "ui.pain.pause" : "ui.pain.play")}))
    ui.emit({"pain_play", {{"on", !pain.playing}}});

  constexpr std::array speeds{0.5, 1.0, 2.0};
  const std::vector<std::string> labels{ui.text("ui.pain.half"), ui.text("ui.pain.once"), ui.text("ui.pain.twice")};
  int active = -1;
  for (std::size_t i = 0; i < speeds.size(); ++i)
    if (std::abs(pain.speed - speeds[i]) < 1e-6)
      active = static_cast<int>(i);
  const float speed_width = segmented_width(ui, labels, true);
  ImGui::SetCursorScreenPos({at.x + width - speed_width, at.y + ui.px(2)});
  const int chosen = segmented(ui, "speed", labels, active, 0, true);
  if (chosen >= 0)
    ui.emit({"pain_speed", {{"factor", speeds[static_cast<std::size_t>(chosen)]}}});
  const float left = at.x + 2 * ui.px(edge) + ui.px(10);
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.text_strong, colour_u32(ui.theme.ui.text),
            {left, at.y + (ui.px(edge) - ui.fonts.text->FontSize) / 2}, at.x + width - speed_width - left,
            seconds_text(ui, pain.seconds));
  ImGui::SetCursorScreenPos({at.x, at.y + ui.px(edge) + ui.px(4)});

  const SliderResult moved = slider(ui, "time", share_of(pain.seconds), {.lowest = 0, .highest = 1});
  if (moved.changed)
    ui.emit({"pain_seek", {{"seconds", std::min(seconds_of(moved.value), pain_last_s)}}});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 below{at.x, ImGui::GetCursorScreenPos().y - ui.px(8)};
  const ImU32 quiet = colour_u32(ui.theme.ui.text_quiet);
  draw_text(ui, list, ui.fonts.small, quiet, below, width / 3, ui.text("ui.pain.begin"));
  draw_text(ui, list, ui.fonts.small, quiet, {below.x + width / 3, below.y}, width / 3, ui.text("ui.pain.full"),
            Align::centre);
  draw_text(ui, list, ui.fonts.small, quiet, {below.x + 2 * width / 3, below.y}, width / 3, ui.text("ui.pain.end"),
            Align::right);
  ImGui::SetCursorScreenPos(below);
  ImGui::Dummy({width, ui.fonts.small->FontSize + ui.px(2)});
  paragraph(ui, ui.text("ui.pain.stage." + std::string(stage_at(pain.seconds))), ui.theme.ui.text);
}

} // namespace calfscope
