#include "props/figure.h"

#include "geometry/scalar_grid.h"
#include "props/mesh_forms.h"
#include "props/soft_shape.h"

#include <glm/gtc/constants.hpp>
#include <glm/gtc/matrix_transform.hpp>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <tuple>

namespace calfscope {
namespace {

enum Bone : std::uint8_t {
  loin,
  breast,
  head,
  upper_arm_0,
  upper_arm_1,
  forearm_0,
  forearm_1,
  hand_0,
  hand_1,
  thigh_0,
  thigh_1,
  shank_1,
  foot_1,
  toes_1,
  seat, // what one sits on, which stays level while the trunk leans
  bone_count
};

struct BoneEnds {
  glm::vec3 from{0}, to{0};
};

std::array<BoneEnds, bone_count> bones_of(const FigureJoints& j) {
  return {{{j.pelvis, j.chest},
           {j.chest, j.neck},
           {j.neck, j.head},
           {j.shoulder[0], j.elbow[0]},
           {j.shoulder[1], j.elbow[1]},
           {j.elbow[0], j.wrist[0]},
           {j.elbow[1], j.wrist[1]},
           {j.wrist[0], j.hand[0]},
           {j.wrist[1], j.hand[1]},
           {j.hip[0], j.cap},
           {j.hip[1], j.knee[1]},
           {j.knee[1], j.ankle[1]},
           {j.ankle[1], j.toe[1]},
           {j.toe[1], j.toe[1] + 48 * j.scale * j.toe_way},
           {j.pelvis, j.pelvis + glm::vec3(0, 100 * j.scale, 0)}}};
}

// Which bone another hangs on and turns with.
constexpr std::array<Bone, bone_count> parent_of{loin,        loin,        breast,    breast,    breast,
                                                 upper_arm_0, upper_arm_1, forearm_0, forearm_1, loin,
                                                 loin,        thigh_1,     shank_1,   foot_1,    seat};

constexpr float grid_mm = 10;
constexpr float cap_radius_mm = 66; // of the rest figure's thigh where it is cut

// The leg that the rest figure is made round: straight, 409 mm from knee to ankle.
LegFrame plain_leg() {
  Atlas atlas;
  const auto segment = [](const char* id, int parent, const char* joint, glm::vec3 centre) {
    return Segment{.id = id,
                   .parent = parent,
                   .joint = joint,
                   .centre_mm = centre,
                   .axis = {-1, 0, 0},
                   .lowest_deg = -60,
                   .highest_deg = 110};
  };
  atlas.segments = {segment("shank", -1, "", {0, 0, 0}), segment("talus", 0, "talocrural", {0, -384, 0}),
                    segment("foot", 1, "subtalar", {0, -398, 4}), segment("toes", 2, "toes", {-14, -424, 112}),
                    segment("thigh", 0, "knee", {0, 25, 0})};
  return LegFrame::make(atlas);
}

FigureJoints rest_joints(Posture posture) {
  // Bent as the techniques of this posture begin.
  PlacementInput input{.posture = posture};
  switch (posture) {
  case Posture::standing:
    input.pose.knee_deg = 4;
    break;
  case Posture::floor_sit:
  case Posture::floor_sit_crossed:
    input.pose = {.ankle_deg = -25, .knee_deg = 5};
    input.contact = glm::vec3(0, -150, -60);
    input.contact_height_mm = 120;
    break;
  case Posture::chair:
  case Posture::ankle_on_knee:
    input.pose = {.ankle_deg = -12, .knee_deg = 75};
    break;
  case Posture::wall_lunge:
    input.pose.ankle_deg = 15;
    break;
  }
  const LegFrame frame = plain_leg();
  FigureLeg leg = figure_leg(frame, input.pose, leg_placement(frame, input));
  const FigureJoints at_rest = figure_joints(posture, leg, 0);
  if (!at_rest.seat_y)
    return at_rest;
  // Hands that lie on a thigh are made in the air, so that they do not grow together with it.
  for (std::size_t i = 0; i < 2; ++i)
    leg.wrists[i] = at_rest.wrist[i] + glm::vec3(i == 0 ? -50.0f : 50.0f, 90, 10);
  return figure_joints(posture, leg, 0);
}

// Thicknesses and curves are design choices, after an artist's lay figure.
class Body {
public:
  explicit Body(const FigureJoints& joints, Posture posture) : j_(joints), posture_(posture) {}

  SoftShape shape() {
    trunk();
    for (std::size_t i = 0; i < 2; ++i)
      arm(i);
    thigh(0);
    thigh(1);
    shank();
    foot();
    return {.groups = groups_, .joins = joins_, .blend_mm = 5, .finish = cuts()};
  }

private:
  glm::mat3 trunk_frame(glm::vec3 from, glm::vec3 to) const {
    const glm::vec3 up = normalize(to - from), across = j_.hip[1] - j_.hip[0];
    const glm::vec3 left = normalize(across - up * dot(across, up));
    return {left, up, cross(left, up)};
  }

  void add(SoftGroup& group, Bone bone, SoftPart part) {
    part.bone = bone;
    group.parts.push_back(part);
  }

  void trunk() {
    SoftGroup out{.blend_mm = 46};
    const glm::mat3 low = trunk_frame(j_.pelvis, j_.chest), high = trunk_frame(j_.chest, j_.neck);
    const auto at_low = [&](float x, float y, float z) { return j_.pelvis + low * glm::vec3(x, y, z); };
    const auto at_high = [&](float x, float y, float z) { return j_.chest + high * glm::vec3(x, y, z); };
    add(out, loin, ellipsoid(at_low(0, 44, -4), {138, 96, 90}, low));
    add(out, loin, flat_cone(at_low(0, 60, 4), at_high(0, -50, 0), 126, 128, low[2], 0.73f));
    add(out, breast, ellipsoid(at_high(0, 50, -6), {138, 182, 100}, high));
    for (std::size_t i = 0; i < 2; ++i) {
      const float side = i == 0 ? -1.0f : 1.0f;
      add(out, loin, ellipsoid(at_low(66 * side, -4, -34), {70, 86, 80}, low));
      add(out, breast, ellipsoid(at_high(64 * side, 85, 52), {72, 60, 36}, high));
      add(out, breast, ellipsoid(at_high(68 * side, 60, -52), {70, 120, 44}, high));
      // From the neck over the collar bone to the shoulder.
      add(out, breast, flat_cone(at_high(48 * side, 180, -6), j_.shoulder[i], 44, 46, high[2], 0.86f));
      add(out, breast, round_cone(j_.neck + high * glm::vec3(22 * side, 34, -12), j_.shoulder[i], 30, 26));
    }
    if (sits_on_floor(posture_) || j_.seat_y)
      for (std::size_t i = 0; i < 2; ++i)
        add(out, seat, ellipsoid(j_.hip[i] + glm::vec3(i == 0 ? 6.0f : -6.0f, -14, -22), {84, 86, 98}));
    groups_.push_back(out);
    joins_.push_back({0, 0, 0});

    SoftGroup skull{.blend_mm = 26};
    const glm::mat3 own = trunk_frame(j_.neck, j_.head);
    const auto at = [&](float x, float y, float z) { return j_.head + own * glm::vec3(x, y, z); };
    add(skull, head, ellipsoid(at(0, 24, -8), {73, 88, 94}, own));
    add(skull, head, ellipsoid(at(0, -20, 14), {64, 74, 74}, own));
    add(skull, head, ellipsoid(at(0, -64, 32), {46, 40, 48}, own));
    add(skull, head, round_cone(j_.neck + high * glm::vec3(0, -10, -2), at(0, -42, -16), 57, 52));
    groups_.push_back(skull);
    joins_.push_back({0, 1, 34});
  }

  void arm(std::size_t i) {
    SoftGroup out{.blend_mm = 22};
    const Bone upper = i == 0 ? upper_arm_0 : upper_arm_1, fore = i == 0 ? forearm_0 : forearm_1;
    const Bone hand = i == 0 ? hand_0 : hand_1;
    const glm::vec3 shoulder = j_.shoulder[i], elbow = j_.elbow[i], wrist = j_.wrist[i], palm = j_.hand[i];
    const glm::vec3 way = normalize(elbow - shoulder), along = normalize(wrist - elbow), back = j_.palm[i];
    add(out, upper, round_cone(shoulder, elbow, 48, 36));
    // Shoulder, upper arm and forearm swell and thin out again.
    const auto lengthwise = [](glm::vec3 at, glm::vec3 line, float wide, float deep, glm::vec3 front) {
      const glm::vec3 side = normalize(cross(line, front));
      return ellipsoid(at, {wide, deep, wide}, glm::mat3(side, line, cross(side, line)));
    };
    const glm::vec3 bend = std::abs(dot(way, along)) < 0.98f ? along - way : back;
    add(out, upper, lengthwise(shoulder + 42.0f * way, way, 51, 92, bend));
    add(out, upper, lengthwise(shoulder + 165.0f * way, way, 45, 112, bend));
    add(out, fore, round_cone(elbow, wrist, 35, 26));
    add(out, fore, lengthwise(elbow + 66.0f * along, along, 41, 98, way - along));
    const glm::vec3 fingers = normalize(palm - wrist), side = cross(fingers, back);
    add(out, hand, flat_cone(wrist, palm, 28, 37, back, 0.56f));
    add(out, hand, flat_cone(palm, palm + 62.0f * fingers, 36, 31, back, 0.48f));
    add(out, hand, flat_cone(palm + 60.0f * fingers, palm + 84.0f * fingers, 30, 22, back, 0.45f));
    // The thumb lies on the inner side: backs up, right hand's thumb to the left.
    const float inward = i == 0 ? -1.0f : 1.0f;
    const glm::vec3 ball = wrist + 34.0f * fingers + 23.0f * inward * side;
    add(out, hand, round_cone(ball, ball + 52.0f * normalize(fingers + 0.75f * inward * side), 16, 11));
    groups_.push_back(out);
    joins_.push_back({0, groups_.size() - 1, 34});
  }

  void thigh(std::size_t i) {
    const Bone bone = i == 0 ? thigh_0 : thigh_1;
    SoftGroup out{.blend_mm = 30};
    const glm::vec3 hip = j_.hip[i];
    if (i == 0) {
      const glm::vec3 way = normalize(j_.cap - hip);
      // A little into the model's own thigh, whose edge then hides this one.
      const float taper = (92 - cap_radius_mm) / distance(hip, j_.cap);
      add(out, bone, round_cone(hip, j_.cap + 60.0f * way, 92, cap_radius_mm - 60 * taper));
      out.cut_at = j_.cap + 5.0f * way;
      out.cut_way = way;
    } else {
      const glm::vec3 way = normalize(j_.knee[1] - hip);
      add(out, bone, round_cone(hip, j_.knee[1], 90, 54));
      const glm::vec3 side = normalize(cross(way, j_.sole_up + glm::vec3(0.1f, 0.2f, 0.3f)));
      add(out, bone, ellipsoid(hip + 150.0f * way, {80, 175, 80}, glm::mat3(side, way, cross(side, way))));
    }
    groups_.push_back(out);
    joins_.push_back({0, groups_.size() - 1, 40});
    last_thigh_ = groups_.size() - 1;
  }

  void shank() {
    SoftGroup out{.blend_mm = 26};
    const glm::vec3 knee = j_.knee[1], ankle = j_.ankle[1], way = normalize(ankle - knee);
    const glm::vec3 ahead = j_.toe[1] - ankle;
    const glm::vec3 front = normalize(ahead - way * dot(ahead, way));
    const glm::mat3 frame(normalize(cross(way, front)), way, front);
    add(out, shank_1, round_cone(knee, ankle, 53, 35));
    add(out, shank_1, ellipsoid(knee + frame * glm::vec3(0, 118, -19), {52, 125, 49}, frame));
    add(out, shank_1, ellipsoid(knee + frame * glm::vec3(0, 2, 22), {40, 50, 36}, frame)); // knee cap
    groups_.push_back(out);
    joins_.push_back({last_thigh_, groups_.size() - 1, 24});
  }

  void foot() {
    SoftGroup out{.blend_mm = 22};
    const glm::vec3 ankle = j_.ankle[1], toe = j_.toe[1];
    const glm::vec3 up = j_.sole_up, ahead = toe - ankle;
    const glm::vec3 fore = normalize(ahead - up * dot(ahead, up));
    const glm::mat3 frame(cross(up, fore), up, fore);
    const auto at = [&](float x, float y, float z) { return ankle + frame * glm::vec3(x, y, z); };
    add(out, foot_1, round_cone(at(0, 4, -4), at(0, -22, 20), 37, 38));
    add(out, foot_1, ellipsoid(at(0, -38, -30), {31, 29, 34}, frame));
    add(out, foot_1, flat_cone(at(0, -28, 24), toe + frame * glm::vec3(0, 4, -4), 36, 33, up, 0.8f));
    add(out, foot_1, ellipsoid(toe + frame * glm::vec3(0, -1, -4), {45, 21, 40}, frame));
    add(out, toes_1,
        flat_cone(toe + frame * glm::vec3(14, -3, 20), toe + frame * glm::vec3(15, -6, 52), 22, 16, up, 0.8f));
    add(out, toes_1,
        flat_cone(toe + frame * glm::vec3(-14, -4, 14), toe + frame * glm::vec3(-18, -7, 34), 22, 15, up, 0.8f));
    groups_.push_back(out);
    joins_.push_back({groups_.size() - 2, groups_.size() - 1, 22});
  }

  // Flesh flattens where it lies on floor, seat or wall.
  std::function<float(glm::vec3, float)> cuts() const {
    constexpr float rim = 3;
    const std::optional<float> seat = j_.seat_y, wall = j_.wall_z;
    const float seat_end = j_.pelvis.z + 235;
    return [=](glm::vec3 p, float d) {
      d = smooth_max(d, -p.y, rim);
      if (wall)
        d = smooth_max(d, p.z - *wall, rim);
      return seat && p.z < seat_end ? smooth_max(d, *seat - p.y, rim) : d;
    };
  }

  const FigureJoints& j_;
  Posture posture_;
  std::vector<SoftGroup> groups_;
  std::vector<SoftJoin> joins_;
  std::size_t last_thigh_ = 0;
};

// The two nearest bones share a vertex, the nearer the more.
std::vector<Figure::Binding> bound(const TriMesh& mesh, const SoftShape& shape, const FigureJoints& joints) {
  constexpr float falloff_mm = 16;
  std::vector<Figure::Binding> out;
  for (const glm::vec3& p : mesh.positions) {
    std::array<float, bone_count> far;
    far.fill(1e9f);
    for (const SoftGroup& group : shape.groups)
      for (const SoftPart& part : group.parts)
        far[static_cast<std::size_t>(part.bone)] = std::min(far[static_cast<std::size_t>(part.bone)], part.distance(p));
    std::size_t first = 0, second = 1;
    if (far[1] < far[0])
      std::swap(first, second);
    for (std::size_t b = 2; b < bone_count; ++b)
      if (far[b] < far[first]) {
        second = first;
        first = b;
      } else if (far[b] < far[second])
        second = b;
    // Where it lies on something it follows one bone, so that it goes on lying there.
    float lying = p.y;
    if (joints.wall_z)
      lying = std::min(lying, *joints.wall_z - p.z);
    if (joints.seat_y && first == seat)
      lying = std::min(lying, p.y - *joints.seat_y);
    const bool rests = first == hand_0 || first == hand_1 || first == foot_1 || first == toes_1 || first == seat;
    const float shared = rests ? smooth_between(3, 30, lying) : 1;
    const float share = shared * std::exp(-(far[second] - far[first]) / falloff_mm);
    out.push_back({{static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second)}, 1 / (1 + share)});
  }
  return out;
}

Figure made(Posture posture) {
  Figure out;
  out.joints = rest_joints(posture);
  const SoftShape shape = Body(out.joints, posture).shape();
  out.rest = surface_of(shape, grid_mm);
  out.binding = bound(out.rest, shape, out.joints);
  return out;
}

// The least turn from one direction to another.
glm::mat3 swing(glm::vec3 from, glm::vec3 to) {
  const glm::vec3 axis = cross(from, to);
  const float c = dot(from, to);
  if (c < -0.9999f)
    return glm::mat3(glm::rotate(
        glm::mat4(1), glm::pi<float>(),
        normalize(std::abs(from.x) < 0.9f ? cross(from, glm::vec3(1, 0, 0)) : cross(from, glm::vec3(0, 1, 0)))));
  const glm::mat3 skew(0, axis.z, -axis.y, -axis.z, 0, axis.x, axis.y, -axis.x, 0);
  return glm::mat3(1) + skew + skew * skew / (1 + c);
}

glm::mat3 upright(glm::vec3 up_way, glm::vec3 across) {
  const glm::vec3 up = normalize(up_way), left = normalize(across - up * dot(across, up));
  return {left, up, cross(left, up)};
}

glm::vec3 across_of(glm::vec3 up, glm::vec3 way) {
  return up - way * (dot(up, way) / dot(way, way));
}

// The cut's radius toward a direction.
float outline_at(const FigureJoints& joints, glm::vec3 way) {
  constexpr float count = static_cast<float>(std::tuple_size_v<CapOutline>);
  const float turn = std::atan2(dot(way, joints.cap_inner), dot(way, joints.cap_front)) / (2 * glm::pi<float>());
  const float place = (turn < 0 ? turn + 1 : turn) * count, whole = std::floor(place);
  const auto i = static_cast<std::size_t>(whole) % joints.cap_outline.size();
  return glm::mix(joints.cap_outline[i], joints.cap_outline[(i + 1) % joints.cap_outline.size()], place - whole);
}

struct BoneMotion {
  glm::mat3 turn{1};  // of normals
  glm::mat3 shape{1}; // turned, lengthened, widened
  glm::vec3 from{0}, to{0};
};

std::array<BoneMotion, bone_count> motions(const FigureJoints& rest, const FigureJoints& now) {
  const auto before = bones_of(rest), after = bones_of(now);
  std::array<BoneMotion, bone_count> out;
  for (std::size_t b = 0; b < bone_count; ++b) {
    const glm::vec3 from = before[b].to - before[b].from, to = after[b].to - after[b].from;
    BoneMotion& bone = out[b];
    if (b == loin || b == seat)
      bone.turn = upright(to, now.hip[1] - now.hip[0]) * glm::transpose(upright(from, rest.hip[1] - rest.hip[0]));
    else {
      const glm::mat3& parent = out[parent_of[b]].turn;
      bone.turn = swing(normalize(parent * from), normalize(to)) * parent;
    }
    // Hands keep their backs where the posture says.
    if (b == hand_0 || b == hand_1) {
      const std::size_t i = b == hand_0 ? 0 : 1;
      bone.turn = upright(to, now.palm[i]) * glm::transpose(upright(from, rest.palm[i]));
    }
    if (b == foot_1)
      bone.turn = upright(now.sole_up, to) * glm::transpose(upright(rest.sole_up, from));
    if (b == toes_1)
      bone.turn =
          upright(across_of(now.sole_up, to), to) * glm::transpose(upright(across_of(rest.sole_up, from), from));
    const glm::vec3 along = normalize(from);
    const float longer = length(to) / std::max(length(from), 1e-3f);
    const float wider = now.scale;
    bone.shape = bone.turn * (wider * glm::mat3(1) + (longer - wider) * glm::outerProduct(along, along));
    bone.from = before[b].from;
    bone.to = after[b].from;
  }
  return out;
}

} // namespace

const Figure& figure(Posture posture) {
  static std::array<Figure, posture_ids.size()> figures;
  static std::array<std::once_flag, posture_ids.size()> made_once;
  const auto i = static_cast<std::size_t>(posture);
  std::call_once(made_once[i], [&] { figures[i] = made(posture); });
  return figures[i];
}

TriMesh posed_figure(const Figure& figure, const FigureJoints& joints) {
  const bool left = !joints.right_side;
  const FigureJoints seen = left ? mirrored(joints) : joints;
  const auto moved_by = motions(figure.joints, seen);
  // Toward its end the thigh takes the outline of the model's own.
  const glm::vec3 thigh = figure.joints.cap - figure.joints.hip[0];
  const auto by_bone = [&](std::size_t bone, glm::vec3 p) {
    const BoneMotion& motion = moved_by[bone];
    const glm::vec3 moved = motion.shape * (p - motion.from) + motion.to;
    if (bone != thigh_0)
      return moved;
    const float t = dot(p - motion.from, thigh) / dot(thigh, thigh), share = smooth_between(0.2f, 1, t);
    if (share <= 0)
      return moved;
    const glm::vec3 middle = motion.to + t * (seen.cap - seen.hip[0]), way = moved - middle;
    return middle + way * glm::mix(1.0f, 0.985f * outline_at(seen, way) / (cap_radius_mm * seen.scale), share);
  };
  TriMesh out;
  out.triangles = figure.rest.triangles;
  out.positions.reserve(figure.rest.positions.size());
  out.normals.reserve(figure.rest.positions.size());
  const float side = left ? -1.0f : 1.0f;
  for (std::size_t v = 0; v < figure.rest.positions.size(); ++v) {
    const glm::vec3 p = figure.rest.positions[v], n = figure.rest.normals[v];
    const Figure::Binding& binding = figure.binding[v];
    const BoneMotion &a = moved_by[binding.bone[0]], &b = moved_by[binding.bone[1]];
    const glm::vec3 at =
        binding.first * by_bone(binding.bone[0], p) + (1 - binding.first) * by_bone(binding.bone[1], p);
    const glm::vec3 normal = normalize(binding.first * (a.turn * n) + (1 - binding.first) * (b.turn * n));
    out.positions.emplace_back(side * at.x, at.y, at.z);
    out.normals.emplace_back(side * normal.x, normal.y, normal.z);
  }
  for (std::size_t i = 0; i < 2; ++i)
    if (!joints.own_hands[i]) {
      // It closes over the elbow into the arm that begins there.
      constexpr float begins_mm = -16, closed_mm = 20;
      const glm::vec3 elbow = joints.elbow[i], way = normalize(joints.wrist[i] - elbow);
      std::vector<bool> gone(out.positions.size(), false);
      for (std::size_t v = 0; v < gone.size(); ++v) {
        const std::uint8_t bone = figure.binding[v].bone[0];
        if (bone != (i == 0 ? forearm_0 : forearm_1) && bone != (i == 0 ? hand_0 : hand_1))
          continue;
        const float along = dot(out.positions[v] - elbow, way);
        gone[v] = along > closed_mm;
        out.positions[v] = glm::mix(out.positions[v], elbow + std::min(along, closed_mm) * way,
                                    smooth_between(begins_mm, closed_mm, along));
      }
      std::erase_if(out.triangles, [&](const glm::uvec3& t) { return gone[t.x] && gone[t.y] && gone[t.z]; });
    }
  if (left)
    for (glm::uvec3& t : out.triangles)
      std::swap(t.y, t.z);
  return out;
}

float most_stretched(const Figure& figure, const FigureJoints& joints) {
  const auto before = bones_of(figure.joints), after = bones_of(joints);
  float most = 0;
  for (std::size_t b = 0; b < bone_count; ++b) {
    const float was = joints.scale * distance(before[b].from, before[b].to);
    most = std::max(most, std::abs(distance(after[b].from, after[b].to) / was - 1));
  }
  return most;
}

} // namespace calfscope
