#include "props/figure.h"

#include "anatomy/mirror.h"
#include "geometry/mesh_inspection.h"
#include "geometry/skinning.h"
#include "import/pack.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

struct Shown {
  Atlas atlas;
  LegFrame frame;

  explicit Shown(Side side) {
    IssueList issues;
    auto read = read_pack(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg", issues);
    INFO(to_string(issues));
    REQUIRE(read);
    atlas = on_side(std::move(*read), side);
    frame = LegFrame::make(atlas);
  }
};

const Shown& shown(Side side) {
  static const Shown right(Side::right), left(Side::left);
  return side == Side::right ? right : left;
}

Pose pose_in(Posture posture) {
  switch (posture) {
  case Posture::standing:
    return {.knee_deg = 5};
  case Posture::floor_sit:
  case Posture::floor_sit_crossed:
    return {.ankle_deg = -25, .knee_deg = 5};
  case Posture::chair:
    return {.ankle_deg = -10, .knee_deg = 75};
  case Posture::ankle_on_knee:
    return {.ankle_deg = -10, .knee_deg = 80};
  case Posture::wall_lunge:
    return {.ankle_deg = 18};
  }
  return {};
}

// Everything of one posture in the world.
struct Scene {
  PlacementInput input;
  glm::mat4 world{1};
  FigureLeg leg;
  FigureJoints joints;
  TriMesh body;
  std::vector<glm::vec3> skin;
};

Scene scene(Posture posture, Side side, float lift, std::optional<Pose> pose = std::nullopt) {
  const Shown& on = shown(side);
  Scene out;
  out.input = {.posture = posture, .pose = pose.value_or(pose_in(posture)), .lift = lift};
  out.skin = posed_positions(*on.atlas.find("skin")->mesh, segment_matrices(on.atlas, out.input.pose));
  if (sits_on_floor(posture)) {
    // The calf rests on a roller.
    glm::vec3 back(0, 0, 1e9f);
    for (const glm::vec3& p : out.skin)
      if (std::abs(p.y + 150) < 6 && p.z < back.z)
        back = p;
    out.input.contact = back;
    out.input.contact_height_mm = 145;
    out.input.contact_s = 0.37f;
  }
  out.world = leg_placement(on.frame, out.input);
  for (glm::vec3& p : out.skin)
    p = glm::vec3(out.world * glm::vec4(p, 1));
  out.leg = figure_leg(on.frame, out.input.pose, out.world);
  out.joints = figure_joints(posture, out.leg, lift);
  out.body = posed_figure(figure(posture), out.joints);
  return out;
}

template <typename Visit>
void each_scene(Visit visit) {
  for (std::size_t i = 0; i < posture_ids.size(); ++i)
    for (const Side side : {Side::right, Side::left})
      for (const float lift : {0.0f, 0.5f, 1.0f}) {
        const auto posture = static_cast<Posture>(i);
        if (lift > 0 && !sits_on_floor(posture))
          continue;
        INFO(posture_ids[i] << (side == Side::left ? " left" : " right") << ", lift " << lift);
        visit(posture, side, lift, scene(posture, side, lift));
      }
}

float lowest_near(const TriMesh& mesh, glm::vec3 at, float within) {
  float least = 1e9f;
  for (const glm::vec3& p : mesh.positions)
    if (glm::length(glm::vec2(p.x - at.x, p.z - at.z)) < within)
      least = std::min(least, p.y);
  return least;
}

} // namespace

TEST_CASE("postures have the names of the content") {
  for (std::size_t i = 0; i < posture_ids.size(); ++i)
    CHECK(posture_from(posture_ids[i]) == static_cast<Posture>(i));
  CHECK(!posture_from("headstand"));
}

TEST_CASE("the figure is a closed body without stretched bones, in every posture") {
  each_scene([](Posture posture, Side, float, const Scene& at) {
    const MeshInspection seen = inspect(at.body);
    CHECK(seen.closed());
    CHECK(seen.outward());
    CHECK(seen.pieces == 1);
    CHECK(seen.non_finite_positions == 0);
    CHECK(most_stretched(figure(posture), at.joints) < 0.15f);
    REQUIRE(at.body.normals.size() == at.body.positions.size());
    for (const glm::vec3& n : at.body.normals)
      REQUIRE(length(n) == Approx(1).margin(1e-3));
  });
}

TEST_CASE("nothing sinks into the floor, and what stands on it touches it") {
  each_scene([](Posture posture, Side, float lift, const Scene& at) {
    CHECK(bounds_of(at.body).lower.y > -2);
    Bounds leg;
    for (const glm::vec3& p : at.skin)
      leg.add(p);
    CHECK(leg.lower.y > -2);
    if (posture == Posture::standing || posture == Posture::wall_lunge || posture == Posture::chair)
      CHECK(leg.lower.y < 2);
    if (posture != Posture::floor_sit_crossed) { // there the other foot lies on the leg
      CHECK(std::abs(lowest_near(at.body, at.joints.toe[1], 45)) < 2);
      CHECK(std::abs(lowest_near(at.body, at.joints.ankle[1], 45)) < 2);
    }
    if (sits_on_floor(posture)) {
      for (const glm::vec3& hand : at.joints.hand)
        CHECK(std::abs(lowest_near(at.body, hand, 60)) < 2);
      const float seat = lowest_near(at.body, at.joints.pelvis, 110);
      CHECK(seat == Approx(lift * hips_lift_mm * at.joints.scale).margin(2));
    }
  });
}

TEST_CASE("on tiptoe both feet stay on the floor and both heels leave it") {
  const LegFrame& frame = shown(Side::right).frame;
  const float raised = heel_raise_deg(frame, 60);
  PlacementInput input{.posture = Posture::standing, .pose = {.ankle_deg = -raised, .toes_deg = raised}};
  const FigureLeg leg = figure_leg(frame, input.pose, leg_placement(frame, input));
  const FigureJoints joints = figure_joints(Posture::standing, leg, 0);
  const TriMesh body = posed_figure(figure(Posture::standing), joints);
  CHECK(bounds_of(body).lower.y > -2);
  CHECK(std::abs(lowest_near(body, joints.toe[1], 45)) < 2);
  CHECK(joints.ankle[1].y > ankle_over_floor_mm + 25);
  CHECK(leg.ankle.y > joints.scale * ankle_over_floor_mm + 25);
  CHECK(most_stretched(figure(Posture::standing), joints) < 0.15f);
}

TEST_CASE("walking on the spot lifts the foot while the body stays where it is") {
  const Scene stands = scene(Posture::standing, Side::right, 0),
              steps = scene(Posture::standing, Side::right, 0, Pose{.ankle_deg = -10, .knee_deg = 55});
  CHECK(distance(stands.joints.head, steps.joints.head) < 15);
  CHECK(distance(stands.joints.ankle[1], steps.joints.ankle[1]) < 15);
  CHECK(steps.leg.ankle.y > stands.leg.ankle.y + 50);
  // A stretch leans over a foot that stays flat.
  const Scene leans = scene(Posture::standing, Side::right, 0, Pose{.ankle_deg = 20});
  CHECK(leans.joints.hip[0].z > stands.joints.hip[0].z + 150);
  CHECK(distance(leans.leg.toe, stands.leg.toe) < 15);
}

TEST_CASE("both legs go: the other one's bones keep their length, its arm swings with the model's leg") {
  for (const Side side : {Side::right, Side::left}) {
    const Shown& on = shown(side);
    PlacementInput input{.posture = Posture::standing, .pose = {.knee_deg = 20}, .ahead_deg = 12};
    input.other = OtherLeg{.pose = {.ankle_deg = -10, .knee_deg = 40, .toes_deg = 20}, .ahead_deg = -18};
    FigureLeg leg = figure_leg(on.frame, input.pose, leg_placement(on.frame, input));
    leg.other = input.other;
    const FigureJoints joints = figure_joints(Posture::standing, leg, 0);
    CHECK(joints.ankle[0].z > joints.hip[0].z + 100);
    CHECK(joints.ankle[1].z < joints.hip[1].z - 100);
    CHECK(joints.knee[1].z > joints.ankle[1].z);
    CHECK(joints.wrist[1].z > joints.wrist[0].z + 100); // against the leg of its side
    CHECK(most_stretched(figure(Posture::standing), joints) < 0.15f);
    // One of the two feet is on the floor, and none below.
    const TriMesh body = posed_figure(figure(Posture::standing), joints);
    CHECK(bounds_of(body).lower.y > -22);
    const float own = leg.ankle.y + on.frame.lowest(input.pose, glm::mat3(leg_placement(on.frame, input))) -
                      (glm::mat3(leg_placement(on.frame, input)) * on.frame.joints(input.pose).ankle).y;
    CHECK(own > -1);
    CHECK(std::min(own, bounds_of(body).lower.y) < 12);
  }
}

TEST_CASE("a glass goes from the hand's height to the mouth, in either hand") {
  for (const Side side : {Side::right, Side::left}) {
    const Scene at = scene(Posture::standing, side, 0);
    FigureLeg leg = at.leg;
    leg.drinking = 1;
    const FigureJoints joints = figure_joints(Posture::standing, leg, 0);
    REQUIRE(joints.glass);
    CHECK(distance(*joints.glass, joints.head) < 190);
    CHECK(distance(*joints.glass, joints.hand[0]) < 60);
    CHECK(joints.glass->z > joints.head.z + 80); // before the face
    CHECK(most_stretched(figure(Posture::standing), joints) < 0.15f);
    const auto things = furniture(Posture::standing, joints);
    const auto glass =
        std::find_if(things.begin(), things.end(), [](const PropPart& thing) { return thing.id == "glass"; });
    REQUIRE(glass != things.end());
    CHECK(inspect(glass->mesh).closed());
    CHECK(inspect(glass->mesh).outward());
    leg.drinking = 0.01f;
    CHECK(figure_joints(Posture::standing, leg, 0).glass->y < joints.glass->y - 200);
  }
}

TEST_CASE("one sits on the chair's seat, and hands lie on the wall") {
  for (const Posture posture : {Posture::chair, Posture::ankle_on_knee}) {
    const Scene at = scene(posture, Side::right, 0);
    REQUIRE(at.joints.seat_y);
    CHECK(lowest_near(at.body, at.joints.pelvis, 110) == Approx(*at.joints.seat_y).margin(2));
  }
  for (const float ankle : {5.0f, 15.0f, 25.0f}) {
    INFO("ankle " << ankle);
    const Scene at = scene(Posture::wall_lunge, Side::right, 0, Pose{.ankle_deg = ankle});
    REQUIRE(at.joints.wall_z);
    for (const glm::vec3& hand : at.joints.hand) {
      float most = -1e9f;
      for (const glm::vec3& p : at.body.positions)
        if (distance(p, hand) < 60)
          most = std::max(most, p.z);
      CHECK(most == Approx(*at.joints.wall_z).margin(2));
    }
    CHECK(bounds_of(at.body).upper.z < *at.joints.wall_z + 2);
  }
}

TEST_CASE("the wall stays where it is while the knee goes forward") {
  const float first = *scene(Posture::wall_lunge, Side::right, 0, Pose{.ankle_deg = 5}).joints.wall_z;
  const float last = *scene(Posture::wall_lunge, Side::right, 0, Pose{.ankle_deg = 30, .knee_deg = 25}).joints.wall_z;
  CHECK(last == Approx(first).margin(2));
}

TEST_CASE("the figure's thigh goes on where the model's ends") {
  each_scene([](Posture, Side, float, const Scene& at) {
    CHECK(at.joints.cap == at.leg.cap);
    const glm::vec3 way = normalize(at.joints.hip[0] - at.leg.cap);
    CHECK(dot(way, at.leg.thigh_axis) > std::cos(glm::radians(8.0f)));
    // Its end is a ring about the same middle.
    glm::vec3 sum(0);
    float count = 0;
    for (const glm::vec3& p : at.body.positions)
      if (std::abs(dot(p - at.leg.cap, way)) < 12 && distance(p, at.leg.cap) < 80) {
        sum += p;
        ++count;
      }
    REQUIRE(count > 8);
    const glm::vec3 off = sum / count - at.leg.cap;
    CHECK(length(off - way * dot(off, way)) < 10);
  });
}

TEST_CASE("the calf rests at the height of its tool while the hips are lifted") {
  for (const float lift : {0.0f, 1.0f}) {
    const Scene at = scene(Posture::floor_sit_crossed, Side::right, lift);
    CHECK((at.world * glm::vec4(*at.input.contact, 1)).y == Approx(145).margin(0.1));
  }
}

TEST_CASE("a left leg is a right leg in the mirror") {
  for (std::size_t i = 0; i < posture_ids.size(); ++i) {
    INFO(posture_ids[i]);
    const Scene right = scene(static_cast<Posture>(i), Side::right, 0.5f);
    const Scene left = scene(static_cast<Posture>(i), Side::left, 0.5f);
    REQUIRE(right.body.positions.size() == left.body.positions.size());
    float most = 0;
    for (std::size_t v = 0; v < right.body.positions.size(); ++v)
      most = std::max(most, distance(right.body.positions[v] * glm::vec3(-1, 1, 1), left.body.positions[v]));
    CHECK(most < 0.5f);
    CHECK(signed_volume_mm3(left.body) > 0);
  }
}

TEST_CASE("the figure goes with the leg without jumps, as ankle and knee move") {
  for (std::size_t i = 0; i < posture_ids.size(); ++i) {
    const auto posture = static_cast<Posture>(i);
    std::optional<Scene> before;
    for (int step = 0; step <= 12; ++step) {
      Pose pose = pose_in(posture);
      pose.ankle_deg += 0.5f * static_cast<float>(step);
      pose.knee_deg += 0.5f * static_cast<float>(step);
      Scene now = scene(posture, Side::right, 0, pose);
      INFO(posture_ids[i] << " ankle " << pose.ankle_deg << " knee " << pose.knee_deg);
      CHECK(most_stretched(figure(posture), now.joints) < 0.15f);
      CHECK(bounds_of(now.body).lower.y > -2);
      if (before) {
        float most = 0;
        for (std::size_t v = 0; v < now.body.positions.size(); ++v)
          most = std::max(most, distance(now.body.positions[v], before->body.positions[v]));
        CHECK(most < 30);
      }
      before = std::move(now);
    }
  }
}

TEST_CASE("hands that work are where the work is") {
  for (const Posture posture : {Posture::chair, Posture::ankle_on_knee}) {
    Scene at = scene(posture, Side::right, 0);
    const glm::vec3 calf = glm::mix(at.leg.knee, at.leg.ankle, 0.35f);
    at.leg.wrists = {calf + glm::vec3(-40, 60, -60), calf + glm::vec3(60, 60, -60)};
    const FigureJoints joints = figure_joints(posture, at.leg, 0);
    for (std::size_t i = 0; i < 2; ++i)
      CHECK(distance(joints.wrist[i], *at.leg.wrists[i]) < 2);
    CHECK(most_stretched(figure(posture), joints) < 0.15f);
    CHECK(lowest_near(posed_figure(figure(posture), joints), joints.pelvis, 110) == Approx(*joints.seat_y).margin(2));
  }
}

TEST_CASE("furniture is closed, and stands where the figure is") {
  for (std::size_t i = 0; i < posture_ids.size(); ++i) {
    const auto posture = static_cast<Posture>(i);
    const Scene at = scene(posture, Side::right, 0);
    const auto things = furniture(posture, at.joints);
    CHECK(std::any_of(things.begin(), things.end(), [](const PropPart& thing) { return thing.id == "mat"; }));
    for (const PropPart& thing : things) {
      INFO(thing.id);
      CHECK(inspect(thing.mesh).closed());
      CHECK(inspect(thing.mesh).outward());
      const Bounds box = bounds_of(thing.mesh);
      if (thing.id == "mat")
        CHECK(box.upper.y == Approx(0).margin(0.1));
      else
        CHECK(box.lower.y == Approx(0).margin(0.1));
      if (thing.id == "wall")
        CHECK(box.lower.z == Approx(*at.joints.wall_z).margin(0.1));
    }
  }
}

TEST_CASE("a leg without skin or landmarks still gets a place and a figure") {
  const LegFrame frame = LegFrame::make(Atlas{});
  for (std::size_t i = 0; i < posture_ids.size(); ++i) {
    const auto posture = static_cast<Posture>(i);
    INFO(posture_ids[i]);
    const glm::mat4 world = leg_placement(frame, {.posture = posture});
    const FigureJoints joints = figure_joints(posture, figure_leg(frame, {}, world), 0);
    CHECK(inspect(posed_figure(figure(posture), joints)).non_finite_positions == 0);
  }
}
