#include "render/gpu_mesh.h"

#include "render/streak_place.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <iterator>
#include <map>
#include <numeric>
#include <tuple>

namespace calfscope::render {
namespace {

struct Vertex {
  glm::vec3 position;
  std::array<std::int16_t, 4> normal;
  std::array<std::int8_t, 4> fibre;
  std::array<std::uint8_t, 4> shares;
  std::array<std::uint8_t, 4> segment;
  std::array<std::uint8_t, 4> weight;
  glm::vec2 streak;
};

// Only where flesh bends. As shaders/pose.glsl reads it.
struct BentVertex {
  std::array<std::array<std::int16_t, 4>, 4> position;
  std::array<std::array<std::int16_t, 4>, 4> normal;
};
constexpr float bend_reach_mm = 128;

constexpr std::array<gl::Attribute, 7> plain_attributes{{
    {slot_position, 3, gl::Attribute::Type::float32, offsetof(Vertex, position)},
    {slot_normal, 3, gl::Attribute::Type::snorm16, offsetof(Vertex, normal)},
    {slot_fibre, 3, gl::Attribute::Type::snorm8, offsetof(Vertex, fibre)},
    {slot_shares, 3, gl::Attribute::Type::unorm8, offsetof(Vertex, shares)},
    {slot_segment, 4, gl::Attribute::Type::uint8, offsetof(Vertex, segment)},
    {slot_weight, 4, gl::Attribute::Type::unorm8, offsetof(Vertex, weight)},
    {slot_streak, 2, gl::Attribute::Type::float32, offsetof(Vertex, streak)},
}};

// What lies in a buffer per vertex: a Vertex, then a BentVertex where the mesh bends, then the field where it is
// painted.
struct Layout {
  bool bent = false;
  bool painted = false;

  std::size_t field_offset() const { return sizeof(Vertex) + (bent ? sizeof(BentVertex) : 0); }
  std::size_t stride() const { return field_offset() + (painted ? sizeof(glm::vec4) : 0); }

  std::vector<gl::Attribute> attributes() const {
    std::vector<gl::Attribute> out(plain_attributes.begin(), plain_attributes.end());
    constexpr auto type = gl::Attribute::Type::snorm16;
    for (unsigned int k = 0; bent && k < 4; ++k) {
      const std::size_t position = offsetof(BentVertex, position) + k * sizeof(BentVertex::position[0]);
      const std::size_t normal = offsetof(BentVertex, normal) + k * sizeof(BentVertex::normal[0]);
      out.push_back({slot_bend_0 + k, k == 0 ? 4 : 3, type, sizeof(Vertex) + position});
      out.push_back({slot_bend_normal_0 + k, 3, type, sizeof(Vertex) + normal});
    }
    if (painted)
      out.push_back({slot_field, 4, gl::Attribute::Type::float32, field_offset()});
    return out;
  }
};

// Fibre bundles are about this wide; small muscles have finer ones.
constexpr float bundle_mm = 1.9f;
// A belly is so much wider than its muscle is on the whole.
constexpr float belly_share = 1.3f;

std::int16_t snorm16(float value) {
  return static_cast<std::int16_t>(std::lround(std::clamp(value, -1.0f, 1.0f) * 32767));
}
std::int8_t snorm8(float value) {
  return static_cast<std::int8_t>(std::lround(std::clamp(value, -1.0f, 1.0f) * 127));
}
std::uint8_t unorm8(float value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0f, 1.0f) * 255));
}

void append(std::vector<std::uint32_t>& indices, const std::vector<glm::uvec3>& triangles) {
  for (const glm::uvec3& t : triangles)
    indices.insert(indices.end(), {t.x, t.y, t.z});
}

// Every edge is run through once each way.
bool is_closed(const std::vector<glm::uvec3>& triangles) {
  std::vector<std::uint64_t> edges;
  edges.reserve(3 * triangles.size());
  for (const glm::uvec3& t : triangles)
    for (int k = 0; k < 3; ++k) {
      const std::uint64_t a = t[k], b = t[(k + 1) % 3];
      edges.push_back(std::min(a, b) << 33 | std::max(a, b) << 1 | static_cast<std::uint64_t>(a < b));
    }
  std::sort(edges.begin(), edges.end());
  for (std::size_t i = 0; i + 1 < edges.size(); i += 2)
    if (edges[i] >> 1 != edges[i + 1] >> 1 || edges[i] == edges[i + 1])
      return false;
  return edges.size() % 2 == 0 && !edges.empty();
}

// The direction that the fibres have most in common, either way round counting the same: the largest eigenvector of
// the sum of their outer products, by power iteration. The long axis where there are none.
glm::vec3 mean_direction(const std::vector<glm::vec3>& fibres) {
  glm::mat3 sum(0);
  for (const glm::vec3& f : fibres)
    sum += glm::outerProduct(f, f);
  glm::vec3 axis(0.1f, 1, 0.1f);
  for (int i = 0; i < 20; ++i) {
    const glm::vec3 next = sum * axis;
    if (!(glm::dot(next, next) > 1e-12f))
      return {0, 1, 0};
    axis = glm::normalize(next);
  }
  return axis;
}

glm::mat3 grain_of(const std::vector<glm::vec3>& fibres) {
  const glm::vec3 axis = mean_direction(fibres);
  const glm::vec3 helper = std::abs(axis.x) < 0.7f ? glm::vec3(1, 0, 0) : glm::vec3(0, 0, 1);
  const glm::vec3 across = glm::normalize(glm::cross(helper, axis));
  return glm::transpose(glm::mat3(across, glm::cross(axis, across), axis));
}

void describe_segments(GpuMesh& out, const SurfaceMesh& mesh) {
  if (mesh.binding.size() != mesh.surface.positions.size()) {
    out.parts = {{0, out.bounds}};
    return;
  }
  std::map<std::uint8_t, SegmentPart> parts;
  std::map<std::uint8_t, std::size_t> followers;
  for (std::size_t i = 0; i < mesh.binding.size(); ++i) {
    const SkinBinding& binding = mesh.binding[i];
    for (std::size_t k = 0; k < 4; ++k) {
      if (binding.weight[k] == 0)
        continue;
      SegmentPart& part = parts[binding.segment[k]];
      part.segment = binding.segment[k];
      part.bounds.add(mesh.surface.positions[i]);
      followers[binding.segment[k]] += binding.weight[k];
    }
  }
  std::size_t most = 0;
  for (const auto& [segment, count] : followers)
    if (count > most) {
      most = count;
      out.main_segment = segment;
    }
  for (const auto& entry : parts)
    out.parts.push_back(entry.second);
  out.rigid = out.parts.size() <= 1;
}

std::vector<Vertex> pack(const SurfaceMesh& mesh, const std::vector<glm::vec3>& normals, const StreakPlaces& streaks) {
  const std::vector<glm::vec3>& positions = mesh.surface.positions;
  const std::size_t count = positions.size();
  std::vector<Vertex> vertices(count);
  for (std::size_t i = 0; i < count; ++i) {
    const glm::vec3 n = normals[i];
    const glm::vec3 f = mesh.fibre.size() == count ? mesh.fibre[i] : glm::vec3(0);
    const TissueShares shares = mesh.shares.size() == count ? mesh.shares[i] : TissueShares{};
    const SkinBinding binding = mesh.binding.size() == count ? mesh.binding[i] : SkinBinding{};
    vertices[i] = {positions[i],
                   {snorm16(n.x), snorm16(n.y), snorm16(n.z), 0},
                   {snorm8(f.x), snorm8(f.y), snorm8(f.z), 0},
                   {unorm8(shares.tendon), unorm8(shares.depth), unorm8(shares.relief), 255},
                   binding.segment,
                   binding.weight,
                   streaks.places.empty() ? glm::vec2(0) : streaks.places[i]};
  }
  return vertices;
}

BentVertex packed(const Bend& bend) {
  BentVertex out{};
  for (std::size_t k = 0; k < 4; ++k)
    for (int axis = 0; axis < 3; ++axis) {
      const auto at = static_cast<std::size_t>(axis);
      out.position[k][at] = snorm16(bend.position_mm[k][axis] / bend_reach_mm);
      out.normal[k][at] = snorm16(0.5f * bend.normal[k][axis]);
    }
  out.position[0][3] = snorm16(0.25f * static_cast<float>(bend.joint));
  return out;
}

std::vector<std::byte> laid_out(const Layout& layout, const SurfaceMesh& mesh, const std::vector<Vertex>& vertices,
                                const std::vector<glm::vec4>& field) {
  std::vector<std::byte> out(vertices.size() * layout.stride());
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    std::byte* const at = out.data() + i * layout.stride();
    std::memcpy(at, &vertices[i], sizeof(Vertex));
    if (layout.bent) {
      const BentVertex bent = packed(mesh.bends[i]);
      std::memcpy(at + sizeof(Vertex), &bent, sizeof bent);
    }
    if (layout.painted)
      std::memcpy(at + layout.field_offset(), &field[i], sizeof(glm::vec4));
  }
  return out;
}

bool bends(const SurfaceMesh& mesh) {
  return !mesh.bends.empty() && mesh.bends.size() == mesh.surface.positions.size();
}

// The mesh's own where it has them.
std::vector<glm::vec3> normals_of(const SurfaceMesh& mesh) {
  if (mesh.surface.normals.size() == mesh.surface.positions.size())
    return mesh.surface.normals;
  TriMesh copy{mesh.surface.positions, {}, sound_triangles(mesh.surface.triangles, mesh.surface.positions.size())};
  compute_normals(copy);
  return std::move(copy.normals);
}

// Nothing painted, and farther than any pain travels.
constexpr float farthest_mm = 1e5f;

glm::vec4 tamed(glm::vec4 field) {
  const auto share = [](float value) { return value >= 0 ? std::min(value, 1.0f) : 0.0f; };
  return {share(field.x), share(field.y), field.z <= farthest_mm ? std::max(field.z, 0.0f) : farthest_mm,
          share(field.w)};
}

} // namespace

std::vector<glm::uvec3> sound_triangles(const std::vector<glm::uvec3>& triangles, std::size_t vertices) {
  std::vector<glm::uvec3> sound;
  sound.reserve(triangles.size());
  std::copy_if(triangles.begin(), triangles.end(), std::back_inserter(sound),
               [vertices](const glm::uvec3& t) { return t.x < vertices && t.y < vertices && t.z < vertices; });
  return sound;
}

GpuMesh upload(const SurfaceMesh& mesh) {
  const std::vector<glm::vec3>& positions = mesh.surface.positions;
  const std::vector<glm::uvec3> fine = sound_triangles(mesh.surface.triangles, positions.size());
  const StreakPlaces streaks = unroll(mesh);
  const std::vector<Vertex> vertices = pack(mesh, normals_of(mesh), streaks);

  GpuMesh out;
  std::vector<std::uint32_t> indices;
  const auto add_level = [&](const std::vector<glm::uvec3>& triangles, float error_mm) {
    out.levels.push_back({indices.size(), 3 * triangles.size(), error_mm});
    append(indices, triangles);
  };
  add_level(fine, 0);
  for (const CoarseLevel& level : mesh.coarse)
    add_level(sound_triangles(level.triangles, positions.size()), level.error_mm);
  out.closed = is_closed(merged_at_seams(positions, fine));
  out.bounds = bounds_of(mesh.surface);
  out.grain = grain_of(mesh.fibre);
  describe_segments(out, mesh);
  if (!streaks.places.empty()) {
    out.around_mm = streaks.around_mm;
    out.streak_cells = 64 * std::max(1.0f, std::round(belly_share * streaks.around_mm / (64 * bundle_mm)));
  }

  const Layout layout{.bent = bends(mesh)};
  out.vertices =
      gl::Buffer(gl::Buffer::Use::vertices, std::span<const std::byte>(laid_out(layout, mesh, vertices, {})));
  out.indices = gl::Buffer(gl::Buffer::Use::indices, std::as_bytes(std::span(indices)));
  out.array = gl::VertexArray(out.vertices, layout.stride(), layout.attributes(), &out.indices);
  return out;
}

PaintedMesh upload_painted(const SurfaceMesh& mesh, const std::vector<glm::vec4>& field) {
  if (field.size() != mesh.surface.positions.size())
    return {};
  const std::vector<Vertex> vertices = pack(mesh, normals_of(mesh), unroll(mesh));
  std::vector<glm::vec4> fields(field.size());
  std::transform(field.begin(), field.end(), fields.begin(), tamed);
  const auto is_plain_corner = [&](std::uint32_t i) {
    const glm::vec4& f = fields[i];
    return f.x == 0 && f.y == 0 && f.w == 0;
  };

  PaintedMesh out;
  std::vector<std::uint32_t> indices;
  const auto add_level = [&](const std::vector<glm::uvec3>& triangles, float error_mm) {
    std::vector<glm::uvec3> sound = sound_triangles(triangles, vertices.size());
    const auto painted = std::stable_partition(sound.begin(), sound.end(), [&](const glm::uvec3& t) {
      return is_plain_corner(t.x) && is_plain_corner(t.y) && is_plain_corner(t.z);
    });
    const auto plain_count = 3 * static_cast<std::size_t>(painted - sound.begin());
    out.levels.push_back({.plain = {indices.size(), plain_count, error_mm},
                          .painted = {indices.size() + plain_count, 3 * sound.size() - plain_count, error_mm}});
    append(indices, sound);
  };
  add_level(mesh.surface.triangles, 0);
  for (const CoarseLevel& level : mesh.coarse)
    add_level(level.triangles, level.error_mm);
  const Layout layout{.bent = bends(mesh), .painted = true};
  out.vertices =
      gl::Buffer(gl::Buffer::Use::vertices, std::span<const std::byte>(laid_out(layout, mesh, vertices, fields)));
  out.indices = gl::Buffer(gl::Buffer::Use::indices, std::as_bytes(std::span(indices)));
  out.array = gl::VertexArray(out.vertices, layout.stride(), layout.attributes(), &out.indices);
  return out;
}

} // namespace calfscope::render
