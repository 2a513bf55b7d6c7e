#include "render/section_cache.h"

#include "geometry/skinning.h"

#include <array>
#include <cmath>

namespace calfscope::render {
namespace {

using Outlines = std::vector<std::vector<glm::vec3>>;

struct CapVertex {
  glm::vec3 place;
  float rim; // mm from the border
};

Outlines outlines_of(const Frame& frame, const PlannedItem& item) {
  const SurfaceMesh& mesh = *item.item->mesh;
  const bool at_rest = !item.skinned && item.world_from_rest == glm::mat4(1);
  TriMesh posed;
  posed.positions = at_rest ? mesh.surface.positions : posed_positions(mesh, frame.segments, frame.bends);
  posed.triangles =
      merged_at_seams(mesh.surface.positions, sound_triangles(mesh.surface.triangles, mesh.surface.positions.size()));
  return section_outlines(posed, *frame.clip);
}

// Triangles from one point to every piece of the outline. Where the outline is hollow they overlap and cancel.
void append_fill(std::vector<CapVertex>& out, const std::vector<glm::vec3>& outline) {
  for (std::size_t i = 1; i + 1 < outline.size(); ++i)
    for (const std::size_t corner : {std::size_t{0}, i, i + 1})
      out.push_back({outline[corner], 1e6f});
}

// A band of this width along the inner side of the outline.
void append_rim(std::vector<CapVertex>& out, const std::vector<glm::vec3>& outline, glm::vec3 normal, float width) {
  const std::size_t count = outline.size();
  const auto direction = [&](std::size_t from, std::size_t to) {
    const glm::vec3 d = outline[to] - outline[from];
    const float length = glm::length(d);
    return length > 1e-6f ? d / length : glm::vec3(0);
  };
  std::vector<glm::vec3> inner(count);
  for (std::size_t i = 0; i < count; ++i) {
    const glm::vec3 along = direction((i + count - 1) % count, i) + direction(i, (i + 1) % count);
    const float length = glm::length(along);
    // Outlines run counter-clockwise against the normal, so the inside lies to their left.
    inner[i] = outline[i] + (length > 1e-3f ? width * glm::cross(normal, along / length) : glm::vec3(0));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t k = (i + 1) % count;
    const CapVertex a{outline[i], 0}, b{outline[k], 0}, c{inner[k], width}, d{inner[i], width};
    out.insert(out.end(), {a, b, c, a, c, d});
  }
}

Section cut(const Frame& frame, const PlannedItem& item, float rim_mm) {
  const Outlines outlines = outlines_of(frame, item);
  Section section;
  std::vector<CapVertex> vertices;
  for (const auto& outline : outlines) {
    append_fill(vertices, outline);
    for (const glm::vec3& point : outline)
      section.bounds.add(point);
  }
  section.fill_count = static_cast<int>(vertices.size());
  if (section.empty())
    return section;
  for (const auto& outline : outlines)
    append_rim(vertices, outline, frame.clip->normal, rim_mm);
  section.rim_count = static_cast<int>(vertices.size()) - section.fill_count;
  section.vertices = gl::Buffer(gl::Buffer::Use::vertices, std::as_bytes(std::span(vertices)));
  using Type = gl::Attribute::Type;
  const std::array<gl::Attribute, 2> attributes{{
      {0, 3, Type::float32, offsetof(CapVertex, place)},
      {1, 1, Type::float32, offsetof(CapVertex, rim)},
  }};
  section.array = gl::VertexArray(section.vertices, sizeof(CapVertex), attributes);
  return section;
}

} // namespace

const Section& SectionCache::find_or_cut(const Frame& frame, const PlannedItem& item, float rim_mm) {
  if (plane_ != *frame.clip || segments_ != frame.segments) {
    clear();
    plane_ = *frame.clip;
    segments_ = frame.segments;
  }
  const auto found = sections_.find(item.mesh);
  if (found != sections_.end())
    return found->second;
  return sections_.emplace(item.mesh, cut(frame, item, rim_mm)).first->second;
}

void SectionCache::clear() {
  sections_.clear();
}

} // namespace calfscope::render
