#include "technique/muscle_length.h"

#include <algorithm>
#include <array>
#include <map>

namespace calfscope {
namespace {

constexpr int stations = 12; // of muscle and of tendon; with more, uneven vertices make the line waver

// Fibres of all three shorten by 32-34 % between these two ankle angles at rest (fact sheet 6.2, S14). Courses bend and
// tendons give, so that fibre length is taken as proportional to the course's change, fitted to that.
constexpr float from_deg = 15, to_deg = -30, shortening = 0.33f;

// What has the same level along the leg, in slices from top to bottom.
void add_slices(const SurfaceMesh& mesh, std::size_t number, float from_y, float to_y,
                std::map<int, std::vector<std::pair<std::size_t, std::uint32_t>>>& slices) {
  const auto& positions = mesh.surface.positions;
  const float step = (from_y - to_y) / stations;
  for (std::uint32_t v = 0; v < positions.size(); ++v)
    if (positions[v].y <= from_y && positions[v].y >= to_y)
      slices[static_cast<int>((from_y - positions[v].y) / std::max(step, 1e-3f))].emplace_back(number, v);
}

} // namespace

MuscleLengths::MuscleLengths(const Atlas& atlas) : atlas_(atlas) {
  const Structure* tendon = atlas.find("calcaneal_tendon");
  for (const char* id : {"gastrocnemius_medial_head", "gastrocnemius_lateral_head", "soleus"}) {
    const Structure* muscle = atlas.find(id);
    if (!muscle)
      continue;
    Course course{id, {muscle->mesh.get()}, {}, 0, 0};
    const Bounds belly = bounds_of(muscle->mesh->surface);
    std::map<int, std::vector<std::pair<std::size_t, std::uint32_t>>> slices;
    add_slices(*muscle->mesh, 0, belly.upper.y, belly.lower.y, slices);
    for (auto& [level, vertices] : slices)
      course.stations.push_back(std::move(vertices));
    if (tendon) {
      const Bounds cord = bounds_of(tendon->mesh->surface);
      if (cord.lower.y < belly.lower.y) {
        course.meshes.push_back(tendon->mesh.get());
        slices.clear();
        add_slices(*tendon->mesh, 1, std::min(belly.lower.y, cord.upper.y), cord.lower.y, slices);
        for (auto& [level, vertices] : slices)
          course.stations.push_back(std::move(vertices));
      }
    }
    if (course.stations.size() < 3)
      continue;
    course.rest_mm = length_of(course, {});
    const float longer = length_of(course, {.ankle_deg = from_deg}) - course.rest_mm;
    const float shorter = length_of(course, {.ankle_deg = to_deg}) - course.rest_mm;
    // (1 + c shorter) / (1 + c longer) = 1 - shortening
    const float below = (1 - shortening) * longer - shorter;
    course.strain_per_mm = below > 1 ? shortening / below : 0;
    courses_.push_back(std::move(course));
  }
}

float MuscleLengths::length_of(const Course& course, const Pose& pose) const {
  const auto segments = segment_matrices(atlas_, pose);
  const BendShares bends = bend_shares(pose);
  std::vector<std::vector<glm::vec3>> posed;
  for (const SurfaceMesh* mesh : course.meshes)
    posed.push_back(posed_positions(*mesh, segments, bends));
  float length = 0;
  glm::vec3 before(0);
  bool first = true;
  for (const auto& station : course.stations) {
    glm::vec3 sum(0);
    for (const auto& [mesh, vertex] : station)
      sum += posed[mesh][vertex];
    const glm::vec3 middle = sum / static_cast<float>(station.size());
    if (!first)
      length += distance(before, middle);
    before = middle;
    first = false;
  }
  return length;
}

std::vector<MuscleLength> MuscleLengths::at(const Pose& pose) const {
  Pose bent = pose;
  bent.turn_deg = 0;
  std::vector<MuscleLength> out;
  for (const Course& course : courses_) {
    MuscleLength length{course.structure, length_of(course, bent), 0, 0};
    length.change_mm = length.length_mm - course.rest_mm;
    length.fascicle_strain = course.strain_per_mm * length.change_mm;
    out.push_back(std::move(length));
  }
  return out;
}

} // namespace calfscope
