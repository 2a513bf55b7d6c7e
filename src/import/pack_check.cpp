#include "import/pack.h"

#include "geometry/mesh_inspection.h"
#include "geometry/parallel.h"
#include "geometry/ray_scene.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float allowed_outside_mm = 0.5f; // of the skin: rounding and the flat cap
constexpr float allowed_crop_error = 0.03f;
constexpr float crop_s = -0.36f; // conventions, "Crop"

// Without these a leg has no coordinates; without the others some zones and slices cannot be placed.
constexpr const char* needed_landmarks[] = {"knee_centre", "ankle_centre", "calcaneal_tendon_insertion_centre"};
constexpr const char* wanted_landmarks[] = {"calcaneal_tendon_narrowest",
                                            "femur_medial_condyle_posterior",
                                            "femur_lateral_condyle_posterior",
                                            "fibular_head_apex",
                                            "fibular_neck",
                                            "medial_malleolus_tip",
                                            "lateral_malleolus_tip",
                                            "heel_skin_posterior",
                                            "metatarsal_2_head_centre",
                                            "gastrocnemius_heads_meet_lower"};
constexpr const char* wanted_joints[] = {"knee", "talocrural", "subtalar", "toes"};

class PackCheck {
public:
  PackCheck(const Atlas& atlas, IssueList& issues)
      : atlas_(atlas), file_((atlas.folder / "model.json").string()), issues_(issues) {}

  void run() {
    text();
    landmarks();
    joints();
    for (const Structure& structure : atlas_.structures) {
      surface(structure);
      attributes(structure);
    }
    skin();
  }

private:
  void error(const std::string& key, const std::string& message) { issues_.error(file_, 0, key, message); }
  void warning(const std::string& key, const std::string& message) { issues_.warning(file_, 0, key, message); }

  void text() {
    if (atlas_.licence.empty())
      error("licence", "is empty");
    if (atlas_.attribution.empty())
      error("attribution", "is empty; it is shown with every picture of the pack");
  }

  void landmarks() {
    for (const char* id : needed_landmarks)
      if (!atlas_.landmark(id))
        error("landmarks", std::string(id) + " is missing; without it the leg has no coordinates");
    for (const char* id : wanted_landmarks)
      if (!atlas_.landmark(id))
        warning("landmarks", std::string(id) + " is missing");
  }

  void joints() {
    for (const char* id : wanted_joints) {
      const bool there = std::any_of(atlas_.segments.begin(), atlas_.segments.end(),
                                     [&](const Segment& segment) { return segment.joint == id; });
      if (!there)
        warning("joints", std::string(id) + " is missing");
    }
  }

  void surface(const Structure& structure) {
    const MeshInspection look = inspect(weld(structure.mesh->surface, 0));
    const auto count = [](std::size_t number, const char* what) { return std::to_string(number) + what; };
    if (look.boundary_edges > 0)
      error(structure.id, "is not closed: " + count(look.boundary_edges, " open edges"));
    if (look.crowded_edges > 0)
      error(structure.id, "is no manifold: " + count(look.crowded_edges, " edges with more than two triangles"));
    if (look.flipped_edges > 0)
      error(structure.id, "is wound unevenly: " + count(look.flipped_edges, " edges between opposite windings"));
    if (look.closed() && !look.outward())
      error(structure.id, "is wound inwards");
    if (look.pinched_vertices > 0)
      warning(structure.id, "only touches itself at " + count(look.pinched_vertices, " vertices"));
    if (look.degenerate_triangles > 0)
      warning(structure.id, "has " + count(look.degenerate_triangles, " triangles without area"));
  }

  void attributes(const Structure& structure) {
    const SurfaceMesh& mesh = *structure.mesh;
    const auto report = [&](std::ptrdiff_t number, const char* what) {
      if (number > 0)
        error(structure.id, std::to_string(number) + what);
    };
    const auto not_unit = [](glm::vec3 v) { return !(std::abs(glm::length(v) - 1) < 0.02f); };
    report(std::count_if(mesh.surface.normals.begin(), mesh.surface.normals.end(), not_unit),
           " normals are not of length 1");
    report(std::count_if(mesh.fibre.begin(), mesh.fibre.end(),
                         [&](glm::vec3 f) { return f != glm::vec3(0) && not_unit(f); }),
           " fibre directions are neither zero nor of length 1");
    // Across the seam a place runs on to just below 2, so that no triangle runs backwards.
    report(std::count_if(mesh.muscle_place.begin(), mesh.muscle_place.end(),
                         [](glm::vec2 p) { return !(p.x >= 0 && p.x < 2 && p.y >= -0.001f && p.y <= 1.001f); }),
           " places across and along lie outside 0 to 1");
    if (mesh.shares.empty())
      warning(structure.id, "has no tendon, depth and relief shares");
    if (mesh.binding.empty())
      warning(structure.id, "has no skin weights, so it does not move with the joints");
    if (structure.kind == Kind::muscle && mesh.fibre.empty())
      warning(structure.id, "is a muscle without fibre directions");
  }

  void skin() {
    const auto found = std::find_if(atlas_.structures.begin(), atlas_.structures.end(),
                                    [](const Structure& structure) { return structure.kind == Kind::skin; });
    if (found == atlas_.structures.end()) {
      warning("structures", "there is no skin");
      return;
    }
    const TriMesh& surface = found->mesh->surface;
    if (!inspect(weld(surface, 0)).closed())
      return; // told already, and inside means nothing then
    RayScene scene;
    scene.add(surface.positions, surface.triangles);
    scene.commit();
    for (const Structure& structure : atlas_.structures)
      if (structure.kind != Kind::skin)
        inside_skin(structure, scene);
    crop_level(*found);
  }

  void inside_skin(const Structure& structure, const RayScene& skin) {
    const auto& positions = structure.mesh->surface.positions;
    std::vector<float> outside(positions.size(), 0.0f);
    parallel_for(0, static_cast<int>(positions.size()), [&](int i) {
      const glm::vec3 p = positions[static_cast<std::size_t>(i)];
      if (skin.inside(p, 0))
        return;
      const auto nearest = skin.nearest(p, 1000);
      outside[static_cast<std::size_t>(i)] = nearest ? nearest->distance_mm : 1000.0f;
    });
    const auto count = std::count_if(outside.begin(), outside.end(), [](float mm) { return mm > allowed_outside_mm; });
    if (count == 0)
      return;
    const float worst = *std::max_element(outside.begin(), outside.end());
    error(structure.id, "stands out of the skin at " + std::to_string(count) + " vertices, by up to " +
                            std::to_string(std::lround(worst * 10) / 10.0).substr(0, 5) + " mm");
  }

  void crop_level(const Structure& skin) {
    const auto knee = atlas_.landmark("knee_centre");
    const auto ankle = atlas_.landmark("ankle_centre");
    const auto insertion = atlas_.landmark("calcaneal_tendon_insertion_centre");
    if (!knee || !ankle || !insertion || glm::distance(*knee, *ankle) < 1)
      return;
    const glm::vec3 axis = glm::normalize(*ankle - *knee);
    const float length = glm::dot(axis, *insertion - *knee);
    if (length < 1) {
      error("landmarks", "calcaneal_tendon_insertion_centre does not lie below the knee");
      return;
    }
    float top = 0;
    for (const glm::vec3& p : skin.mesh->surface.positions)
      top = std::min(top, glm::dot(axis, p - *knee) / length);
    if (std::abs(top - crop_s) > allowed_crop_error)
      warning(skin.id, "ends at s = " + std::to_string(top).substr(0, 6) + " above the knee, -0.36 was expected");
  }

  const Atlas& atlas_;
  std::string file_;
  IssueList& issues_;
};

} // namespace

void check_pack(const std::filesystem::path& folder, IssueList& issues) {
  if (const auto atlas = read_pack(folder, issues))
    PackCheck(*atlas, issues).run();
}

} // namespace calfscope
