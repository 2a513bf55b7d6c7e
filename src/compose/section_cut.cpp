#include "compose/section_cut.h"

#include "geometry/plane_section.h"
#include "geometry/skinning.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace calfscope {
namespace {

// Seen from below with anterior up. The long axis need not be plumb, so the axes are taken across it.
struct SectionFrame {
  glm::vec3 origin, x, y;
  glm::vec2 flat(glm::vec3 p) const { return {glm::dot(p - origin, x), glm::dot(p - origin, y)}; }
};

SectionFrame frame_at(const LegCoordinates& coordinates, float s) {
  const glm::vec3 down = coordinates.long_axis();
  const glm::vec3 x = glm::normalize(glm::vec3(1, 0, 0) - down * down.x);
  return {coordinates.axis_point(s), x, glm::normalize(glm::cross(x, -down))};
}

float signed_area(const FlatLine& line) {
  float area = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const glm::vec2 a = line[i], b = line[(i + 1) % line.size()];
    area += a.x * b.y - a.y * b.x;
  }
  return 0.5f * area;
}

int winding(const FlatLine& line, glm::vec2 at) {
  int turns = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const glm::vec2 a = line[i], b = line[(i + 1) % line.size()];
    if ((a.y <= at.y) == (b.y <= at.y))
      continue;
    const float side = (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
    if (b.y > a.y ? side > 0 : side < 0)
      turns += b.y > a.y ? 1 : -1;
  }
  return turns;
}

bool is_inside(const SectionPiece& piece, glm::vec2 at) {
  int turns = 0;
  for (const FlatLine& line : piece.lines)
    turns += winding(line, at);
  return turns != 0;
}

float distance_to(const std::vector<FlatLine>& lines, glm::vec2 at) {
  float nearest = std::numeric_limits<float>::max();
  for (const FlatLine& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) {
      const glm::vec2 a = line[i], way = line[(i + 1) % line.size()] - a;
      const float along = std::clamp(glm::dot(at - a, way) / std::max(glm::dot(way, way), 1e-9f), 0.0f, 1.0f);
      nearest = std::min(nearest, glm::distance(at, a + along * way));
    }
  return nearest;
}

// The place on a coarse grid that lies deepest inside.
glm::vec2 deep_inside(const SectionPiece& piece) {
  const auto largest =
      std::max_element(piece.lines.begin(), piece.lines.end(), [](const FlatLine& a, const FlatLine& b) {
        return std::abs(signed_area(a)) < std::abs(signed_area(b));
      });
  glm::vec2 lower(1e9f), upper(-1e9f);
  for (const glm::vec2 p : *largest) {
    lower = glm::min(lower, p);
    upper = glm::max(upper, p);
  }
  constexpr int steps = 13;
  glm::vec2 best = largest->front();
  float depth = -1;
  for (int y = 0; y < steps; ++y)
    for (int x = 0; x < steps; ++x) {
      const glm::vec2 at = lower + (upper - lower) * (glm::vec2(x, y) + 0.5f) / static_cast<float>(steps);
      if (!is_inside(piece, at))
        continue;
      if (const float deep = distance_to(piece.lines, at); deep > depth) {
        depth = deep;
        best = at;
      }
    }
  return best;
}

constexpr float smallest_piece_mm2 = 0.5f;

} // namespace

std::shared_ptr<const SectionCut> SectionCutter::cut(const AppState& state) {
  const auto plane = section_plane(state);
  if (!plane)
    return nullptr;
  Pose pose = state.document.pose;
  pose.turn_deg = 0; // the section turns along with the leg
  const float s = state.document.section.s;
  const bool same_leg = kept_ && kept_->atlas == state.atlas;
  if (same_leg && pose_ == pose && s_ == s)
    return kept_;
  const Atlas& atlas = *state.atlas;
  if (!same_leg) {
    triangles_.clear();
    for (const Structure& structure : atlas.structures)
      triangles_.push_back(merged_at_seams(structure.mesh->surface.positions, structure.mesh->surface.triangles));
  }
  if (!same_leg || !(pose_ == pose)) {
    const auto segments = pose == Pose{} ? std::vector<glm::mat4>{} : segment_matrices(atlas, pose);
    posed_.clear();
    reach_.clear();
    for (std::size_t i = 0; i < atlas.structures.size(); ++i) {
      const SurfaceMesh& mesh = *atlas.structures[i].mesh;
      TriMesh posed;
      posed.positions = segments.empty() ? mesh.surface.positions : posed_positions(mesh, segments, bend_shares(pose));
      posed.triangles = triangles_[i];
      glm::vec2 reach(1e9f, -1e9f);
      for (const glm::vec3& p : posed.positions) {
        const float along = glm::dot(plane->normal, p);
        reach = {std::min(reach.x, along), std::max(reach.y, along)};
      }
      posed_.push_back(std::move(posed));
      reach_.push_back(reach);
    }
  }
  pose_ = pose;
  s_ = s;

  auto out = std::make_shared<SectionCut>();
  out->atlas = state.atlas;
  out->side = state.document.side;
  out->s = s;
  out->below_knee_mm = s * state.facts->coordinates->length_mm();
  const SectionFrame frame = frame_at(*state.facts->coordinates, s);
  out->lower = glm::vec2(1e9f);
  out->upper = glm::vec2(-1e9f);
  for (std::size_t i = 0; i < posed_.size(); ++i) {
    if (plane->offset_mm < reach_[i].x || plane->offset_mm > reach_[i].y)
      continue;
    SectionPiece piece{.structure = i, .lines = {}};
    for (const std::vector<glm::vec3>& outline : section_outlines(posed_[i], *plane)) {
      FlatLine line;
      for (const glm::vec3& p : outline)
        line.push_back(frame.flat(p));
      const float area = signed_area(line);
      if (std::abs(area) < smallest_piece_mm2)
        continue;
      piece.area_mm2 += area;
      piece.lines.push_back(std::move(line));
    }
    piece.area_mm2 = std::abs(piece.area_mm2);
    if (piece.lines.empty() || piece.area_mm2 < smallest_piece_mm2)
      continue;
    for (const FlatLine& line : piece.lines)
      for (const glm::vec2 p : line) {
        out->lower = glm::min(out->lower, p);
        out->upper = glm::max(out->upper, p);
      }
    piece.label_at = deep_inside(piece);
    out->pieces.push_back(std::move(piece));
  }
  std::stable_sort(out->pieces.begin(), out->pieces.end(),
                   [](const SectionPiece& a, const SectionPiece& b) { return a.area_mm2 > b.area_mm2; });
  kept_ = std::move(out);
  return kept_;
}

std::optional<SectionPlace> section_place(const AppState& state, const SectionCut& cut, glm::vec3 point_mm) {
  if (!state.facts || !state.facts->coordinates)
    return std::nullopt;
  const LegCoordinates& coordinates = *state.facts->coordinates;
  return SectionPlace{frame_at(coordinates, cut.s).flat(point_mm),
                      (coordinates.level_of(point_mm) - cut.s) * coordinates.length_mm()};
}

const SectionPiece* piece_at(const SectionCut& cut, glm::vec2 at) {
  const SectionPiece* found = nullptr;
  for (const SectionPiece& piece : cut.pieces)
    if (is_inside(piece, at))
      found = &piece; // the last is the smallest
  return found;
}

} // namespace calfscope
