#include "author/report.h"

#include "author/description.h"
#include "author/skin.h"
#include "geometry/mesh_inspection.h"
#include "geometry/parallel.h"
#include "geometry/plane_section.h"
#include "geometry/ray_scene.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <mutex>

namespace calfscope {
namespace {

constexpr float deepest_sought_mm = 40;

RayScene scene_of(const Structure& structure) {
  RayScene scene;
  scene.add(structure.mesh->surface.positions, structure.mesh->surface.triangles);
  scene.commit();
  return scene;
}

StructureReport measured(const Structure& structure, float insertion_y) {
  const TriMesh mesh = weld(structure.mesh->surface, 0); // seams of attributes are no open edges
  const MeshInspection found = inspect(mesh);
  const Bounds box = bounds_of(mesh);
  StructureReport out;
  out.id = structure.id;
  out.kind = structure.kind;
  out.triangles = found.triangles;
  out.volume_cm3 = found.volume_mm3 / 1000;
  out.length_mm = std::max({box.size().x, box.size().y, box.size().z});
  out.closed = found.closed();
  out.manifold = found.manifold();
  out.outward = found.outward();
  out.pieces = found.pieces;
  constexpr int levels = 40;
  for (int n = 1; n < levels; ++n) {
    const Plane plane{{0, 1, 0}, box.lower.y + box.size().y * static_cast<float>(n) / levels};
    const double area = outline_area_mm2(section_outlines(mesh, plane), plane);
    if (area > out.largest_section_mm2) {
      out.largest_section_mm2 = area;
      out.largest_section_s = plane.offset_mm / insertion_y;
    }
  }
  return out;
}

double outside_of(const Structure& structure, const RayScene& skin) {
  double furthest = 0;
  for (const glm::vec3 p : structure.mesh->surface.positions)
    if (!skin.inside(p, 0))
      if (const auto nearest = skin.nearest(p, deepest_sought_mm))
        furthest = std::max(furthest, static_cast<double>(nearest->distance_mm));
  return furthest;
}

bool apart(const Bounds& a, const Bounds& b) {
  return glm::any(glm::greaterThan(a.lower, b.upper)) || glm::any(glm::lessThan(a.upper, b.lower));
}

// Vertices of one inside the other.
void add_depth(OverlapReport& overlap, const Structure& points, const RayScene& body, const Bounds& box) {
  for (const glm::vec3 p : points.mesh->surface.positions) {
    if (glm::any(glm::lessThan(p, box.lower)) || glm::any(glm::greaterThan(p, box.upper)) || !body.inside(p, 0))
      continue;
    const auto nearest = body.nearest(p, deepest_sought_mm);
    const double depth = nearest ? static_cast<double>(nearest->distance_mm) : 0;
    if (depth > 0.05) {
      ++overlap.vertices;
      overlap.deepest_mm = std::max(overlap.deepest_mm, depth);
    }
  }
}

bool takes_room(Kind kind) {
  return kind == Kind::bone || kind == Kind::muscle || kind == Kind::tendon;
}

std::vector<OverlapReport> overlaps_in(const Atlas& atlas, const std::vector<RayScene>& scenes) {
  std::vector<Bounds> boxes;
  for (const Structure& structure : atlas.structures)
    boxes.push_back(bounds_of(structure.mesh->surface));
  std::vector<OverlapReport> out;
  std::mutex guard;
  const int count = static_cast<int>(atlas.structures.size());
  parallel_for(0, count, [&](int index) {
    const auto a = static_cast<std::size_t>(index);
    if (!takes_room(atlas.structures[a].kind))
      return;
    for (std::size_t b = a + 1; b < atlas.structures.size(); ++b) {
      if (!takes_room(atlas.structures[b].kind) || apart(boxes[a], boxes[b]))
        continue;
      OverlapReport overlap{atlas.structures[a].id, atlas.structures[b].id, 0, 0};
      add_depth(overlap, atlas.structures[a], scenes[b], boxes[b]);
      add_depth(overlap, atlas.structures[b], scenes[a], boxes[a]);
      if (overlap.vertices == 0)
        continue;
      const std::scoped_lock lock(guard);
      out.push_back(std::move(overlap));
    }
  });
  std::sort(out.begin(), out.end(), [](const OverlapReport& a, const OverlapReport& b) {
    return a.deepest_mm != b.deepest_mm ? a.deepest_mm > b.deepest_mm
                                        : std::tie(a.first, a.second) < std::tie(b.first, b.second);
  });
  return out;
}

std::string yes(bool value) {
  return value ? "yes" : "NO";
}

} // namespace

std::optional<AuthorReport> report_on(const Atlas& atlas, const std::optional<std::filesystem::path>& description,
                                      IssueList& issues) {
  std::optional<AnatomyDescription> declared;
  if (description) {
    declared = read_anatomy(*description, issues);
    if (!declared)
      return std::nullopt;
  }
  const float insertion_y = atlas.landmark("calcaneal_tendon_insertion_centre").value_or(glm::vec3(0, -407.5f, 0)).y;
  AuthorReport report;
  report.belly_ends = atlas.belly_ends;
  const std::size_t count = atlas.structures.size();
  report.structures.resize(count);
  std::vector<RayScene> scenes(count);
  parallel_for(0, static_cast<int>(count), [&](int index) {
    const auto n = static_cast<std::size_t>(index);
    scenes[n] = scene_of(atlas.structures[n]);
    report.structures[n] = measured(atlas.structures[n], insertion_y);
  });
  for (StructureReport& one : report.structures) {
    report.triangles += one.triangles;
    const StructureDescription* what = declared ? declared->find(one.id) : nullptr;
    if (what != nullptr && what->packing)
      one.declared_cm3 = what->packing->volume_cm3;
  }
  if (const int skin = atlas.index_of("skin"); skin >= 0) {
    const auto s = static_cast<std::size_t>(skin);
    parallel_for(0, static_cast<int>(count), [&](int index) {
      const auto n = static_cast<std::size_t>(index);
      if (n != s)
        report.structures[n].outside_skin_mm = outside_of(atlas.structures[n], scenes[s]);
    });
    if (declared)
      for (const glm::vec2 girth : declared->skin.girths)
        report.girths.push_back({girth.x, girth.y, girth_mm(atlas.structures[s].mesh->surface, girth.x)});
  }
  report.overlaps = overlaps_in(atlas, scenes);
  return report;
}

std::string to_text(const AuthorReport& report) {
  std::string out = "| structure | cm3 | declared | length mm | largest section mm2 | at s | triangles | closed | "
                    "manifold | pieces | outside skin mm |\n|---|---:|---:|---:|---:|---:|---:|---|---|---:|---:|\n";
  for (const StructureReport& s : report.structures)
    out += fmt::format("| {} | {:.2f} | {} | {:.0f} | {:.0f} | {:.2f} | {} | {} | {} | {} | {:.1f} |\n", s.id,
                       s.volume_cm3, s.declared_cm3 ? fmt::format("{:.0f}", *s.declared_cm3) : "", s.length_mm,
                       s.largest_section_mm2, s.largest_section_s, s.triangles, yes(s.closed),
                       yes(s.manifold && s.outward), s.pieces, s.outside_skin_mm);
  out +=
      fmt::format("\nTriangles in all: {}\n\nBelly ends, s: medial head {:.3f}, lateral head {:.3f}, soleus {:.3f}\n",
                  report.triangles, report.belly_ends.gastrocnemius_medial, report.belly_ends.gastrocnemius_lateral,
                  report.belly_ends.soleus);
  if (!report.girths.empty()) {
    out += "\n| y mm | girth declared mm | found mm |\n|---:|---:|---:|\n";
    for (const GirthReport& g : report.girths)
      out += fmt::format("| {:.0f} | {:.0f} | {:.1f} |\n", g.y_mm, g.declared_mm, g.found_mm);
  }
  out += "\n| overlap between | and | deepest mm | vertices |\n|---|---|---:|---:|\n";
  for (const OverlapReport& o : report.overlaps)
    out += fmt::format("| {} | {} | {:.2f} | {} |\n", o.first, o.second, o.deepest_mm, o.vertices);
  if (report.overlaps.empty())
    out += "| none | | | |\n";
  return out;
}

std::string to_json_text(const AuthorReport& report) {
  using nlohmann::json;
  json structures = json::array();
  for (const StructureReport& s : report.structures) {
    json one{{"id", s.id},
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
             {"outside_skin_mm", s.outside_skin_mm}};
    if (s.declared_cm3)
      one["declared_cm3"] = *s.declared_cm3;
    structures.push_back(std::move(one));
  }
  json girths = json::array();
  for (const GirthReport& g : report.girths)
    girths.push_back({{"y_mm", g.y_mm}, {"declared_mm", g.declared_mm}, {"found_mm", g.found_mm}});
  json overlaps = json::array();
  for (const OverlapReport& o : report.overlaps)
    overlaps.push_back(
        {{"first", o.first}, {"second", o.second}, {"deepest_mm", o.deepest_mm}, {"vertices", o.vertices}});
  const json ends{{"gastrocnemius_medial", report.belly_ends.gastrocnemius_medial},
                  {"gastrocnemius_lateral", report.belly_ends.gastrocnemius_lateral},
                  {"soleus", report.belly_ends.soleus}};
  return json{{"structures", structures},
              {"girths", girths},
              {"overlaps", overlaps},
              {"belly_ends_s", ends},
              {"triangles", report.triangles}}
             .dump(2) +
         "\n";
}

} // namespace calfscope
