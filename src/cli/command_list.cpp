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
    else
      list = sources_of(*state->atlas);
  }
  if (line.json)
    std::puts(list.dump(2).c_str());
  else
    print_lines(list);
  return ExitCode::ok;
}

} // namespace calfscope
