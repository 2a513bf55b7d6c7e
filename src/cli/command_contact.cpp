// contact: how a technique's tool lies in the tissue of a leg, moment by moment.

#include "cli/command_line.h"
#include "cli/session.h"
#include "technique/contact_sweep.h"

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

// The worst of every moment, a row for each technique on each point that it is offered for.
bool print_report(const ContactLeg& leg, float step_s) {
  const ContentPack& pack = leg.content.pack();
  bool sound = true;
  std::puts("| technique | tool | point | moments | gap mm | in the tool mm | longest edge mm | beyond 3 radii mm | "
            "patch cm2 | dent mm | soleus gives way mm | zone |");
  std::puts("|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|");
  for (const Technique& technique : pack.techniques)
    for (const std::string& tool : technique.tools)
      for (const TechniquePoint& reached : technique.points) {
        if (!reached.offered)
          continue;
        const auto samples =
            sweep_contact(leg, technique, *pack.tool(tool), reached.point, {.samples = 3, .longest_s = step_s});
        ContactFit worst;
        float dent = 0, soleus = 0;
        std::string zone;
        for (const ContactSample& sample : samples) {
          worst.gap_mm = std::max(worst.gap_mm, sample.fit.gap_mm);
          worst.penetration_mm = std::max(worst.penetration_mm, sample.fit.penetration_mm);
          worst.longest_edge_mm = std::max(worst.longest_edge_mm, sample.fit.longest_edge_mm);
          worst.far_shift_mm = std::max(worst.far_shift_mm, sample.fit.far_shift_mm);
          worst.patch_cm2 = std::max(worst.patch_cm2, sample.fit.patch_cm2);
          dent = std::max(dent, sample.dent_mm);
          for (const LayerReached& layer : sample.layers)
            if (layer.structure == "soleus")
              soleus = std::max(soleus, layer.moved_mm);
          zone = sample.forbidden_zone.empty() ? zone : sample.forbidden_zone + "!";
          zone = zone.empty() ? sample.caution_zone : zone;
        }
        sound = sound && !samples.empty() && worst.gap_mm <= 1 && worst.penetration_mm <= 0.5f &&
                worst.longest_edge_mm <= 4 && worst.far_shift_mm <= 0 && !zone.ends_with('!');
        std::puts(
            fmt::format("| {} | {} | {} | {} | {:.2f} | {:.2f} | {:.1f} | {:.2f} | {:.1f} | {:.1f} | {:.1f} | {} |",
                        technique.id, tool, reached.point, samples.size(), worst.gap_mm, worst.penetration_mm,
                        worst.longest_edge_mm, worst.far_shift_mm, worst.patch_cm2, dent, soleus, zone)
                .c_str());
        std::fflush(stdout);
      }
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
  const ContactLeg leg{*state->atlas, state->leg_content->bound(), *ground};
  if (line.report) {
    if (!(line.step_s >= 0.02 && line.step_s <= 60))
      return wrong("--step", "seconds from 0.02 to 60 were expected");
    const bool sound = print_report(leg, static_cast<float>(line.step_s));
    if (!sound)
      std::fputs("calfscope: error: a tool does not touch, goes in too far, or comes into a forbidden zone\n", stderr);
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
  const auto samples = sweep_contact(leg, *technique, *pack.tool(technique->tools.front()), line.point, {});
  bool forbidden = false;
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
