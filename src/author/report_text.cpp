// The author's report for people (Markdown) and for programs (JSON).

#include "author/report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

std::string yes(bool value) {
  return value ? "yes" : "NO";
}

std::string or_blank(const std::optional<double>& value) {
  return value ? fmt::format("{:.1f}", *value) : "";
}

std::string distance_cells(const std::optional<SurfaceDistance>& distance) {
  return distance ? fmt::format("{:.2f} | {:.1f}", distance->mean_mm, distance->p95_mm) : " | ";
}

std::string structures_text(const AuthorReport& report) {
  std::string out = "| structure | cm3 | length mm | largest section mm2 | at s | triangles | closed | manifold | "
                    "pieces | tunnels | smallest angle | outside skin mm |\n"
                    "|---|---:|---:|---:|---:|---:|---|---|---:|---:|---:|---:|\n";
  for (const StructureReport& s : report.structures)
    out +=
        fmt::format("| {} | {:.2f} | {:.0f} | {:.0f} | {:.2f} | {} | {} | {} | {} | {} | {:.0f} | {:.1f} |\n", s.id,
                    s.volume_cm3, s.length_mm, s.largest_section_mm2, s.largest_section_s, s.triangles, yes(s.closed),
                    yes(s.manifold && s.outward), s.pieces, s.tunnels, s.smallest_angle_deg, s.outside_skin_mm);
  return out + fmt::format("\nTriangles in all: {}\n", report.triangles);
}

std::string volumes_text(const AuthorReport& report) {
  std::string out = "\n## Volumes against published ones\n\n| muscle | cm3 | published | off % | reference cm3 | "
                    "published where |\n|---|---:|---:|---:|---:|---|\n";
  for (const StructureReport& s : report.structures)
    if (s.declared_cm3)
      out += fmt::format("| {} | {:.1f} | {:.0f} | {:+.1f} | {} | {} |\n", s.id, s.volume_cm3, *s.declared_cm3,
                         100 * (s.volume_cm3 / *s.declared_cm3 - 1), or_blank(s.reference_cm3), s.declared_source);
  return out + fmt::format("\nBelly ends, s: medial head {:.3f}, lateral head {:.3f}, soleus {:.3f}\n",
                           report.belly_ends.gastrocnemius_medial, report.belly_ends.gastrocnemius_lateral,
                           report.belly_ends.soleus);
}

std::string girths_text(const AuthorReport& report) {
  if (report.girths.empty())
    return "";
  std::string out = "\n## Girths of the skin\n\n| y mm | declared mm | found mm |\n|---:|---:|---:|\n";
  for (const GirthReport& g : report.girths)
    out += fmt::format("| {:.0f} | {:.0f} | {:.1f} |\n", g.y_mm, g.declared_mm, g.found_mm);
  return out;
}

std::string overlaps_text(const AuthorReport& report) {
  std::string out = "\n## Overlaps\n\n| between | and | deepest mm | vertices |\n|---|---|---:|---:|\n";
  for (const OverlapReport& o : report.overlaps)
    out += fmt::format("| {} | {} | {:.2f} | {} |\n", o.first, o.second, o.deepest_mm, o.vertices);
  return report.overlaps.empty() ? out + "| none | | | |\n" : out;
}

std::string reference_text(const AuthorReport& report) {
  std::string out = "\n## Against the reference\n\n";
  if (!report.reference_absent.empty())
    return out + "Not compared: " + report.reference_absent + ".\n";
  out +=
      "| structure | cm3 | reference cm3 | fit kept beside, mean mm | 95 % | sections before sizing, mean mm | 95 % | "
      "finished, mean mm | 95 % |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n";
  for (const StructureReport& s : report.structures)
    if (s.to_reference)
      out += fmt::format("| {} | {:.1f} | {} | {} | {} | {} |\n", s.id, s.volume_cm3, or_blank(s.reference_cm3),
                         distance_cells(s.fit_distance), distance_cells(s.sections_distance),
                         distance_cells(s.to_reference));
  out += "\n| landmark | group | off by mm |\n|---|---|---:|\n";
  for (const LandmarkReport& landmark : report.landmarks)
    out += fmt::format("| {} | {} | {:.1f} |\n", landmark.id, landmark.group, landmark.off_mm);
  return out;
}

nlohmann::json to_json(const SurfaceDistance& distance) {
  return {{"mean_mm", distance.mean_mm}, {"p95_mm", distance.p95_mm}};
}

nlohmann::json to_json(const StructureReport& s) {
  nlohmann::json one{{"id", s.id},
                     {"kind", id_of(s.kind)},
                     {"volume_cm3", s.volume_cm3},
                     {"length_mm", s.length_mm},
                     {"largest_section_mm2", s.largest_section_mm2},
                     {"largest_section_s", s.largest_section_s},
                     {"triangles", s.triangles},
                     {"closed", s.closed},
                     {"manifold", s.manifold},
                     {"outward", s.outward},
                     {"pieces", s.pieces},
                     {"tunnels", s.tunnels},
                     {"smallest_angle_deg", s.smallest_angle_deg},
                     {"outside_skin_mm", s.outside_skin_mm}};
  if (s.declared_cm3) {
    one["declared_cm3"] = *s.declared_cm3;
    one["declared_source"] = s.declared_source;
  }
  if (s.reference_cm3)
    one["reference_cm3"] = *s.reference_cm3;
  if (s.to_reference)
    one["to_reference"] = to_json(*s.to_reference);
  if (s.fit_distance)
    one["fit_kept_beside"] = to_json(*s.fit_distance);
  if (s.sections_distance)
    one["sections_before_sizing"] = to_json(*s.sections_distance);
  return one;
}

} // namespace

std::string to_text(const AuthorReport& report) {
  return structures_text(report) + volumes_text(report) + reference_text(report) + girths_text(report) +
         overlaps_text(report);
}

std::string to_json_text(const AuthorReport& report) {
  using nlohmann::json;
  json structures = json::array();
  for (const StructureReport& s : report.structures)
    structures.push_back(to_json(s));
  json girths = json::array();
  for (const GirthReport& g : report.girths)
    girths.push_back({{"y_mm", g.y_mm}, {"declared_mm", g.declared_mm}, {"found_mm", g.found_mm}});
  json overlaps = json::array();
  for (const OverlapReport& o : report.overlaps)
    overlaps.push_back(
        {{"first", o.first}, {"second", o.second}, {"deepest_mm", o.deepest_mm}, {"vertices", o.vertices}});
  json landmarks = json::array();
  for (const LandmarkReport& l : report.landmarks)
    landmarks.push_back({{"id", l.id}, {"group", l.group}, {"off_mm", l.off_mm}});
  const json ends{{"gastrocnemius_medial", report.belly_ends.gastrocnemius_medial},
                  {"gastrocnemius_lateral", report.belly_ends.gastrocnemius_lateral},
                  {"soleus", report.belly_ends.soleus}};
  return json{{"structures", structures},
              {"girths", girths},
              {"overlaps", overlaps},
              {"landmarks", landmarks},
              {"reference_absent", report.reference_absent},
              {"belly_ends_s", ends},
              {"triangles", report.triangles}}
             .dump(2) +
         "\n";
}

} // namespace calfscope
