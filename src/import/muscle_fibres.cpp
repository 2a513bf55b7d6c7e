#include "import/muscle_fibres.h"

#include "geometry/mesh_neighbours.h"
#include "geometry/plane_section.h"
#include "geometry/scalar_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <queue>

namespace calfscope {
namespace {

constexpr std::size_t bins = 40;   // along the muscle
constexpr float end_share = 0.03f; // of the extent: where the proximal end is

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

// A symmetric positive system over the vertices of a mesh, with entries for neighbours only.
class SurfaceSystem {
public:
  SurfaceSystem(const TriMesh& mesh, const VertexNeighbours& neighbours) : neighbours_(neighbours) {
    const std::size_t count = mesh.positions.size();
    start_.resize(count + 1, 0);
    for (std::size_t i = 0; i < count; ++i)
      start_[i + 1] = start_[i] + neighbours.of(i).size();
    off_diagonal_.assign(start_[count], 0.0);
    diagonal_.assign(count, 0.0);
  }

  void add(std::uint32_t row, std::uint32_t column, double value) {
    if (row == column) {
      diagonal_[row] += value;
      return;
    }
    const auto list = neighbours_.of(row);
    const auto found = std::lower_bound(list.begin(), list.end(), column);
    off_diagonal_[start_[row] + static_cast<std::size_t>(found - list.begin())] += value;
  }

  // Conjugate gradients from the given values; `fixed` ones are kept (empty: none).
  std::vector<double> solve(std::vector<double> values, const std::vector<double>& right,
                            const std::vector<bool>& fixed) const {
    const std::size_t count = values.size();
    const auto free = [&](std::size_t i) { return fixed.empty() || !fixed[i]; };
    std::vector<double> residual = apply(values);
    for (std::size_t i = 0; i < count; ++i)
      residual[i] = free(i) ? right[i] - residual[i] : 0.0;
    std::vector<double> way = residual;
    double square = std::inner_product(residual.begin(), residual.end(), residual.begin(), 0.0);
    const double enough = square * 1e-12;
    for (std::size_t round = 0; round < 4 * count && square > enough && square > 0; ++round) {
      std::vector<double> image = apply(way);
      for (std::size_t i = 0; i < count; ++i)
        if (!free(i))
          image[i] = 0;
      const double slope = std::inner_product(way.begin(), way.end(), image.begin(), 0.0);
      if (!(slope > 0))
        break;
      for (std::size_t i = 0; i < count; ++i) {
        values[i] += square / slope * way[i];
        residual[i] -= square / slope * image[i];
      }
      const double next = std::inner_product(residual.begin(), residual.end(), residual.begin(), 0.0);
      for (std::size_t i = 0; i < count; ++i)
        way[i] = residual[i] + next / square * way[i];
      square = next;
    }
    return values;
  }

private:
  std::vector<double> apply(const std::vector<double>& values) const {
    std::vector<double> out(values.size(), 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
      out[i] = diagonal_[i] * values[i];
      const auto list = neighbours_.of(i);
      for (std::size_t n = 0; n < list.size(); ++n)
        out[i] += off_diagonal_[start_[i] + n] * values[list[n]];
    }
    return out;
  }

  const VertexNeighbours& neighbours_;
  std::vector<std::size_t> start_;
  std::vector<double> off_diagonal_;
  std::vector<double> diagonal_;
};

// Harmonic between the fixed values: cotangent weights, never below a small positive number, so that slivers do no
// harm.
std::vector<double> harmonic(const TriMesh& mesh, const VertexNeighbours& neighbours, std::vector<double> values,
                             const std::vector<bool>& fixed) {
  SurfaceSystem system(mesh, neighbours);
  for (const glm::uvec3& t : mesh.triangles)
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t a = t[k];
      const std::uint32_t b = t[(k + 1) % 3];
      const glm::vec3 u = mesh.positions[a] - mesh.positions[t[(k + 2) % 3]];
      const glm::vec3 v = mesh.positions[b] - mesh.positions[t[(k + 2) % 3]];
      const float sine = glm::length(glm::cross(u, v));
      const double weight = sine > 1e-9f ? std::clamp(glm::dot(u, v) / sine, 0.01f, 5.0f) / 2.0 : 0.005;
      system.add(a, b, -weight);
      system.add(b, a, -weight);
      system.add(a, a, weight);
      system.add(b, b, weight);
    }
  const std::vector<double> zero(values.size(), 0.0);
  return system.solve(std::move(values), zero, fixed);
}

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
  std::vector<std::uint32_t> order;
  std::vector<double> middle(mesh.triangles.size());
  for (std::uint32_t i = 0; i < middle.size(); ++i) {
    const glm::uvec3 t = mesh.triangles[i];
    middle[i] = (value[t.x] + value[t.y] + value[t.z]) / 3;
    if (middle[i] > 0) // the rest is the proximal end itself, or the flat cap of a cut
      order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return middle[a] < middle[b]; });
  const std::size_t count = std::min(bins, std::max<std::size_t>(order.size() / 8, 2));
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
  for (int round = 0; round < 6; ++round) {
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

// Section areas as the tendon sees them: the belly reaches to its last thick section, so that a narrow place inside it
// is no tendon; beyond, areas only fall, so that an insertion that fans out is no belly.
std::vector<float> falling_from_belly(std::vector<float> area, bool cut) {
  constexpr float thick = 0.4f; // of the largest section
  constexpr int widest_gap = 3; // sections; a thick one further out is another thing (slips spread over the toes)
  const auto most = std::max_element(area.begin(), area.end());
  if (most == area.end())
    return area;
  const float largest = *most;
  const auto count = static_cast<std::ptrdiff_t>(area.size());
  const auto edge_of_belly = [&](std::ptrdiff_t step) {
    std::ptrdiff_t edge = most - area.begin();
    int gap = 0;
    for (std::ptrdiff_t i = edge + step; i >= 0 && i < count && gap <= widest_gap; i += step) {
      const bool is_thick = area[static_cast<std::size_t>(i)] >= thick * largest;
      gap = is_thick ? 0 : gap + 1;
      if (is_thick)
        edge = i;
    }
    return edge;
  };
  const std::ptrdiff_t first = cut ? 0 : edge_of_belly(-1);
  const std::ptrdiff_t last = edge_of_belly(1);
  std::fill(area.begin() + first, area.begin() + last + 1, largest);
  for (auto i = static_cast<std::size_t>(last) + 1; i < area.size(); ++i)
    area[i] = std::min(area[i], area[i - 1]);
  for (auto i = static_cast<std::size_t>(first); i-- > 0;)
    area[i] = std::min(area[i], area[i + 1]);
  return area;
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

// The outline of the muscle in a plane across its line, as points at even steps of the way round.
struct SectionRing {
  std::vector<glm::vec3> point;
  float length_mm = 0;
  float first_turn = 0; // way round of point 0, in turns; steps of 1 / ring_points from there
};
constexpr std::size_t ring_points = 72;

// Points at even steps along a closed curve whose corners are `curve` and whose lengths are those of `measure`.
std::vector<glm::vec3> even_steps(const std::vector<glm::vec3>& curve, const std::vector<glm::vec3>& measure,
                                  float& length_mm) {
  const std::size_t count = curve.size();
  std::vector<float> way{0};
  for (std::size_t i = 0; i < count; ++i)
    way.push_back(way.back() + glm::distance(measure[i], measure[(i + 1) % count]));
  length_mm = way.back();
  std::vector<glm::vec3> out;
  std::size_t edge = 0;
  for (std::size_t k = 0; k < ring_points; ++k) {
    const float at = length_mm * static_cast<float>(k) / ring_points;
    while (edge + 2 < way.size() && way[edge + 1] <= at)
      ++edge;
    const float span = way[edge + 1] - way[edge];
    out.push_back(glm::mix(curve[edge], curve[(edge + 1) % count], span > 0 ? (at - way[edge]) / span : 0.0f));
  }
  return out;
}

SectionRing evenly_spaced(const std::vector<glm::vec3>& outline) {
  SectionRing ring;
  ring.point = even_steps(outline, outline, ring.length_mm);
  // Folds of the surface come and go from section to section; measured along the smoothed outline they count little.
  std::vector<glm::vec3> smooth = ring.point;
  for (int round = 0; round < 12; ++round) {
    const auto before = smooth;
    for (std::size_t k = 0; k < ring_points; ++k)
      smooth[k] = 0.25f * before[(k + ring_points - 1) % ring_points] + 0.5f * before[k] +
                  0.25f * before[(k + 1) % ring_points];
  }
  float smooth_length = 0;
  ring.point = even_steps(ring.point, smooth, smooth_length);
  return ring;
}

// Longest first.
std::vector<SectionRing> rings_at(const TriMesh& mesh, glm::vec3 centre, glm::vec3 first, glm::vec3 second) {
  const glm::vec3 along = glm::normalize(glm::cross(first, second));
  std::vector<SectionRing> rings;
  for (const auto& outline : section_outlines(mesh, {.normal = along, .offset_mm = glm::dot(along, centre)}))
    if (outline.size() >= 3)
      rings.push_back(evenly_spaced(outline));
  std::sort(rings.begin(), rings.end(), [](const auto& a, const auto& b) { return a.length_mm > b.length_mm; });
  return rings;
}

// Turns the counting of `ring` so that it twists as little as possible against `model`, both seen from their middles.
void align(SectionRing& ring, const SectionRing& model) {
  const auto middle = [](const SectionRing& r) {
    glm::vec3 sum(0);
    for (const glm::vec3& p : r.point)
      sum += p;
    return sum / static_cast<float>(ring_points);
  };
  const glm::vec3 shift = middle(model) - middle(ring);
  std::array<double, ring_points> cost{};
  for (std::size_t turn = 0; turn < ring_points; ++turn)
    for (std::size_t k = 0; k < ring_points; ++k) {
      const glm::vec3 apart = ring.point[k] + shift - model.point[(k + turn) % ring_points];
      cost[turn] += static_cast<double>(glm::dot(apart, apart));
    }
  const auto best = static_cast<std::size_t>(std::min_element(cost.begin(), cost.end()) - cost.begin());
  // The lowest point of the parabola through the best and its neighbours lies between the steps.
  const double before = cost[(best + ring_points - 1) % ring_points];
  const double after = cost[(best + 1) % ring_points];
  const double bend = before + after - 2 * cost[best];
  const double fine = bend > 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0.0;
  ring.first_turn = model.first_turn + static_cast<float>((static_cast<double>(best) + fine) / ring_points);
}

// Way round at the point of the rings nearest to p, in turns, not wrapped; 0 if there are none.
float turn_near(const std::vector<SectionRing>& rings, glm::vec3 p) {
  float best = std::numeric_limits<float>::max();
  float turn = 0;
  for (const SectionRing& ring : rings)
    for (std::size_t k = 0; k < ring_points; ++k) {
      const glm::vec3 a = ring.point[k];
      const glm::vec3 way = ring.point[(k + 1) % ring_points] - a;
      const float square = glm::dot(way, way);
      const float t = square > 0 ? glm::clamp(glm::dot(p - a, way) / square, 0.0f, 1.0f) : 0.0f;
      const float apart = glm::distance(p, a + t * way);
      if (apart < best) {
        best = apart;
        turn = ring.first_turn + (static_cast<float>(k) + t) / ring_points;
      }
    }
  return turn;
}

// The way round the muscle at each vertex in turns (0..1), by its outlines across the line, which are aligned with each
// other from the thickest one outwards.
std::vector<float> turns_round(const TriMesh& mesh, const VertexNeighbours& neighbours,
                               const std::vector<double>& value, const CentreLine& line, const Frames& frames) {
  const std::size_t count = line.point.size();
  const auto belly =
      static_cast<std::size_t>(std::max_element(line.area_mm2.begin(), line.area_mm2.end()) - line.area_mm2.begin());
  std::vector<std::vector<SectionRing>> rings;
  for (std::size_t i = 0; i < count; ++i)
    rings.push_back(rings_at(mesh, line.point[i], frames.first[i], frames.second[i]));
  // From the belly to both ends; a level without an outline leaves the last model in force.
  const auto align_from = [&](std::size_t step_count, auto index) {
    const SectionRing* model = rings[belly].empty() ? nullptr : &rings[belly].front();
    for (std::size_t n = 0; n <= step_count; ++n) {
      auto& here = rings[index(n)];
      if (model)
        for (SectionRing& ring : here)
          if (&ring != model)
            align(ring, *model);
      if (!here.empty())
        model = &here.front();
    }
  };
  align_from(belly, [&](std::size_t n) { return belly - n; });
  align_from(count - 1 - belly, [&](std::size_t n) { return belly + n; });

  std::vector<glm::vec2> spoke; // cosine and sine of the way round
  for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
    const auto after = std::upper_bound(line.level.begin(), line.level.end(), value[v]) - line.level.begin();
    const auto high = std::min(static_cast<std::size_t>(after), count - 1);
    const std::size_t low = after > 0 ? static_cast<std::size_t>(after) - 1 : 0;
    const double step = line.level[high] - line.level[low];
    const auto t = static_cast<float>(step > 0 ? std::clamp((value[v] - line.level[low]) / step, 0.0, 1.0) : 0.0);
    const float from = turn_near(rings[low], mesh.positions[v]);
    float way = turn_near(rings[high], mesh.positions[v]) - from;
    way -= std::round(way); // the shorter way round
    const float angle = 2 * std::numbers::pi_v<float> * (from + t * way);
    spoke.emplace_back(std::cos(angle), std::sin(angle));
  }
  // A fold that a section cuts differently from the next one would leave a kink in the strands. Rounds reach as far as
  // their root times the edge length.
  constexpr double reach_mm = 18;
  const double edge_mm = std::sqrt(2 * area_mm2(mesh) / static_cast<double>(mesh.triangles.size()));
  const int rounds = static_cast<int>(std::clamp(reach_mm * reach_mm / (edge_mm * edge_mm), 6.0, 60.0));
  for (int round = 0; round < rounds; ++round) {
    const auto before = spoke;
    for (std::size_t v = 0; v < spoke.size(); ++v) {
      for (const std::uint32_t other : neighbours.of(v))
        spoke[v] += before[other];
      const float length = glm::length(spoke[v]);
      spoke[v] = length > 1e-3f ? spoke[v] / length : before[v];
    }
  }
  std::vector<float> turns;
  for (const glm::vec2& s : spoke) {
    const float turn = std::atan2(s.y, s.x) / (2 * std::numbers::pi_v<float>);
    turns.push_back(turn < 0 ? turn + 1 : turn);
  }
  return turns;
}

// Fibres of a muscle in one piece run as its line does; where it has several slips, `slope` knows better.
std::vector<glm::vec3> along_line(const TriMesh& smooth, const std::vector<double>& value, const CentreLine& line,
                                  const Frames& frames, const std::vector<glm::vec3>& slope) {
  std::vector<glm::vec3> out = slope;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const glm::vec3 tangent = glm::cross(line.at(frames.first, value[i]), line.at(frames.second, value[i]));
    glm::vec3 direction = tangent - glm::dot(tangent, smooth.normals[i]) * smooth.normals[i];
    const float length = glm::length(direction);
    // Near a blunt end the line runs square into the surface and says nothing.
    const float trust = smooth_between(0.25f, 0.6f, length);
    direction = (length > 0 ? trust / length * direction : glm::vec3(0)) + (1 - trust) * slope[i];
    if (glm::length(direction) > 1e-3f)
      out[i] = glm::normalize(direction);
  }
  return out;
}

// Medial (positive) or lateral offset from the straight midline, mm.
float offset_from_midline(glm::vec3 p, const FibreOptions& options) {
  const float height = options.midline_lower.y - options.midline_upper.y;
  const float t = std::abs(height) > 1 ? (p.y - options.midline_upper.y) / height : 0.0f;
  return p.x - glm::mix(options.midline_upper.x, options.midline_lower.x, t);
}

// Which way round the normal the fibres lean at each vertex, -1..1: towards the midline as seen from behind. A muscle
// on one side of it leans one way all round, as a twisted rope does; one that lies across it is feathered.
std::vector<float> lean_of(const TriMesh& mesh, const FibreOptions& options) {
  constexpr float feather_mm = 12; // half the width over which the two sides of a feather meet
  std::vector<float> lean;
  double sum = 0;
  double size = 0;
  for (const glm::vec3& p : mesh.positions) {
    const float offset = offset_from_midline(p, options);
    lean.push_back(2 * smooth_between(-feather_mm, feather_mm, offset) - 1);
    sum += static_cast<double>(offset);
    size += static_cast<double>(std::abs(offset));
  }
  if (std::abs(sum) > 0.7 * size)
    std::fill(lean.begin(), lean.end(), sum > 0 ? 1.0f : -1.0f);
  return lean;
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
  if (options.pennation_deg == 0)
    return out;
  const auto lean = lean_of(mesh, options);
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    const float angle = lean[i] * glm::radians(options.pennation_deg);
    out.direction[i] =
        std::cos(angle) * out.direction[i] + std::sin(angle) * glm::cross(smooth.normals[i], out.direction[i]);
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
