#include "import/bends.h"

#include "anatomy/mirror.h"
#include "anatomy/pose.h"
#include "geometry/parallel.h"
#include "import/bone_clearance.h"
#include "import/knee_lattice.h"
#include "import/skin_folds.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

constexpr float smallest_mm = 0.03f; // offsets below this are none
constexpr double kept_volume = 0.97;
constexpr float most_refill_mm = 0.5f;

// Joints at their ends together get in each other's way; what flesh has to give then is added to the offset of one.
constexpr std::array<BendKey, 1> tried_together{{
    {bend_ankle, 2, {.ankle_deg = -50, .subtalar_deg = 15}},
}};

constexpr int rounds_between = 2;
// Half way between the angles of bend_keys flesh goes straight where bones turn; what it lacks goes to its neighbours.
struct Between {
  BendJoint joint;
  Pose pose;
};
constexpr std::array<Between, 5> tried_between{{
    {bend_knee, {.knee_deg = 75}},
    {bend_knee, {.knee_deg = 92}},
    {bend_ankle, {.ankle_deg = -38}},
    {bend_toes, {.toes_deg = 37}},
    {bend_toes, {.toes_deg = 53}},
}};

std::uint8_t joint_near(const Atlas& atlas, glm::vec3 place) {
  const auto from = [&](std::string_view segment) {
    const int index = atlas.segment_index(segment);
    return index < 0 ? 1e9f : glm::distance(place, atlas.segments[static_cast<std::size_t>(index)].centre_mm);
  };
  const float knee = from("thigh"), ankle = from("talus"), toes = from("toes");
  return knee < ankle ? bend_knee : ankle < toes ? bend_ankle : bend_toes;
}

// Normals at these places; vertices that lie in one place at rest share theirs.
std::vector<glm::vec3> whole_normals(const SurfaceMesh& mesh, const std::vector<glm::vec3>& places) {
  const std::vector<std::uint32_t> same = same_places(mesh.surface.positions);
  TriMesh surface{places, {}, mesh.surface.triangles};
  for (glm::uvec3& t : surface.triangles)
    t = {same[t.x], same[t.y], same[t.z]};
  compute_normals(surface);
  for (std::size_t v = 0; v < same.size(); ++v)
    surface.normals[v] = surface.normals[same[v]];
  return std::move(surface.normals);
}

Places posed(const Atlas& atlas, std::span<const glm::mat4> segments, const Pose& pose) {
  Places out;
  for (const Structure& structure : atlas.structures)
    out.push_back(posed_positions(*structure.mesh, segments, bend_shares(pose)));
  return out;
}

// Flesh near the knee goes where the soft body carries it.
void carry(const Atlas& atlas, const KneeLattice& lattice, Places& places) {
  parallel_for(0, static_cast<int>(places.size()), [&](int structure) {
    const auto s = static_cast<std::size_t>(structure);
    const SurfaceMesh& mesh = *atlas.structures[s].mesh;
    if (std::all_of(mesh.binding.begin(), mesh.binding.end(),
                    [&](const SkinBinding& b) { return b == mesh.binding.front(); }))
      return;
    for (std::size_t v = 0; v < places[s].size(); ++v)
      if (mesh.bends[v].joint == bend_knee)
        places[s][v] = lattice.carried(mesh.surface.positions[v]);
  });
}

glm::vec3 in_steps(glm::vec3 offset) {
  return bend_step_mm * glm::round(offset / bend_step_mm);
}

// Flesh that was pressed together fills up again, by less than anyone sees.
void refill(const Atlas& atlas, Places& places) {
  parallel_for(0, static_cast<int>(places.size()), [&](int structure) {
    const auto s = static_cast<std::size_t>(structure);
    const SurfaceMesh& mesh = *atlas.structures[s].mesh;
    if (atlas.structures[s].kind != Kind::muscle)
      return;
    TriMesh bent{places[s], {}, mesh.surface.triangles};
    const double missing = kept_volume * signed_volume_mm3(mesh.surface) - signed_volume_mm3(bent);
    double area = 0;
    for (const glm::uvec3& t : bent.triangles)
      if (mesh.bends[t.x].joint == bend_knee)
        area += 0.5 * static_cast<double>(glm::length(glm::cross(bent.positions[t.y] - bent.positions[t.x],
                                                                 bent.positions[t.z] - bent.positions[t.x])));
    if (missing <= 0 || area <= 0)
      return;
    const float way = std::min(static_cast<float>(missing / area), most_refill_mm);
    // Vertices that lie in one place go one way.
    const std::vector<glm::vec3> normals = whole_normals(mesh, places[s]);
    for (std::size_t v = 0; v < normals.size(); ++v)
      if (mesh.bends[v].joint == bend_knee)
        places[s][v] += way * normals[v];
  });
}

// What is missing to these places goes into the offsets, by these weights: at rest, so that segments turn it with the
// flesh.
void keep(BendJoint joint, const Pose& pose, glm::vec4 weights, std::span<const glm::mat4> segments,
          const Places& places, const std::vector<std::shared_ptr<SurfaceMesh>>& meshes) {
  parallel_for(0, static_cast<int>(places.size()), [&](int structure) {
    const auto s = static_cast<std::size_t>(structure);
    SurfaceMesh& mesh = *meshes[s];
    const auto present = posed_positions(mesh, segments, bend_shares(pose));
    for (std::size_t v = 0; v < places[s].size(); ++v) {
      Bend& bend = mesh.bends[v];
      if (bend.joint != joint)
        continue;
      const glm::mat3 back = glm::inverse(glm::mat3(blended_matrix(mesh.binding[v], segments)));
      const glm::vec3 missing = back * (places[s][v] - present[v]);
      if (glm::length(missing) <= smallest_mm)
        continue;
      for (std::size_t k = 0; k < bend.position_mm.size(); ++k)
        bend.position_mm[k] = in_steps(bend.position_mm[k] + weights[static_cast<int>(k)] * missing);
    }
  });
}

bool is_empty(const Bend& bend) {
  return bend.position_mm == BendOffsets{};
}

void bend_right_leg(Atlas& atlas) {
  std::vector<std::shared_ptr<SurfaceMesh>> meshes;
  for (Structure& structure : atlas.structures) {
    meshes.push_back(std::make_shared<SurfaceMesh>(*structure.mesh));
    SurfaceMesh& mesh = *meshes.back();
    mesh.bends.assign(mesh.surface.positions.size(), {});
    for (std::size_t v = 0; v < mesh.bends.size(); ++v)
      mesh.bends[v].joint = joint_near(atlas, mesh.surface.positions[v]);
    structure.mesh = meshes.back();
  }
  const BoneClearance clearance(atlas);
  KneeLattice lattice(atlas);
  const std::size_t skin = static_cast<std::size_t>(atlas.find("skin") - atlas.structures.data());
  const TriMesh& rest_skin = atlas.structures[skin].mesh->surface;
  const std::vector<std::uint32_t> same_skin = same_places(rest_skin.positions);
  const auto settle = [&](BendJoint joint, const Pose& pose, glm::vec4 weights, bool by_lattice) {
    const auto segments = segment_matrices(atlas, pose);
    Places places = posed(atlas, segments, pose);
    if (by_lattice) {
      lattice.bend_to(pose.knee_deg);
      carry(atlas, lattice, places);
      refill(atlas, places);
    }
    smooth_pleats(places[skin], rest_skin, same_skin);
    clearance.clear(places, segments, joint);
    keep(joint, pose, weights, segments, places, meshes);
  };
  const auto own_offset = [](const BendKey& key) {
    glm::vec4 out(0);
    out[key.offset] = 1;
    return out;
  };
  for (const BendKey& key : bend_keys())
    settle(key.joint, key.pose, own_offset(key), key.joint == bend_knee);
  for (const BendKey& key : tried_together)
    settle(key.joint, key.pose, own_offset(key), false);
  for (int round = 0; round < rounds_between; ++round)
    for (const Between& between : tried_between) {
      const glm::vec4 shares = bend_shares(between.pose)[between.joint];
      settle(between.joint, between.pose, shares / glm::dot(shares, shares), false);
      // What that did to the angles beside it is made good again.
      for (const BendKey& key : bend_keys())
        if (key.joint == between.joint && shares[key.offset] > 0)
          settle(key.joint, key.pose, own_offset(key), false);
    }
  for (const auto& mesh : meshes)
    if (std::all_of(mesh->bends.begin(), mesh->bends.end(), is_empty))
      mesh->bends.clear();
}

} // namespace

void bend_flesh(Atlas& atlas) {
  const auto lacks = [&](const char* segment) { return atlas.segment_index(segment) < 0; };
  if (lacks("thigh") || lacks("talus") || lacks("toes") || !atlas.find("skin") || !atlas.find("femur"))
    return;
  if (std::any_of(atlas.structures.begin(), atlas.structures.end(), [](const Structure& structure) {
        return structure.mesh->binding.size() != structure.mesh->surface.positions.size();
      }))
    return;
  if (atlas.side == Side::right) {
    bend_right_leg(atlas);
  } else {
    Atlas right = mirrored(atlas);
    bend_right_leg(right);
    const Side stored = atlas.stored_side;
    atlas = mirrored(right);
    atlas.stored_side = stored;
  }
  add_bend_normals(atlas);
}

void add_bend_normals(Atlas& atlas) {
  std::vector<std::shared_ptr<SurfaceMesh>> meshes;
  for (Structure& structure : atlas.structures)
    meshes.push_back(structure.mesh->bends.empty() ? nullptr : std::make_shared<SurfaceMesh>(*structure.mesh));
  parallel_for(0, static_cast<int>(meshes.size()), [&](int index) {
    SurfaceMesh* mesh = meshes[static_cast<std::size_t>(index)].get();
    if (mesh == nullptr || mesh->surface.normals.empty())
      return;
    const std::vector<glm::vec3> at_rest = whole_normals(*mesh, mesh->surface.positions);
    for (const BendKey& key : bend_keys()) {
      // Only at the knee do surfaces turn enough for light to show it.
      if (key.joint != bend_knee)
        continue;
      const auto segments = segment_matrices(atlas, key.pose);
      const auto bent = whole_normals(*mesh, posed_positions(*mesh, segments, bend_shares(key.pose)));
      for (std::size_t v = 0; v < bent.size(); ++v) {
        Bend& bend = mesh->bends[v];
        if (is_empty(bend) || bend.joint != key.joint)
          continue;
        const glm::mat3 turn(blended_matrix(mesh->binding[v], segments));
        const glm::vec3 stored = mesh->surface.normals[v];
        // The stored normal may be finer than the triangles; what it knows beyond them turns along.
        const glm::vec3 wanted = bent[v] + turn * (stored - at_rest[v]);
        const glm::vec3 before = glm::inverse(turn) * wanted;
        if (glm::length(before) > 1e-4f)
          bend.normal[key.offset] = glm::normalize(before) - stored;
      }
    }
  });
  for (std::size_t s = 0; s < meshes.size(); ++s)
    if (meshes[s])
      atlas.structures[s].mesh = std::move(meshes[s]);
}

} // namespace calfscope
