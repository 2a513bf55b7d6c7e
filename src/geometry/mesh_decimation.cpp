#include "geometry/mesh_decimation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <queue>

namespace calfscope {
namespace {

// Symmetric 4x4 form: squared distance to a set of planes, weighted by area.
struct Quadric {
  double xx = 0, xy = 0, xz = 0, xw = 0, yy = 0, yz = 0, yw = 0, zz = 0, zw = 0, ww = 0;
  double weight = 0;

  void add_plane(const glm::dvec3& n, double offset, double area) {
    xx += area * n.x * n.x;
    xy += area * n.x * n.y;
    xz += area * n.x * n.z;
    xw += area * n.x * offset;
    yy += area * n.y * n.y;
    yz += area * n.y * n.z;
    yw += area * n.y * offset;
    zz += area * n.z * n.z;
    zw += area * n.z * offset;
    ww += area * offset * offset;
    weight += area;
  }
  void add(const Quadric& q) {
    xx += q.xx, xy += q.xy, xz += q.xz, xw += q.xw, yy += q.yy, yz += q.yz;
    yw += q.yw, zz += q.zz, zw += q.zw, ww += q.ww, weight += q.weight;
  }
  double at(const glm::dvec3& p) const {
    return p.x * (xx * p.x + 2 * (xy * p.y + xz * p.z + xw)) + p.y * (yy * p.y + 2 * (yz * p.z + yw)) +
           p.z * (zz * p.z + 2 * zw) + ww;
  }
  // The point of least error near `middle`; a small pull towards it keeps flat parts solvable.
  glm::dvec3 best_near(const glm::dvec3& middle) const {
    const double pull = 1e-3 * weight + 1e-12;
    const glm::dmat3 form(xx + pull, xy, xz, xy, yy + pull, yz, xz, yz, zz + pull);
    return glm::inverse(form) * (pull * middle - glm::dvec3(xw, yw, zw));
  }
};

struct Collapse {
  double cost;
  std::uint32_t from, into; // `from` vanishes
  std::uint32_t age_from, age_into;
  glm::vec3 place;
  // Cheapest first; equal costs in order of the vertices, so that the result never depends on the heap.
  bool operator<(const Collapse& other) const {
    if (cost != other.cost)
      return cost > other.cost;
    return from != other.from ? from > other.from : into > other.into;
  }
};

class Decimator {
public:
  Decimator(const TriMesh& mesh, const DecimationOptions& options)
      : options_(options), positions_(mesh.positions), triangles_(mesh.triangles), alive_(mesh.triangles.size(), true),
        around_(mesh.positions.size()), quadrics_(mesh.positions.size()), age_(mesh.positions.size(), 0) {
    for (std::uint32_t t = 0; t < triangles_.size(); ++t) {
      const glm::uvec3 tri = triangles_[t];
      const glm::dvec3 a(positions_[tri.x]);
      const glm::dvec3 face = glm::cross(glm::dvec3(positions_[tri.y]) - a, glm::dvec3(positions_[tri.z]) - a);
      const double length = glm::length(face);
      for (int k = 0; k < 3; ++k) {
        around_[tri[k]].push_back(t);
        if (length > 0)
          quadrics_[tri[k]].add_plane(face / length, -glm::dot(face / length, a), length / 6);
      }
    }
  }

  TriMesh run() {
    std::size_t left = triangles_.size();
    for (const glm::uvec3& t : triangles_)
      for (int k = 0; k < 3; ++k)
        if (t[k] < t[(k + 1) % 3])
          offer(t[k], t[(k + 1) % 3]);
    while (left > options_.target_triangles && !queue_.empty()) {
      const Collapse next = queue_.top();
      queue_.pop();
      if (age_[next.from] != next.age_from || age_[next.into] != next.age_into || !sound(next))
        continue;
      left -= apply(next);
    }
    return result();
  }

private:
  std::vector<std::uint32_t> neighbours(std::uint32_t v) const {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t t : around_[v])
      for (int k = 0; k < 3; ++k)
        if (triangles_[t][k] != v)
          out.push_back(triangles_[t][k]);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  void offer(std::uint32_t a, std::uint32_t b) {
    Quadric sum = quadrics_[a];
    sum.add(quadrics_[b]);
    const glm::dvec3 pa(positions_[a]);
    const glm::dvec3 pb(positions_[b]);
    const glm::dvec3 middle = 0.5 * (pa + pb);
    const double edge = glm::length(pb - pa);
    glm::dvec3 place = sum.best_near(middle);
    if (!(glm::length(place - middle) < edge))
      place = middle;
    const double error = std::max(sum.at(place), 0.0);
    const double deviation = std::sqrt(error / std::max(sum.weight, 1e-12));
    if (deviation > options_.max_error_mm)
      return;
    // A little of the edge's length in the price keeps triangles even where the error is nil.
    const double cost = error + 1e-4 * edge * edge * sum.weight;
    queue_.push({cost, a, b, age_[a], age_[b], glm::vec3(place)});
  }

  bool sound(const Collapse& c) const {
    const auto of_from = neighbours(c.from);
    const auto of_into = neighbours(c.into);
    std::vector<std::uint32_t> shared;
    std::set_intersection(of_from.begin(), of_from.end(), of_into.begin(), of_into.end(), std::back_inserter(shared));
    if (shared.size() != 2)
      return false;
    // An inner vertex with three neighbours would leave two triangles on the same corners.
    for (const std::uint32_t v : shared)
      if (around_[v].size() <= 3)
        return false;
    for (const auto* ring : {&of_from, &of_into})
      for (const std::uint32_t v : *ring)
        if (glm::distance(positions_[v], c.place) > options_.longest_edge_mm)
          return false;
    return keeps_faces(c.from, c.into, c.place) && keeps_faces(c.into, c.from, c.place);
  }

  bool keeps_faces(std::uint32_t moved, std::uint32_t partner, glm::vec3 place) const {
    for (const std::uint32_t t : around_[moved]) {
      const glm::uvec3 tri = triangles_[t];
      if (tri.x == partner || tri.y == partner || tri.z == partner)
        continue;
      std::array<glm::vec3, 3> before{positions_[tri.x], positions_[tri.y], positions_[tri.z]};
      std::array<glm::vec3, 3> after = before;
      for (int k = 0; k < 3; ++k)
        if (tri[k] == moved)
          after[static_cast<std::size_t>(k)] = place;
      const glm::vec3 old_face = glm::cross(before[1] - before[0], before[2] - before[0]);
      const glm::vec3 new_face = glm::cross(after[1] - after[0], after[2] - after[0]);
      const float old_area = glm::length(old_face);
      const float new_area = glm::length(new_face);
      if (!(glm::dot(old_face, new_face) > 0.3f * old_area * new_area))
        return false;
      const auto squared_edges = [](const std::array<glm::vec3, 3>& p) {
        return glm::dot(p[1] - p[0], p[1] - p[0]) + glm::dot(p[2] - p[1], p[2] - p[1]) +
               glm::dot(p[0] - p[2], p[0] - p[2]);
      };
      // 4 sqrt(3) area / sum of squared edges is 1 for an even triangle; below 0.2 it is a sliver.
      const float quality = 3.4641f * new_area / std::max(squared_edges(after), 1e-20f);
      const float old_quality = 3.4641f * old_area / std::max(squared_edges(before), 1e-20f);
      if (quality < 0.2f && quality < old_quality)
        return false;
    }
    return true;
  }

  std::size_t apply(const Collapse& c) {
    std::size_t removed = 0;
    for (const std::uint32_t t : around_[c.from]) {
      glm::uvec3& tri = triangles_[t];
      if (tri.x == c.into || tri.y == c.into || tri.z == c.into) {
        alive_[t] = false;
        ++removed;
        for (int k = 0; k < 3; ++k)
          if (tri[k] != c.from)
            std::erase(around_[tri[k]], t);
        continue;
      }
      for (int k = 0; k < 3; ++k)
        if (tri[k] == c.from)
          tri[k] = c.into;
      around_[c.into].push_back(t);
    }
    around_[c.from].clear();
    quadrics_[c.into].add(quadrics_[c.from]);
    positions_[c.into] = c.place;
    ++age_[c.from];
    ++age_[c.into];
    for (const std::uint32_t v : neighbours(c.into))
      offer(std::min(v, c.into), std::max(v, c.into));
    return removed;
  }

  TriMesh result() const {
    TriMesh out;
    constexpr std::uint32_t none = 0xffffffffu;
    std::vector<std::uint32_t> renamed(positions_.size(), none);
    for (std::size_t t = 0; t < triangles_.size(); ++t) {
      if (!alive_[t])
        continue;
      glm::uvec3 next{};
      for (int k = 0; k < 3; ++k) {
        std::uint32_t& name = renamed[triangles_[t][k]];
        if (name == none) {
          name = static_cast<std::uint32_t>(out.positions.size());
          out.positions.push_back(positions_[triangles_[t][k]]);
        }
        next[k] = name;
      }
      out.triangles.push_back(next);
    }
    return out;
  }

  DecimationOptions options_;
  std::vector<glm::vec3> positions_;
  std::vector<glm::uvec3> triangles_;
  std::vector<bool> alive_;
  std::vector<std::vector<std::uint32_t>> around_; // living triangles at each vertex
  std::vector<Quadric> quadrics_;
  std::vector<std::uint32_t> age_; // raised when a vertex changes: older offers are void
  std::priority_queue<Collapse> queue_;
};

} // namespace

TriMesh decimate(const TriMesh& mesh, const DecimationOptions& options) {
  return Decimator(mesh, options).run();
}

} // namespace calfscope
