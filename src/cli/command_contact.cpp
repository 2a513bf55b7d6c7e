// contact: how a technique's tool lies in the tissue of a leg, moment by moment.

#include "cli/command_line.h"
#include "cli/session.h"
#include "technique/contact_sweep.h"
#include "technique/leg_under_tool.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace calfscope {
namespace {

using nlohmann::json;

ExitCode wrong(std::string key, std::string message) {
  IssueList issues;
  issues.error("", 0, std::move(key), std::move(message));
  report(issues);
  return ExitCode::wrong_usage;
}

json json_of(const ContactSample& sample) {
  json layers = json::array();
  for (const LayerReached& layer : sample.layers)
    layers.push_back({{"id", layer.structure}, {"depth_mm", layer.depth_mm}, {"moved_mm", layer.moved_mm}});
  return {{"time_s", sample.time_s},
          {"phase", sample.phase},
          {"pressure", sample.pressure},
          {"s", sample.place.s},
          {"a_deg", sample.place.a_deg},
          {"dent_mm", sample.dent_mm},
          {"thickness_mm", sample.thickness_mm},
          {"gap_mm", sample.fit.gap_mm},
          {"penetration_mm", sample.fit.penetration_mm},
          {"longest_edge_mm", sample.fit.longest_edge_mm},
          {"patch_cm2", sample.fit.patch_cm2},
          {"forbidden_zone", sample.forbidden_zone},
          {"caution_zone", sample.caution_zone},
          {"layers", layers}};
}

void print_line(const ContactSample& sample) {
  std::string layers;
  for (const LayerReached& layer : sample.layers)
    layers += fmt::format("{}{} {:.1f}", layers.empty() ? "" : ", ", layer.structure, layer.moved_mm);
  std::printf("%7.1f  %-10s %4.1f  %5.2f %+5.0f  %5.1f %6.2f %6.2f %6.1f  %-18s %s\n", sample.time_s,
              sample.phase.c_str(), sample.pressure, sample.place.s, sample.place.a_deg, sample.dent_mm,
              sample.fit.gap_mm, sample.fit.penetration_mm, sample.fit.patch_cm2,
              (sample.forbidden_zone.empty() ? sample.caution_zone : sample.forbidden_zone + "!").c_str(),
              layers.c_str());
}

// The worst of every moment of a technique on a point that it is offered for.
struct ReportRow {
  std::string technique, tool, point;
  std::string in_the_way; // a zone: on this leg the technique is refused there
  std::size_t moments = 0;
  ContactFit worst;
  float layer_outside_mm = 0;
  std::string layer_outside;
  bool finite = true;
  float dent_mm = 0, soleus_mm = 0;
  std::string zone; // forbidden with an exclamation mark

  bool sound() const {
    return !in_the_way.empty() ||
           (moments > 0 && worst.gap_mm <= 1 && worst.penetration_mm <= 0.5f && worst.longest_edge_mm <= 4 &&
            worst.far_shift_mm <= 0 && layer_outside_mm <= 0.5f && finite && !zone.ends_with('!'));
  }
};

void take(ReportRow& row, const ContactSample& sample) {
  ++row.moments;
  row.worst.gap_mm = std::max(row.worst.gap_mm, sample.fit.gap_mm);
  row.worst.penetration_mm = std::max(row.worst.penetration_mm, sample.fit.penetration_mm);
  row.worst.longest_edge_mm = std::max(row.worst.longest_edge_mm, sample.fit.longest_edge_mm);
  row.worst.far_shift_mm = std::max(row.worst.far_shift_mm, sample.fit.far_shift_mm);
  row.worst.patch_cm2 = std::max(row.worst.patch_cm2, sample.fit.patch_cm2);
  if (sample.layer_outside_mm > row.layer_outside_mm) {
    row.layer_outside_mm = sample.layer_outside_mm;
    row.layer_outside = sample.layer_outside;
  }
  row.finite = row.finite && sample.finite;
  row.dent_mm = std::max(row.dent_mm, sample.dent_mm);
  for (const LayerReached& layer : sample.layers)
    if (layer.structure == "soleus")
      row.soleus_mm = std::max(row.soleus_mm, layer.moved_mm);
  if (!sample.forbidden_zone.empty())
    row.zone = sample.forbidden_zone + "!";
  else if (row.zone.empty())
    row.zone = sample.caution_zone;
}

json json_of(const ReportRow& row) {
  return {{"technique", row.technique},
          {"tool", row.tool},
          {"point", row.point},
          {"not_on_this_leg", row.in_the_way},
          {"moments", row.moments},
          {"gap_mm", row.worst.gap_mm},
          {"penetration_mm", row.worst.penetration_mm},
          {"longest_edge_mm", row.worst.longest_edge_mm},
          {"far_shift_mm", row.worst.far_shift_mm},
          {"patch_cm2", row.worst.patch_cm2},
          {"layer_outside_mm", row.layer_outside_mm},
          {"layer_outside", row.layer_outside},
          {"finite", row.finite},
          {"dent_mm", row.dent_mm},
          {"soleus_mm", row.soleus_mm},
          {"zone", row.zone},
          {"sound", row.sound()}};
}

void print_row(const ReportRow& row) {
  if (!row.in_the_way.empty()) {
    std::puts(fmt::format("| {} | {} | {} | not on this leg: {} | | | | | | | | | |", row.technique, row.tool,
                          row.point, row.in_the_way)
                  .c_str());
    return;
  }
  std::puts(fmt::format("| {} | {} | {} | {} | {:.2f} | {:.2f} | {:.1f} | {:.2f} | {:.2f} {} | {:.1f} | {:.1f} | "
                        "{:.1f} | {} |",
                        row.technique, row.tool, row.point, row.moments, row.worst.gap_mm, row.worst.penetration_mm,
                        row.worst.longest_edge_mm, row.worst.far_shift_mm, row.layer_outside_mm, row.layer_outside,
                        row.worst.patch_cm2, row.dent_mm, row.soleus_mm, row.zone)
                .c_str());
  std::fflush(stdout);
}

// A row for each technique and tool on each point that it is offered for; whether all of them are sound.
bool print_report(const ContactLeg& leg, float step_s, bool as_json) {
  const ContentPack& pack = leg.content.pack();
  bool sound = true;
  json list = json::array();
  if (!as_json) {
    std::puts("| technique | tool | point | moments | gap mm | in the tool mm | longest edge mm | beyond 3 radii mm | "
              "layer outside mm | patch cm2 | dent mm | soleus gives way mm | zone |");
    std::puts("|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|");
  }
  for (const Technique& technique : pack.techniques)
    for (const std::string& tool : technique.tools)
      for (const TechniquePoint& reached : technique.points) {
        if (!reached.offered)
          continue;
        ReportRow row;
        row.technique = technique.id;
        row.tool = tool;
        row.point = reached.point;
        if (const NoPressZone* zone = zone_in_the_way(leg, technique, reached.point))
          row.in_the_way = zone->id;
        else
          for (const ContactSample& sample : sweep_contact(leg, technique, *pack.tool(tool), reached.point,
                                                           {.samples = 3, .longest_s = step_s, .boundaries = true}))
            take(row, sample);
        sound = sound && row.sound();
        if (as_json)
          list.push_back(json_of(row));
        else
          print_row(row);
      }
  if (as_json)
    std::puts(list.dump(2).c_str());
  return sound;
}

} // namespace

ExitCode run_contact(const CommandLine& line) {
  IssueList issues;
  bool wrong_usage = false;
  const auto state = start_session(line, {}, issues, wrong_usage);
  if (state && !state->leg_content)
    issues.error(state->atlas->id, 0, "", "this model has no leg levels, so nothing can be placed on it");
  const ExitCode code = report(issues);
  if (!state || !state->leg_content)
    return wrong_usage ? ExitCode::wrong_usage : std::max(code, ExitCode::input_has_faults);
  const ContentPack& pack = state->leg_content->pack();
  const auto coordinates = std::make_shared<const LegCoordinates>(*state->facts->coordinates);
  const auto ground = ContactGround::make(*state->atlas, coordinates);
  if (!ground) {
    std::fputs("calfscope: error: this model has no skin to touch\n", stderr);
    return ExitCode::input_has_faults;
  }
  const FleshBelow flesh = FleshBelow::of(*state->atlas, *coordinates);
  const ContactLeg leg{*state->atlas, state->leg_content->bound(), *ground, &flesh};
  if (line.report) {
    if (!(line.step_s >= 0.02 && line.step_s <= 60))
      return wrong("--step", "seconds from 0.02 to 60 were expected");
    const bool sound = print_report(leg, static_cast<float>(line.step_s), line.json);
    if (!sound)
      std::fputs(
          "calfscope: error: a tool does not touch, goes in too far, lets a layer out or comes into a forbidden zone\n",
          stderr);
    return sound ? ExitCode::ok : ExitCode::input_has_faults;
  }
  if (line.technique.empty() || line.point.empty())
    return wrong("--technique", "name a technique and a --point, or ask for the --report of all");
  const Technique* technique = pack.technique(line.technique);
  if (!technique)
    return wrong("--technique",
                 fmt::format("there is no technique \"{}\"; `list techniques` names them", line.technique));
  if (technique->tools.empty())
    return wrong("--technique", fmt::format("\"{}\" uses no tool, so nothing touches", line.technique));
  const TechniquePoint* reached = technique->reached(line.point);
  if (!reached)
    return wrong("--point", fmt::format("\"{}\" has no point \"{}\"; `list techniques --json` names them",
                                        line.technique, line.point));
  if (!reached->offered) {
    std::fprintf(stderr, "calfscope: error: %s is not offered for %s: %s\n", line.technique.c_str(), line.point.c_str(),
                 pack.say("techniques." + technique->id + ".points." + line.point).c_str());
    return ExitCode::input_has_faults;
  }
  const NoPressZone* zone = zone_in_the_way(leg, *technique, line.point);
  if (zone)
    std::fprintf(stderr, "calfscope: error: %s cannot be done for %s on this leg: it would press in %s\n",
                 line.technique.c_str(), line.point.c_str(), zone->id.c_str());
  const auto samples = sweep_contact(leg, *technique, *pack.tool(technique->tools.front()), line.point, {});
  bool forbidden = zone != nullptr;
  json list = json::array();
  if (!line.json)
    std::puts(
        "   time  phase    of 10      s     a   dent    gap     in  patch  zone               layers give way, mm");
  for (const ContactSample& sample : samples) {
    forbidden = forbidden || !sample.forbidden_zone.empty();
    if (line.json)
      list.push_back(json_of(sample));
    else
      print_line(sample);
  }
  if (line.json)
    std::puts(list.dump(2).c_str());
  if (forbidden)
    std::fputs("calfscope: error: the tool enters a zone where nothing may press\n", stderr);
  return forbidden ? ExitCode::input_has_faults : ExitCode::ok;
}

} // namespace calfscope
