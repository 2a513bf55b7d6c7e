#include "props/leg_placement.h"

#include "geometry/scalar_grid.h"
#include "props/mesh_forms.h"

#include <glm/gtc/constants.hpp>
#include <glm/gtc/matrix_transform.hpp>
#include <glm/gtc/quaternion.hpp>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float average_shank_mm = 409; // of the body that figure.cpp describes

glm::mat4 about(glm::vec3 centre, const glm::mat4& turn) {
  return glm::translate(glm::mat4(1), centre) * turn * glm::translate(glm::mat4(1), -centre);
}

glm::mat4 turned_x(float degrees) {
  return glm::rotate(glm::mat4(1), glm::radians(degrees), glm::vec3(1, 0, 0));
}

// Where a growing function passes a value, to a hundredth of a degree.
template <typename Function>
float where(float low, float high, float value, Function grows) {
  for (int i = 0; i < 14; ++i) {
    const float middle = 0.5f * (low + high);
    (grows(middle) < value ? low : high) = middle;
  }
  return 0.5f * (low + high);
}

// The farthest of a ring of points at each angle about its middle; where there is none, as its neighbours.
CapOutline outline_of(const std::vector<glm::vec3>& ring, glm::vec3 middle, float medial) {
  CapOutline out{};
  const auto count = static_cast<int>(out.size());
  const auto bin = [&](int i) -> float& { return out[static_cast<std::size_t>((i + count) % count)]; };
  for (const glm::vec3& p : ring) {
    const float turn = std::atan2(medial * (p.x - middle.x), p.z - middle.z) / (2 * glm::pi<float>());
    float& radius = bin(static_cast<int>(std::round(turn * static_cast<float>(count))));
    radius = std::max(radius, glm::length(glm::vec2(p.x - middle.x, p.z - middle.z)));
  }
  for (int i = 0; i < 2 * count; ++i)
    if (bin(i % count) <= 0)
      bin(i % count) = std::max(bin(i % count + 1), bin(i % count - 1));
  return out;
}

glm::mat4 on_foot(const LegFrame& leg, const PlacementInput& input) {
  const LegFrame::Joints rest = leg.joints({});
  const LegFrame::Joints bent = leg.joints(input.pose);
  // The foot stands as it does in the model; the leg leans over it.
  const float turn = leg.side() == Side::right ? input.pose.turn_deg : -input.pose.turn_deg;
  // In a lunge the foot points so that the knee travels straight ahead.
  float ahead = 0;
  if (input.posture == Posture::wall_lunge) {
    const LegFrame::Joints leaning = leg.joints({.ankle_deg = 20});
    const glm::vec3 way = glm::transpose(leaning.foot) * (leaning.hip - leaning.ankle) - (rest.hip - rest.ankle);
    ahead = -std::atan2(way.x, way.z);
  }
  const glm::mat4 aside = glm::rotate(glm::mat4(1), glm::radians(turn) + ahead, glm::vec3(0, 1, 0));
  const glm::mat4 raised = turned_x(heel_raise_deg(leg, input.heel_mm));
  const glm::mat3 turned = glm::mat3(raised * aside) * glm::transpose(bent.foot);
  glm::mat4 out(turned);
  // It turns about the ankle and rises about the ball.
  const glm::vec3 ball = about(rest.ankle, aside) * glm::vec4(rest.toe, 1);
  out[3] = glm::vec4(ball - turned * bent.toe, 1);
  out[3].y = -leg.lowest(input.pose, turned);
  return out;
}

// The line from hip to ankle plumb, or swung forward.
glm::mat3 hanging(const LegFrame::Joints& bent, float ahead_deg) {
  const glm::vec3 line = bent.hip - bent.ankle;
  return glm::mat3(turned_x(-glm::degrees(std::atan2(line.z, line.y)) - ahead_deg));
}

// Standing: the hip over the ankle. A bent knee lifts the foot, for the body is carried by the other leg; pointing the
// foot stands on its ball; and bending it up far leans the body over a foot that stays flat.
glm::mat4 upright(const LegFrame& leg, const PlacementInput& input) {
  const LegFrame::Joints bent = leg.joints(input.pose);
  const glm::quat free = glm::quat_cast(hanging(bent, input.ahead_deg));
  const glm::mat4 flat = on_foot(leg, input);
  const float leaning = smooth_between(10, 16, input.pose.ankle_deg) * smooth_between(35, 15, input.pose.knee_deg) *
                        smooth_between(8, 2, std::abs(input.ahead_deg)) *
                        (input.other ? 1 - input.other->amount : 1.0f);
  const glm::mat3 turned(glm::mat3_cast(glm::slerp(free, glm::quat_cast(glm::mat3(flat)), leaning)));
  glm::mat4 out(turned);
  float carried = leg.scale() * (ankle_over_floor_mm + 0.985f * average_shank_mm * (1 + thigh_to_shank));
  if (const auto& other = input.other) { // whichever foot is on the floor carries
    const LegFrame::Joints step = leg.joints(other->pose);
    const glm::mat3 its = hanging(step, other->ahead_deg);
    const float hips = std::max((its * step.hip).y - leg.lowest(other->pose, its), leg.scale() * other->hips_mm);
    carried = glm::mix(carried, hips, other->amount);
  }
  const float over_foot = -leg.lowest(input.pose, turned);
  out[3].y = glm::mix(std::max(over_foot, carried - (turned * bent.hip).y), over_foot, leaning);
  // Otherwise the hip stays where it is; in a lean the foot does.
  const LegFrame::Joints rest = leg.joints({});
  const glm::vec3 hip_kept = rest.hip - turned * bent.hip;
  const glm::vec3 foot_kept = rest.ankle - turned * bent.ankle;
  const glm::vec3 kept = glm::mix(hip_kept, foot_kept, leaning);
  out[3].x = kept.x;
  out[3].z = kept.z;
  return out;
}

glm::mat4 lying(const LegFrame& leg, const PlacementInput& input) {
  const LegFrame::Joints bent = leg.joints(input.pose);
  const auto lifted_by = [&](const glm::mat3& turned) {
    return input.contact ? input.contact_height_mm - (turned * *input.contact).y : -leg.lowest(input.pose, turned);
  };
  const float hip_y = leg.scale() * (seat_to_hip_mm + hips_lift_mm * std::clamp(input.lift, 0.0f, 1.0f));
  const float pitch = where(-40, 40, hip_y, [&](float degrees) {
    const glm::mat3 turned(turned_x(degrees - 90));
    return (turned * bent.hip).y + lifted_by(turned);
  });
  const glm::mat3 turned(turned_x(pitch - 90));
  glm::mat4 out(turned);
  const glm::vec3 middle = turned * glm::mix(bent.knee, bent.ankle, 0.45f);
  out[3].y = lifted_by(turned);
  // A tool that rolls without slipping goes half the way of the body.
  out[3].z = input.contact ? (0.45f - input.contact_s) * leg.shank_mm() - (turned * *input.contact).z : -middle.z;
  return out;
}

glm::mat4 on_chair(const LegFrame& leg, const PlacementInput& input) {
  const LegFrame::Joints bent = leg.joints(input.pose);
  const float hip_y = leg.scale() * (chair_seat_mm + seat_to_hip_mm);
  const float pitch = where(-75, 60, hip_y, [&](float degrees) {
    const glm::mat3 turned(turned_x(degrees));
    return (turned * bent.hip).y - leg.lowest(input.pose, turned);
  });
  const glm::mat3 turned(turned_x(pitch));
  glm::mat4 out(turned);
  out[3].y = -leg.lowest(input.pose, turned);
  out[3].z = -(turned * bent.hip).z;
  return out;
}

glm::mat3 frame_of(glm::vec3 along, glm::vec3 beside, glm::vec3 if_straight) {
  const glm::vec3 x = normalize(along);
  glm::vec3 n = cross(x, beside);
  n = normalize(length(n) > 1e-3f * length(beside) ? n : if_straight - x * dot(x, if_straight));
  return {x, cross(n, x), n};
}

glm::mat4 across_the_thigh(const LegFrame& leg, const PlacementInput& input) {
  const LegFrame::Joints bent = leg.joints(input.pose);
  const float scale = leg.scale(), m = leg.side() == Side::right ? 1.0f : -1.0f;
  const float thigh = distance(bent.hip, bent.knee), shank = leg.shank_mm();
  const float cos_knee = dot(normalize(bent.hip - bent.knee), normalize(bent.ankle - bent.knee));
  const float sin_knee2 = 1 - cos_knee * cos_knee;
  const glm::vec3 hip(0, scale * (chair_seat_mm + seat_to_hip_mm), 0);

  // The other thigh is spread as far as lets the shank lie over it well below the calf.
  glm::vec3 rest_at(0);
  float along_shank = 0;
  const auto lay_on = [&](float spread_deg) {
    const SeatedThigh other = seated_thigh(hip, m, spread_deg, scale);
    rest_at = glm::mix(other.hip, other.knee, resting_share) +
              glm::vec3(0, scale * resting_radius_mm + leg.ankle_radius_mm(), 0);
    const float d2 = dot(rest_at - hip, rest_at - hip), root = d2 - thigh * thigh * sin_knee2;
    along_shank = root > 0 ? thigh * cos_knee + std::sqrt(root) : 0;
    return along_shank;
  };
  lay_on(where(0, 30, 0.84f * shank, lay_on));
  along_shank = std::clamp(along_shank, 0.3f * shank, 1.05f * shank);
  // The knee points outward, at the height at which the shank lies nearly level.
  const glm::vec3 e = normalize(rest_at - hip);
  const float d = distance(rest_at, hip);
  const float toward = (thigh * thigh + d * d - along_shank * along_shank) / (2 * d);
  const float aside = std::sqrt(std::max(0.0f, thigh * thigh - toward * toward));
  const glm::vec3 out_way(-m, 0.02f, 0.05f);
  const glm::vec3 knee = hip + toward * e + aside * normalize(out_way - e * dot(out_way, e));
  const glm::mat3 from = frame_of(bent.ankle - bent.knee, bent.hip - bent.knee, {1, 0, 0});
  const glm::mat3 to = frame_of(rest_at - knee, hip - knee, {0, m, 0});
  glm::mat4 out(to * glm::transpose(from));
  out[3] = glm::vec4(knee - glm::mat3(out) * bent.knee, 1);
  return out;
}

} // namespace

std::optional<Posture> posture_from(std::string_view id) {
  const auto found = std::find(posture_ids.begin(), posture_ids.end(), id);
  if (found == posture_ids.end())
    return std::nullopt;
  return static_cast<Posture>(found - posture_ids.begin());
}

SeatedThigh seated_thigh(glm::vec3 model_hip, float toward_other, float spread_deg, float scale) {
  // The other foot stands flat and its shank upright.
  const float drop = model_hip.y - scale * (average_shank_mm + ankle_over_floor_mm);
  const float length = scale * average_shank_mm * thigh_to_shank;
  const float level = std::sqrt(std::max(0.0f, length * length - drop * drop)), spread = glm::radians(spread_deg);
  SeatedThigh out;
  out.hip = model_hip + glm::vec3(toward_other * scale * hips_apart_mm, 0, 0);
  out.knee = out.hip + glm::vec3(toward_other * level * std::sin(spread), -drop, level * std::cos(spread));
  return out;
}

LegFrame LegFrame::make(const Atlas& atlas) {
  LegFrame out;
  out.side_ = atlas.side;
  out.skeleton_.side = atlas.side;
  out.skeleton_.landmarks = atlas.landmarks;
  out.skeleton_.segments = atlas.segments;
  const glm::vec3 top = atlas.landmark("knee_centre").value_or(glm::vec3(0));
  const glm::vec3 low = atlas.landmark("ankle_centre").value_or(top - glm::vec3(0, 363, 0));
  out.thigh_ = atlas.segment_index("thigh");
  out.foot_ = atlas.segment_index("foot");
  out.toes_ = atlas.segment_index("toes");
  const int talus = atlas.segment_index("talus");
  const auto centre = [&](int segment, glm::vec3 otherwise) {
    return segment >= 0 ? atlas.segments[static_cast<std::size_t>(segment)].centre_mm : otherwise;
  };
  out.knee_ = centre(out.thigh_, top + glm::vec3(0, 25, 0));
  out.ankle_ = centre(talus, low - glm::vec3(0, 21, 0));
  out.toe_ = centre(out.toes_, out.ankle_ + glm::vec3(0, -40, 100));
  out.shank_mm_ = std::max(1.0f, distance(out.knee_, out.ankle_));
  const glm::vec3 up = (out.knee_ - out.ankle_) / out.shank_mm_;
  out.hip_ = out.knee_ + thigh_to_shank * out.shank_mm_ * up;
  out.cap_ = out.knee_ + 0.3f * out.shank_mm_ * up;
  out.sole_y_mm_ = out.ankle_.y - 60 * out.scale();
  out.cap_outline_.fill(67 * out.scale());

  const Structure* skin = atlas.find("skin");
  if (!skin || skin->mesh->surface.positions.empty()) {
    // Heel, ball, toes and calf of an average leg.
    const float size = out.scale();
    SkinBinding foot;
    foot.segment[0] = static_cast<std::uint8_t>(std::max(out.foot_, 0));
    out.supports_ = {{out.ankle_ + size * glm::vec3(0, -60, -32), foot},
                     {out.ankle_ + size * glm::vec3(0, -36, -62), foot},
                     {out.toe_ + size * glm::vec3(0, -20, 0), foot},
                     {out.knee_ + size * glm::vec3(0, -115, -72), {}}};
    return out;
  }
  const TriMesh& surface = skin->mesh->surface;
  const Bounds box = bounds_of(surface);
  out.sole_y_mm_ = box.lower.y;
  // The thigh's section just below its cut, the ankle's a little above its joint.
  const auto section = [&](float y) {
    std::vector<glm::vec3> ring;
    for (const glm::vec3& p : surface.positions)
      if (std::abs(p.y - y) < 4)
        ring.push_back(p);
    return ring;
  };
  const auto around = [](const std::vector<glm::vec3>& ring) {
    Bounds out_box;
    for (const glm::vec3& p : ring)
      out_box.add(p);
    return out_box;
  };
  if (const auto ring = section(box.upper.y - 7); ring.size() >= 24) {
    const glm::vec3 middle = around(ring).centre();
    out.cap_ = {middle.x, box.upper.y, middle.z};
    out.cap_outline_ = outline_of(ring, middle, atlas.side == Side::right ? 1.0f : -1.0f);
  }
  if (const auto ring = section(glm::mix(out.knee_.y, out.ankle_.y, 0.86f)); ring.size() >= 8)
    out.ankle_radius_mm_ = 0.25f * (around(ring).size().x + around(ring).size().z);

  // Whatever part lies lowest in a rigid posture is the farthest of its segment in some direction.
  const TriMesh directions = even_sphere(1, 3);
  const std::size_t segments = std::max<std::size_t>(1, atlas.segments.size());
  std::vector<std::vector<int>> farthest(segments, std::vector<int>(directions.positions.size(), -1));
  for (std::size_t v = 0; v < surface.positions.size(); ++v) {
    const SkinBinding binding = v < skin->mesh->binding.size() ? skin->mesh->binding[v] : SkinBinding{};
    const auto most = static_cast<std::size_t>(std::max_element(binding.weight.begin(), binding.weight.end()) -
                                               binding.weight.begin());
    const std::size_t segment = binding.segment[most];
    const bool thigh = static_cast<int>(segment) == out.thigh_ || surface.positions[v].y > out.knee_.y - 60;
    if (segment >= segments || thigh)
      continue;
    for (std::size_t d = 0; d < directions.positions.size(); ++d) {
      int& far = farthest[segment][d];
      if (far < 0 ||
          dot(surface.positions[v] - surface.positions[static_cast<std::size_t>(far)], directions.positions[d]) > 0)
        far = static_cast<int>(v);
    }
  }
  for (std::vector<int>& list : farthest) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    for (const int v : list)
      if (const auto at = static_cast<std::size_t>(v); v >= 0)
        out.supports_.push_back(
            {surface.positions[at], at < skin->mesh->binding.size() ? skin->mesh->binding[at] : SkinBinding{}});
  }
  return out;
}

std::vector<glm::mat4> LegFrame::matrices(const Pose& pose) const {
  return segment_matrices(skeleton_, pose);
}

LegFrame::Joints LegFrame::joints(const Pose& pose) const {
  const std::vector<glm::mat4> moved = matrices(pose);
  const auto of = [&](int segment) {
    return segment >= 0 && static_cast<std::size_t>(segment) < moved.size() ? moved[static_cast<std::size_t>(segment)]
           : moved.empty()                                                  ? glm::mat4(1)
                                                                            : moved.front();
  };
  const auto at = [](const glm::mat4& matrix, glm::vec3 p) { return glm::vec3(matrix * glm::vec4(p, 1)); };
  Joints out;
  out.knee = at(of(0), knee_);
  out.ankle = at(of(0), ankle_);
  out.foot = glm::mat3(of(foot_));
  out.toe = at(of(foot_), toe_);
  out.hip = at(of(thigh_), hip_);
  out.thigh = glm::mat3(of(thigh_));
  out.cap = at(of(thigh_), cap_);
  return out;
}

float LegFrame::lowest(const Pose& pose, const glm::mat3& turned) const {
  const std::vector<glm::mat4> moved = matrices(pose);
  float least = supports_.empty() ? sole_y_mm_ : 1e9f;
  std::vector<glm::vec4> rows; // y of the world, straight from each segment's rest
  for (const glm::mat4& matrix : moved)
    rows.push_back(glm::transpose(glm::mat4(turned) * matrix)[1]);
  for (const Support& support : supports_) {
    float y = 0;
    for (std::size_t k = 0; k < 4; ++k)
      if (support.binding.weight[k] > 0 && support.binding.segment[k] < rows.size())
        y += static_cast<float>(support.binding.weight[k]) / 255 *
             dot(rows[support.binding.segment[k]], glm::vec4(support.at, 1));
    least = std::min(least, y);
  }
  return least;
}

float heel_raise_deg(const LegFrame& leg, float heel_mm) {
  const LegFrame::Joints rest = leg.joints({});
  // The heel stands about a third of the foot's length behind the ankle.
  const float reach = 1.45f * glm::length(glm::vec2(rest.toe.x - rest.ankle.x, rest.toe.z - rest.ankle.z));
  return glm::degrees(std::asin(std::clamp(heel_mm / std::max(reach, 1.0f), 0.0f, 0.95f)));
}

glm::mat4 leg_placement(const LegFrame& leg, const PlacementInput& input) {
  switch (input.posture) {
  case Posture::standing:
    return upright(leg, input);
  case Posture::wall_lunge:
    return on_foot(leg, input);
  case Posture::floor_sit:
  case Posture::floor_sit_crossed:
    return lying(leg, input);
  case Posture::chair:
    return on_chair(leg, input);
  case Posture::ankle_on_knee:
    return across_the_thigh(leg, input);
  }
  return glm::mat4(1);
}

} // namespace calfscope
