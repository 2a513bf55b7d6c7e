#include "props/figure.h"

#include "geometry/scalar_grid.h"
#include "props/hand_skeleton.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// A body of 1.66 m, whose shank is 409 mm. Shares of stature after Drillis and Contini 1966, rounded.
constexpr float shank_mm = 409, upper_arm_mm = 308, palm_mm = 78;
constexpr float loin_mm = 255, breast_mm = 215, neck_mm = 138, half_shoulders_mm = 163;
constexpr float foot_mm = 122, ball_drop_mm = 45; // ankle to ball of a foot that stands flat: ahead and down

struct Bent {
  glm::vec3 middle{0}, end{0};
};

// Two bones from a to c, bending toward the pole; c comes nearer if it is out of reach.
Bent two_bones(glm::vec3 a, glm::vec3 c, float first, float second, glm::vec3 pole) {
  const glm::vec3 way = normalize(c - a);
  const float d = std::clamp(distance(a, c), std::abs(first - second) + 1, 0.9995f * (first + second));
  const float along = (first * first + d * d - second * second) / (2 * d);
  const float aside = std::sqrt(std::max(0.0f, first * first - along * along));
  const glm::vec3 out = normalize(pole - way * dot(pole, way));
  return {a + along * way + aside * out, a + d * way};
}

// The least number from `low` on for which something holds; it must go on holding from there. To a few thousandths of
// the range, so that pictures move without jumps.
template <typename Holds>
float least_where(float low, float high, Holds holds) {
  if (holds(low))
    return low;
  for (int i = 0; i < 14; ++i) {
    const float middle = 0.5f * (low + high);
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

// Feet and hands stay where they are set down and are set on by a stride when the body has gone far enough.
float set_down(float z, float stride, float phase) {
  const float steps = z / stride + phase, whole = std::floor(steps);
  return stride * (whole + smooth_between(0.3f, 0.7f, steps - whole) - phase);
}

glm::vec3 leaning(float degrees) { // + forward
  return {0, std::cos(glm::radians(degrees)), std::sin(glm::radians(degrees))};
}

// Everything for a right leg; x grows toward the other side.
class Builder {
public:
  Builder(Posture posture, const FigureLeg& leg, float lift) : posture_(posture), leg_(leg), lift_(lift) {
    out_.scale = s_ = leg.shank_mm / shank_mm;
    out_.cap = leg.cap;
    out_.own_hands = leg.own_hands;
    out_.cap_front = leg.cap_front;
    out_.cap_inner = leg.cap_inner;
    out_.cap_outline = leg.cap_outline;
    out_.knee[0] = leg.knee;
    out_.ankle[0] = leg.ankle;
    out_.toe[0] = leg.toe;
  }

  FigureJoints build() {
    set_hips();
    switch (posture_) {
    case Posture::standing:
      stand();
      break;
    case Posture::floor_sit:
    case Posture::floor_sit_crossed:
      sit_on_floor();
      break;
    case Posture::chair:
    case Posture::ankle_on_knee:
      sit_on_chair();
      break;
    case Posture::wall_lunge:
      lunge();
      break;
    }
    return out_;
  }

private:
  bool on_chair() const { return posture_ == Posture::chair || posture_ == Posture::ankle_on_knee; }

  void set_hips() {
    glm::vec3 hip = leg_.knee + leg_.thigh_axis * (s_ * shank_mm * thigh_to_shank);
    // One sits where the seat is; the leg's own line may miss that by little.
    if (sits_on_floor(posture_))
      hip.y = s_ * (seat_to_hip_mm + hips_lift_mm * lift_);
    if (on_chair()) {
      hip.y = s_ * (chair_seat_mm + seat_to_hip_mm);
      out_.seat_y = s_ * chair_seat_mm;
    }
    // The model's joints alone would carry the hip aside with a bent knee; a person brings it over the foot.
    if (posture_ == Posture::wall_lunge)
      hip.x += std::clamp(leg_.ankle.x - hip.x, -s_ * 40, s_ * 40);
    out_.hip = {hip, hip + glm::vec3(s_ * hips_apart_mm, 0, 0)};
    out_.pelvis = 0.5f * (out_.hip[0] + out_.hip[1]);
  }

  void set_trunk(float loin_deg, float breast_deg, float head_deg) {
    out_.chest = out_.pelvis + s_ * loin_mm * leaning(loin_deg);
    out_.neck = out_.chest + s_ * breast_mm * leaning(breast_deg);
    out_.head = out_.neck + s_ * neck_mm * leaning(head_deg);
    const glm::vec3 middle = out_.neck - s_ * 22 * leaning(breast_deg);
    out_.shoulder = {middle - glm::vec3(s_ * half_shoulders_mm, 0, 0),
                     middle + glm::vec3(s_ * half_shoulders_mm, 0, 0)};
  }

  void set_arm(std::size_t i, glm::vec3 wrist, glm::vec3 pole, std::optional<glm::vec3> fingers, glm::vec3 back) {
    const Bent arm = two_bones(out_.shoulder[i], wrist, s_ * upper_arm_mm, s_ * forearm_mm, pole);
    out_.elbow[i] = arm.middle;
    out_.wrist[i] = arm.end;
    const glm::vec3 way = fingers ? normalize(*fingers) : normalize(arm.end - arm.middle);
    out_.hand[i] = arm.end + s_ * palm_mm * way;
    out_.palm[i] = normalize(back - way * dot(back, way));
  }

  float side(std::size_t i) const { return i == 0 ? -1.0f : 1.0f; }

  // Toes that point as the model's do now, on the other side.
  glm::vec3 as_the_model() const { return {leg_.ankle.x - leg_.toe.x, 0, leg_.toe.z - leg_.ankle.z}; }

  // A foot flat on the floor; its heel comes up where the leg would not reach.
  void stand_on(float x, float z, glm::vec3 pole, glm::vec3 toes) {
    const glm::vec3 ahead = normalize(glm::vec3(toes.x, 0, toes.z)), flat(x, s_ * ankle_over_floor_mm, z);
    const glm::vec3 ball = flat + s_ * (foot_mm * ahead - glm::vec3(0, ball_drop_mm, 0));
    const float reach = 0.999f * s_ * shank_mm * (1 + thigh_to_shank);
    out_.toe_way = ahead;
    glm::vec3 ankle = flat;
    const auto raise = [&](float raised) {
      const float c = std::cos(glm::radians(raised)), n = std::sin(glm::radians(raised));
      out_.sole_up = c * glm::vec3(0, 1, 0) + n * ahead;
      // The round ball rolls up a little.
      out_.toe[1] = ball + glm::vec3(0, s_ * 5 * n, 0);
      ankle = out_.toe[1] + s_ * (ball_drop_mm * out_.sole_up - foot_mm * (c * ahead - n * glm::vec3(0, 1, 0)));
      return distance(out_.hip[1], ankle) < reach;
    };
    raise(least_where(0, 60, raise));
    out_.ankle[1] = ankle;
    out_.knee[1] = two_bones(out_.hip[1], ankle, s_ * shank_mm * thigh_to_shank, s_ * shank_mm, pole).middle;
  }

  // The trunk leans further until both working hands reach.
  void reach_with_hands(float loin_deg, float breast_deg, float head_deg) {
    // On a chair the elbow stays bent, beside the thigh.
    const float arm = (posture_ == Posture::chair ? 0.93f : 0.985f) * s_ * (upper_arm_mm + forearm_mm);
    const auto lean = [&](float more) { set_trunk(loin_deg + 0.8f * more, breast_deg + more, head_deg + more); };
    lean(least_where(0, posture_ == Posture::chair ? 60 : 50, [&](float more) {
      lean(more);
      bool reached = true;
      for (std::size_t i = 0; i < 2; ++i)
        reached = reached && (!leg_.wrists[i] || distance(*leg_.wrists[i], out_.shoulder[i]) < arm);
      return reached;
    }));
  }

  // True if the hand works; then it is done.
  bool works(std::size_t i) {
    if (!leg_.wrists[i])
      return false;
    // The elbow hangs to the side, or comes round to where the wrist wants it.
    const glm::vec3 wrist = *leg_.wrists[i], hangs(0.8f * side(i), -0.6f, -0.5f);
    glm::vec3 pole = hangs;
    if (const auto& forearm = leg_.forearms[i]) {
      const glm::vec3 arm = normalize(wrist - out_.shoulder[i]), wanted = *forearm - arm * dot(arm, *forearm);
      pole = 0.4f * hangs + wanted;
    }
    set_arm(i, wrist, pole, std::nullopt, {0, 1, 0.3f});
    return true;
  }

  // The other leg on its way.
  void step(const OtherLeg& other, glm::vec3 ahead) {
    const float thigh = other.ahead_deg + 0.5f * other.pose.knee_deg, shank = thigh - other.pose.knee_deg;
    const float foot = shank + other.pose.ankle_deg;
    const auto down = [](float degrees) { return -leaning(-degrees); }; // + its end forward
    const auto fore = [&](float degrees) {
      return std::cos(glm::radians(degrees)) * ahead + std::sin(glm::radians(degrees)) * glm::vec3(0, 1, 0);
    };
    out_.knee[1] = out_.hip[1] + s_ * shank_mm * thigh_to_shank * down(thigh);
    out_.ankle[1] = out_.knee[1] + s_ * shank_mm * down(shank);
    out_.sole_up = fore(foot + 90);
    out_.toe_way = fore(foot + other.pose.toes_deg);
    out_.toe[1] = out_.ankle[1] + s_ * (foot_mm * fore(foot) - ball_drop_mm * out_.sole_up);
    for (std::size_t i = 0; i < 2; ++i)
      for (const float z : other.prints[i]) {
        const glm::vec3 way = i == 1 ? ahead : ahead * glm::vec3(-1, 1, 1);
        out_.prints.push_back(
            {glm::vec3(out_.hip[i].x, 0, out_.pelvis.z + z - s_ * foot_mm) + s_ * foot_mm * way, way});
      }
    out_.prints_size = other.amount;
  }

  // An arm that hangs beside the body.
  struct Arm {
    glm::vec3 wrist{0}, pole{0}, fingers{0};
  };
  Arm hanging_arm(std::size_t i) const {
    return {out_.shoulder[i] + s_ * glm::vec3(72 * side(i), -528, 45), normalize(glm::vec3(0.4f * side(i), 0, -1)),
            glm::vec3(0.05f * side(i), -1, 0.12f)};
  }

  // Arms swing against the legs.
  Arm swinging_arm(std::size_t i, const OtherLeg& other) const {
    const glm::vec3 thigh = leg_.thigh_axis;
    const float thigh_deg =
        i == 0 ? -glm::degrees(std::atan2(thigh.z, thigh.y)) : other.ahead_deg + 0.5f * other.pose.knee_deg;
    const float upper = glm::mix(6 - 1.3f * thigh_deg, 11 - 1.25f * thigh_deg, other.arms_bent);
    const float fore = upper + glm::mix(22.0f, 88.0f, other.arms_bent);
    const auto down = [&](float degrees, float aside) {
      return normalize(glm::vec3(aside * side(i), 0, 0) - leaning(-degrees));
    };
    const glm::vec3 elbow = out_.shoulder[i] + s_ * upper_arm_mm * down(upper, 0.16f);
    const glm::vec3 way = down(fore, glm::mix(0.08f, -0.2f, other.arms_bent));
    const glm::vec3 wrist = elbow + s_ * forearm_mm * way;
    return {wrist, normalize(elbow - 0.5f * (out_.shoulder[i] + wrist)), way - glm::vec3(0.1f * side(i), 0, 0)};
  }

  void let_arm_hang(std::size_t i) {
    Arm arm = hanging_arm(i);
    if (leg_.other) {
      const Arm swung = swinging_arm(i, *leg_.other);
      const float share = leg_.other->amount;
      arm = {glm::mix(arm.wrist, swung.wrist, share), glm::mix(arm.pole, swung.pole, share),
             glm::mix(arm.fingers, swung.fingers, share)};
    }
    set_arm(i, arm.wrist, arm.pole, arm.fingers, {side(i), 0, 0.2f});
  }

  // Upright before the chest, then tipped with its rim at the lips.
  void drink(std::size_t i) {
    constexpr float tipped_deg = 42;
    const float tip = glm::radians(tipped_deg) * leg_.drinking;
    const glm::vec3 up(0, std::cos(tip), -std::sin(tip)), away(0, std::sin(tip), std::cos(tip));
    const glm::vec3 hangs = out_.shoulder[i] + s_ * glm::vec3(20 * side(i), -450, 210);
    const glm::vec3 lips = out_.head + s_ * glm::vec3(0, -50, 92);
    const glm::vec3 at_mouth = lips + s_ * (glass_wide_mm * away - 0.5f * glass_high_mm * up);
    const glm::vec3 glass = glm::mix(hangs, at_mouth, leg_.drinking);
    const glm::vec3 fingers(-0.75f * side(i), 0.1f, 0.6f);
    set_arm(i, glass - s_ * 92 * normalize(fingers) - s_ * 12 * up, {0.5f * side(i), -1, 0}, fingers,
            {0.5f * side(i), 0, -0.8f});
    out_.glass = glass;
    out_.glass_up = up;
  }

  void stand() {
    const float run = leg_.other ? leg_.other->amount * leg_.other->arms_bent : 0;
    reach_with_hands(1 + 7 * run, -2 + 7 * run, 3);
    const glm::vec3 toes = leg_.toes_ahead * glm::vec3(-1, 1, 1);
    stand_on(out_.hip[1].x, out_.hip[1].z, {0.1f, 0, 1}, toes);
    if (leg_.other)
      step(*leg_.other, toes);
    for (std::size_t i = 0; i < 2; ++i)
      if (i == 0 && leg_.drinking > 0)
        drink(i);
      else if (!works(i))
        let_arm_hang(i);
  }

  void sit_on_floor() {
    reach_with_hands(-27, -17, 6);
    for (std::size_t i = 0; i < 2; ++i) {
      if (works(i))
        continue;
      const float z = set_down(out_.pelvis.z, s_ * 96, i == 0 ? 0.25f : 0.75f);
      const glm::vec3 wrist(out_.shoulder[i].x + s_ * 62 * side(i), s_ * 34, z - s_ * 300);
      set_arm(i, wrist, {0.5f * side(i), 0.1f, -1}, glm::vec3(0.55f * side(i), -18.0f / palm_mm, -0.8f), {0, 1, 0});
    }
    if (posture_ == Posture::floor_sit) {
      const float z = set_down(out_.pelvis.z, s_ * 96, 0);
      stand_on(out_.hip[1].x + s_ * 45, z + s_ * 480, {0.15f, 1, 0}, {0.2f, 0, 1});
      return;
    }
    // The ankle lies across the other shin.
    const glm::vec3 over = glm::mix(leg_.knee, leg_.ankle, 0.8f) + s_ * glm::vec3(-6, 76, 0);
    const Bent leg = two_bones(out_.hip[1], over, s_ * shank_mm * thigh_to_shank, s_ * shank_mm, {0.45f, 1, 0});
    out_.knee[1] = leg.middle;
    out_.ankle[1] = leg.end;
    const glm::vec3 along = normalize(leg.end - leg.middle);
    const glm::vec3 up = normalize(glm::vec3(0.12f, 1, 0) - along * along.y);
    const glm::vec3 beside = normalize(cross(up, along)), fore = normalize(up + 0.45f * along);
    out_.sole_up = cross(fore, beside);
    out_.toe_way = fore;
    out_.toe[1] = leg.end + s_ * (foot_mm * fore - ball_drop_mm * out_.sole_up);
  }

  void sit_on_chair() {
    const bool across = posture_ == Posture::ankle_on_knee;
    float spread = 5;
    if (across) {
      // The other thigh is where the model's shank lies on it.
      const auto miss = [&](float degrees) {
        const SeatedThigh thigh = seated_thigh(out_.hip[0], 1, degrees, s_);
        const glm::vec3 at = glm::mix(thigh.hip, thigh.knee, resting_share) + glm::vec3(0, s_ * resting_radius_mm, 0);
        const glm::vec3 along = normalize(leg_.ankle - leg_.knee), off = at - leg_.knee;
        const glm::vec3 beside = off - along * dot(off, along);
        return glm::length(glm::vec2(beside.x, beside.z));
      };
      spread = 0;
      for (float degrees = 1; degrees <= 32; degrees += 1)
        if (miss(degrees) < miss(spread))
          spread = degrees;
      float low = spread - 1, high = spread + 1;
      for (int i = 0; i < 20; ++i) {
        const float third = (high - low) / 3;
        if (miss(low + third) < miss(high - third))
          high -= third;
        else
          low += third;
      }
      spread = 0.5f * (low + high);
    }
    const SeatedThigh other = seated_thigh(out_.hip[0], 1, spread, s_);
    stand_on(other.knee.x, other.knee.z, {0, 1, 1}, {0.25f, 0, 1});
    out_.knee[1] = other.knee;
    reach_with_hands(across ? 9 : 1, across ? 16 : 4, across ? 30 : 16);
    for (std::size_t i = 0; i < 2; ++i) {
      if (works(i))
        continue;
      if (across) {
        const glm::vec3 on_shank = glm::mix(leg_.knee, leg_.ankle, i == 0 ? 0.12f : 0.62f);
        set_arm(i, on_shank + s_ * glm::vec3(-12 * side(i), 66, -66), {1.2f * side(i), -0.2f, -0.5f},
                glm::vec3(-0.35f * side(i), -0.25f, 1), {0, 1, 0.25f});
        continue;
      }
      const glm::vec3 on_thigh = glm::mix(out_.hip[i], out_.knee[i], 0.6f);
      const glm::vec3 along = normalize(out_.knee[i] - out_.hip[i]);
      set_arm(i, on_thigh + s_ * glm::vec3(4 * side(i), 102, 0), {1.2f * side(i), 0, -0.6f},
              along + glm::vec3(-0.25f * side(i), -0.18f, 0), {0, 1, 0});
    }
  }

  void lunge() {
    out_.wall_z = leg_.ankle.z + s_ * 770;
    const float wrist_z = *out_.wall_z - s_ * 36;
    // The front foot stands as far ahead as its leg lets it, up to a step.
    const float down = out_.hip[1].y - s_ * ankle_over_floor_mm;
    const float full = 0.99f * s_ * shank_mm * (1 + thigh_to_shank);
    const float ahead = std::sqrt(std::max(0.0f, full * full - down * down));
    stand_on(std::max(2 * out_.pelvis.x - leg_.ankle.x, leg_.ankle.x + s_ * 0.75f * hips_apart_mm),
             std::min(out_.hip[1].z + ahead, leg_.ankle.z + s_ * 340), {0.05f, 0, 1}, as_the_model());
    const auto lean = [&](float degrees) { set_trunk(degrees, degrees + 1, degrees - 2); };
    lean(least_where(8, 45, [&](float degrees) {
      lean(degrees);
      return wrist_z - out_.shoulder[0].z < s_ * 505;
    }));
    for (std::size_t i = 0; i < 2; ++i)
      set_arm(i, {out_.shoulder[i].x + s_ * 10 * side(i), out_.shoulder[i].y - s_ * 70, wrist_z},
              {0.7f * side(i), -1, -0.2f}, glm::vec3(-0.08f * side(i), 1, 20.0f / palm_mm), {0, 0, -1});
  }

  Posture posture_;
  FigureLeg leg_;
  float lift_;
  float s_ = 1;
  FigureJoints out_;
};

glm::vec3 flipped(glm::vec3 p) {
  return {-p.x, p.y, p.z};
}

} // namespace

FigureLeg figure_leg(const LegFrame& leg, const Pose& pose, const glm::mat4& world_from_leg) {
  const LegFrame::Joints bent = leg.joints(pose);
  const auto at = [&](glm::vec3 p) { return glm::vec3(world_from_leg * glm::vec4(p, 1)); };
  FigureLeg out;
  out.knee = at(bent.knee);
  out.ankle = at(bent.ankle);
  out.toe = at(bent.toe);
  out.cap = at(bent.cap);
  out.thigh_axis = normalize(at(bent.hip) - out.knee);
  out.shank_mm = leg.shank_mm();
  const LegFrame::Joints rest = leg.joints({.turn_deg = pose.turn_deg});
  out.toes_ahead = normalize((rest.toe - rest.ankle) * glm::vec3(1, 0, 1));
  const glm::mat3 thigh = glm::mat3(world_from_leg) * bent.thigh;
  out.cap_front = thigh[2];
  out.cap_inner = (leg.side() == Side::right ? 1.0f : -1.0f) * thigh[0];
  out.cap_outline = leg.cap_outline();
  out.right_side = leg.side() == Side::right;
  return out;
}

FigureJoints mirrored(FigureJoints joints) {
  for (glm::vec3* p : {&joints.pelvis, &joints.chest, &joints.neck, &joints.head, &joints.cap, &joints.cap_front,
                       &joints.cap_inner, &joints.sole_up, &joints.toe_way, &joints.glass_up})
    *p = flipped(*p);
  for (FigureJoints::Pair* pair : {&joints.shoulder, &joints.elbow, &joints.wrist, &joints.hand, &joints.hip,
                                   &joints.knee, &joints.ankle, &joints.toe, &joints.palm})
    for (glm::vec3& p : *pair)
      p = flipped(p);
  if (joints.glass)
    joints.glass = flipped(*joints.glass);
  for (FigureJoints::Footprint& print : joints.prints)
    print = {flipped(print.ball), flipped(print.way)};
  joints.right_side = !joints.right_side;
  return joints;
}

FigureJoints figure_joints(Posture posture, const FigureLeg& leg, float lift) {
  const float held = std::clamp(lift, 0.0f, 1.0f);
  if (leg.right_side)
    return Builder(posture, leg, held).build();
  FigureLeg other = leg;
  for (glm::vec3* p : {&other.knee, &other.ankle, &other.toe, &other.cap, &other.cap_front, &other.cap_inner,
                       &other.thigh_axis, &other.toes_ahead})
    *p = flipped(*p);
  for (auto* pair : {&other.wrists, &other.forearms})
    for (std::optional<glm::vec3>& place : *pair)
      if (place)
        place = flipped(*place);
  return mirrored(Builder(posture, other, held).build());
}

} // namespace calfscope
