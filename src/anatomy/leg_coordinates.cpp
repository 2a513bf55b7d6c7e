#include "anatomy/leg_coordinates.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float level_step_mm = 2.5f;
constexpr float smoothing_half_mm = 20; // the axis is smoothed over 40 mm (conventions)
constexpr float sole_height_mm = 30;    // skin lower than this above the lowest point belongs to the sole
constexpr int sole_steps = 60;

// Where the planes dot(direction, p) = first + k * step cut the mesh: visit(k, from, to) per triangle, oriented so
// that outlines run counter-clockwise seen against `direction`.
template <typename Visit>
void slice(const TriMesh& mesh, glm::vec3 direction, float first, float step, int count, Visit visit) {
  for (const glm::uvec3& triangle : mesh.triangles) {
    glm::vec3 p[3];
    float h[3];
    for (int c = 0; c < 3; ++c) {
      p[c] = mesh.positions[triangle[c]];
      h[c] = (glm::dot(direction, p[c]) - first) / step;
    }
    const int lowest = std::max(0, static_cast<int>(std::ceil(std::min({h[0], h[1], h[2]}))));
    const int highest = std::min(count - 1, static_cast<int>(std::floor(std::max({h[0], h[1], h[2]}))));
    for (int k = lowest; k <= highest; ++k) {
      glm::vec3 from{0}, to{0};
      bool has_from = false, has_to = false;
      const auto level = static_cast<float>(k);
      for (int c = 0; c < 3; ++c) {
        const int n = (c + 1) % 3;
        // Corners on the plane count as above it, so that each crossing is met once.
        if ((h[c] >= level) == (h[n] >= level))
          continue;
        const glm::vec3 crossing = glm::mix(p[c], p[n], (level - h[c]) / (h[n] - h[c]));
        if (h[c] < level) {
          to = crossing;
          has_to = true;
        } else {
          from = crossing;
          has_from = true;
        }
      }
      if (has_from && has_to)
        visit(k, from, to);
    }
  }
}

glm::vec3 across(glm::vec3 v, glm::vec3 axis) {
  return v - glm::dot(v, axis) * axis;
}

// Centre of the area of each section, by Green's theorem over its edges in any order; false where nothing is cut.
struct Sections {
  std::vector<glm::vec3> centres;
  std::vector<bool> present;
};

Sections section_centres(const TriMesh& mesh, glm::vec3 axis, glm::vec3 origin, float first_mm, int count) {
  const glm::vec3 u = glm::normalize(across(glm::vec3(1, 0, 0), axis));
  const glm::vec3 v = glm::cross(axis, u);
  struct Sum {
    double area = 0, x = 0, y = 0;
  };
  std::vector<Sum> sums(static_cast<std::size_t>(count));
  slice(mesh, axis, glm::dot(axis, origin) + first_mm, level_step_mm, count, [&](int k, glm::vec3 from, glm::vec3 to) {
    const double x0 = glm::dot(from - origin, u), y0 = glm::dot(from - origin, v);
    const double x1 = glm::dot(to - origin, u), y1 = glm::dot(to - origin, v);
    const double cross = x0 * y1 - x1 * y0;
    Sum& sum = sums[static_cast<std::size_t>(k)];
    sum.area += cross / 2;
    sum.x += (x0 + x1) * cross / 6;
    sum.y += (y0 + y1) * cross / 6;
  });
  Sections out;
  for (int k = 0; k < count; ++k) {
    const Sum& sum = sums[static_cast<std::size_t>(k)];
    const bool present = std::abs(sum.area) > 1;
    const glm::vec3 on_axis = origin + (first_mm + static_cast<float>(k) * level_step_mm) * axis;
    out.present.push_back(present);
    out.centres.push_back(present ? on_axis + static_cast<float>(sum.x / sum.area) * u +
                                        static_cast<float>(sum.y / sum.area) * v
                                  : on_axis);
  }
  return out;
}

// Moving average whose window shrinks towards the ends, so that it stays centred.
std::vector<glm::vec3> smoothed(const std::vector<glm::vec3>& values) {
  const int count = static_cast<int>(values.size());
  std::vector<glm::vec3> out;
  out.reserve(values.size());
  for (int i = 0; i < count; ++i) {
    const int half = std::min({static_cast<int>(smoothing_half_mm / level_step_mm), i, count - 1 - i});
    glm::vec3 sum(0);
    for (int k = i - half; k <= i + half; ++k)
      sum += values[static_cast<std::size_t>(k)];
    out.push_back(sum / static_cast<float>(2 * half + 1));
  }
  return out;
}

struct MidlinePoint {
  float level_mm;
  glm::vec3 position;
};

glm::vec3 midline_at(const std::vector<MidlinePoint>& points, float level_mm) {
  if (level_mm <= points.front().level_mm)
    return points.front().position;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const MidlinePoint &above = points[i - 1], &below = points[i];
    if (level_mm > below.level_mm)
      continue;
    const float t = (level_mm - above.level_mm) / std::max(below.level_mm - above.level_mm, 1e-3f);
    return glm::mix(above.position, below.position, t);
  }
  return points.back().position;
}

std::vector<MidlinePoint> midline_points(const Atlas& atlas, glm::vec3 knee, glm::vec3 axis, glm::vec3 insertion) {
  std::vector<MidlinePoint> out;
  const auto add = [&](glm::vec3 p) { out.push_back({glm::dot(p - knee, axis), p}); };
  const auto medial = atlas.landmark("femur_medial_condyle_posterior");
  const auto lateral = atlas.landmark("femur_lateral_condyle_posterior");
  if (medial && lateral)
    add(0.5f * (*medial + *lateral));
  for (const char* id : {"gastrocnemius_heads_meet_lower", "calcaneal_tendon_narrowest"})
    if (const auto point = atlas.landmark(id))
      add(*point);
  add(insertion);
  std::stable_sort(out.begin(), out.end(),
                   [](const MidlinePoint& a, const MidlinePoint& b) { return a.level_mm < b.level_mm; });
  return out;
}

} // namespace

std::optional<LegCoordinates> LegCoordinates::make(const Atlas& atlas) {
  const auto knee = atlas.landmark("knee_centre");
  const auto ankle = atlas.landmark("ankle_centre");
  const auto insertion = atlas.landmark("calcaneal_tendon_insertion_centre");
  const Structure* skin = atlas.find("skin");
  if (!knee || !ankle || !insertion || !skin || skin->mesh->surface.empty() || glm::distance(*knee, *ankle) < 1)
    return std::nullopt;

  LegCoordinates out;
  out.side_ = atlas.side;
  out.knee_centre_ = *knee;
  out.long_axis_ = glm::normalize(*ankle - *knee);
  out.length_mm_ = glm::dot(*insertion - *knee, out.long_axis_);
  if (!(out.length_mm_ > 1))
    return std::nullopt;
  out.skin_mesh_ = skin->mesh;
  const TriMesh& surface = skin->mesh->surface;

  float lowest = std::numeric_limits<float>::max(), highest = std::numeric_limits<float>::lowest();
  for (const glm::vec3& p : surface.positions) {
    const float level = glm::dot(p - *knee, out.long_axis_);
    lowest = std::min(lowest, level);
    highest = std::max(highest, level);
  }
  const int count = static_cast<int>((highest - lowest) / level_step_mm);
  if (count < 4 || count > 100000)
    return std::nullopt;
  // Half a step inside, so that the caps themselves are not cut.
  const float first_mm = lowest + level_step_mm / 2;
  Sections sections = section_centres(surface, out.long_axis_, *knee, first_mm, count);
  for (std::size_t i = 1; i < sections.centres.size(); ++i)
    if (!sections.present[i] && sections.present[i - 1]) {
      sections.centres[i] = sections.centres[i - 1] + level_step_mm * out.long_axis_;
      sections.present[i] = true;
    }
  out.centres_ = smoothed(sections.centres);
  out.first_s_ = first_mm / out.length_mm_;
  out.step_s_ = level_step_mm / out.length_mm_;

  const std::vector<MidlinePoint> midline = midline_points(atlas, *knee, out.long_axis_, *insertion);
  std::vector<glm::vec3> directions;
  for (int k = 0; k < count; ++k) {
    const float level =
        std::clamp(first_mm + static_cast<float>(k) * level_step_mm, midline.front().level_mm, midline.back().level_mm);
    const glm::vec3 centre = out.axis_point(level / out.length_mm_);
    const glm::vec3 towards = across(midline_at(midline, level) - centre, out.long_axis_);
    const float length = glm::length(towards);
    directions.push_back(length > 1e-3f ? towards / length
                                        : glm::normalize(across(glm::vec3(0, 0, -1), out.long_axis_)));
  }
  out.posterior_ = smoothed(directions);

  RayScene scene;
  scene.add(surface.positions, surface.triangles);
  scene.commit();
  out.skin_ = std::make_shared<const RayScene>(std::move(scene));
  out.find_foot(atlas);
  return out;
}

void LegCoordinates::find_foot(const Atlas& atlas) {
  const auto heel = atlas.landmark("heel_skin_posterior");
  const auto head = atlas.landmark("metatarsal_2_head_centre");
  if (!heel || !head)
    return;
  glm::vec3 axis = *head - *heel;
  axis.y = 0; // along the ground
  if (glm::length(axis) < 1)
    return;
  heel_ = *heel;
  foot_axis_ = glm::normalize(axis);
  foot_lateral_ = glm::cross(foot_axis_, glm::vec3(0, 1, 0)) * (side_ == Side::right ? 1.0f : -1.0f);

  const TriMesh& surface = skin_mesh_->surface;
  sole_y_mm_ = std::numeric_limits<float>::max();
  for (const glm::vec3& p : surface.positions)
    sole_y_mm_ = std::min(sole_y_mm_, p.y);
  const auto on_sole = [&](glm::vec3 p) { return p.y < sole_y_mm_ + sole_height_mm; };
  float furthest = 0;
  for (const glm::vec3& p : surface.positions)
    if (on_sole(p))
      furthest = std::max(furthest, glm::dot(p - heel_, foot_axis_));
  if (furthest < 10)
    return;

  const glm::vec2 nothing(std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest());
  std::vector<glm::vec2> borders(sole_steps + 1, nothing);
  slice(surface, foot_axis_, glm::dot(foot_axis_, heel_), furthest / sole_steps, sole_steps + 1,
        [&](int k, glm::vec3 from, glm::vec3 to) {
          for (const glm::vec3 p : {from, to}) {
            if (!on_sole(p))
              continue;
            glm::vec2& border = borders[static_cast<std::size_t>(k)];
            const float lateral = glm::dot(p - heel_, foot_lateral_);
            border.x = std::min(border.x, lateral);
            border.y = std::max(border.y, lateral);
          }
        });
  // The very ends may cut nothing: they take their neighbour's borders.
  for (std::size_t i = 1; i < borders.size(); ++i)
    if (borders[i].x > borders[i].y)
      borders[i] = borders[i - 1];
  for (std::size_t i = borders.size() - 1; i-- > 0;)
    if (borders[i].x > borders[i].y)
      borders[i] = borders[i + 1];
  if (borders.front().x > borders.front().y)
    return;
  sole_borders_ = std::move(borders);
  foot_length_mm_ = furthest;
}

float LegCoordinates::level_of(glm::vec3 point) const {
  return glm::dot(point - knee_centre_, long_axis_) / length_mm_;
}

namespace {

glm::vec3 sampled(const std::vector<glm::vec3>& values, float at) {
  const float last = static_cast<float>(values.size() - 1);
  at = std::clamp(at, 0.0f, last);
  const auto i = std::min(static_cast<std::size_t>(at), values.size() - 2);
  return glm::mix(values[i], values[i + 1], at - static_cast<float>(i));
}

} // namespace

glm::vec3 LegCoordinates::axis_point(float s) const {
  const glm::vec3 centre = sampled(centres_, (s - first_s_) / step_s_);
  // Beyond the skin's ends the axis goes on straight; within, this removes rounding.
  return centre + (s * length_mm_ - glm::dot(centre - knee_centre_, long_axis_)) * long_axis_;
}

glm::vec3 LegCoordinates::direction(float s, float a_deg) const {
  const glm::vec3 posterior = glm::normalize(sampled(posterior_, (s - first_s_) / step_s_));
  const glm::vec3 medial = glm::cross(long_axis_, posterior) * (side_ == Side::right ? 1.0f : -1.0f);
  const float a = glm::radians(a_deg);
  return std::cos(a) * posterior + std::sin(a) * medial;
}

LegPlace LegCoordinates::place_of(glm::vec3 point) const {
  const float s = level_of(point);
  const glm::vec3 out = point - axis_point(s);
  const float a = glm::degrees(std::atan2(glm::dot(out, direction(s, 90)), glm::dot(out, direction(s, 0))));
  return {s, a};
}

SkinPoint LegCoordinates::on_skin(const RayHit& hit) const {
  const TriMesh& surface = skin_mesh_->surface;
  glm::vec3 normal = hit.normal;
  if (surface.normals.size() == surface.positions.size()) {
    const glm::uvec3 corner = surface.triangles[hit.triangle];
    const glm::vec3 smooth = (1 - hit.barycentric.x - hit.barycentric.y) * surface.normals[corner.x] +
                             hit.barycentric.x * surface.normals[corner.y] +
                             hit.barycentric.y * surface.normals[corner.z];
    if (glm::length(smooth) > 1e-3f)
      normal = glm::normalize(smooth);
  }
  return {hit.position, normal};
}

std::optional<SkinPoint> LegCoordinates::skin_point(LegPlace place) const {
  const std::vector<RayHit> hits = skin_->all_hits({axis_point(place.s), direction(place.s, place.a_deg)});
  if (hits.empty())
    return std::nullopt;
  return on_skin(hits.back());
}

std::optional<glm::vec3> LegCoordinates::point(LegPlace place, float d_mm) const {
  const auto skin = skin_point(place);
  if (!skin)
    return std::nullopt;
  return skin->position - d_mm * skin->normal;
}

float LegCoordinates::depth_of(glm::vec3 point) const {
  const auto nearest = skin_->nearest(point, std::numeric_limits<float>::max());
  if (!nearest)
    return 0;
  return skin_->inside(point, 0) ? nearest->distance_mm : -nearest->distance_mm;
}

std::optional<FootPlace> LegCoordinates::foot_place_of(glm::vec3 point) const {
  if (!has_foot())
    return std::nullopt;
  const float f = glm::dot(point - heel_, foot_axis_) / foot_length_mm_;
  const glm::vec2 border = sole_border(f);
  return FootPlace{f, (glm::dot(point - heel_, foot_lateral_) - border.x) / std::max(border.y - border.x, 1.0f)};
}

std::optional<SkinPoint> LegCoordinates::sole_point(FootPlace place) const {
  if (!has_foot())
    return std::nullopt;
  const glm::vec2 border = sole_border(place.f);
  glm::vec3 start = heel_ + place.f * foot_length_mm_ * foot_axis_ +
                    (border.x + place.w * std::max(border.y - border.x, 1.0f)) * foot_lateral_;
  start.y = sole_y_mm_ - 50;
  const auto hit = skin_->first_hit({start, glm::vec3(0, 1, 0)});
  if (!hit)
    return std::nullopt;
  return on_skin(*hit);
}

glm::vec2 LegCoordinates::sole_border(float f) const {
  const float at = std::clamp(f, 0.0f, 1.0f) * sole_steps;
  const auto i = std::min(static_cast<std::size_t>(at), sole_borders_.size() - 2);
  return glm::mix(sole_borders_[i], sole_borders_[i + 1], at - static_cast<float>(i));
}

} // namespace calfscope
