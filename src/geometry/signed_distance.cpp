// Signed distance from a field's zero level or from a mesh: nodes next to the surface learn their nearest surface
// point, and sweeps hand these points on to their neighbours.

#include "geometry/parallel.h"
#include "geometry/scalar_grid.h"
#include "geometry/triangle.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

constexpr float far_away = 1e9f;

struct NearestPoints {
  GridFrame frame;
  std::vector<glm::vec3> point; // nearest surface point known so far
  std::vector<float> squared;   // its squared distance, mm2

  explicit NearestPoints(const GridFrame& where)
      : frame(where), point(where.node_count(), glm::vec3(far_away)), squared(where.node_count(), far_away) {}

  void offer(std::size_t node, glm::vec3 position, glm::vec3 candidate) {
    const glm::vec3 way = candidate - position;
    const float length = glm::dot(way, way);
    if (length < squared[node]) {
      squared[node] = length;
      point[node] = candidate;
    }
  }
};

// Takes over from one row that stands beside row (j, k), looking at three of its nodes for each of ours: with the face
// neighbour alone, points get lost on slanting ways and far distances come out too large.
void take_over_row(NearestPoints& near, int j, int k, int other_j, int other_k) {
  const GridFrame& frame = near.frame;
  if (other_j < 0 || other_j >= frame.size.y || other_k < 0 || other_k >= frame.size.z)
    return;
  const std::size_t base = frame.index(0, j, k);
  const std::size_t other = frame.index(0, other_j, other_k);
  for (int i = 0; i < frame.size.x; ++i) {
    const glm::vec3 position = frame.position(i, j, k);
    for (int from = std::max(i - 1, 0); from <= std::min(i + 1, frame.size.x - 1); ++from)
      near.offer(base + static_cast<std::size_t>(i), position, near.point[other + static_cast<std::size_t>(from)]);
  }
}

// One row handed along x, both ways.
void sweep_row(NearestPoints& near, int j, int k) {
  const GridFrame& frame = near.frame;
  const std::size_t base = frame.index(0, j, k);
  for (int i = 1; i < frame.size.x; ++i) {
    const std::size_t node = base + static_cast<std::size_t>(i);
    near.offer(node, frame.position(i, j, k), near.point[node - 1]);
  }
  for (int i = frame.size.x - 2; i >= 0; --i) {
    const std::size_t node = base + static_cast<std::size_t>(i);
    near.offer(node, frame.position(i, j, k), near.point[node + 1]);
  }
}

// Rows of one slab, downwards and upwards.
void sweep_slab(NearestPoints& near, int k) {
  sweep_row(near, 0, k);
  for (int j = 1; j < near.frame.size.y; ++j) {
    take_over_row(near, j, k, j - 1, k);
    sweep_row(near, j, k);
  }
  for (int j = near.frame.size.y - 2; j >= 0; --j) {
    take_over_row(near, j, k, j + 1, k);
    sweep_row(near, j, k);
  }
}

void hand_on(NearestPoints& near) {
  const GridFrame& frame = near.frame;
  parallel_for(0, frame.size.z, [&](int k) { sweep_slab(near, k); });
  const auto take_over_slab = [&](int k, int other_k) {
    // Rows read only the finished slab, so they are independent.
    parallel_for(0, frame.size.y, [&](int j) {
      for (int other_j = j - 1; other_j <= j + 1; ++other_j)
        take_over_row(near, j, k, other_j, other_k);
    });
    sweep_slab(near, k);
  };
  for (int k = 1; k < frame.size.z; ++k)
    take_over_slab(k, k - 1);
  for (int k = frame.size.z - 2; k >= 0; --k)
    take_over_slab(k, k + 1);
}

glm::vec3 slope_at(const ScalarGrid& field, int i, int j, int k) {
  const glm::ivec3 size = field.frame.size;
  const float step = field.frame.step_mm;
  const auto along = [&](int axis) {
    glm::ivec3 low(i, j, k);
    glm::ivec3 high = low;
    low[axis] = std::max(low[axis] - 1, 0);
    high[axis] = std::min(high[axis] + 1, size[axis] - 1);
    const int span = high[axis] - low[axis];
    return span == 0
               ? 0.0f
               : (field.at(high.x, high.y, high.z) - field.at(low.x, low.y, low.z)) / (step * static_cast<float>(span));
  };
  return {along(0), along(1), along(2)};
}

// Nearest points of nodes that have a neighbour of the other sign: by the slope where it is sound, else by the crossing
// on the grid edge.
void seed_from_field(NearestPoints& near, const ScalarGrid& field) {
  const GridFrame& frame = field.frame;
  const glm::ivec3 size = frame.size;
  parallel_for(0, size.z, [&](int k) {
    for (int j = 0; j < size.y; ++j)
      for (int i = 0; i < size.x; ++i) {
        const float value = field.at(i, j, k);
        const glm::vec3 position = frame.position(i, j, k);
        const std::size_t node = frame.index(i, j, k);
        bool at_surface = false;
        for (int axis = 0; axis < 3; ++axis)
          for (int way = -1; way <= 1; way += 2) {
            glm::ivec3 other(i, j, k);
            other[axis] += way;
            if (other[axis] < 0 || other[axis] >= size[axis])
              continue;
            const float beyond = field.at(other.x, other.y, other.z);
            if ((beyond < 0) == (value < 0))
              continue;
            at_surface = true;
            glm::vec3 crossing = position;
            crossing[axis] += static_cast<float>(way) * frame.step_mm * value / (value - beyond);
            near.offer(node, position, crossing);
          }
        if (!at_surface)
          continue;
        const glm::vec3 slope = slope_at(field, i, j, k);
        const float steep = glm::dot(slope, slope);
        if (!(steep > 1e-12f))
          continue;
        const glm::vec3 step = slope * (value / steep);
        if (glm::dot(step, step) < frame.step_mm * frame.step_mm)
          near.offer(node, position, position - step);
      }
  });
}

void seed_from_mesh(NearestPoints& near, const TriMesh& mesh) {
  const GridFrame& frame = near.frame;
  const float reach = 1.5f * frame.step_mm;
  // Slabs are independent, so each thread takes its slabs' share of every triangle.
  parallel_for(0, frame.size.z, [&](int k) {
    const float z = frame.position(0, 0, k).z;
    for (const glm::uvec3& t : mesh.triangles) {
      const glm::vec3 a = mesh.positions[t.x];
      const glm::vec3 b = mesh.positions[t.y];
      const glm::vec3 c = mesh.positions[t.z];
      const glm::vec3 low = glm::min(glm::min(a, b), c) - reach;
      const glm::vec3 high = glm::max(glm::max(a, b), c) + reach;
      if (z < low.z || z > high.z)
        continue;
      const glm::vec3 origin(frame.first);
      const glm::ivec3 from = glm::max(glm::ivec3(glm::ceil(low / frame.step_mm - origin)), glm::ivec3(0));
      const glm::ivec3 to = glm::min(glm::ivec3(glm::floor(high / frame.step_mm - origin)), frame.size - 1);
      for (int j = from.y; j <= to.y; ++j)
        for (int i = from.x; i <= to.x; ++i) {
          const glm::vec3 position = frame.position(i, j, k);
          near.offer(frame.index(i, j, k), position, nearest_on_triangle(position, a, b, c));
        }
    }
  });
}

// Counts, for every node, crossings of the line along `axis` that lie before it; votes go up where the count is odd.
void vote_along(int axis, const TriMesh& mesh, const GridFrame& frame, std::vector<std::uint8_t>& votes) {
  const int u = (axis + 1) % 3;
  const int v = (axis + 2) % 3;
  const int columns = frame.size[u];
  std::vector<std::vector<float>> crossings(static_cast<std::size_t>(columns) *
                                            static_cast<std::size_t>(frame.size[v]));
  // Lines are moved off the nodes by odd fractions of a step, so that they miss vertices and edges placed on round
  // numbers.
  const glm::dvec2 shift = glm::dvec2(0.000137, 0.000291) * static_cast<double>(frame.step_mm);
  const auto line_place = [&](int index, int of_axis) {
    return static_cast<double>(frame.step_mm) * (frame.first[of_axis] + index) + (of_axis == u ? shift.x : shift.y);
  };
  for (const glm::uvec3& t : mesh.triangles) {
    std::array<glm::dvec3, 3> p;
    for (int c = 0; c < 3; ++c)
      p[static_cast<std::size_t>(c)] = glm::dvec3(mesh.positions[t[c]]);
    const auto range = [&](int of_axis) {
      const double low = std::min({p[0][of_axis], p[1][of_axis], p[2][of_axis]});
      const double high = std::max({p[0][of_axis], p[1][of_axis], p[2][of_axis]});
      const int from = static_cast<int>(std::floor(low / frame.step_mm)) - frame.first[of_axis] - 1;
      const int to = static_cast<int>(std::ceil(high / frame.step_mm)) - frame.first[of_axis] + 1;
      return glm::ivec2(std::max(from, 0), std::min(to, frame.size[of_axis] - 1));
    };
    const glm::ivec2 ru = range(u);
    const glm::ivec2 rv = range(v);
    const auto side = [&](const glm::dvec3& from, const glm::dvec3& to, double pu, double pv) {
      return (to[u] - from[u]) * (pv - from[v]) - (to[v] - from[v]) * (pu - from[u]);
    };
    for (int jv = rv.x; jv <= rv.y; ++jv)
      for (int ju = ru.x; ju <= ru.y; ++ju) {
        const double pu = line_place(ju, u);
        const double pv = line_place(jv, v);
        const double w2 = side(p[0], p[1], pu, pv);
        const double w0 = side(p[1], p[2], pu, pv);
        const double w1 = side(p[2], p[0], pu, pv);
        if (!((w0 >= 0 && w1 >= 0 && w2 >= 0) || (w0 < 0 && w1 < 0 && w2 < 0)))
          continue;
        const double sum = w0 + w1 + w2;
        if (sum == 0)
          continue;
        const double place = (w0 * p[0][axis] + w1 * p[1][axis] + w2 * p[2][axis]) / sum;
        crossings[static_cast<std::size_t>(jv) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(ju)]
            .push_back(static_cast<float>(place));
      }
  }
  for (int jv = 0; jv < frame.size[v]; ++jv)
    for (int ju = 0; ju < columns; ++ju) {
      auto& line =
          crossings[static_cast<std::size_t>(jv) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(ju)];
      if (line.empty())
        continue;
      std::sort(line.begin(), line.end());
      std::size_t passed = 0;
      for (int i = 0; i < frame.size[axis]; ++i) {
        glm::ivec3 node(0);
        node[axis] = i;
        node[u] = ju;
        node[v] = jv;
        const float place = frame.step_mm * static_cast<float>(frame.first[axis] + i);
        while (passed < line.size() && line[passed] < place)
          ++passed;
        if (passed % 2 == 1)
          ++votes[frame.index(node.x, node.y, node.z)];
      }
    }
}

template <class Inside>
ScalarGrid signed_by(const NearestPoints& near, float limit_mm, const Inside& inside) {
  ScalarGrid out(near.frame);
  for (std::size_t node = 0; node < out.values.size(); ++node) {
    const float distance = std::min(std::sqrt(near.squared[node]), limit_mm);
    out.values[node] = inside(node) ? -distance : distance;
  }
  return out;
}

} // namespace

ScalarGrid signed_distance(const ScalarGrid& field, float limit_mm) {
  NearestPoints near(field.frame);
  seed_from_field(near, field);
  hand_on(near);
  return signed_by(near, limit_mm, [&](std::size_t node) { return field.values[node] < 0; });
}

ScalarGrid signed_distance(const TriMesh& mesh, const GridFrame& frame, float limit_mm) {
  NearestPoints near(frame);
  seed_from_mesh(near, mesh);
  hand_on(near);
  std::vector<std::uint8_t> votes(frame.node_count(), 0);
  for (int axis = 0; axis < 3; ++axis)
    vote_along(axis, mesh, frame, votes);
  return signed_by(near, limit_mm, [&](std::size_t node) { return votes[node] >= 2; });
}

} // namespace calfscope
