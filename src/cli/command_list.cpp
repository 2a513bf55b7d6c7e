#include "cli/command_line.h"
#include "cli/session.h"
#include "state/action.h"
#include "state/options.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace calfscope {
namespace {

using nlohmann::json;

json structures_of(const Atlas& atlas) {
  json list = json::array();
  for (const Structure& structure : atlas.structures)
    list.push_back({{"id", structure.id},
                    {"kind", id_of(structure.kind)},
                    {"name", structure.name},
                    {"latin", structure.latin},
                    {"fma", structure.fma},
                    {"synonyms", structure.synonyms},
                    {"triangles", structure.mesh->surface.triangles.size()},
                    {"source", structure.source}});
  return list;
}

json landmarks_of(const Atlas& atlas) {
  json list = json::array();
  for (const Landmark& landmark : atlas.landmarks)
    list.push_back({{"id", landmark.id},
                    {"position_mm", {landmark.position_mm.x, landmark.position_mm.y, landmark.position_mm.z}},
                    {"how", landmark.how}});
  return list;
}

json sources_of(const Atlas& atlas) {
  json list = json::array();
  for (std::size_t i = 0; i < atlas.sources.size(); ++i)
    list.push_back({{"id", "model_" + std::to_string(i + 1)}, {"text", atlas.sources[i]}});
  list.push_back({{"id", "licence"}, {"text", atlas.licence}});
  list.push_back({{"id", "attribution"}, {"text", atlas.attribution}});
  return list;
}

json sourced(const Claim& claim) {
  return {{"basis", claim.basis}, {"confidence", id_in(confidence_ids, claim.confidence)}};
}

json points_of(const LegContent& content) {
  json list = json::array();
  for (std::size_t i = 0; i < content.pack().points.size(); ++i) {
    const TriggerPoint& point = content.pack().points[i];
    const BoundPoint& place = content.bound().points()[i];
    json entry{{"id", point.id},         {"number", point.number},
               {"layer", point.layer},   {"name", content.pack().say("points." + point.id + ".name")},
               {"muscle", point.muscle}, {"placed", place.placed}};
    entry.update(sourced(point.site.claim));
    if (place.placed) {
      entry["place"] = {{"s", place.place.s}, {"a_deg", place.place.a_deg}, {"d_mm", place.d_mm}};
      entry["position_mm"] = {place.core_mm.x, place.core_mm.y, place.core_mm.z};
    }
    for (const auto& [key, pains] : {std::pair{"essential", &point.essential}, {"spillover", &point.spillover}})
      for (const ReferredPain& pain : *pains)
        entry[key].push_back(pain.region);
    list.push_back(std::move(entry));
  }
  return list;
}

json regions_of(const LegContent& content) {
  json list = json::array();
  const ContentPack& pack = content.pack();
  for (const Region& region : pack.regions) {
    json entry{{"id", region.id}, {"name", pack.say("regions." + region.id + ".name")}};
    entry.update(sourced(region.claim));
    if (region.shape.place != RegionPlace::off_model)
      entry["area_cm2"] = area_cm2(content.bound().places(), content.bound().region_weights_of(region.id));
    list.push_back(std::move(entry));
  }
  for (const RegionUnion& several : pack.unions)
    list.push_back(
        {{"id", several.id}, {"name", pack.say("regions." + several.id + ".name")}, {"union_of", several.of}});
  return list;
}

json zones_of(const ContentPack& pack) {
  json list = json::array();
  for (const NoPressZone& zone : pack.zones) {
    json entry{{"id", zone.id},
               {"kind", id_in(press_severity_ids, zone.severity)},
               {"name", pack.say("zones." + zone.id + ".name")},
               {"text", pack.say("zones." + zone.id + ".why")}};
    entry.update(sourced(zone.claim));
    list.push_back(std::move(entry));
  }
  return list;
}

json techniques_of(const ContentPack& pack) {
  json list = json::array();
  for (const Technique& technique : pack.techniques) {
    const std::string stem = "techniques." + technique.id;
    json entry{{"id", technique.id},
               {"kind", id_in(technique_kind_ids, technique.kind)},
               {"name", pack.say(stem + ".name")},
               {"text", pack.say(stem + ".summary")},
               {"tools", technique.tools},
               {"posture", technique.posture}};
    for (const TechniquePoint& reached : technique.points) {
      json way{
          {"reach", reached.reach}, {"offered", reached.offered}, {"why", pack.say(stem + ".points." + reached.point)}};
      if (!reached.posture.empty())
        way["posture"] = reached.posture;
      way.update(sourced(reached.claim));
      entry["points"][reached.point] = std::move(way);
    }
    for (const Phase& phase : technique.phases)
      entry["phases"].push_back({{"id", phase.id}, {"seconds", phase.seconds}, {"loops", phase.loops}});
    list.push_back(std::move(entry));
  }
  return list;
}

void add_sources(json& list, const ContentPack& pack) {
  for (const Source& source : pack.sources)
    list.push_back({{"id", source.id},
                    {"kind", source.kind},
                    {"text", source.citation},
                    {"locator", source.locator},
                    {"weak", source.weak}});
}

json views() {
  json list = json::array();
  for (const std::string_view id : view_ids)
    list.push_back({{"id", id}});
  return list;
}

std::string_view type_name(OptionType type) {
  switch (type) {
  case OptionType::boolean:
    return "boolean";
  case OptionType::number:
    return "number";
  case OptionType::choice:
    return "choice";
  case OptionType::texts:
    return "list";
  case OptionType::structure:
    return "structure";
  case OptionType::text:
    break;
  }
  return "text";
}

json options() {
  json list = json::array();
  for (const OptionInfo& option : option_table()) {
    json entry{{"id", option.id}, {"type", type_name(option.type)}, {"default", to_string(option_default(option))}};
    if (option.type == OptionType::number)
      entry["range"] = {option.lowest, option.highest};
    if (!option.choices.empty())
      entry["choices"] = std::vector<std::string>(option.choices.begin(), option.choices.end());
    if (!option.unit.empty())
      entry["unit"] = option.unit;
    list.push_back(std::move(entry));
  }
  return list;
}

json actions() {
  json list = json::array();
  for (const ActionInfo& action : action_table()) {
    json arguments = json::array();
    for (const ArgSpec& argument : action.args) {
      json entry{{"name", argument.name}, {"required", argument.required}};
      if (!argument.choices.empty())
        entry["choices"] = std::vector<std::string>(argument.choices.begin(), argument.choices.end());
      arguments.push_back(std::move(entry));
    }
    list.push_back({{"id", action.id}, {"arguments", arguments}});
  }
  return list;
}

// Columns a person reads: the id, then whatever short text the entry has.
void print_lines(const json& list) {
  std::size_t width = 0;
  for (const json& entry : list)
    width = std::max(width, entry.at("id").get_ref<const std::string&>().size());
  for (const json& entry : list) {
    std::string rest;
    for (const char* key : {"kind", "name", "fma", "type", "default", "unit", "text", "how"})
      if (entry.contains(key) && entry.at(key).is_string() && !entry.at(key).get_ref<const std::string&>().empty())
        rest += (rest.empty() ? "" : "  ") + entry.at(key).get<std::string>();
    if (entry.contains("choices"))
      rest += "  " + entry.at("choices").dump();
    if (entry.contains("range"))
      rest += "  " + entry.at("range").dump();
    for (const json& argument : entry.value("arguments", json::array()))
      rest += (rest.empty() ? "" : " ") + argument.at("name").get<std::string>() +
              (argument.at("required").get<bool>() ? "" : "?");
    std::printf("%-*s  %s\n", static_cast<int>(width), entry.at("id").get_ref<const std::string&>().c_str(),
                rest.c_str());
  }
}

} // namespace

ExitCode run_list(const CommandLine& line) {
  json list;
  if (line.kind == "views") {
    list = views();
  } else if (line.kind == "options") {
    list = options();
  } else if (line.kind == "actions") {
    list = actions();
  } else {
    IssueList issues;
    bool wrong_usage = false;
    const auto state = start_session(line, {}, issues, wrong_usage);
    const ExitCode code = report(issues);
    if (!state)
      return wrong_usage ? ExitCode::wrong_usage : code;
    if (line.kind == "structures")
      list = structures_of(*state->atlas);
    else if (line.kind == "landmarks")
      list = landmarks_of(*state->atlas);
    else if (line.kind == "sources") {
      list = sources_of(*state->atlas);
      add_sources(list, *state->content);
    } else if (line.kind == "zones")
      list = zones_of(*state->content);
    else if (line.kind == "techniques")
      list = techniques_of(*state->content);
    else if (!state->leg_content) {
      std::fputs("calfscope: error: this model has no leg levels, so nothing can be placed on it\n", stderr);
      return ExitCode::input_has_faults;
    } else
      list = line.kind == "points" ? points_of(*state->leg_content) : regions_of(*state->leg_content);
  }
  if (line.json)
    std::puts(list.dump(2).c_str());
  else
    print_lines(list);
  return ExitCode::ok;
}

} // namespace calfscope
