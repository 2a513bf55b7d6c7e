#include "author/reference.h"

#include "geometry/ray_scene.h"
#include "import/mesh_reader_process.h"

#include <Eigen/Geometry>
#include <glm/gtc/type_ptr.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace calfscope {
namespace {

constexpr float mm_per_metre = 1000;

// landmarks.tsv: id, group, place in the project frame (m), place in the data's own frame (mm), how. Returns where our
// origin lies in the meshes' frame (x left, y up, z forwards), mm.
std::optional<glm::vec3> read_landmarks(const std::filesystem::path& file, ReferenceLeg& leg) {
  std::optional<glm::vec3> origin;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line); // heading
  while (std::getline(in, line)) {
    std::istringstream row(line);
    std::string id, group;
    glm::vec3 place(0), native(0);
    if (!(row >> id >> group >> place.x >> place.y >> place.z >> native.x >> native.y >> native.z))
      continue;
    leg.landmarks[id] = {group, place * mm_per_metre};
    if (id == "tibial_plateau_midpoint")
      origin = glm::vec3(native.x, native.z, -native.y);
  }
  return origin;
}

// Points about a square millimetre apart, by the same rule on every mesh (additive recurrence, Roberts 2018).
std::vector<glm::vec3> spread_points(const TriMesh& mesh, HeightRange range) {
  constexpr double mm2_per_point = 1.5;
  std::vector<glm::vec3> points;
  double owed = 0;
  double turn = 0.5;
  double other_turn = 0.5;
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::vec3 a = mesh.positions[t.x];
    const glm::vec3 ab = mesh.positions[t.y] - a;
    const glm::vec3 ac = mesh.positions[t.z] - a;
    owed += 0.5 * static_cast<double>(glm::length(glm::cross(ab, ac))) / mm2_per_point;
    for (; owed >= 1; owed -= 1) {
      turn = std::fmod(turn + 0.7548776662466927, 1.0);
      other_turn = std::fmod(other_turn + 0.5698402909980532, 1.0);
      auto u = static_cast<float>(turn);
      auto v = static_cast<float>(other_turn);
      if (u + v > 1) {
        u = 1 - u;
        v = 1 - v;
      }
      const glm::vec3 p = a + u * ab + v * ac;
      if (p.y >= range.lowest_mm && p.y <= range.highest_mm)
        points.push_back(p);
    }
  }
  return points;
}

void add_distances(std::vector<double>& distances, const std::vector<glm::vec3>& points, const TriMesh& to) {
  constexpr float furthest_mm = 200;
  RayScene scene;
  scene.add(to.positions, to.triangles);
  scene.commit();
  for (const glm::vec3 p : points)
    if (const auto nearest = scene.nearest(p, furthest_mm))
      distances.push_back(static_cast<double>(nearest->distance_mm));
}

} // namespace

std::filesystem::path reference_folder() {
  if (const char* given = std::getenv("CALFSCOPE_REFERENCE"); given != nullptr && *given != '\0')
    return given;
  return "../shared/reference";
}

std::optional<ReferenceLeg> read_reference(const std::filesystem::path& folder, const std::vector<std::string>& ids,
                                           IssueList& issues) {
  ReferenceLeg leg;
  const auto origin = read_landmarks(folder / "measurements/landmarks.tsv", leg);
  if (!origin)
    return std::nullopt;
  for (const std::string& id : ids) {
    const auto file = folder / "bodyparts3d/right" / (id + ".glb");
    if (!std::filesystem::exists(file))
      continue;
    const auto parts = read_in_child(file, {}, issues);
    if (!parts)
      continue;
    TriMesh& mesh = leg.meshes[id];
    for (const NamedMesh& part : *parts) {
      const auto first = static_cast<std::uint32_t>(mesh.positions.size());
      for (const glm::vec3 p : part.mesh.positions)
        mesh.positions.push_back(p * mm_per_metre - *origin);
      for (const glm::uvec3 t : part.mesh.triangles)
        mesh.triangles.push_back(t + first);
    }
  }
  return leg;
}

glm::mat4 best_motion(const std::vector<glm::vec3>& from, const std::vector<glm::vec3>& to) {
  if (from.size() < 3 || from.size() != to.size())
    return glm::mat4(1);
  const auto count = static_cast<Eigen::Index>(from.size());
  Eigen::Matrix3Xd source(3, count), target(3, count);
  for (Eigen::Index i = 0; i < count; ++i)
    for (int axis = 0; axis < 3; ++axis) {
      source(axis, i) = static_cast<double>(from[static_cast<std::size_t>(i)][axis]);
      target(axis, i) = static_cast<double>(to[static_cast<std::size_t>(i)][axis]);
    }
  const Eigen::Matrix4f motion = Eigen::umeyama(source, target, false).cast<float>();
  return glm::make_mat4(motion.data()); // both are column-major
}

std::optional<SurfaceDistance> surface_distance(const TriMesh& a, const TriMesh& b, HeightRange range) {
  std::vector<double> distances;
  add_distances(distances, spread_points(a, range), b);
  const std::size_t one_way = distances.size();
  add_distances(distances, spread_points(b, range), a);
  if (one_way == 0 || distances.size() == one_way)
    return std::nullopt;
  SurfaceDistance out;
  for (const double d : distances)
    out.mean_mm += d / static_cast<double>(distances.size());
  const auto at = distances.begin() + static_cast<std::ptrdiff_t>(0.95 * static_cast<double>(distances.size() - 1));
  std::nth_element(distances.begin(), at, distances.end());
  out.p95_mm = *at;
  return out;
}

} // namespace calfscope
