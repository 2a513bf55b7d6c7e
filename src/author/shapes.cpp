#include "author/shapes.h"

#include "author/curve.h"

#include <glm/gtc/quaternion.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace calfscope {
namespace {

constexpr float station_step_mm = 1.0f;

float ellipsoid_distance(glm::vec3 local, glm::vec3 radii) {
  const float k0 = glm::length(local / radii);
  const float k1 = glm::length(local / (radii * radii));
  // At the very centre the formula is 0/0; the smallest radius is the distance there.
  return k1 > 1e-6f ? k0 * (k0 - 1) / k1 : -std::min({radii.x, radii.y, radii.z});
}

glm::vec3 perpendicular(glm::vec3 v, glm::vec3 to) {
  const glm::vec3 out = v - to * glm::dot(v, to);
  const float length = glm::length(out);
  if (length > 1e-3f)
    return out / length;
  const glm::vec3 other = std::abs(to.y) < 0.9f ? glm::vec3(0, 1, 0) : glm::vec3(0, 0, 1);
  return glm::normalize(glm::cross(to, other));
}

// Smooth line through points (Catmull-Rom over chord length), resampled at even steps.
std::vector<CordPath::Station> resampled(const std::vector<CordPoint>& points) {
  std::vector<float> chord{0};
  for (std::size_t i = 1; i < points.size(); ++i)
    chord.push_back(chord.back() + std::max(glm::distance(points[i].position_mm, points[i - 1].position_mm), 1e-3f));
  const auto slope = [&](std::size_t i) {
    const std::size_t a = i == 0 ? 0 : i - 1;
    const std::size_t b = std::min(i + 1, points.size() - 1);
    return (points[b].position_mm - points[a].position_mm) / (chord[b] - chord[a]);
  };
  std::vector<glm::vec2> widths, thicknesses;
  for (std::size_t i = 0; i < points.size(); ++i) {
    widths.emplace_back(chord[i], points[i].half_width_mm);
    thicknesses.emplace_back(chord[i], points[i].half_thickness_mm);
  }
  const Curve width(widths);
  const Curve thickness(thicknesses);
  std::vector<CordPath::Station> stations;
  const int count = std::max(2, static_cast<int>(std::ceil(chord.back() / station_step_mm)) + 1);
  for (int n = 0; n < count; ++n) {
    const float at = chord.back() * static_cast<float>(n) / static_cast<float>(count - 1);
    const auto above = std::upper_bound(chord.begin() + 1, chord.end() - 1, at);
    const std::size_t i = static_cast<std::size_t>(above - chord.begin()) - 1;
    const float span = chord[i + 1] - chord[i];
    const float t = (at - chord[i]) / span;
    const float t2 = t * t;
    const float t3 = t2 * t;
    CordPath::Station station;
    station.position = (2 * t3 - 3 * t2 + 1) * points[i].position_mm + (t3 - 2 * t2 + t) * span * slope(i) +
                       (3 * t2 - 2 * t3) * points[i + 1].position_mm + (t3 - t2) * span * slope(i + 1);
    station.half_width = width.at(at);
    station.half_thickness = thickness.at(at);
    stations.push_back(station);
  }
  return stations;
}

// Quarter, half, quarter along the line; the ends stay.
void smooth_line(std::vector<CordPath::Station>& stations, int passes) {
  for (int pass = 0; pass < passes; ++pass) {
    std::vector<glm::vec3> smoothed;
    for (std::size_t i = 1; i + 1 < stations.size(); ++i)
      smoothed.push_back(0.25f * stations[i - 1].position + 0.5f * stations[i].position +
                         0.25f * stations[i + 1].position);
    for (std::size_t i = 1; i + 1 < stations.size(); ++i)
      stations[i].position = smoothed[i - 1];
  }
}

// Out of the bones everywhere; onto the bone along the last lands_mm.
void move_off_bones(std::vector<CordPath::Station>& stations, const ScalarGrid& bones, float lands_mm) {
  constexpr float clearance_mm = 0.35f;
  const auto last = static_cast<float>(stations.size() - 1);
  for (int round = 0; round < 12; ++round) {
    for (std::size_t i = 0; i < stations.size(); ++i) {
      CordPath::Station& s = stations[i];
      const float to_end = (last - static_cast<float>(i)) * station_step_mm;
      const float landing = lands_mm > 0 ? smooth_between(lands_mm, 0.4f * lands_mm, to_end) : 0.0f;
      const float short_of = 0.95f * s.half_thickness + clearance_mm - bones.sample(s.position);
      if (short_of <= 0 && landing <= 0)
        continue;
      const glm::vec3 slope = bones.gradient(s.position);
      const float steep = glm::length(slope);
      if (steep > 0.1f)
        s.position +=
            slope / steep * std::clamp(short_of > 0 ? short_of : landing * (short_of + clearance_mm), -2.0f, 2.0f);
    }
    smooth_line(stations, 3);
  }
}

// A step, no longer than 4 mm, along the slope of the skin's field.
void bring_to_depth(CordPath::Station& station, const ScalarGrid& skin, float depth_mm) {
  const glm::vec3 slope = skin.gradient(station.position);
  const float steep = glm::length(slope);
  if (steep > 0.1f)
    station.position -= slope / steep * std::clamp(skin.sample(station.position) + depth_mm, -4.0f, 4.0f);
}

} // namespace

EllipsoidField::EllipsoidField(const EllipsoidUnion& shape) : blend_(shape.blend_mm) {
  for (const Ellipsoid& e : shape.ellipsoids) {
    const float angle = glm::length(e.turn_rad);
    const glm::quat turn = angle > 1e-6f ? glm::angleAxis(angle, e.turn_rad / angle) : glm::quat(1, 0, 0, 0);
    parts_.push_back({e.centre_mm, e.radii_mm, glm::transpose(glm::mat3_cast(turn))});
  }
}

float EllipsoidField::at(glm::vec3 p) const {
  float nearest = 1e9f;
  constexpr std::size_t most = 32;
  std::array<float, most> all{};
  const std::size_t count = std::min(parts_.size(), most);
  for (std::size_t i = 0; i < count; ++i) {
    const Part& part = parts_[i];
    all[i] = ellipsoid_distance(part.to_axes * (p - part.centre), part.radii);
    nearest = std::min(nearest, all[i]);
  }
  float sum = 0;
  for (std::size_t i = 0; i < count; ++i)
    sum += std::exp((nearest - all[i]) / blend_);
  return nearest - blend_ * std::log(sum);
}

Bounds EllipsoidField::bounds() const {
  Bounds box;
  for (const Part& part : parts_) {
    glm::vec3 half(0);
    for (int axis = 0; axis < 3; ++axis)
      half[axis] = glm::length(part.to_axes[axis] * part.radii); // column = world axis in the ellipsoid's own axes
    box.add(part.centre - half - blend_);
    box.add(part.centre + half + blend_);
  }
  return box;
}

CordPath::CordPath(const Cord& cord, std::span<const CordPoint> lead, const ScalarGrid* bones) {
  std::vector<CordPoint> points(lead.begin(), lead.end());
  points.insert(points.end(), cord.points.begin(), cord.points.end());
  stations_ = resampled(points);
  if (cord.off_bones && bones != nullptr)
    move_off_bones(stations_, *bones, cord.lands_mm);
  measure();
  face([&](glm::vec3 p) {
    if (cord.facing)
      return *cord.facing;
    return bones != nullptr ? bones->gradient(p) : glm::vec3(0, 0, 1);
  });
}

void CordPath::move(std::span<const glm::vec3> ways) {
  for (std::size_t i = 1; i + 1 < stations_.size(); ++i)
    stations_[i].position += ways[i];
  smooth_line(stations_, 2);
  measure();
  face([this](glm::vec3 p) { return nearest(p).thin; });
}

void CordPath::settle_under(const ScalarGrid& skin, float depth_mm) {
  for (int round = 0; round < 12; ++round) {
    for (Station& s : stations_)
      bring_to_depth(s, skin, depth_mm);
    smooth_line(stations_, 2);
  }
  measure();
  face([&](glm::vec3 p) { return skin.gradient(p); });
}

void CordPath::settle_in_fat(const ScalarGrid& skin, const ScalarGrid& flesh, float depth_mm) {
  constexpr float clearance_mm = 0.35f;
  constexpr float flattest = 0.55f; // of the declared thickness
  std::vector<float> thickness(stations_.size());
  for (int round = 0; round < 16; ++round) {
    for (std::size_t i = 0; i < stations_.size(); ++i) {
      Station& s = stations_[i];
      const float fat = flesh.sample(s.position) - skin.sample(s.position);
      thickness[i] = std::clamp(0.5f * fat - clearance_mm, flattest * s.half_thickness, s.half_thickness);
      const float lowest = fat - thickness[i] - clearance_mm;
      const float depth = std::max(std::min(depth_mm, lowest), thickness[i] + clearance_mm);
      bring_to_depth(s, skin, depth);
    }
    smooth_line(stations_, 1);
  }
  measure();
  face([&](glm::vec3 p) { return skin.gradient(p); });
  constexpr int evening = 12;
  for (int round = 0; round < evening; ++round) {
    const std::vector<float> before = thickness;
    for (std::size_t i = 1; i + 1 < thickness.size(); ++i)
      thickness[i] = 0.25f * before[i - 1] + 0.5f * before[i] + 0.25f * before[i + 1];
  }
  for (std::size_t i = 0; i < stations_.size(); ++i) {
    stations_[i].half_width *= stations_[i].half_thickness / thickness[i]; // as much blood as before
    stations_[i].half_thickness = thickness[i];
  }
}

// Tangents and lengths along the line.
void CordPath::measure() {
  for (std::size_t i = 0; i < stations_.size(); ++i) {
    const std::size_t a = i == 0 ? 0 : i - 1;
    const std::size_t b = std::min(i + 1, stations_.size() - 1);
    const glm::vec3 way = stations_[b].position - stations_[a].position;
    stations_[i].tangent = glm::length(way) > 1e-4f ? glm::normalize(way) : glm::vec3(0, -1, 0);
    if (i > 0)
      stations_[i].along_mm =
          stations_[i - 1].along_mm + glm::distance(stations_[i].position, stations_[i - 1].position);
  }
}

// The flat side turns as wanted, but no faster than its neighbours do.
void CordPath::face(const std::function<glm::vec3(glm::vec3)>& thin_direction) {
  std::vector<glm::vec3> thin(stations_.size());
  for (std::size_t i = 0; i < stations_.size(); ++i)
    thin[i] = perpendicular(thin_direction(stations_[i].position), stations_[i].tangent);
  for (std::size_t i = 1; i < thin.size(); ++i)
    if (glm::dot(thin[i], thin[i - 1]) < 0)
      thin[i] = -thin[i];
  for (int round = 0; round < 20; ++round) {
    const std::vector<glm::vec3> before = thin;
    for (std::size_t i = 0; i < thin.size(); ++i)
      thin[i] = perpendicular(before[i == 0 ? 0 : i - 1] + before[i] + before[std::min(i + 1, thin.size() - 1)],
                              stations_[i].tangent);
  }
  for (std::size_t i = 0; i < thin.size(); ++i)
    stations_[i].thin = thin[i];
}

Bounds CordPath::bounds() const {
  Bounds box;
  for (const Station& s : stations_) {
    const float reach = std::max(s.half_width, s.half_thickness);
    box.add(s.position - reach);
    box.add(s.position + reach);
  }
  return box;
}

void CordPath::add_to(ScalarGrid& grid, float reach_mm) const {
  const GridFrame& frame = grid.frame;
  for (std::size_t n = 0; n + 1 < stations_.size(); ++n) {
    const Station& a = stations_[n];
    const Station& b = stations_[n + 1];
    const glm::vec3 way = b.position - a.position;
    const float length2 = std::max(glm::dot(way, way), 1e-8f);
    const float reach = std::max({a.half_width, b.half_width, a.half_thickness, b.half_thickness}) + reach_mm;
    const glm::vec3 low = (glm::min(a.position, b.position) - reach) / frame.step_mm - glm::vec3(frame.first);
    const glm::vec3 high = (glm::max(a.position, b.position) + reach) / frame.step_mm - glm::vec3(frame.first);
    const glm::ivec3 from = glm::max(glm::ivec3(glm::ceil(low)), glm::ivec3(0));
    const glm::ivec3 to = glm::min(glm::ivec3(glm::floor(high)), frame.size - 1);
    for (int k = from.z; k <= to.z; ++k)
      for (int j = from.y; j <= to.y; ++j)
        for (int i = from.x; i <= to.x; ++i) {
          const glm::vec3 p = frame.position(i, j, k);
          const float t = std::clamp(glm::dot(p - a.position, way) / length2, 0.0f, 1.0f);
          const glm::vec3 r = p - (a.position + t * way);
          const glm::vec3 thin = glm::normalize(glm::mix(a.thin, b.thin, t));
          const glm::vec3 tangent = glm::normalize(glm::mix(a.tangent, b.tangent, t));
          const glm::vec3 wide = glm::cross(tangent, thin);
          const float half_thickness = glm::mix(a.half_thickness, b.half_thickness, t);
          const glm::vec3 radii(glm::mix(a.half_width, b.half_width, t), half_thickness, half_thickness);
          const glm::vec3 local(glm::dot(r, wide), glm::dot(r, thin), glm::dot(r, tangent));
          float& value = grid.at(i, j, k);
          value = std::min(value, ellipsoid_distance(local, radii));
        }
  }
}

const CordPath::Station& CordPath::nearest(glm::vec3 p) const {
  const Station* best = &stations_.front();
  float least = 1e30f;
  for (const Station& s : stations_) {
    const glm::vec3 way = s.position - p;
    const float squared = glm::dot(way, way);
    if (squared < least) {
      least = squared;
      best = &s;
    }
  }
  return *best;
}

} // namespace calfscope
