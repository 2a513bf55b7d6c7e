#include "author/author.h"

#include "anatomy/mirror.h"
#include "author/build.h"
#include "author/part_meshes.h"
#include "author/personal.h"
#include "author/surface.h"
#include "geometry/parallel.h"
#include "import/muscle_fibres.h"
#include "import/rig.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>

namespace calfscope {
namespace {

struct Finished {
  FinishedSurface surface;
  SurfaceMesh mesh;
};

Structure structure_of(const StructureDescription& what, SurfaceMesh mesh) {
  return {what.id,     what.kind,     what.name,
          what.latin,  what.synonyms, what.fma,
          what.source, what.group,    std::make_shared<const SurfaceMesh>(std::move(mesh))};
}

glm::vec3 extreme(const TriMesh& mesh, glm::vec3 direction) {
  return *std::max_element(mesh.positions.begin(), mesh.positions.end(),
                           [&](glm::vec3 a, glm::vec3 b) { return glm::dot(a, direction) < glm::dot(b, direction); });
}

// Landmarks that follow from the finished meshes.
void add_measured_landmarks(Atlas& atlas, float insertion_y) {
  const auto add = [&](std::string id, glm::vec3 position, std::string how) {
    atlas.landmarks.push_back({std::move(id), position, std::move(how)});
  };
  const auto ends = [&](const char* structure, const char* upper, const char* lower) {
    const Structure* found = atlas.find(structure);
    if (found == nullptr)
      return;
    add(upper, extreme(found->mesh->surface, {0, 1, 0}), "highest point of the mesh");
    add(lower, extreme(found->mesh->surface, {0, -1, 0}), "lowest point of the mesh");
  };
  ends("gastrocnemius_medial_head", "gastrocnemius_medial_upper_end", "gastrocnemius_medial_lower_end");
  ends("gastrocnemius_lateral_head", "gastrocnemius_lateral_upper_end", "gastrocnemius_lateral_lower_end");
  ends("soleus", "soleus_upper_end", "soleus_lower_end");
  ends("calcaneal_tendon", "calcaneal_tendon_upper_end", "calcaneal_tendon_lower_end");
  if (const Structure* skin = atlas.find("skin")) {
    const TriMesh& surface = skin->mesh->surface;
    glm::vec3 heel(0, 0, 1e3f);
    glm::vec3 toe(0, 0, -1e3f);
    for (const glm::vec3 p : surface.positions) {
      if (p.y < insertion_y + 12 && p.z < heel.z)
        heel = p;
      if (p.y < insertion_y + 12 && p.z > toe.z)
        toe = p;
    }
    add("heel_skin_posterior", heel, "most posterior point of the skin of the heel");
    add("toe_skin_tip", toe, "most anterior point of the skin");
    add("sole_skin_lowest", extreme(surface, {0, -1, 0}), "lowest point of the skin");
  }
}

void add_heads_meeting(Atlas& atlas) {
  const Structure* medial = atlas.find("gastrocnemius_medial_head");
  const Structure* lateral = atlas.find("gastrocnemius_lateral_head");
  if (medial == nullptr || lateral == nullptr)
    return;
  const Bounds box = bounds_of(lateral->mesh->surface);
  glm::vec3 lowest(0, 1e3f, 0);
  glm::vec3 highest(0, -1e3f, 0);
  for (const glm::vec3 p : medial->mesh->surface.positions) {
    if (p.y < box.lower.y || p.y > box.upper.y || (p.y > lowest.y && p.y < highest.y))
      continue;
    for (const glm::vec3 q : lateral->mesh->surface.positions) {
      const glm::vec3 way = q - p;
      if (glm::dot(way, way) > 3.0f * 3.0f)
        continue;
      if (p.y < lowest.y)
        lowest = 0.5f * (p + q);
      if (p.y > highest.y)
        highest = 0.5f * (p + q);
      break;
    }
  }
  if (lowest.y < highest.y) {
    atlas.landmarks.push_back(
        {"gastrocnemius_heads_meet_upper", highest, "highest point where the heads are within 3 mm"});
    atlas.landmarks.push_back(
        {"gastrocnemius_heads_meet_lower", lowest, "lowest point where the heads are within 3 mm"});
  }
}

float level_of_lower_end(const Atlas& atlas, const char* id, float insertion_y) {
  const Structure* found = atlas.find(id);
  return found == nullptr ? std::numeric_limits<float>::quiet_NaN()
                          : bounds_of(found->mesh->surface).lower.y / insertion_y;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  if (const auto at = text.find(from); at != std::string::npos)
    text.replace(at, from.size(), to);
  return text;
}

// The last of `finished` is the skin.
void part_finished(std::vector<Finished>& finished, const std::vector<Body>& bodies) {
  std::vector<TriMesh*> meshes;
  for (std::size_t n = 0; n < bodies.size(); ++n)
    if (bodies[n].what->kind != Kind::skin)
      meshes.push_back(&finished[n].mesh.surface);
  part_meshes(meshes, finished.back().mesh.surface);
}

bool sizes_in_range(const AuthorOptions& options, IssueList& issues) {
  bool sound = true;
  const auto check = [&](const std::optional<double>& value, double least, double most, const char* option) {
    if (!value || (*value >= least && *value <= most))
      return;
    issues.error("", 0, option, fmt::format("{:.0f} mm is out of range: {:.0f} to {:.0f}", *value, least, most));
    sound = false;
  };
  check(options.leg_length_mm, shortest_leg_mm, longest_leg_mm, "--leg-length");
  check(options.calf_girth_mm, thinnest_calf_mm, thickest_calf_mm, "--calf-girth");
  if (!(options.grid_mm >= 0.5 && options.grid_mm <= 6)) {
    issues.error("", 0, "--grid", "should lie between 0.5 and 6 mm");
    sound = false;
  }
  return sound;
}

} // namespace

std::optional<Atlas> author_leg(const AuthorOptions& options, IssueList& issues) {
  auto anatomy = read_anatomy(options.description, issues);
  if (!sizes_in_range(options, issues) || !anatomy)
    return std::nullopt;
  *anatomy = fitted_to(std::move(*anatomy), options.leg_length_mm, options.calf_girth_mm);
  std::mutex progress_guard;
  BuildSettings settings;
  settings.packing_mm = static_cast<float>(options.grid_mm);
  settings.solve_mm = std::max(2.5f, settings.packing_mm);
  settings.mesh_scale = std::max(settings.packing_mm / 1.5f, 0.5f);
  settings.progress = [&](double part, std::string_view what) {
    const std::scoped_lock lock(progress_guard);
    if (options.progress)
      options.progress(part, what);
  };
  BuiltLeg leg = build_bodies(*anatomy, settings);

  // Meshes: heavy ones first, so that two cores end together.
  const int count = static_cast<int>(leg.bodies.size()) + 1;
  std::vector<Finished> finished(static_cast<std::size_t>(count));
  std::vector<int> order;
  for (int n = 0; n < count; ++n)
    order.push_back(n);
  const auto nodes = [&](int n) {
    return n + 1 == count ? leg.skin.values.size() : leg.bodies[static_cast<std::size_t>(n)].field.values.size();
  };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return nodes(a) > nodes(b); });
  StructureDescription skin;
  skin.id = "skin";
  skin.kind = Kind::skin;
  skin.name = "Skin";
  skin.latin = "Cutis";
  skin.fma = "FMA7163";
  skin.source =
      "Laid over everything beneath it with fat as thick as it is in each region; girths measured on BodyParts3D, a "
      "free model of the human body";
  std::atomic<int> done = 0;
  parallel_for(0, count, [&](int turn) {
    const int n = order[static_cast<std::size_t>(turn)];
    Finished& out = finished[static_cast<std::size_t>(n)];
    if (n + 1 == count) {
      out.surface = finish_surface(leg.skin, {.detail = 0.175f, .longest_edge_mm = 10, .smoothing_rounds = 6});
      out.mesh = with_attributes(std::move(out.surface.mesh), {.what = &skin});
    } else {
      Body& body = leg.bodies[static_cast<std::size_t>(n)];
      out.surface = finish_surface(body.field, {.detail = body.what->detail});
      out.mesh = with_attributes(std::move(out.surface.mesh),
                                 {.what = body.what,
                                  .sweep = body.sweep ? &*body.sweep : nullptr,
                                  .belly = body.belly.values.empty() ? nullptr : &body.belly,
                                  .cords = &body.cords,
                                  .cord_field = body.cord_field.values.empty() ? nullptr : &body.cord_field});
      body.field = {};
    }
    settings.progress(0.75 + 0.2 * ++done / count, "meshes");
  });

  Atlas atlas;
  atlas.id = anatomy->id;
  atlas.title = anatomy->title;
  atlas.licence = anatomy->licence;
  atlas.attribution = anatomy->attribution;
  atlas.sources = anatomy->sources;
  atlas.lacks = anatomy->lacks;
  part_finished(finished, leg.bodies);
  const auto description_of = [&](int n) -> const StructureDescription& {
    return n + 1 == count ? skin : *leg.bodies[static_cast<std::size_t>(n)].what;
  };
  std::vector<int> listed(static_cast<std::size_t>(count));
  std::iota(listed.begin(), listed.end(), 0);
  // The skin stands before what lies on it.
  std::stable_partition(listed.begin(), listed.end(), [&](int n) { return description_of(n).kind != Kind::skin; });
  std::stable_partition(listed.begin(), listed.end(),
                        [&](int n) { return description_of(n).kind != Kind::skin || n + 1 == count; });
  for (const int n : listed) {
    Finished& one = finished[static_cast<std::size_t>(n)];
    const StructureDescription& what = description_of(n);
    if (one.surface.dropped_pieces > 0)
      issues.note(
          anatomy->file, 0, what.id,
          fmt::format(
              "{} smaller pieces were left out, {:.1f} mm3 together, the largest about ({:.0f}, {:.0f}, {:.0f})",
              one.surface.dropped_pieces, one.surface.dropped_mm3, one.surface.dropped_at.x, one.surface.dropped_at.y,
              one.surface.dropped_at.z));
    if (one.mesh.surface.empty()) {
      issues.error(anatomy->file, 0, what.id, "came out empty: nothing is left of it between its neighbours");
      continue;
    }
    atlas.structures.push_back(structure_of(what, std::move(one.mesh)));
  }
  for (const LandmarkDescription& landmark : anatomy->landmarks)
    atlas.landmarks.push_back({landmark.id, landmark.position_mm, landmark.how});
  add_measured_landmarks(atlas, anatomy->insertion_y_mm);
  add_heads_meeting(atlas);
  atlas.belly_ends = {level_of_lower_end(atlas, "gastrocnemius_medial_head", anatomy->insertion_y_mm),
                      level_of_lower_end(atlas, "gastrocnemius_lateral_head", anatomy->insertion_y_mm),
                      level_of_lower_end(atlas, "soleus", anatomy->insertion_y_mm)};
  settings.progress(0.96, "joints and skin weights");
  rig(atlas, issues);
  for (Structure& structure : atlas.structures)
    if (structure.kind == Kind::muscle) {
      auto mesh = std::make_shared<SurfaceMesh>(*structure.mesh);
      split_seam(*mesh);
      structure.mesh = std::move(mesh);
    }
  if (options.side == Side::left) {
    atlas = mirrored(atlas);
    atlas.stored_side = Side::left;
    atlas.title = replaced(atlas.title, "Right", "Left");
  }
  settings.progress(1, "done");
  return atlas;
}

} // namespace calfscope
