// The leg that ships, bent to the ends of its joints, mid-way and in combinations: flesh gives way, but stays out of
// the bones and under the skin, keeps its volume, and neither tears nor turns inside out.

#include "anatomy/pose.h"
#include "author/sound_leg.h"
#include "geometry/parallel.h"
#include "geometry/ray_scene.h"
#include "import/pack.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace calfscope;
using namespace calfscope::test;

namespace {

constexpr float farthest_mm = 60;
constexpr float cap_mm = 8; // the caps of skin and bones above the knee are one plane, and not looked at

const Atlas& leg() {
  static const Atlas atlas = [] {
    IssueList issues;
    auto read = read_pack(shipped_leg, issues);
    INFO(to_string(issues));
    REQUIRE(read.has_value());
    REQUIRE_FALSE(issues.has_errors());
    return std::move(*read);
  }();
  return atlas;
}

using Places = std::vector<std::vector<glm::vec3>>;

Places posed(const Pose& pose) {
  const auto segments = segment_matrices(leg(), pose);
  Places out;
  for (const Structure& structure : leg().structures)
    out.push_back(posed_positions(*structure.mesh, segments, bend_shares(pose)));
  return out;
}

RayScene scene_of(const std::vector<glm::vec3>& places, const TriMesh& surface) {
  RayScene scene;
  scene.add(places, surface.triangles);
  scene.commit();
  return scene;
}

// Per structure and vertex, mm: how deep in a bone, and how far outside the skin.
struct Depths {
  std::vector<std::vector<float>> in_bone, outside;
};

Depths depths_of(const Places& places) {
  struct Bone {
    RayScene scene;
    Bounds box;
  };
  std::vector<Bone> bones;
  RayScene skin;
  float top = 0;
  for (std::size_t s = 0; s < places.size(); ++s) {
    const Structure& structure = leg().structures[s];
    if (structure.kind == Kind::bone) {
      bones.push_back({scene_of(places[s], structure.mesh->surface), {}});
      for (const glm::vec3& p : places[s])
        bones.back().box.add(p);
    }
    if (structure.id == "skin") {
      skin = scene_of(places[s], structure.mesh->surface);
      top = bounds_of(structure.mesh->surface).upper.y - cap_mm;
    }
  }
  Depths out{std::vector<std::vector<float>>(places.size()), std::vector<std::vector<float>>(places.size())};
  parallel_for(0, static_cast<int>(places.size()), [&](int index) {
    const auto s = static_cast<std::size_t>(index);
    const Structure& structure = leg().structures[s];
    const auto& rest = structure.mesh->surface.positions;
    out.in_bone[s].assign(rest.size(), 0);
    out.outside[s].assign(rest.size(), 0);
    for (std::size_t v = 0; v < rest.size(); ++v) {
      const glm::vec3 p = places[s][v];
      if (rest[v].y > top)
        continue;
      if (structure.kind != Kind::bone)
        for (const Bone& bone : bones)
          if (glm::all(glm::greaterThan(p, bone.box.lower)) && glm::all(glm::lessThan(p, bone.box.upper)) &&
              bone.scene.inside(p, 0))
            out.in_bone[s][v] = std::max(out.in_bone[s][v], bone.scene.nearest(p, farthest_mm)->distance_mm);
      if (structure.kind != Kind::skin && !skin.inside(p, 0))
        out.outside[s][v] = skin.nearest(p, farthest_mm)->distance_mm;
    }
  });
  return out;
}

const Depths& depths_at_rest() {
  static const Depths depths = depths_of(posed({}));
  return depths;
}

// Share of the triangles that face against the surface around them.
double folded_share(const std::vector<glm::vec3>& places, const TriMesh& surface) {
  TriMesh bent{places, {}, surface.triangles};
  compute_normals(bent);
  std::size_t folded = 0;
  for (const glm::uvec3& t : bent.triangles) {
    const glm::vec3 facing = glm::cross(places[t.y] - places[t.x], places[t.z] - places[t.x]);
    folded += glm::dot(facing, bent.normals[t.x] + bent.normals[t.y] + bent.normals[t.z]) < 0;
  }
  return static_cast<double>(folded) / static_cast<double>(surface.triangles.size());
}

// Of edges longer than a millimetre at rest: what 99 in 100 are stretched to at most.
float stretch_of_most(const std::vector<glm::vec3>& places, const TriMesh& surface) {
  std::vector<float> ratios{1};
  for (const glm::uvec3& t : surface.triangles)
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t a = t[k], b = t[(k + 1) % 3];
      const float before = glm::distance(surface.positions[a], surface.positions[b]);
      if (before > 1)
        ratios.push_back(glm::distance(places[a], places[b]) / before);
    }
  const auto at = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() * 99 / 100);
  std::nth_element(ratios.begin(), at, ratios.end());
  return *at;
}

struct Allowed {
  double skin_volume = 0.02;
  double flesh_volume = 0.065; // change of any muscle of more than 10 cm3
  double folded = 0.012;       // of any structure's triangles
  float stretch = 3;           // of 99 in 100 edges
  float outside_mm = 0.5f;     // beyond rest
  float in_bone_mm = 0.5f;     // beyond rest
};

void holds_together(const Pose& pose, const Allowed& allowed = {}) {
  const Places places = posed(pose);
  const Depths depths = depths_of(places);
  for (std::size_t s = 0; s < places.size(); ++s) {
    const Structure& structure = leg().structures[s];
    INFO(structure.id << " at ankle " << pose.ankle_deg << ", knee " << pose.knee_deg << ", subtalar "
                      << pose.subtalar_deg << ", toes " << pose.toes_deg);
    const TriMesh& surface = structure.mesh->surface;
    const double before = signed_volume_mm3(surface);
    const double change = std::abs(signed_volume_mm3({places[s], {}, surface.triangles}) / before - 1);
    if (structure.kind == Kind::bone)
      CHECK(change < 1e-3);
    else if (structure.id == "skin")
      CHECK(change < allowed.skin_volume);
    else if (structure.kind == Kind::muscle && before > 10'000)
      CHECK(change < allowed.flesh_volume);
    CHECK(folded_share(places[s], surface) <= folded_share(surface.positions, surface) + allowed.folded);
    // The rectus, cut off above the knee, takes the whole way of the tendon on the femur within a hand's breadth.
    CHECK(stretch_of_most(places[s], surface) <= (structure.id == "rectus_femoris" ? 5.5f : allowed.stretch));
    float in_bone = 0, outside = 0;
    for (std::size_t v = 0; v < places[s].size(); ++v) {
      in_bone = std::max(in_bone, depths.in_bone[s][v] - depths_at_rest().in_bone[s][v]);
      outside = std::max(outside, depths.outside[s][v] - depths_at_rest().outside[s][v]);
    }
    CHECK(in_bone <= allowed.in_bone_mm);
    CHECK(outside <= allowed.outside_mm);
  }
}

// Along the middle of a muscle from end to end: through the centres of what lies in each twentieth of it.
float length_of(const char* id, const Pose& pose) {
  constexpr std::size_t parts = 20;
  const SurfaceMesh& mesh = *leg().find(id)->mesh;
  const auto places = posed_positions(mesh, segment_matrices(leg(), pose), bend_shares(pose));
  std::vector<glm::vec3> sum(parts, glm::vec3(0));
  std::vector<float> count(parts, 0);
  for (std::size_t v = 0; v < places.size(); ++v) {
    const auto part = std::min(parts - 1, static_cast<std::size_t>(std::max(0.0f, mesh.muscle_place[v].y) * parts));
    sum[part] += places[v];
    count[part] += 1;
  }
  float length = 0;
  glm::vec3 last(0);
  bool first = true;
  for (std::size_t part = 0; part < parts; ++part) {
    if (count[part] == 0)
      continue;
    const glm::vec3 centre = sum[part] / count[part];
    length += first ? 0 : glm::distance(centre, last);
    last = centre;
    first = false;
  }
  return length;
}

} // namespace

TEST_CASE("at rest nothing lies in a bone or outside the skin") {
  holds_together({}, {.skin_volume = 1e-6, .flesh_volume = 1e-6, .folded = 0, .stretch = 1.001f});
}

TEST_CASE("turned about its long axis the leg stays as it is") {
  holds_together({.turn_deg = 30}, {.skin_volume = 1e-3, .flesh_volume = 1e-3, .folded = 1e-3, .stretch = 1.001f});
  holds_together({.turn_deg = -30}, {.skin_volume = 1e-3, .flesh_volume = 1e-3, .folded = 1e-3, .stretch = 1.001f});
}

TEST_CASE("pointed and lifted as far as it goes and half way, the foot stays sound") {
  for (const float degrees : {-50.0f, -25.0f, 20.0f, 40.0f})
    holds_together({.ankle_deg = degrees});
}

TEST_CASE("tilted as far as it goes, the foot stays sound") {
  for (const float degrees : {-15.0f, 15.0f})
    holds_together({.subtalar_deg = degrees});
}

TEST_CASE("bent as far as they go and half way, the toes stay sound") {
  for (const float degrees : {-40.0f, -20.0f, 30.0f, 60.0f})
    holds_together({.toes_deg = degrees});
  holds_together({.toes_deg = 53});
  // Between the angles that flesh was settled at, one vertex of the little toe's extensor grazes the knuckle.
  holds_together({.toes_deg = 50}, {.in_bone_mm = 1});
  holds_together({.toes_deg = 57}, {.in_bone_mm = 1});
}

TEST_CASE("ankle, subtalar joint and toes at their ends together stay sound") {
  holds_together({.ankle_deg = -50, .subtalar_deg = 15, .toes_deg = -40});
  holds_together({.ankle_deg = 40, .subtalar_deg = 15, .toes_deg = 60});
  holds_together({.ankle_deg = 40, .subtalar_deg = -15, .toes_deg = -40});
}

TEST_CASE("the knee bends without flesh getting into bone or out of the skin") {
  for (const float degrees : {20.0f, 45.0f, 70.0f})
    holds_together({.knee_deg = degrees});
}

TEST_CASE("bent as far as it goes, thigh and calf lie against each other and everything stays sound") {
  holds_together({.knee_deg = 100}, {.skin_volume = 0.05, .stretch = 4});
  holds_together({.ankle_deg = 40, .knee_deg = 100, .subtalar_deg = -15, .toes_deg = 60, .turn_deg = -30},
                 {.skin_volume = 0.05, .stretch = 4});
}

TEST_CASE("the last of the way, thigh and calf touch and neither gets into the other") {
  for (const float degrees : {76.0f, 80.0f, 88.0f, 92.0f})
    holds_together({.knee_deg = degrees}, {.skin_volume = 0.05, .stretch = 4});
  // Here the small saphenous vein, squeezed in the crease, passes from one angle it was settled at to the next.
  holds_together({.knee_deg = 96}, {.skin_volume = 0.05, .stretch = 4, .outside_mm = 1});
}

TEST_CASE("in the crease of the knee and at the toes the skin lies nowhere within itself") {
  const std::size_t skin = static_cast<std::size_t>(leg().index_of("skin"));
  const TriMesh& rest = leg().structures[skin].mesh->surface;
  const auto within = [&](const Pose& pose) {
    TriMesh bent{posed_positions(*leg().structures[skin].mesh, segment_matrices(leg(), pose), bend_shares(pose)),
                 {},
                 rest.triangles};
    compute_normals(bent);
    const RayScene scene = scene_of(bent.positions, rest);
    std::vector<std::uint8_t> out(bent.positions.size());
    parallel_for(0, static_cast<int>(out.size()), [&](int index) {
      const auto v = static_cast<std::size_t>(index);
      const glm::vec3 air = bent.positions[v] + 0.2f * bent.normals[v];
      out[v] = scene.first_hit({air, bent.normals[v]}) && scene.inside(air, 0);
    });
    return out;
  };
  const auto at_rest = within({});
  for (const Pose& pose :
       {Pose{.knee_deg = 66}, Pose{.knee_deg = 80}, Pose{.knee_deg = 92}, Pose{.knee_deg = 100}, Pose{.toes_deg = 60},
        Pose{.toes_deg = -40}, Pose{.ankle_deg = -50}, Pose{.ankle_deg = 40}}) {
    const auto bent = within(pose);
    std::size_t count = 0;
    for (std::size_t v = 0; v < bent.size(); ++v)
      count += bent[v] && !at_rest[v];
    INFO("knee " << pose.knee_deg << ", toes " << pose.toes_deg << ", ankle " << pose.ankle_deg);
    CHECK(count == 0);
  }
}

TEST_CASE("the cut above the knee stays a plane while the knee bends") {
  const SurfaceMesh& skin = *leg().find("skin")->mesh;
  const float top = bounds_of(skin.surface).upper.y;
  const int thigh = leg().segment_index("thigh");
  for (const float degrees : {34.0f, 75.0f, 100.0f}) {
    const Pose pose{.knee_deg = degrees};
    const auto segments = segment_matrices(leg(), pose);
    const auto places = posed_positions(skin, segments, bend_shares(pose));
    const glm::mat4 back = glm::inverse(segments[static_cast<std::size_t>(thigh)]);
    float farthest = 0;
    for (std::size_t v = 0; v < places.size(); ++v)
      if (skin.surface.positions[v].y > top - 0.5f)
        farthest =
            std::max(farthest, glm::distance(glm::vec3(back * glm::vec4(places[v], 1)), skin.surface.positions[v]));
    CHECK(farthest < 0.5f);
  }
}

TEST_CASE("with the knee bent the gastrocnemius slackens and the soleus does not, lifting the foot draws the Achilles "
          "tendon out") {
  for (const char* head : {"gastrocnemius_medial_head", "gastrocnemius_lateral_head"}) {
    const float straight = length_of(head, {});
    const float bent = length_of(head, {.knee_deg = 100});
    INFO(head << ": " << straight << " mm straight, " << bent << " mm bent");
    CHECK(bent < straight - 5);
    CHECK(bent > 0.75f * straight);
  }
  CHECK(length_of("soleus", {.knee_deg = 100}) == Approx(length_of("soleus", {})).margin(2));
  CHECK(length_of("calcaneal_tendon", {.ankle_deg = 30}) > length_of("calcaneal_tendon", {.ankle_deg = -30}) + 5);
  CHECK(length_of("calcaneal_tendon", {.knee_deg = 100}) == Approx(length_of("calcaneal_tendon", {})).margin(0.5));
}
