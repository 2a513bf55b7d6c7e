#include "props/soft_shape.h"

#include "geometry/isosurface.h"
#include "geometry/mesh_smoothing.h"
#include "geometry/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

constexpr float nowhere = 1e9f; // distance of what is not there
constexpr int block = 4;        // nodes of the grid that are judged together

// After Quilez, "round cone": exact.
float round_cone_distance(glm::vec3 p, glm::vec3 a, glm::vec3 b, float ra, float rb) {
  const glm::vec3 along = b - a;
  const float l2 = dot(along, along);
  const float rr = ra - rb;
  const float a2 = l2 - rr * rr;
  if (a2 <= 0) // one end swallows the other
    return ra > rb ? distance(p, a) - ra : distance(p, b) - rb;
  const glm::vec3 pa = p - a;
  const float y = dot(pa, along), z = y - l2;
  const glm::vec3 beside = pa * l2 - along * y;
  const float x2 = dot(beside, beside), y2 = y * y * l2, z2 = z * z * l2;
  const float k = glm::sign(rr) * rr * rr * x2;
  if (glm::sign(z) * a2 * z2 > k)
    return std::sqrt(x2 + z2) / l2 - rb;
  if (glm::sign(y) * a2 * y2 < k)
    return std::sqrt(x2 + y2) / l2 - ra;
  return (std::sqrt(x2 * a2 / l2) + y * rr) / l2 - ra;
}

// The parts of each group that matter somewhere; all of them by default.
struct Chosen {
  std::vector<std::vector<const SoftPart*>> parts;
};

Chosen all_of(const SoftShape& shape) {
  Chosen out;
  for (const SoftGroup& group : shape.groups) {
    auto& list = out.parts.emplace_back();
    for (const SoftPart& part : group.parts)
      list.push_back(&part);
  }
  return out;
}

// Within `reach_mm` of a place no other part has a say.
Chosen near(const SoftShape& shape, const Chosen& from, glm::vec3 place, float reach_mm) {
  std::vector<float> widest(from.parts.size(), shape.blend_mm); // over which a group flows into others
  for (const SoftJoin& join : shape.joins)
    for (const std::size_t g : {join.i, join.j})
      widest[g] = std::max(widest[g], join.blend_mm);
  std::vector<std::vector<float>> far(from.parts.size());
  std::vector<float> least(from.parts.size(), nowhere);
  float nearest = nowhere;
  for (std::size_t g = 0; g < from.parts.size(); ++g) {
    for (const SoftPart* part : from.parts[g])
      least[g] = std::min(least[g], far[g].emplace_back(part->distance(place)));
    const SoftGroup& group = shape.groups[g]; // what is cut off is nowhere near
    nearest = std::min(nearest, std::max(least[g], dot(place - group.cut_at, group.cut_way)));
  }
  Chosen out;
  out.parts.resize(from.parts.size());
  for (std::size_t g = 0; g < from.parts.size(); ++g)
    if (least[g] <= nearest + 2 * reach_mm + 1.5f * widest[g])
      for (std::size_t i = 0; i < far[g].size(); ++i)
        if (far[g][i] <= least[g] + 2 * reach_mm + 1.5f * shape.groups[g].blend_mm)
          out.parts[g].push_back(from.parts[g][i]);
  return out;
}

float flow_together(float p, float q, float blend_mm) {
  return std::abs(p - q) < blend_mm ? smooth_min(p, q, blend_mm) : std::min(p, q);
}

float group_distance(const SoftShape& shape, const Chosen& chosen, std::size_t g, glm::vec3 p) {
  float out = nowhere;
  for (const SoftPart* part : chosen.parts[g])
    out = flow_together(out, part->distance(p), shape.groups[g].blend_mm);
  const SoftGroup& group = shape.groups[g];
  return group.cut_way == glm::vec3(0) ? out : std::max(out, dot(p - group.cut_at, group.cut_way));
}

float raw_distance(const SoftShape& shape, const Chosen& chosen, glm::vec3 p) {
  std::array<float, 16> of_group;
  for (std::size_t g = 0; g < shape.groups.size(); ++g)
    of_group[g] = chosen.parts[g].empty() ? nowhere : group_distance(shape, chosen, g, p);
  float out = nowhere;
  for (const SoftJoin& join : shape.joins)
    if (std::min(of_group[join.i], of_group[join.j]) < nowhere)
      out = flow_together(out, flow_together(of_group[join.i], of_group[join.j], join.i == join.j ? 0 : join.blend_mm),
                          shape.blend_mm);
  return out;
}

float value_at(const SoftShape& shape, const Chosen& chosen, glm::vec3 p) {
  const float d = raw_distance(shape, chosen, p);
  return shape.finish ? shape.finish(p, d) : d;
}

} // namespace

float SoftPart::distance(glm::vec3 p) const {
  if (radii.x > 0) {
    const glm::vec3 q = (p - a) * frame;
    const float k0 = length(q / radii), k1 = length(q / (radii * radii));
    // Near the middle the slope is lost; deep inside only the sign matters.
    return k1 < 1e-6f ? -std::min({radii.x, radii.y, radii.z}) : k0 * (k0 - 1) / k1;
  }
  if (thinness >= 1)
    return round_cone_distance(p, a, b, ra, rb);
  const auto stretched = [&](glm::vec3 x) { return x + thin * (dot(x - a, thin) * (1 / thinness - 1)); };
  return thinness * round_cone_distance(stretched(p), a, stretched(b), ra, rb);
}

Bounds SoftPart::bounds() const {
  Bounds out;
  const float r = radii.x > 0 ? std::max({radii.x, radii.y, radii.z}) : 0;
  out.add(a - glm::vec3(std::max(r, ra)));
  out.add(a + glm::vec3(std::max(r, ra)));
  if (radii.x <= 0) {
    out.add(b - glm::vec3(rb));
    out.add(b + glm::vec3(rb));
  }
  return out;
}

SoftPart round_cone(glm::vec3 a, glm::vec3 b, float ra, float rb) {
  return {.a = a, .b = b, .ra = ra, .rb = rb};
}

SoftPart flat_cone(glm::vec3 a, glm::vec3 b, float ra, float rb, glm::vec3 thin, float thinness) {
  return {.a = a, .b = b, .ra = ra, .rb = rb, .thin = normalize(thin), .thinness = thinness};
}

SoftPart ellipsoid(glm::vec3 centre, glm::vec3 radii, const glm::mat3& frame) {
  return {.a = centre, .b = centre, .radii = radii, .frame = frame};
}

float SoftShape::distance(glm::vec3 p) const {
  return value_at(*this, all_of(*this), p);
}

TriMesh surface_of(const SoftShape& shape, float step_mm) {
  Bounds box;
  for (const SoftGroup& group : shape.groups)
    for (const SoftPart& part : group.parts)
      box.add(part.bounds());
  ScalarGrid grid(GridFrame::around(box, step_mm, 3 * step_mm));
  const glm::ivec3 size = grid.frame.size;
  const glm::ivec3 blocks = (size + block - 1) / block;
  const Chosen everything = all_of(shape);
  std::vector<Chosen> chosen(static_cast<std::size_t>(blocks.x) * blocks.y * blocks.z);
  const auto block_index = [&](glm::ivec3 b) {
    return static_cast<std::size_t>(b.x + blocks.x * (b.y + blocks.y * b.z));
  };
  const auto half_diagonal = [&](int nodes) {
    return 0.5f * std::sqrt(3.0f) * static_cast<float>(nodes - 1) * step_mm;
  };
  // The field is worked out only where the surface may pass: first in large blocks of the grid, then in small ones.
  // Calls work(first, last, chosen parts) for those of a box that it may pass; the others get one value.
  const auto visit = [&](glm::ivec3 from, glm::ivec3 to, int nodes, const Chosen& among, const auto& work) {
    for (int k = from.z; k < to.z; k += nodes)
      for (int j = from.y; j < to.y; j += nodes)
        for (int i = from.x; i < to.x; i += nodes) {
          const glm::ivec3 first(i, j, k), last = glm::min(first + nodes, to);
          const glm::vec3 middle =
              step_mm * (glm::vec3(grid.frame.first + first) + 0.5f * static_cast<float>(nodes - 1));
          const float there = value_at(shape, among, middle);
          if (std::abs(there) <= 1.1f * half_diagonal(nodes)) {
            work(first, last, near(shape, among, middle, half_diagonal(nodes) + step_mm));
            continue;
          }
          for (int z = k; z < last.z; ++z)
            for (int y = j; y < last.y; ++y)
              for (int x = i; x < last.x; ++x)
                grid.at(x, y, z) = glm::clamp(there, -step_mm, step_mm);
        }
  };
  constexpr int large = 4 * block;
  parallel_for(0, (size.z + large - 1) / large, [&](int slab) {
    const glm::ivec3 from(0, 0, slab * large), to(size.x, size.y, std::min(size.z, (slab + 1) * large));
    visit(from, to, large, everything, [&](glm::ivec3 first, glm::ivec3 last, const Chosen& some) {
      visit(first, last, block, some, [&](glm::ivec3 low, glm::ivec3 high, Chosen few) {
        for (int k = low.z; k < high.z; ++k)
          for (int j = low.y; j < high.y; ++j)
            for (int i = low.x; i < high.x; ++i)
              grid.at(i, j, k) = value_at(shape, few, grid.frame.position(i, j, k));
        chosen[block_index(low / block)] = std::move(few);
      });
    });
  });

  TriMesh mesh = isosurface(grid);
  const auto slope_at = [&](glm::vec3 p, float& value) {
    const glm::ivec3 node = glm::clamp(glm::ivec3(glm::round(p / step_mm)) - grid.frame.first, glm::ivec3(0), size - 1);
    const Chosen& mine = chosen[block_index(node / block)];
    const Chosen& used = mine.parts.empty() ? everything : mine;
    // Four corners of a tetrahedron give value and slope at once.
    constexpr std::array<glm::vec3, 4> corners{{{1, -1, -1}, {-1, -1, 1}, {-1, 1, -1}, {1, 1, 1}}};
    const float h = 0.2f * step_mm;
    glm::vec3 slope(0);
    value = 0;
    for (const glm::vec3& corner : corners) {
      const float there = value_at(shape, used, p + h * corner);
      slope += there * corner;
      value += 0.25f * there;
    }
    return slope / (4 * h);
  };
  relax_tangentially(mesh, 2); // its normals stay where the field has no slope
  const int count = static_cast<int>(mesh.positions.size());
  constexpr int chunk = 1024;
  parallel_for(0, (count + chunk - 1) / chunk, [&](int c) {
    for (int v = c * chunk; v < std::min(count, (c + 1) * chunk); ++v) {
      const auto at = static_cast<std::size_t>(v);
      float value = 0;
      const glm::vec3 slope = slope_at(mesh.positions[at], value);
      const float steep2 = dot(slope, slope);
      if (steep2 < 0.04f)
        continue;
      mesh.positions[at] -= slope * glm::clamp(value / steep2, -0.5f * step_mm, 0.5f * step_mm);
      const glm::vec3 after = slope_at(mesh.positions[at], value);
      if (dot(after, after) > 0.04f)
        mesh.normals[at] = normalize(after);
    }
  });
  return mesh;
}

} // namespace calfscope
