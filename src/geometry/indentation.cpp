#include "geometry/indentation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace calfscope {
namespace {

// The figures of the drawing rule; the shader has the same.
constexpr float rim_mm = 1.2f; // half width over which the skin leaves the tool, and a share of the dent more
constexpr float rim_share = 0.25f;
constexpr float steepest = 0.85f;     // skin follows the tool's face no steeper than this, then spans on beside it
constexpr float bulge_height = 0.16f; // of the dent, tissue that creeps up beside the tool
constexpr float bulge_reach = 0.9f;   // of the dent: the gap at which it stands highest
constexpr float layer_power = 1.25f;  // how fast the dent fades toward the bone
// Skin is drawn aside in full within (drag_radii - 1) patch radii, not beyond drag_radii, and between these shares of
// the thickness less and less.
constexpr float drag_radii = 2.5f, drag_from = 0.3f, drag_to = 0.8f;
constexpr float far_from = 2.4f, far_to = 3.0f; // patch radii between which everything comes to rest
// Skin differs from the shape that is known of it by this much at most, and a share of the way from the place more.
constexpr float shape_slack_mm = 3, shape_slack_share = 0.25f;
constexpr float clear_of_tool = -1e4f;

float smoothstep(float from, float to, float x) {
  x = std::clamp((x - from) / (to - from), 0.0f, 1.0f);
  return x * x * (3 - 2 * x);
}

// max(x, 0) with a rim of the given half width; never below max(x, 0).
float soft_positive(float x, float rim) {
  if (x >= rim)
    return x;
  if (x <= -rim)
    return 0;
  const float t = x + rim;
  return t * t / (4 * rim);
}

// Share of the shift that is left at a distance from the place, in patch radii; a cylinder's patch is long.
float nearness(const Contact& contact, float u, float v) {
  const float beyond_u = contact.is_long ? std::max(0.0f, std::abs(u) - contact.half_length_mm) : u;
  const float r = std::sqrt(beyond_u * beyond_u + v * v) / std::max(contact.patch_mm, 1.0f);
  return 1 - smoothstep(far_from, far_to, r);
}

// The tool's face as the skin follows it: where the face turns steep the skin spans on in a straight line, clear of it.
float spanned_face_mm(const Contact& contact, float u, float v) {
  if (contact.is_long && std::abs(u) > contact.half_length_mm)
    return clear_of_tool;
  const float R = contact.radius_mm;
  const float leaves = R * steepest / std::sqrt(1 + steepest * steepest);
  const float r = contact.is_long ? std::abs(v) : std::sqrt(u * u + v * v);
  const float on_face = std::min(r, leaves);
  const float round = contact.tip_mm + contact.flat_mm - R + std::sqrt(R * R - on_face * on_face);
  return std::min(contact.tip_mm, round - steepest * (r - on_face));
}

float skin_height(const Contact& contact, float u, float v) {
  return contact.skin.uu * u * u + contact.skin.uv * u * v + contact.skin.vv * v * v;
}

// Height of the skin over a point of the flesh. What lies close below the skin tells by its own height, so that it
// gives way as the skin does; the shape keeps thin tissue, whose shares say less, from being taken for skin far
// outside.
float skin_over(const Contact& contact, glm::vec3 local, float share) {
  const float own = local.z - (1 - share) * contact.thickness_mm;
  const float slack = shape_slack_mm + shape_slack_share * std::sqrt(local.x * local.x + local.y * local.y);
  return std::max(own, skin_height(contact, local.x, local.y) - slack);
}

// Radius of the touching patch: how far from the place the tool's face stands in the resting skin, whichever way is
// longer.
float patch_radius(const Contact& contact) {
  const float step = 0.5f, most = 120;
  float r = 0;
  while (r < most) {
    const float next = r + step;
    const bool along = tool_face_mm(contact, 0, next) > skin_height(contact, 0, next);
    const bool across = !contact.is_long && tool_face_mm(contact, next, 0) > skin_height(contact, next, 0);
    if (!along && !across)
      break;
    r = next;
  }
  return r;
}

} // namespace

void find_patch(Contact& contact) {
  contact.patch_mm = patch_radius(contact);
}

glm::vec3 dragged_origin(const Contact& contact) {
  const ContactFrame& at = contact.frame;
  return at.origin + at.across * contact.shift_across_mm + at.along * contact.shift_along_mm;
}

float tool_face_mm(const Contact& contact, float u, float v) {
  const float nose = contact.tip_mm + contact.flat_mm; // where its nose would be if it were hard
  const float r2 = contact.is_long ? v * v : u * u + v * v;
  const float R = contact.radius_mm;
  if (r2 >= R * R || (contact.is_long && std::abs(u) > contact.half_length_mm))
    return clear_of_tool;
  return std::min(contact.tip_mm, nose - R + std::sqrt(R * R - r2));
}

glm::vec3 dented(const Contact& contact, glm::vec3 point, float share, bool on_skin) {
  if (contact.tip_mm <= 0 || share <= 0)
    return point;
  const ContactFrame& frame = contact.frame;
  const glm::vec3 from = point - frame.origin;
  const float u = dot(from, frame.across), v = dot(from, frame.along), z = dot(from, frame.into);
  const float near = nearness(contact, u, v);
  if (near <= 0)
    return point;
  // What lies behind the bone, and the far side of the leg, stay where they are.
  const float behind = 1 - smoothstep(contact.thickness_mm, 1.6f * contact.thickness_mm, z);
  if (behind <= 0)
    return point;
  const float height = on_skin ? z : skin_over(contact, {u, v, z}, share);
  const float over = spanned_face_mm(contact, u, v) - height; // + where the tool stands in the resting skin
  float shift = 0;
  if (over > clear_of_tool / 2)
    shift = soft_positive(over, rim_mm + rim_share * contact.tip_mm);
  if (over < 0) {
    // Tissue that has nowhere to go rises beside the tool, never into it: its slope against the gap is below one.
    const float gap = std::min(-over, 50.0f) / std::max(bulge_reach * contact.tip_mm, 0.1f);
    shift -= bulge_height * contact.tip_mm * gap * std::exp(1 - gap);
  }
  const float way = std::pow(share, layer_power) * near * behind;
  // Farther round the leg skin is not drawn aside: it would be drawn off the shin there.
  const float less = 1 - smoothstep(drag_from * contact.thickness_mm, drag_to * contact.thickness_mm, z);
  const float aside = std::sqrt(u * u + v * v) / std::max(contact.patch_mm, 1.0f);
  const float drag = way * less * smoothstep(0, 1, drag_radii - aside);
  return point + frame.into * (shift * way) + frame.across * (contact.shift_across_mm * drag) +
         frame.along * (contact.shift_along_mm * drag);
}

ContactFit measure(const Contact& contact, std::span<const glm::vec3> rest, std::span<const glm::vec3> moved,
                   std::span<const glm::uvec3> triangles) {
  ContactFit fit;
  fit.gap_mm = std::numeric_limits<float>::max();
  const ContactFrame& frame = contact.frame;
  // The tool moves with what it drags; its own frame is shifted by as much.
  const glm::vec3 centre = dragged_origin(contact);
  const auto gap = [&](glm::vec3 point) { // + above the tool's face
    const glm::vec3 from = point - centre;
    return dot(from, frame.into) - tool_face_mm(contact, dot(from, frame.across), dot(from, frame.along));
  };
  const auto in_reach = [&](glm::vec3 point) { // on this side of the leg
    const float z = dot(point - frame.origin, frame.into);
    return z < contact.thickness_mm;
  };
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (in_reach(rest[i])) {
      fit.gap_mm = std::min(fit.gap_mm, std::abs(gap(moved[i])));
      fit.penetration_mm = std::max(fit.penetration_mm, -gap(moved[i]));
    }
    const glm::vec3 from = rest[i] - frame.origin;
    if (nearness(contact, dot(from, frame.across), dot(from, frame.along)) <= 0)
      fit.far_shift_mm = std::max(fit.far_shift_mm, distance(rest[i], moved[i]));
  }
  for (const glm::uvec3& t : triangles) {
    bool touching = true;
    for (int k = 0; k < 3; ++k) {
      const glm::vec3 a = moved[t[k]], b = moved[t[(k + 1) % 3]];
      if (in_reach(rest[t[k]]))
        fit.penetration_mm = std::max(fit.penetration_mm, -gap(0.5f * (a + b)));
      if (distance(rest[t[k]], frame.origin) < 30)
        fit.longest_edge_mm = std::max(fit.longest_edge_mm, distance(a, b));
      touching = touching && in_reach(rest[t[k]]) && std::abs(gap(a)) < 0.5f;
    }
    if (touching)
      fit.patch_cm2 += 0.005f * length(cross(moved[t.y] - moved[t.x], moved[t.z] - moved[t.x]));
  }
  return fit;
}

} // namespace calfscope
