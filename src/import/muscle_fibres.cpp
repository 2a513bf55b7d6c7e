#include "import/muscle_fibres.h"

#include "geometry/mesh_neighbours.h"
#include "geometry/scalar_grid.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <queue>

namespace calfscope {
namespace {

constexpr std::size_t bins = 40;      // along the muscle
constexpr float end_share = 0.03f;    // of the extent: where the proximal end is
constexpr float tendon_below = 0.10f; // section area against the largest: all tendon
constexpr float belly_above = 0.30f;  // all belly

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

// Cotangent weights of the edges, row by row, as long as the neighbour lists; never below a small positive number, so
// that the system stays definite on slivers.
class HarmonicSystem {
public:
  HarmonicSystem(const TriMesh& mesh, const VertexNeighbours& neighbours) : neighbours_(neighbours) {
    const std::size_t count = mesh.positions.size();
    start_.resize(count + 1, 0);
    for (std::size_t i = 0; i < count; ++i)
      start_[i + 1] = start_[i] + neighbours.of(i).size();
    weight_.assign(start_[count], 0.0);
    for (const glm::uvec3& t : mesh.triangles)
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t a = t[k];
        const std::uint32_t b = t[(k + 1) % 3];
        const glm::vec3 u = mesh.positions[a] - mesh.positions[t[(k + 2) % 3]];
        const glm::vec3 v = mesh.positions[b] - mesh.positions[t[(k + 2) % 3]];
        const float sine = glm::length(glm::cross(u, v));
        const double cotangent = sine > 1e-9f ? std::clamp(glm::dot(u, v) / sine, -5.0f, 5.0f) : 0.0;
        entry(a, b) += cotangent / 2;
        entry(b, a) += cotangent / 2;
      }
    for (double& weight : weight_)
      weight = std::max(weight, 0.01);
  }

  // Values with `fixed` kept and every other one the weighted mean of its neighbours (conjugate gradients).
  std::vector<double> solve(std::vector<double> values, const std::vector<bool>& fixed) const {
    const std::size_t count = values.size();
    std::vector<double> residual = apply(values);
    for (std::size_t i = 0; i < count; ++i)
      residual[i] = fixed[i] ? 0.0 : -residual[i];
    std::vector<double> way = residual;
    double square = std::inner_product(residual.begin(), residual.end(), residual.begin(), 0.0);
    const double enough = square * 1e-12;
    for (std::size_t round = 0; round < 4 * count && square > enough && square > 0; ++round) {
      std::vector<double> image = apply(way);
      for (std::size_t i = 0; i < count; ++i)
        if (fixed[i])
          image[i] = 0;
      const double step = square / std::inner_product(way.begin(), way.end(), image.begin(), 0.0);
      for (std::size_t i = 0; i < count; ++i) {
        values[i] += step * way[i];
        residual[i] -= step * image[i];
      }
      const double next = std::inner_product(residual.begin(), residual.end(), residual.begin(), 0.0);
      for (std::size_t i = 0; i < count; ++i)
        way[i] = residual[i] + next / square * way[i];
      square = next;
    }
    return values;
  }

private:
  double& entry(std::uint32_t row, std::uint32_t column) {
    const auto list = neighbours_.of(row);
    const auto found = std::lower_bound(list.begin(), list.end(), column);
    return weight_[start_[row] + static_cast<std::size_t>(found - list.begin())];
  }

  std::vector<double> apply(const std::vector<double>& values) const {
    std::vector<double> out(values.size(), 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto list = neighbours_.of(i);
      for (std::size_t n = 0; n < list.size(); ++n)
        out[i] += weight_[start_[i] + n] * (values[i] - values[list[n]]);
    }
    return out;
  }

  const VertexNeighbours& neighbours_;
  std::vector<std::size_t> start_;
  std::vector<double> weight_;
};

std::vector<glm::vec3> slope_of(const TriMesh& mesh, const VertexNeighbours& neighbours,
                                const std::vector<double>& value, glm::vec3 fallback) {
  TriMesh smooth = mesh;
  compute_normals(smooth);
  std::vector<glm::vec3> slope(mesh.positions.size(), glm::vec3(0));
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::vec3 a = mesh.positions[t.x];
    const glm::vec3 b = mesh.positions[t.y];
    const glm::vec3 c = mesh.positions[t.z];
    const glm::vec3 normal = glm::cross(b - a, c - a);
    const float square = glm::dot(normal, normal);
    if (!(square > 1e-12f))
      continue;
    const glm::vec3 gradient =
        glm::cross(normal, static_cast<float>(value[t.x]) * (c - b) + static_cast<float>(value[t.y]) * (a - c) +
                               static_cast<float>(value[t.z]) * (b - a)) /
        square;
    const float length = glm::length(gradient);
    // By area, but as a direction: a steep tendon must not outweigh the belly beside it.
    if (length > 0)
      for (int k = 0; k < 3; ++k)
        slope[t[k]] += gradient / length * std::sqrt(square);
  }
  const auto in_surface = [&](std::size_t i, glm::vec3 direction) {
    direction -= glm::dot(direction, smooth.normals[i]) * smooth.normals[i];
    const float length = glm::length(direction);
    return length > 1e-6f ? direction / length : glm::vec3(0);
  };
  for (std::size_t i = 0; i < slope.size(); ++i) {
    slope[i] = in_surface(i, slope[i]);
    if (slope[i] == glm::vec3(0))
      slope[i] = in_surface(i, fallback);
  }
  for (int round = 0; round < 4; ++round) {
    std::vector<glm::vec3> next = slope;
    for (std::size_t i = 0; i < slope.size(); ++i) {
      for (const std::uint32_t other : neighbours.of(i))
        next[i] += slope[other];
      next[i] = in_surface(i, next[i]);
      if (next[i] == glm::vec3(0))
        next[i] = slope[i];
    }
    slope = std::move(next);
  }
  return slope;
}

// The muscle's centre line: a point per bin of equally many vertices, from the proximal end on.
struct CentreLine {
  std::vector<double> level; // harmonic value in the middle of each bin, rising
  std::vector<glm::vec3> point;
  std::vector<float> way; // 0 .. 1 along the line
  std::vector<float> area_mm2;
  float length_mm = 0;

  // Value of a list at a harmonic level, linear between the bins.
  template <typename T>
  T at(const std::vector<T>& list, double value) const {
    const auto after = std::lower_bound(level.begin(), level.end(), value);
    if (after == level.begin())
      return list.front();
    if (after == level.end())
      return list.back();
    const auto i = static_cast<std::size_t>(after - level.begin());
    const double step = level[i] - level[i - 1];
    const auto t = static_cast<float>(step > 0 ? (value - level[i - 1]) / step : 0.0);
    return list[i - 1] + t * (list[i] - list[i - 1]);
  }
};

CentreLine centre_line(const TriMesh& mesh, const std::vector<double>& value) {
  CentreLine line;
  std::vector<std::uint32_t> order(mesh.triangles.size());
  std::iota(order.begin(), order.end(), 0u);
  std::vector<double> middle(mesh.triangles.size());
  for (std::size_t i = 0; i < middle.size(); ++i) {
    const glm::uvec3 t = mesh.triangles[i];
    middle[i] = (value[t.x] + value[t.y] + value[t.z]) / 3;
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return middle[a] < middle[b]; });
  const std::size_t count = std::min(bins, std::max<std::size_t>(mesh.triangles.size() / 8, 2));
  struct Bin {
    glm::dvec3 moment{0};
    double area = 0;
    double level = 0;
    std::vector<std::uint32_t> triangles;
  };
  std::vector<Bin> all(count);
  for (std::size_t n = 0; n < order.size(); ++n) {
    const glm::uvec3 t = mesh.triangles[order[n]];
    Bin& bin = all[n * count / order.size()];
    const glm::vec3 a = mesh.positions[t.x];
    const double area =
        static_cast<double>(glm::length(glm::cross(mesh.positions[t.y] - a, mesh.positions[t.z] - a)) / 2 + 1e-9f);
    bin.moment += area * glm::dvec3(a + mesh.positions[t.y] + mesh.positions[t.z]) / 3.0;
    bin.level += area * middle[order[n]];
    bin.area += area;
    bin.triangles.push_back(order[n]);
  }
  for (const Bin& bin : all) {
    line.point.emplace_back(bin.moment / bin.area);
    line.level.push_back(bin.level / bin.area);
  }
  for (int round = 0; round < 2; ++round) {
    const auto before = line.point;
    for (std::size_t i = 1; i + 1 < count; ++i)
      line.point[i] = 0.25f * before[i - 1] + 0.5f * before[i] + 0.25f * before[i + 1];
  }
  line.way.assign(count, 0.0f);
  for (std::size_t i = 1; i < count; ++i)
    line.way[i] = line.way[i - 1] + glm::distance(line.point[i], line.point[i - 1]);
  line.length_mm = std::max(line.way.back(), 1e-3f);
  for (float& way : line.way)
    way /= line.length_mm;
  // Area of the section by the theorem of Gauss in its plane: half the sum of (p - c) . n over the bin's strip of
  // surface, divided by the strip's width.
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = i > 0 ? i - 1 : 0;
    const std::size_t to = std::min(i + 1, count - 1);
    const glm::vec3 along = glm::normalize(line.point[to] - line.point[from] + glm::vec3(1e-6f));
    const float width = glm::distance(line.point[to], line.point[from]) / static_cast<float>(to - from);
    double sum = 0;
    for (const std::uint32_t index : all[i].triangles) {
      const glm::uvec3 t = mesh.triangles[index];
      const glm::vec3 a = mesh.positions[t.x];
      const glm::vec3 normal = glm::cross(mesh.positions[t.y] - a, mesh.positions[t.z] - a) * 0.5f;
      glm::vec3 arm = (a + mesh.positions[t.y] + mesh.positions[t.z]) / 3.0f - line.point[i];
      arm -= glm::dot(arm, along) * along;
      sum += static_cast<double>(glm::dot(arm, normal)) / 2;
    }
    line.area_mm2.push_back(static_cast<float>(std::max(sum, 0.0)) / std::max(width, 0.1f));
  }
  return line;
}

// Two directions across the line at each bin, the first of which turns as little as possible from bin to bin.
struct Frames {
  std::vector<glm::vec3> first;
  std::vector<glm::vec3> second;
};

Frames frames_along(const CentreLine& line, glm::vec3 run) {
  Frames frames;
  const glm::vec3 wish = std::abs(run.y) > 0.5f ? glm::vec3(0, 0, -1) : glm::vec3(0, -1, 0);
  glm::vec3 current = wish;
  for (std::size_t i = 0; i < line.point.size(); ++i) {
    const std::size_t from = i > 0 ? i - 1 : 0;
    const std::size_t to = std::min(i + 1, line.point.size() - 1);
    const glm::vec3 along = glm::normalize(line.point[to] - line.point[from] + glm::vec3(1e-6f));
    const glm::vec3 next = current - glm::dot(current, along) * along;
    if (glm::length(next) > 1e-3f)
      current = glm::normalize(next);
    frames.first.push_back(current);
    frames.second.push_back(glm::cross(along, current));
  }
  return frames;
}

// Turned about the surface normal towards the midline; within 8 mm of it the lean fades, so that both sides meet.
glm::vec3 leaned(glm::vec3 direction, glm::vec3 normal, glm::vec3 position, const FibreOptions& options) {
  const float height = options.midline_lower.y - options.midline_upper.y;
  const float t = std::abs(height) > 1 ? (position.y - options.midline_upper.y) / height : 0.0f;
  const float offset = glm::mix(options.midline_upper.x, options.midline_lower.x, t) - position.x;
  glm::vec3 side(offset > 0 ? 1.0f : -1.0f, 0, 0);
  side -= glm::dot(side, normal) * normal;
  side -= glm::dot(side, direction) * direction;
  const float length = glm::length(side);
  if (length < 0.05f)
    return direction;
  const float angle = glm::radians(options.pennation_deg) * smooth_between(0, 8, std::abs(offset));
  return glm::normalize(std::cos(angle) * direction + std::sin(angle) * side / length);
}

} // namespace

FibreField lay_fibres(const TriMesh& mesh, const FibreOptions& options) {
  const glm::vec3 run = run_direction(options.run);
  const VertexNeighbours neighbours(mesh);
  std::vector<bool> fixed = proximal_end(mesh, run);
  const auto distance = edge_distance(mesh, neighbours, fixed);
  float longest = 0;
  for (const float way : distance)
    if (way < std::numeric_limits<float>::max())
      longest = std::max(longest, way);
  std::vector<double> value(mesh.positions.size(), 0.0);
  for (std::size_t i = 0; i < value.size(); ++i)
    value[i] = longest > 0 ? std::min(distance[i] / longest, 1.0f) : 0.0f;
  for (const std::uint32_t tip : tips(mesh, distance, longest))
    fixed[tip] = true;
  value = HarmonicSystem(mesh, neighbours).solve(std::move(value), fixed);

  FibreField out;
  out.direction = slope_of(mesh, neighbours, value, run);
  const CentreLine line = centre_line(mesh, value);
  const Frames frames = frames_along(line, run);
  const float largest = *std::max_element(line.area_mm2.begin(), line.area_mm2.end());
  TriMesh smooth = mesh;
  compute_normals(smooth);
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    const glm::vec3 centre = line.at(line.point, value[i]);
    const glm::vec3 arm = mesh.positions[i] - centre;
    const float angle =
        std::atan2(glm::dot(arm, line.at(frames.second, value[i])), glm::dot(arm, line.at(frames.first, value[i])));
    out.muscle_place.emplace_back(angle / (2 * std::numbers::pi_v<float>)+0.5f, line.at(line.way, value[i]));
    const float share = largest > 0 ? line.at(line.area_mm2, value[i]) / largest : 1.0f;
    out.tendon.push_back(1 - smooth_between(tendon_below, belly_above, share));
    if (options.pennation_deg != 0)
      out.direction[i] = leaned(out.direction[i], smooth.normals[i], mesh.positions[i], options);
  }
  return out;
}

void split_seam(SurfaceMesh& mesh) {
  if (mesh.muscle_place.empty())
    return;
  std::map<std::uint32_t, std::uint32_t> doubled; // vertex beyond the seam -> its copy one turn further
  const auto copy = [&](std::uint32_t vertex) {
    const auto [found, is_new] = doubled.emplace(vertex, static_cast<std::uint32_t>(mesh.surface.positions.size()));
    if (!is_new)
      return found->second;
    const auto repeat = [vertex](auto& list) {
      if (!list.empty())
        list.push_back(list[vertex]);
    };
    repeat(mesh.surface.positions);
    repeat(mesh.surface.normals);
    repeat(mesh.fibre);
    repeat(mesh.muscle_place);
    repeat(mesh.shares);
    repeat(mesh.binding);
    mesh.muscle_place.back().x += 1;
    return found->second;
  };
  for (glm::uvec3& t : mesh.surface.triangles) {
    const float highest = std::max({mesh.muscle_place[t.x].x, mesh.muscle_place[t.y].x, mesh.muscle_place[t.z].x});
    for (int k = 0; k < 3; ++k)
      if (mesh.muscle_place[t[k]].x < highest - 0.5f)
        t[k] = copy(t[k]);
  }
}

} // namespace calfscope
