#include "compose/film_caption.h"

#include "compose/text_width.h"
#include "state/technique_state.h"
#include "state/theme.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace calfscope {
namespace {

FlatLine box(glm::vec2 from, glm::vec2 to) {
  return {from, {to.x, from.y}, to, {from.x, to.y}};
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<int>(std::floor(seconds));
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

struct Writer {
  FlatDrawing& sheet;
  const UiColours& ui;
  float em; // a line of small text, px

  void text(std::string words, glm::vec2 at, float lines, glm::vec3 ink, FlatAlign align = FlatAlign::left) {
    sheet.shapes.emplace_back(FlatText{std::move(words), at, align, lines * em, ink, ui.panel, 1});
  }
  void fill(glm::vec2 from, glm::vec2 to, glm::vec3 colour, float opacity = 1) {
    if (to.x > from.x && to.y > from.y)
      sheet.shapes.emplace_back(FlatFill{{box(from, to)}, colour, opacity});
  }
};

void write_pressure(Writer& out, glm::vec2 at, float width, float pressure, const Catalogue& text) {
  const UiColours& ui = out.ui;
  const auto x_of = [&](double value) { return at.x + width * static_cast<float>(value / pressure_most); };
  const float thick = 0.3f * out.em, y = at.y + 0.95f * out.em;
  out.text(text.format("ui.technique.pressure", {{"value", fmt::format("{:.0f}", pressure)}}), at, 1, ui.text);
  out.fill({at.x, y}, {at.x + width, y + thick}, ui.field);
  out.fill({x_of(pressure_good_from), y}, {x_of(pressure_good_until), y + thick}, ui.good, 0.7f);
  out.fill({x_of(pressure_too_much_from), y}, {at.x + width, y + thick}, ui.error, 0.7f);
  const bool much = static_cast<double>(pressure) >= pressure_too_much_from - 0.3;
  out.sheet.shapes.emplace_back(
      FlatDisc{{x_of(static_cast<double>(pressure)), y + thick / 2}, 0.42f * out.em, much ? ui.error : ui.text, 1});
}

void write_breath(Writer& out, glm::vec2 centre, const TechniqueMoment& moment, double seconds, const Catalogue& text) {
  const float most = 1.0f * out.em;
  FlatLine ring;
  for (int i = 0; i < 48; ++i) {
    const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / 48;
    ring.push_back(centre + most * glm::vec2(std::cos(angle), std::sin(angle)));
  }
  out.sheet.shapes.emplace_back(FlatDisc{centre, most * (0.35f + 0.6f * moment.breath), out.ui.accent, 0.75f});
  out.sheet.shapes.emplace_back(FlatStroke{ring, true, std::max(1.0f, 0.08f * out.em), out.ui.border, 1});
  const bool in = breath_at(static_cast<float>(seconds) + 0.05f) > moment.breath;
  out.text(text(in ? "ui.technique.breathe_in" : "ui.technique.breathe_out"),
           centre + glm::vec2(0, most + 0.6f * out.em), 0.9f, out.ui.text, FlatAlign::middle);
}

void write_technique(Writer& out, const AppState& state, glm::vec2 from, glm::vec2 to, const Catalogue& text) {
  const Technique* technique = chosen_technique(state);
  const auto timeline = technique_timeline(state);
  if (!technique || !timeline || timeline->spans().empty())
    return;
  const double seconds = state.technique.seconds;
  const TechniqueMoment moment = timeline->at(static_cast<float>(seconds));
  const TimelineSpan& span = timeline->spans()[moment.span];
  const Phase& phase = timeline->phases()[span.phase];
  const ContentPack& pack = state.leg_content->pack();
  const std::string key = "techniques." + technique->id + ".phases." + phase.id;
  const bool presses = technique->kind == TechniqueKind::press;
  const float meters = presses ? std::min(13 * out.em, 0.3f * (to.x - from.x)) : 0;
  const float words = to.x - from.x - meters - 3.5f * out.em;

  std::string title = pack.text("techniques." + technique->id + ".name") + "  ·  " + pack.text(key + ".title");
  out.text(shortened_to(std::move(title), 1.15f * out.em, words), {from.x, from.y + 0.6f * out.em}, 1.15f, out.ui.text);
  const Mistake* mistake = chosen_mistake(state);
  const bool wrong = mistake && mistake->phase == phase.id;
  const std::string caption =
      wrong ? text.format("ui.technique.wrong",
                          {{"what", pack.say("techniques." + technique->id + ".mistakes." + mistake->claim.id)}})
            : pack.say(key);
  float y = from.y + 1.9f * out.em;
  for (const std::string& line : wrapped(caption, out.em, words, 2)) {
    out.text(line, {from.x, y}, 1, wrong ? out.ui.error : out.ui.text_quiet);
    y += 1.15f * out.em;
  }
  if (presses)
    write_pressure(out, {to.x - meters - 2.2f * out.em, from.y + 0.6f * out.em}, meters - out.em,
                   moment[Channel::pressure], text);
  if (phase.breathing)
    write_breath(out, {to.x - 1.2f * out.em, from.y + 1.2f * out.em}, moment, seconds, text);

  // Its time, phase by phase; the seconds are real ones, even where a hold passes quicker.
  const auto whole = static_cast<double>(timeline->seconds());
  const float clock = 7 * out.em, track = to.x - from.x - clock, bottom = to.y, top = to.y - 0.45f * out.em;
  const auto x_of = [&](double at) { return from.x + track * static_cast<float>(at / whole); };
  for (const TimelineSpan& each : timeline->spans()) {
    const double start = static_cast<double>(each.start_s), end = start + static_cast<double>(each.seconds);
    const glm::vec3 ink = timeline->phases()[each.phase].eases ? out.ui.good : out.ui.accent;
    const float gap = std::min(1.0f, 0.2f * (x_of(end) - x_of(start)));
    out.fill({x_of(start) + gap, top}, {x_of(end) - gap, bottom}, ink, 0.25f);
    out.fill({x_of(start) + gap, top}, {x_of(std::clamp(seconds, start, end)) - gap, bottom}, ink);
  }
  out.text(clock_text(seconds) + " / " + clock_text(whole), {to.x, (top + bottom) / 2}, 1, out.ui.text,
           FlatAlign::right);
}

void write_pain(Writer& out, const AppState& state, glm::vec2 from, glm::vec2 to, const Catalogue& text) {
  const TriggerPoint* point = chosen_point(state);
  if (!point)
    return;
  const ContentPack& pack = state.leg_content->pack();
  out.text(pack.text("points." + point->id + ".name"), {from.x, from.y + 0.6f * out.em}, 1.15f, out.ui.text);
  const double share = std::clamp(state.pain.seconds / pain_full_s, 0.0, 1.0);
  const float clock = 5 * out.em, track = to.x - from.x - clock, top = to.y - 0.45f * out.em;
  out.fill({from.x, top}, {from.x + track, to.y}, out.ui.accent, 0.25f);
  out.fill({from.x, top}, {from.x + track * static_cast<float>(share), to.y}, out.ui.accent);
  out.text(text.format("ui.pain.seconds", {{"value", fmt::format("{:.0f}", state.pain.seconds)}}),
           {to.x, (top + to.y) / 2}, 1, out.ui.text, FlatAlign::right);
}

} // namespace

std::vector<std::string> wrapped(std::string_view words, float line_px, float width_px, std::size_t most_lines) {
  std::vector<std::string> lines;
  std::string line;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    const std::string longer = line.empty() ? std::string(word) : line + " " + std::string(word);
    if (line.empty() || widest_text_px(longer, line_px) <= width_px) {
      line = longer;
      continue;
    }
    if (lines.size() + 1 == most_lines) { // all that is left goes here, as far as it fits
      line = longer + " " + std::string(words);
      break;
    }
    lines.push_back(std::move(line));
    line = word;
  }
  if (!line.empty() && lines.size() < most_lines)
    lines.push_back(shortened_to(std::move(line), line_px, width_px));
  return lines;
}

int caption_height(int picture_height) {
  return std::max(64, static_cast<int>(0.17f * static_cast<float>(picture_height)));
}

FlatDrawing film_caption(const AppState& state, glm::ivec2 size, const Catalogue& text) {
  FlatDrawing sheet{size, theme_of(state).ui.window, {}};
  const auto tall = static_cast<float>(caption_height(size.y));
  Writer out{sheet, theme_of(state).ui, tall / 6.2f};
  const glm::vec2 corner(static_cast<float>(size.x), static_cast<float>(size.y));
  out.fill({0, corner.y - tall}, corner, out.ui.panel, 0.94f);
  const glm::vec2 from(1.2f * out.em, corner.y - tall + 0.8f * out.em), to = corner - glm::vec2(1.2f, 0.8f) * out.em;
  if (const Technique* technique = chosen_technique(state)) {
    // A film shows to people who read no dialog what that dialog says.
    const float strip = 1.7f * out.em;
    out.fill({0, 0}, {corner.x, strip}, out.ui.panel, 0.8f);
    out.text(shortened_to(
                 text(technique->kind == TechniqueKind::press ? "ui.technique.warning" : "ui.technique.warning_moving"),
                 out.em, corner.x - 2 * out.em),
             {out.em, strip / 2}, 1, out.ui.warning);
    write_technique(out, state, from, to, text);
  } else
    write_pain(out, state, from, to, text);
  return sheet;
}

} // namespace calfscope
