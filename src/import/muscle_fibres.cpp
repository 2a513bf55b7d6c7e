#include "import/muscle_fibres.h"

#include "geometry/scalar_grid.h"
#include "import/fibre_directions.h"
#include "import/muscle_round.h"
#include "import/surface_harmonic.h"

#include <algorithm>
#include <queue>

namespace calfscope {
namespace {

glm::vec3 run_direction(MuscleRun run) {
  switch (run) {
  case MuscleRun::forward:
    return {0, 0, 1};
  case MuscleRun::medial:
    return {1, 0, 0};
  case MuscleRun::down:
    break;
  }
  return {0, -1, 0};
}

std::vector<bool> proximal_end(const TriMesh& mesh, glm::vec3 run) {
  constexpr float end_share = 0.03f; // of the extent
  float least = std::numeric_limits<float>::max();
  float most = std::numeric_limits<float>::lowest();
  for (const glm::vec3& p : mesh.positions) {
    least = std::min(least, glm::dot(run, p));
    most = std::max(most, glm::dot(run, p));
  }
  std::vector<bool> end(mesh.positions.size());
  for (std::size_t i = 0; i < end.size(); ++i)
    end[i] = glm::dot(run, mesh.positions[i]) <= least + end_share * (most - least);
  return end;
}

// Way along the edges from the marked vertices.
std::vector<float> edge_distance(const TriMesh& mesh, const VertexNeighbours& neighbours,
                                 const std::vector<bool>& from) {
  std::vector<float> distance(mesh.positions.size(), std::numeric_limits<float>::max());
  using Entry = std::pair<float, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  for (std::uint32_t i = 0; i < distance.size(); ++i)
    if (from[i])
      open.emplace(distance[i] = 0.0f, i);
  while (!open.empty()) {
    const auto [way, vertex] = open.top();
    open.pop();
    if (way > distance[vertex])
      continue;
    for (const std::uint32_t next : neighbours.of(vertex)) {
      const float further = way + glm::distance(mesh.positions[vertex], mesh.positions[next]);
      if (further < distance[next]) {
        distance[next] = further;
        open.emplace(further, next);
      }
    }
  }
  return distance;
}

// Vertices from which every near vertex lies closer to the start: the tips of the tendons.
std::vector<std::uint32_t> tips(const TriMesh& mesh, const std::vector<float>& distance, float longest) {
  constexpr float least_way = 0.55f; // of the longest; nearer bumps are no tips
  const float reach = 0.08f * longest;
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < distance.size(); ++i)
    if (distance[i] > least_way * longest && distance[i] <= longest)
      order.push_back(i);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return distance[a] > distance[b]; });
  std::vector<std::uint32_t> out;
  std::vector<std::uint32_t> seen;
  for (const std::uint32_t i : order) {
    const bool overshadowed = std::any_of(seen.begin(), seen.end(), [&](std::uint32_t other) {
      return glm::distance(mesh.positions[i], mesh.positions[other]) < reach;
    });
    if (!overshadowed)
      out.push_back(i);
    seen.push_back(i);
  }
  return out;
}

} // namespace

FibreField lay_fibres(const TriMesh& mesh, const FibreOptions& options) {
  const glm::vec3 run = run_direction(options.run);
  const VertexNeighbours neighbours(mesh);
  std::vector<bool> fixed(mesh.positions.size(), false);
  if (options.cut_end.empty())
    fixed = proximal_end(mesh, run);
  for (const std::uint32_t i : options.cut_end)
    fixed[i] = true;
  const auto distance = edge_distance(mesh, neighbours, fixed);
  float longest = 0;
  for (const float way : distance)
    if (way < std::numeric_limits<float>::max())
      longest = std::max(longest, way);
  std::vector<double> value(mesh.positions.size(), 0.0);
  for (std::size_t i = 0; i < value.size(); ++i)
    value[i] = longest > 0 ? std::min(distance[i] / longest, 1.0f) : 0.0f;
  const auto ends = tips(mesh, distance, longest);
  for (const std::uint32_t tip : ends)
    fixed[tip] = true;
  value = harmonic(mesh, neighbours, std::move(value), fixed);

  FibreField out;
  out.direction = slope_of(mesh, neighbours, value, run);
  const CentreLine line = centre_line(mesh, value);
  const Frames frames = frames_along(line, run);
  const auto area = falling_from_belly(line.area_mm2, !options.cut_end.empty());
  const float largest = *std::max_element(area.begin(), area.end());
  const auto turns = turns_round(mesh, neighbours, value, line, frames);
  TriMesh smooth = mesh;
  compute_normals(smooth);
  if (ends.size() == 1)
    out.direction = along_line(smooth, value, line, frames, out.direction);
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    out.muscle_place.emplace_back(turns[i], line.at(line.way, value[i]));
    const float share = largest > 0 ? line.at(area, value[i]) / largest : 1.0f;
    float tendon = 1 - smooth_between(options.tendon_below, options.belly_above, share);
    if (options.origin_mm > 0 && options.cut_end.empty()) {
      const float way_mm = line.at(line.way, value[i]) * line.length_mm;
      tendon = std::max(tendon, 1 - smooth_between(0.3f * options.origin_mm, options.origin_mm, way_mm));
    }
    out.tendon.push_back(tendon);
  }
  if (options.pennation_deg != 0)
    lean_to_midline(out.direction, smooth, options);
  return out;
}

} // namespace calfscope
