// painmap, lookup, locate: what trigger points mean for a leg, in numbers and words.

#include "cli/command_line.h"
#include "cli/session.h"
#include "content/locate.h"
#include "state/paint_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cstdio>

namespace calfscope {
namespace {

using nlohmann::json;

// A session whose leg can carry places, or the exit code that says why there is none.
struct Opened {
  std::optional<AppState> state;
  ExitCode code = ExitCode::ok;
};

Opened open(const CommandLine& line) {
  Opened out;
  IssueList issues;
  bool wrong_usage = false;
  out.state = start_session(line, {}, issues, wrong_usage);
  if (out.state && !out.state->leg_content) {
    issues.error(out.state->atlas->id, 0, "", "this model has no leg levels, so nothing can be placed on it");
    out.state.reset();
  }
  const ExitCode code = report(issues);
  if (!out.state)
    out.code = wrong_usage ? ExitCode::wrong_usage : std::max(code, ExitCode::input_has_faults);
  return out;
}

ExitCode wrong(std::string key, std::string message) {
  IssueList issues;
  issues.error("", 0, std::move(key), std::move(message));
  report(issues);
  return ExitCode::wrong_usage;
}

// wrong_usage if there is no such point, input_has_faults if this leg has no place for it.
ExitCode check_point(const AppState& state, const std::string& id) {
  const BoundPoint* place = state.leg_content->bound().point(id);
  if (!place)
    return wrong("--point", fmt::format("there is no trigger point \"{}\"; `list points` names them", id));
  if (place->placed)
    return ExitCode::ok;
  std::fprintf(stderr, "calfscope: error: the point \"%s\" has no place in this leg\n", id.c_str());
  return ExitCode::input_has_faults;
}

json regions_reached(const LegContent& content, const PainMap& map) {
  json list = json::array();
  const SkinPlaces& places = content.bound().places();
  for (const Region& region : content.pack().regions) {
    if (region.shape.place == RegionPlace::off_model)
      continue;
    const std::vector<float> weights = content.bound().region_weights_of(region.id);
    double hurting = 0, whole = 0;
    float arrival = std::numeric_limits<float>::infinity();
    for (std::size_t v = 0; v < weights.size(); ++v) {
      const float pain = std::max(map.essential[v], map.spillover[v]);
      const double area = static_cast<double>(weights[v]) * places.vertices[v].area_mm2;
      whole += area;
      hurting += area * pain;
      if (weights[v] > 0.5f && pain > 0.5f)
        arrival = std::min(arrival, map.arrival_mm[v]);
    }
    if (whole <= 0 || hurting < 0.2 * whole)
      continue;
    list.push_back({{"id", region.id},
                    {"share", hurting / whole},
                    {"arrival_mm", std::isfinite(arrival) ? json(arrival) : json(nullptr)}});
  }
  return list;
}

std::string centimetres(float mm) {
  return fmt::format("{:.1f} cm (about {:.0f} finger-widths)", mm / 10, std::abs(mm) / finger_width_mm);
}

} // namespace

ExitCode run_painmap(const CommandLine& line) {
  const Opened opened = open(line);
  if (!opened.state)
    return opened.code;
  if (const ExitCode code = check_point(*opened.state, line.point); code != ExitCode::ok)
    return code;
  const LegContent& content = *opened.state->leg_content;
  const PainMap* map = content.bound().pain_map(line.point);
  if (!map) {
    std::fputs("calfscope: error: no distances can be measured along the skin of this model\n", stderr);
    return ExitCode::input_has_faults;
  }
  const SkinPlaces& places = content.bound().places();
  const json out{{"id", line.point},
                 {"side", id_of(opened.state->document.side)},
                 {"essential_cm2", area_cm2(places, map->essential)},
                 {"spillover_cm2", area_cm2(places, map->spillover)},
                 {"farthest_mm", map->farthest_mm},
                 {"regions", regions_reached(content, *map)}};
  if (line.json) {
    std::puts(out.dump(2).c_str());
    return ExitCode::ok;
  }
  std::printf("%s\nessential %.0f cm2, spillover %.0f cm2, farthest %.0f mm along the skin\n",
              content.pack().say("points." + line.point + ".name").c_str(), out["essential_cm2"].get<double>(),
              out["spillover_cm2"].get<double>(), out["farthest_mm"].get<double>());
  for (const json& region : out["regions"])
    std::printf("  %-24s %3.0f %%  %s\n", region["id"].get_ref<const std::string&>().c_str(),
                100 * region["share"].get<double>(),
                region["arrival_mm"].is_null()
                    ? ""
                    : fmt::format("reached after {:.0f} mm", region["arrival_mm"].get<double>()).c_str());
  return ExitCode::ok;
}

ExitCode run_lookup(const CommandLine& line) {
  if (line.at.empty() == (line.zones.empty() && line.paint.empty()))
    return wrong("lookup", "give either --at s,a, or --zone ID, as often as needed, and --paint FILE");
  if (!(line.radius_mm >= 5 && line.radius_mm <= 100))
    return wrong("--radius", "5 to 100 mm is possible");
  const Opened opened = open(line);
  if (!opened.state)
    return opened.code;
  const LegContent& content = *opened.state->leg_content;
  const ContentPack& pack = content.pack();
  std::vector<float> painted;
  if (!line.at.empty()) {
    LegPlace place;
    const char* end = line.at.data() + line.at.size();
    const auto s = std::from_chars(line.at.data(), end, place.s);
    if (s.ec != std::errc() || s.ptr == end || *s.ptr != ',')
      return wrong("--at", "\"" + line.at + "\" is no place; s,a was expected, as 0.62,14");
    const auto a = std::from_chars(s.ptr + 1, end, place.a_deg);
    if (a.ec != std::errc() || a.ptr != end || !(place.s >= -0.36f && place.s <= 1.3f) ||
        !(std::abs(place.a_deg) <= 180))
      return wrong("--at", "\"" + line.at + "\" is no place; s -0.36 to 1.3 and a -180 to 180 were expected");
    painted = painted_at(content.bound(), place, static_cast<float>(line.radius_mm));
  } else {
    for (const std::string& id : line.zones)
      if (pack.regions_named(id).empty())
        return wrong("--zone", fmt::format("there is no region \"{}\"; `list regions` names them", id));
    painted = painted_regions(content.bound(), line.zones);
  }
  if (!line.paint.empty()) {
    IssueList issues;
    const auto by_hand = load_painted(line.paint, content.bound().places(), issues);
    report(issues);
    if (!by_hand)
      return ExitCode::input_has_faults;
    const std::vector<float> weights = painted_weights(content.bound().places(), *by_hand);
    for (std::size_t v = 0; v < weights.size(); ++v)
      painted[v] = std::max(painted[v], weights[v]);
  }
  const LookupResult found = look_up(content.bound(), painted);
  const auto name = [&](const LookupEntry& entry) {
    return pack.say((entry.look_alike ? "look_alikes." : "points.") + entry.id + ".name");
  };
  if (line.json) {
    json list = json::array();
    for (const LookupEntry& entry : found.entries)
      list.push_back({{"id", entry.id},
                      {"kind", entry.look_alike ? "look_alike" : "point"},
                      {"name", name(entry)},
                      {"overlap", entry.overlap.explained},
                      {"covered", entry.overlap.covered},
                      {"score", entry.overlap.score}});
    std::puts(list.dump(2).c_str());
    return ExitCode::ok;
  }
  std::puts("First, before anything else:");
  for (const RedFlag& flag : pack.red_flags)
    std::printf("  - %s\n", pack.say("red_flags." + flag.claim.id + ".question").c_str());
  std::puts("If any answer is yes, get medical help first. \"No\" to all does not mean that all is well.\n");
  std::puts("What overlaps the pain (an overlap of areas, not a likelihood and not a diagnosis):");
  for (const LookupEntry& entry : found.entries)
    std::printf("  %3.0f %%  %-34s %s\n", 100.0 * static_cast<double>(entry.overlap.explained), entry.id.c_str(),
                name(entry).c_str());
  if (!found.telling_test.empty())
    std::printf("What would tell the first two apart: %s\n",
                pack.say("tests." + found.telling_test + ".question").c_str());
  return ExitCode::ok;
}

ExitCode run_locate(const CommandLine& line) {
  if (line.leg_length_mm && !(*line.leg_length_mm >= 340 && *line.leg_length_mm <= 450))
    return wrong("--leg-length", "340 to 450 mm is possible");
  const Opened opened = open(line);
  if (!opened.state)
    return opened.code;
  if (const ExitCode code = check_point(*opened.state, line.point); code != ExitCode::ok)
    return code;
  const AppState& state = *opened.state;
  const ContentPack& pack = state.leg_content->pack();
  const auto found = locate(state.leg_content->bound(), *state.facts->coordinates, line.point,
                            static_cast<float>(line.leg_length_mm.value_or(0)));
  if (!found) {
    std::fprintf(stderr, "calfscope: error: \"%s\" lies on the foot; only points of the leg can be located so far\n",
                 line.point.c_str());
    return ExitCode::input_has_faults;
  }
  if (line.json) {
    std::puts(json{{"id", line.point},
                   {"leg_length_mm", found->leg_length_mm},
                   {"above_heel_mm", found->above_heel_mm},
                   {"below_crease_mm", found->below_crease_mm},
                   {"off_midline_mm", found->off_midline_mm},
                   {"towards", found->medial ? "medial" : "lateral"},
                   {"depth_mm", found->depth_mm},
                   {"tolerance_along_mm", found->tolerance_along_mm},
                   {"tolerance_around_mm", found->tolerance_around_mm}}
                  .dump(2)
                  .c_str());
    return ExitCode::ok;
  }
  std::printf("%s\n%s\n", pack.say("points." + line.point + ".name").c_str(),
              pack.say("points." + line.point + ".where").c_str());
  std::printf("From where the Achilles tendon meets the heel bone: up %s.\n",
              centimetres(found->above_heel_mm).c_str());
  std::printf("From the crease behind the knee: %s %s.\n", found->below_crease_mm >= 0 ? "down" : "up",
              centimetres(std::abs(found->below_crease_mm)).c_str());
  std::printf("From the middle of the calf: %s to the %s side.\n", centimetres(found->off_midline_mm).c_str(),
              found->medial ? "inner" : "outer");
  std::printf("It may well lie %.0f cm higher or lower and %.0f cm to either side: feel for the tender spot.\n",
              static_cast<double>(found->tolerance_along_mm) / 10,
              std::max(1.0, static_cast<double>(found->tolerance_around_mm) / 10));
  return ExitCode::ok;
}

} // namespace calfscope
