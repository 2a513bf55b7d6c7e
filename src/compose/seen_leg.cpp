#include "compose/seen_leg.h"

#include "compose/compose.h"
#include "geometry/skinning.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace calfscope {
namespace {

constexpr int rows_wanted = 200;
constexpr float nothing = std::numeric_limits<float>::infinity();

std::span<const glm::uvec3> triangles_for(const SurfaceMesh& mesh, float error_mm) {
  std::span<const glm::uvec3> triangles = mesh.surface.triangles;
  for (const CoarseLevel& level : mesh.coarse)
    if (level.error_mm <= error_mm)
      triangles = level.triangles;
  return triangles;
}

} // namespace

Sight::Sight(const Camera& camera, const Viewport& viewport) {
  const glm::mat4 view = view_matrix(camera);
  const Viewport sound = tamed(viewport);
  clip_from_world_ = projection_matrix(camera, sound, Bounds{}) * view;
  depth_row_ = -glm::vec4(view[0][2], view[1][2], view[2][2], view[3][2]);
  size_ = glm::vec2(sound.size);
  px_per_mm_at_target_ = 1 / mm_per_pixel(camera, sound);
  target_depth_mm_ = camera.orthographic ? 0 : camera.distance_mm;
}

Sight::At Sight::operator()(glm::vec3 point_mm) const {
  const glm::vec4 point(point_mm, 1);
  const glm::vec4 clip = clip_from_world_ * point;
  if (clip.w <= 0)
    return {};
  const glm::vec2 at(0.5f + 0.5f * clip.x / clip.w, 0.5f - 0.5f * clip.y / clip.w);
  return {at * size_, glm::dot(depth_row_, point)};
}

float Sight::px_per_mm(float depth_mm) const {
  return target_depth_mm_ > 0 ? px_per_mm_at_target_ * target_depth_mm_ / std::max(depth_mm, 1.0f)
                              : px_per_mm_at_target_;
}

const std::vector<glm::vec3>& PosedMeshes::positions(const std::shared_ptr<const SurfaceMesh>& mesh,
                                                     const Frame& frame) {
  if (frame.segments.empty())
    return mesh->surface.positions;
  if (frame.segments != segments_ || frame.bends != bends_) {
    posed_.clear();
    segments_ = frame.segments;
    bends_ = frame.bends;
  }
  for (const auto& [known, places] : posed_)
    if (known == mesh)
      return places;
  // Some are made anew for every picture; what nobody else holds any more will not be asked for again.
  std::erase_if(posed_, [](const auto& entry) { return entry.first.use_count() == 1; });
  return posed_.emplace_back(mesh, posed_positions(*mesh, frame.segments, frame.bends)).second;
}

SeenLeg::SeenLeg(const Frame& frame, const Viewport& viewport, PosedMeshes& meshes) : sight_(frame.camera, viewport) {
  const Viewport sound = tamed(viewport);
  const glm::vec2 size(sound.size);
  lower_ = glm::vec2(sound.free_area.x, sound.free_area.y) * size;
  const glm::vec2 free = glm::vec2(sound.free_area.z, sound.free_area.w) * size - lower_;
  cell_px_ = std::max(free.y / static_cast<float>(rows_wanted), 0.5f);
  cell_mm_ = cell_px_ * mm_per_pixel(frame.camera, sound);
  cells_ = glm::max(glm::ivec2(glm::ceil(free / cell_px_)), glm::ivec2(1));
  depth_.assign(static_cast<std::size_t>(cells_.x) * static_cast<std::size_t>(cells_.y), nothing);
  reach_.assign(static_cast<std::size_t>(cells_.y), Reach{nothing, -nothing});
  if (frame.clip)
    cut_open_.assign(depth_.size(), false);
  if (frame.keyhole) {
    const auto hole = sight_(frame.keyhole->at_mm);
    hole_px_ = hole.px;
    hole_depth_mm_ = hole.depth_mm;
    hole_radius_px_ = frame.keyhole->radius_mm * sight_.px_per_mm(hole.depth_mm);
  }
  for (const DrawItem& item : frame.items)
    draw(item, meshes.positions(item.mesh, frame), frame);
}

void SeenLeg::draw(const DrawItem& item, const std::vector<glm::vec3>& positions, const Frame& frame) {
  const bool cut = frame.clip && item.clipped;
  std::vector<Sight::At> seen(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (cut && frame.clip->distance_mm(positions[i]) > 0)
      continue; // its triangles are left out: a cell more or less does not matter
    const Sight::At at = seen[i] = sight_(positions[i]);
    if (at.depth_mm <= 0)
      continue;
    const auto row = static_cast<int>(std::floor((at.px.y - lower_.y) / cell_px_));
    if (row < 0 || row >= cells_.y)
      continue;
    Reach& reach = reach_[static_cast<std::size_t>(row)];
    reach.left = std::min(reach.left, at.px.x);
    reach.right = std::max(reach.right, at.px.x);
  }
  if (!is_solid(item))
    return;
  for (const glm::uvec3& t : triangles_for(*item.mesh, 0.6f * cell_mm_)) {
    const Sight::At &a = seen[t.x], &b = seen[t.y], &c = seen[t.z];
    if (a.depth_mm <= 0 || b.depth_mm <= 0 || c.depth_mm <= 0)
      continue;
    // Cells whose middle lies in the triangle, by its edge functions.
    const glm::vec2 p = (a.px - lower_) / cell_px_ - 0.5f, q = (b.px - lower_) / cell_px_ - 0.5f,
                    r = (c.px - lower_) / cell_px_ - 0.5f;
    const glm::vec2 lowest = glm::min(p, glm::min(q, r)), highest = glm::max(p, glm::max(q, r));
    if (highest.x < 0 || highest.y < 0 || lowest.x > static_cast<float>(cells_.x) ||
        lowest.y > static_cast<float>(cells_.y))
      continue;
    const glm::ivec2 from = glm::max(glm::ivec2(glm::ceil(lowest)), glm::ivec2(0));
    const glm::ivec2 to = glm::min(glm::ivec2(glm::floor(highest)), cells_ - 1);
    const float area = (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    if (std::abs(area) < 1e-6f)
      continue;
    for (int y = from.y; y <= to.y; ++y)
      for (int x = from.x; x <= to.x; ++x) {
        const glm::vec2 at(x, y);
        const float u = ((q.x - at.x) * (r.y - at.y) - (q.y - at.y) * (r.x - at.x)) / area;
        const float v = ((r.x - at.x) * (p.y - at.y) - (r.y - at.y) * (p.x - at.x)) / area;
        const float w = 1 - u - v;
        if (u < 0 || v < 0 || w < 0)
          continue;
        const float depth = u * a.depth_mm + v * b.depth_mm + w * c.depth_mm;
        if (item.opened && hole_radius_px_ > 0 && depth < hole_depth_mm_ &&
            glm::distance(lower_ + (at + 0.5f) * cell_px_, hole_px_) < hole_radius_px_)
          continue;
        const std::size_t cell =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(cells_.x) + static_cast<std::size_t>(x);
        float& known = depth_[cell];
        if (depth >= known)
          continue;
        known = depth;
        if (cut)
          cut_open_[cell] = area > 0; // seen from inside, so the filled cut lies before it
      }
  }
}

bool SeenLeg::sees(glm::vec3 point_mm, float slack) const {
  const Sight::At at = sight_(point_mm);
  const glm::ivec2 cell(glm::floor((at.px - lower_) / cell_px_));
  if (at.depth_mm <= 0 || glm::any(glm::lessThan(cell, glm::ivec2(0))) || glm::any(glm::greaterThanEqual(cell, cells_)))
    return false;
  const std::size_t index =
      static_cast<std::size_t>(cell.y) * static_cast<std::size_t>(cells_.x) + static_cast<std::size_t>(cell.x);
  if (!cut_open_.empty() && cut_open_[index])
    return false;
  const float nearest = depth_[index];
  return at.depth_mm <= nearest + slack * (2 + 0.8f * cell_mm_);
}

std::optional<SeenLeg::Reach> SeenLeg::reach_of_row(int row) const {
  if (row < 0 || row >= rows() ||
      reach_[static_cast<std::size_t>(row)].left > reach_[static_cast<std::size_t>(row)].right)
    return std::nullopt;
  return reach_[static_cast<std::size_t>(row)];
}

std::optional<SeenLeg::Reach> SeenLeg::reach_at(float y_px) const {
  return reach_of_row(static_cast<int>(std::floor((y_px - lower_.y) / cell_px_)));
}

} // namespace calfscope
