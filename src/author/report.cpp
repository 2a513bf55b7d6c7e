#include "author/report.h"

#include "anatomy/mirror.h"
#include "author/description.h"
#include "author/personal.h"
#include "author/skin.h"
#include "author/sweep.h"
#include "geometry/isosurface.h"
#include "geometry/mesh_inspection.h"
#include "geometry/mesh_smoothing.h"
#include "geometry/parallel.h"
#include "geometry/plane_section.h"
#include "geometry/ray_scene.h"
#include "import/landmarks.h"

#include <algorithm>
#include <cmath>

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
  const auto euler = static_cast<long>(mesh.positions.size()) - static_cast<long>(mesh.triangles.size()) / 2;
  out.tunnels = static_cast<int>(found.pieces - euler / 2);
  const std::vector<float> angles = smallest_angles_deg(mesh);
  out.smallest_angle_deg = angles.empty() ? 0 : static_cast<double>(angles[angles.size() / 100]);
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

// A belly as its sections say, before growth, neighbours and tendons change it.
TriMesh belly_of(const Sections& sections) {
  constexpr float step_mm = 1.2f;
  const Sweep sweep(sections);
  TriMesh mesh = isosurface(signed_distance(sweep.field(GridFrame::around(sweep.bounds(), step_mm, 6)), 10));
  smooth_surface(mesh, 3);
  return mesh;
}

// Ends of the part that both have: some go on above our cap, and bellies go on as tendons.
HeightRange common_range(const StructureDescription* what) {
  constexpr float cap_mm = 3;
  return {.highest_mm = what != nullptr && what->cut_top_mm < 1e5f ? what->cut_top_mm - cap_mm : 1e6f};
}

HeightRange belly_range(const StructureDescription& what, const Sections& belly) {
  HeightRange range = common_range(&what);
  // Below its belly, and in the lowest part of it, the reference goes on as tendon.
  range.lowest_mm = belly.bottom_mm + (what.cords.empty() ? -2.0f : 8.0f);
  range.highest_mm = std::min(range.highest_mm, belly.top_mm + 4);
  return range;
}

void compare(AuthorReport& report, const Atlas& leg, const ReferenceLeg& reference,
             const std::optional<AnatomyDescription>& declared) {
  std::vector<Landmark> found = find_landmarks(leg);
  std::vector<glm::vec3> ours, theirs;
  std::vector<const Landmark*> common;
  for (const Landmark& landmark : found)
    if (const auto same = reference.landmarks.find(landmark.id); same != reference.landmarks.end()) {
      common.push_back(&landmark);
      if (same->second.group != "bony" && same->second.group != "joint")
        continue;
      ours.push_back(landmark.position_mm);
      theirs.push_back(same->second.position_mm);
    }
  const glm::mat4 motion = best_motion(theirs, ours);
  const auto moved = [&](glm::vec3 p) { return glm::vec3(motion * glm::vec4(p, 1)); };
  for (const Landmark* landmark : common) {
    const ReferenceLandmark& same = reference.landmarks.at(landmark->id);
    report.landmarks.push_back(
        {landmark->id, same.group, static_cast<double>(glm::distance(landmark->position_mm, moved(same.position_mm)))});
  }
  std::stable_sort(report.landmarks.begin(), report.landmarks.end(),
                   [](const LandmarkReport& a, const LandmarkReport& b) { return a.off_mm > b.off_mm; });
  parallel_for(0, static_cast<int>(report.structures.size()), [&](int index) {
    StructureReport& out = report.structures[static_cast<std::size_t>(index)];
    const auto at = reference.meshes.find(out.id);
    if (at == reference.meshes.end() || at->second.empty())
      return;
    TriMesh theirs_here = at->second;
    for (glm::vec3& p : theirs_here.positions)
      p = moved(p);
    const StructureDescription* what = declared ? declared->find(out.id) : nullptr;
    out.reference_cm3 = signed_volume_mm3(theirs_here) / 1000;
    out.to_reference = surface_distance(leg.find(out.id)->mesh->surface, theirs_here, common_range(what));
    if (what == nullptr || !what->packing)
      return;
    const auto distance_of = [&](const Sections& belly) {
      return surface_distance(belly_of(belly), theirs_here, belly_range(*what, belly));
    };
    out.sections_distance = distance_of(*what->sections);
    if (what->measured)
      out.fit_distance = distance_of(*what->measured);
  });
}

} // namespace

std::optional<AuthorReport> report_on(const Atlas& atlas, const ReportOptions& options, IssueList& issues) {
  std::optional<AnatomyDescription> declared;
  if (options.description) {
    declared = read_anatomy(*options.description, issues);
    if (!declared)
      return std::nullopt;
    *declared = fitted_to(std::move(*declared), options.leg_length_mm, options.calf_girth_mm);
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
    if (what != nullptr && what->packing) {
      one.declared_cm3 = what->packing->volume_cm3;
      one.declared_source = what->packing->volume_source;
    }
  }
  if (const int skin = atlas.index_of("skin"); skin >= 0) {
    const auto s = static_cast<std::size_t>(skin);
    parallel_for(0, static_cast<int>(count), [&](int index) {
      const auto n = static_cast<std::size_t>(index);
      if (atlas.structures[n].kind != Kind::skin)
        report.structures[n].outside_skin_mm = outside_of(atlas.structures[n], scenes[s]);
    });
    if (declared)
      for (const glm::vec2 girth : declared->skin.girths)
        report.girths.push_back({girth.x, girth.y, girth_mm(atlas.structures[s].mesh->surface, girth.x)});
  }
  report.overlaps = overlaps_in(atlas, scenes);
  if (!options.reference) {
    report.reference_absent = "not asked for";
    return report;
  }
  if (options.leg_length_mm || options.calf_girth_mm) {
    report.reference_absent = "this leg was built to other sizes than the reference has";
    return report;
  }
  std::vector<std::string> ids;
  for (const Structure& structure : atlas.structures)
    ids.push_back(structure.id);
  if (const auto reference = read_reference(*options.reference, ids, issues))
    compare(report, atlas.side == Side::left ? mirrored(atlas) : atlas, *reference, declared);
  else
    report.reference_absent = "no reference data at " + options.reference->generic_string();
  return report;
}

} // namespace calfscope
