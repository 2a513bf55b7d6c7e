// contact: how a technique's tool lies in the tissue of a leg, moment by moment.

#include "cli/command_line.h"
#include "cli/session.h"
#include "technique/contact_sweep.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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
  const auto coordinates = std::make_shared<const LegCoordinates>(*state->facts->coordinates);
  const auto ground = ContactGround::make(*state->atlas, coordinates);
  if (!ground) {
    std::fputs("calfscope: error: this model has no skin to touch\n", stderr);
    return ExitCode::input_has_faults;
  }
  const auto samples = sweep_contact({*state->atlas, state->leg_content->bound(), *ground}, *technique,
                                     *pack.tool(technique->tools.front()), line.point, 5);
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
