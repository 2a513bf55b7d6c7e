#include "technique/skin_sheet.h"

#include "geometry/triangle.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace calfscope {
namespace {

constexpr float cell_mm = 2.5f;
// Skin farther than this from a point that lies beside all of it is not at hand.
constexpr float at_hand_mm = 12;

// Height of the triangle over a place, nullopt beside it.
std::optional<float> height_at(glm::vec2 at, glm::vec3 a, glm::vec3 b, glm::vec3 c) {
  const glm::vec2 ab = glm::vec2(b) - glm::vec2(a), ac = glm::vec2(c) - glm::vec2(a), ap = at - glm::vec2(a);
  const float area = ab.x * ac.y - ab.y * ac.x;
  if (std::abs(area) < 1e-9f)
    return std::nullopt;
  const float wb = (ap.x * ac.y - ap.y * ac.x) / area, wc = (ab.x * ap.y - ab.y * ap.x) / area;
  constexpr float rim = 1e-4f; // a point over an edge belongs to one of its triangles at least
  if (wb < -rim || wc < -rim || wb + wc > 1 + rim)
    return std::nullopt;
  return a.z + wb * (b.z - a.z) + wc * (c.z - a.z);
}

} // namespace

SkinSheet::SkinSheet(const ContactFrame& frame, std::span<const glm::vec3> positions,
                     std::span<const glm::uvec3> triangles)
    : frame_(frame), triangles_(triangles.begin(), triangles.end()),
      turned_(dot(cross(frame.across, frame.along), frame.into) < 0 ? -1.0f : 1.0f) {
  glm::vec2 upper(std::numeric_limits<float>::lowest());
  lower_ = glm::vec2(std::numeric_limits<float>::max());
  local_.reserve(positions.size());
  for (const glm::vec3 position : positions) {
    const glm::vec3 from = position - frame.origin;
    local_.emplace_back(dot(from, frame.across), dot(from, frame.along), dot(from, frame.into));
    lower_ = glm::min(lower_, glm::vec2(local_.back()));
    upper = glm::max(upper, glm::vec2(local_.back()));
  }
  if (local_.empty())
    return;
  size_ = glm::ivec2((upper - lower_) / cell_mm) + 1;
  first_.assign(static_cast<std::size_t>(size_.x * size_.y) + 1, 0);
  std::vector<glm::ivec2> own;
  own.reserve(local_.size());
  for (const glm::vec3 at : local_)
    own.push_back(cell_of(glm::vec2(at)));
  const auto each_cell = [&](const glm::uvec3& t, const auto& visit) {
    const glm::ivec2 from = glm::min(glm::min(own[t.x], own[t.y]), own[t.z]),
                     to = glm::max(glm::max(own[t.x], own[t.y]), own[t.z]);
    for (int y = from.y; y <= to.y; ++y)
      for (int x = from.x; x <= to.x; ++x)
        visit(static_cast<std::size_t>(y * size_.x + x));
  };
  for (const glm::uvec3& t : triangles_) {
    each_cell(t, [&](std::size_t cell) { ++first_[cell + 1]; });
    const glm::vec3 normal = cross(local_[t.y] - local_[t.x], local_[t.z] - local_[t.x]);
    faces_tool_.push_back(turned_ * normal.z < 0);
  }
  for (std::size_t cell = 1; cell < first_.size(); ++cell)
    first_[cell] += first_[cell - 1];
  listed_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::uint32_t i = 0; i < triangles_.size(); ++i)
    each_cell(triangles_[i], [&](std::size_t cell) { listed_[next[cell]++] = i; });
}

glm::ivec2 SkinSheet::cell_of(glm::vec2 at) const {
  return glm::clamp(glm::ivec2(glm::floor((at - lower_) / cell_mm)), glm::ivec2(0), size_ - 1);
}

SkinSheet::Cells SkinSheet::around(glm::vec2 lower, glm::vec2 upper) const {
  return {cell_of(lower), cell_of(upper)};
}

float SkinSheet::outside_mm(glm::vec3 point) const {
  if (local_.empty())
    return 0;
  const glm::vec3 from = point - frame_.origin;
  const glm::vec3 at(dot(from, frame_.across), dot(from, frame_.along), dot(from, frame_.into));
  const glm::vec2 place(at);
  // The outermost skin right above it; any that lies above is enough.
  float top = std::numeric_limits<float>::max();
  const glm::ivec2 own = cell_of(place);
  const auto cell = static_cast<std::size_t>(own.y * size_.x + own.x);
  for (std::uint32_t k = first_[cell]; k < first_[cell + 1]; ++k) {
    const glm::uvec3& t = triangles_[listed_[k]];
    if (!faces_tool_[listed_[k]])
      continue;
    const auto height = height_at(place, local_[t.x], local_[t.y], local_[t.z]);
    if (height && *height <= at.z)
      return 0;
    if (height)
      top = std::min(top, *height);
  }
  // Out there, or beside all skin that faces the tool: the nearest skin says how far, and on which side of it.
  const bool above = top < std::numeric_limits<float>::max();
  const float reach = above ? std::min(top - at.z, at_hand_mm) : at_hand_mm;
  float nearest = std::numeric_limits<float>::max();
  bool inside = false;
  const Cells cells = around(place - reach, place + reach);
  for (int y = cells.from.y; y <= cells.to.y; ++y)
    for (int x = cells.from.x; x <= cells.to.x; ++x)
      for (std::uint32_t k = first_[static_cast<std::size_t>(y * size_.x + x)];
           k < first_[static_cast<std::size_t>(y * size_.x + x) + 1]; ++k) {
        const glm::uvec3& t = triangles_[listed_[k]];
        const glm::vec3 a = local_[t.x], b = local_[t.y], c = local_[t.z];
        const glm::vec3 to = at - nearest_on_triangle(at, a, b, c);
        const float distance2 = dot(to, to);
        // Of triangles that share the nearest edge or corner, one that has the point behind it decides.
        const bool behind = turned_ * dot(to, cross(b - a, c - a)) <= 0;
        if (distance2 < nearest - 1e-6f || (distance2 < nearest + 1e-6f && behind && !inside)) {
          nearest = std::min(nearest, distance2);
          inside = behind;
        }
      }
  if (nearest > at_hand_mm * at_hand_mm)
    return 0;
  if (!above && inside)
    return 0;
  return std::sqrt(nearest);
}

} // namespace calfscope
