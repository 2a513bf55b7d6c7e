#include "author/skin.h"

#include "author/curve.h"
#include "geometry/isosurface.h"
#include "geometry/plane_section.h"

#include <algorithm>
#include <glm/gtc/constants.hpp>

#include <cmath>

namespace calfscope {
namespace {

// Middle of the leg seen from above, about which regions are named.
constexpr glm::vec2 leg_middle{-9, -10};

float degrees_behind(glm::vec3 p) { // 0 behind, + medial
  return glm::degrees(std::atan2(p.x - leg_middle.x, -(p.z - leg_middle.y)));
}

float bell(float x, float middle, float width) {
  const float t = (x - middle) / width;
  return std::exp(-t * t);
}

// Heights in the foot count from the floor, so that they hold for every length of leg.
float above_floor(const SkinDescription& skin, glm::vec3 p) {
  return p.y - skin.floor_mm;
}

// 0 in the foot, 1 in the leg.
float leg_share(const SkinDescription& skin, glm::vec3 p) {
  return smooth_between(54, 110, above_floor(skin, p));
}

float cover_at(const SkinDescription& skin, glm::vec3 p) {
  const float height = above_floor(skin, p);
  const float in_leg = smooth_between(72, 115, height);
  const float around = degrees_behind(p);
  float leg = skin.leg_cover_mm;
  leg += skin.calf_fat_mm * bell(around, 0, 60) * bell(p.y, skin.calf_fat_level_mm, 80);
  leg += 1.0f * bell(around, -90, 45) * smooth_between(115, 165, height);
  leg -= skin.shin_less_mm * bell(around, 140, 35) * smooth_between(20, -30, p.y);
  return glm::mix(skin.foot_cover_mm, leg, in_leg);
}

// The straight line through the metatarsal heads, seen from above; positive towards the toes.
struct ToeLine {
  glm::vec2 point{0};
  glm::vec2 forward{0, 1};
  explicit ToeLine(const std::vector<ToeTube>& toes) {
    if (toes.size() < 2)
      return;
    const glm::vec4 first = toes.front().points.front();
    const glm::vec4 last = toes.back().points.front();
    point = glm::vec2(first.x, first.z);
    const glm::vec2 along = glm::normalize(glm::vec2(last.x, last.z) - point);
    forward = glm::vec2(-along.y, along.x);
    if (forward.y < 0)
      forward = -forward;
  }
  float before(glm::vec3 p) const { return glm::dot(glm::vec2(p.x, p.z) - point, forward); }
};

float toe_distance(const ToeTube& toe, glm::vec3 p) {
  float least = 1e3f;
  for (std::size_t i = 0; i + 1 < toe.points.size(); ++i) {
    const glm::vec3 a(toe.points[i]);
    const glm::vec3 way = glm::vec3(toe.points[i + 1]) - a;
    const float t = std::clamp(glm::dot(p - a, way) / glm::dot(way, way), 0.0f, 1.0f);
    least = std::min(least, glm::distance(p, a + t * way) - glm::mix(toe.points[i].w, toe.points[i + 1].w, t));
  }
  return least;
}

// Distance to the closing of the body with a ball: hollows narrower than the ball are filled.
ScalarGrid closed_with_ball(ScalarGrid distance, float radius_mm) {
  for (float& value : distance.values)
    value -= radius_mm;
  ScalarGrid grown = signed_distance(distance);
  for (float& value : grown.values)
    value += radius_mm;
  return grown;
}

float shifted_down(const ScalarGrid& field, glm::vec3 p, float by_mm) {
  return field.sample(p + glm::vec3(0, by_mm, 0));
}

} // namespace

double girth_mm(const TriMesh& mesh, float y_mm) {
  const auto outlines = section_outlines(mesh, {{0, 1, 0}, y_mm});
  double longest = 0;
  for (const auto& outline : outlines)
    longest = std::max(longest, outline_length_mm({outline}));
  return longest;
}

ScalarGrid build_skin(const SkinDescription& skin, const ScalarGrid& inside,
                      const std::function<void(double)>& progress) {
  const GridFrame& frame = inside.frame;
  const ScalarGrid under = signed_distance(inside);
  progress(0.15);

  // Toes are left out of the closing, or they would grow together.
  const ToeLine toes(skin.toes);
  ScalarGrid trunk = under;
  if (skin.toes.size() >= 2)
    trunk = signed_distance(fill_grid(frame, [&](glm::vec3 p) {
      return above_floor(skin, p) < 105 ? smooth_max(under.sample(p), toes.before(p) - skin.web_mm, 8)
                                        : under.sample(p);
    }));
  ScalarGrid closed = closed_with_ball(trunk, skin.closing_mm);
  if (const Curve wide(skin.wide_share); !wide.empty()) {
    const ScalarGrid wider = closed_with_ball(std::move(trunk), skin.wide_closing_mm);
    closed = fill_grid(frame, [&](glm::vec3 p) { return glm::mix(closed.sample(p), wider.sample(p), wide.at(p.y)); });
  }
  progress(0.4);

  const ScalarGrid covered = fill_grid(frame, [&](glm::vec3 p) {
    float f = closed.sample(p) - cover_at(skin, p);
    for (const ToeTube& toe : skin.toes)
      f = smooth_min(f, toe_distance(toe, p), 6);
    return f;
  });
  const ScalarGrid raw = fill_grid(frame, [&](glm::vec3 p) {
    float f = covered.sample(p);
    if (const float height = above_floor(skin, p); height < 49) {
      // The inner arch stays high, and toes are round underneath.
      const float arch = bell(p.z, 22, 34) * smooth_between(-28, -6, p.x);
      const float in_sole = smooth_between(49, 32, height) * (1 - 0.85f * arch) *
                            (1 - 0.75f * smooth_between(0, skin.web_mm, toes.before(p)));
      float low = f;
      for (const float by : {2.0f, 4.0f, 6.0f})
        low = std::min(low, shifted_down(covered, p, by));
      f = glm::mix(f, low, in_sole);
    }
    const float at_heel = bell(above_floor(skin, p), 24, 22) * smooth_between(5, -32, p.z);
    f -= skin.heel_pad_mm * at_heel;
    return smooth_max(f, skin.floor_mm - p.y, 4);
  });
  progress(0.55);

  // Over the calf the muscles must not show as in an anatomical figure; in the foot the toes must stay.
  ScalarGrid soft = raw;
  blur(soft, 6.5f);
  ScalarGrid softest = raw;
  blur(softest, 12);
  ScalarGrid foot = raw;
  blur(foot, 4.0f);
  ScalarGrid crisp = raw;
  blur(crisp, 1.6f);
  ScalarGrid out = fill_grid(frame, [&](glm::vec3 p) {
    const float below =
        glm::mix(crisp.sample(p), foot.sample(p), smooth_between(skin.web_mm - 4, skin.web_mm - 24, toes.before(p)));
    const float above = glm::mix(soft.sample(p), softest.sample(p), smooth_between(15, 70, p.y));
    const float f = glm::mix(below, above, leg_share(skin, p));
    return std::min(f, under.sample(p) - skin.least_cover_mm);
  });
  progress(0.7);

  const auto capped = [&](const ScalarGrid& field) {
    ScalarGrid with_cap = field;
    for (int k = 0; k < frame.size.z; ++k)
      for (int j = 0; j < frame.size.y; ++j)
        for (int i = 0; i < frame.size.x; ++i)
          with_cap.at(i, j, k) = smooth_max(field.at(i, j, k), frame.position(i, j, k).y - skin.top_mm, 1.5f);
    return with_cap;
  };
  for (int round = 0; round < 3; ++round) {
    const TriMesh mesh = isosurface(out);
    std::vector<glm::vec2> corrections;
    corrections.emplace_back(skin.girths.front().x + 30, 0.0f);
    for (const glm::vec2 declared : skin.girths) {
      const double found = girth_mm(mesh, declared.x);
      const double change = found > 0 ? (declared.y - found) / (2 * glm::pi<double>()) : 0;
      corrections.emplace_back(declared.x, static_cast<float>(std::clamp(change, -8.0, 12.0)));
    }
    corrections.front().y = corrections[1].y;
    corrections.emplace_back(skin.girths.back().x - 45, 0.0f);
    const Curve correction(corrections);
    out = fill_grid(frame, [&](glm::vec3 p) {
      return std::min(out.sample(p) - correction.at(p.y), under.sample(p) - skin.least_cover_mm);
    });
    ScalarGrid even = out;
    blur(even, 3.0f);
    out = fill_grid(frame, [&](glm::vec3 p) {
      const float f = glm::mix(out.sample(p), even.sample(p), leg_share(skin, p));
      return std::min(f, under.sample(p) - skin.least_cover_mm);
    });
    progress(0.7 + 0.1 * (round + 1));
  }
  return capped(out);
}

} // namespace calfscope
