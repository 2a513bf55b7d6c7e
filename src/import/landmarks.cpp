#include "import/landmarks.h"

#include "geometry/plane_section.h"
#include "geometry/ray_scene.h"
#include "import/circle_fit.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace calfscope {
namespace {

constexpr glm::vec3 medial(1, 0, 0);
constexpr glm::vec3 lateral(-1, 0, 0);
constexpr glm::vec3 up(0, 1, 0);
constexpr glm::vec3 down(0, -1, 0);
constexpr glm::vec3 front(0, 0, 1);
constexpr glm::vec3 back(0, 0, -1);

using Where = std::function<bool(glm::vec3)>;

Where between(float low_y, float high_y) {
  return [=](glm::vec3 p) { return p.y >= low_y && p.y <= high_y; };
}

// The vertex furthest in a direction among those the filter lets through.
std::optional<glm::vec3> furthest(const TriMesh& mesh, glm::vec3 direction, const Where& where = {}) {
  std::optional<glm::vec3> best;
  for (const glm::vec3& p : mesh.positions)
    if ((!where || where(p)) && (!best || glm::dot(direction, p) > glm::dot(direction, *best)))
      best = p;
  return best;
}

// Area centroid of the triangles the filter (of corner mean and unit normal) lets through.
std::optional<glm::vec3> area_centroid(const TriMesh& mesh, const std::function<bool(glm::vec3, glm::vec3)>& where) {
  glm::dvec3 sum(0);
  double area = 0;
  for (const glm::uvec3& t : mesh.triangles) {
    const glm::vec3 a = mesh.positions[t.x];
    const glm::vec3 b = mesh.positions[t.y];
    const glm::vec3 c = mesh.positions[t.z];
    const glm::vec3 normal = glm::cross(b - a, c - a);
    const float length = glm::length(normal);
    const glm::vec3 middle = (a + b + c) / 3.0f;
    if (!(length > 0) || !where(middle, normal / length))
      continue;
    sum += glm::dvec3(middle) * static_cast<double>(length);
    area += static_cast<double>(length);
  }
  if (!(area > 0))
    return std::nullopt;
  return glm::vec3(sum / area);
}

// From the hind to the front end of a long bone of the foot.
glm::vec3 shaft_direction(const TriMesh& bone) {
  const Bounds box = bounds_of(bone);
  glm::dvec3 ends[2] = {glm::dvec3(0), glm::dvec3(0)};
  int count[2] = {0, 0};
  for (const glm::vec3& p : bone.positions) {
    const int end = p.z > box.centre().z ? 1 : 0;
    ends[end] += p;
    ++count[end];
  }
  const glm::dvec3 way =
      ends[1] / static_cast<double>(std::max(count[1], 1)) - ends[0] / static_cast<double>(std::max(count[0], 1));
  return glm::length(way) > 0 ? glm::vec3(glm::normalize(way)) : front;
}

struct Plateau {
  glm::vec3 medial{0};
  glm::vec3 lateral{0};
};

// The two articular areas: the part of the upper surface that looks upwards, each side of the spine between them.
std::optional<Plateau> plateau_of(const TriMesh& tibia) {
  const auto spine = furthest(tibia, up);
  if (!spine)
    return std::nullopt;
  Bounds condyles;
  for (const glm::vec3& p : tibia.positions)
    if (p.y > spine->y - 60)
      condyles.add(p);
  const float middle = condyles.centre().x;
  const auto side = [&](float sign) {
    return area_centroid(tibia, [&](glm::vec3 p, glm::vec3 n) {
      return n.y > 0.85f && p.y > spine->y - 20 && sign * (p.x - middle) > 10;
    });
  };
  const auto inner = side(1);
  const auto outer = side(-1);
  if (!inner || !outer)
    return std::nullopt;
  return Plateau{*inner, *outer};
}

struct Section {
  glm::vec3 centroid{0};
  double area_mm2 = 0;
  double length_mm = 0;
};

// Horizontal section at height y; area 0 if there is none.
Section section_at(const TriMesh& mesh, float y) {
  const Plane plane{.normal = up, .offset_mm = y};
  const auto outlines = section_outlines(mesh, plane);
  glm::dvec2 first_moment(0);
  double twice = 0;
  for (const auto& outline : outlines)
    for (std::size_t i = 0; i < outline.size(); ++i) {
      // Seen against the normal (from above), z to the right of x gives the sign.
      const glm::dvec2 a(outline[i].z, outline[i].x);
      const glm::vec3 next = outline[(i + 1) % outline.size()];
      const glm::dvec2 b(next.z, next.x);
      const double cross = a.x * b.y - a.y * b.x;
      twice += cross;
      first_moment += (a + b) * cross;
    }
  Section out{.centroid = {0, y, 0}, .area_mm2 = std::abs(twice) / 2, .length_mm = outline_length_mm(outlines)};
  if (std::abs(twice) > 1e-9) {
    const glm::dvec2 centre = first_moment / (3 * twice);
    out.centroid = {static_cast<float>(centre.y), y, static_cast<float>(centre.x)};
  }
  return out;
}

// The section with the smallest (sign +1) or largest (sign -1) value between two heights, in steps of 1 mm.
std::optional<Section> extreme_section(const TriMesh& mesh, float low_y, float high_y, double Section::*value,
                                       double sign) {
  std::optional<Section> best;
  for (float y = low_y; y <= high_y; y += 1) {
    const Section section = section_at(mesh, y);
    if (section.area_mm2 > 0 && (!best || sign * (section.*value) < sign * ((*best).*value)))
      best = section;
  }
  return best;
}

class Finder {
public:
  explicit Finder(const Atlas& atlas) : atlas_(atlas) {}

  std::vector<Landmark> run() {
    tibia();
    fibula();
    femur();
    patella();
    ankle();
    foot();
    muscles();
    tendon();
    skin();
    return std::move(out_);
  }

private:
  const TriMesh* mesh(std::string_view id) const {
    const Structure* structure = atlas_.find(id);
    return structure && structure->mesh ? &structure->mesh->surface : nullptr;
  }

  void add(std::string id, std::optional<glm::vec3> position, std::string how) {
    if (position)
      out_.push_back({std::move(id), *position, std::move(how)});
  }

  std::optional<glm::vec3> found(std::string_view id) const {
    for (const Landmark& landmark : out_)
      if (landmark.id == id)
        return landmark.position_mm;
    return std::nullopt;
  }

  void tibia() {
    const TriMesh* bone = mesh("tibia");
    if (!bone)
      return;
    const Bounds box = bounds_of(*bone);
    if (const auto plateau = plateau_of(*bone)) {
      const glm::vec3 centre = 0.5f * (plateau->medial + plateau->lateral);
      add("knee_centre", centre, "midpoint of the tibial plateau");
      add("tibial_plateau_midpoint", centre, "midpoint of the two plateau centres");
      add("tibial_plateau_medial_centre", plateau->medial, "area centroid of upward facing plateau triangles");
      add("tibial_plateau_lateral_centre", plateau->lateral, "area centroid of upward facing plateau triangles");
    }
    add("intercondylar_eminence", furthest(*bone, up), "highest point of tibia");
    add("tibial_tuberosity", furthest(*bone, front, between(-60, -20)),
        "most anterior point of tibia, 20 to 60 mm below plateau");
    add("tibia_medial_condyle_edge", furthest(*bone, medial, between(-60, 20)), "most medial point of proximal tibia");
    add("tibia_lateral_condyle_edge", furthest(*bone, lateral, between(-60, 20)),
        "most lateral point of proximal tibia");
    add("medial_malleolus_tip", furthest(*bone, down), "lowest point of tibia");
    add("medial_malleolus_prominence", furthest(*bone, medial, between(box.lower.y, box.lower.y + 40)),
        "most medial point of distal tibia");
    const auto tip = furthest(*bone, down);
    const auto plafond =
        area_centroid(*bone, [&](glm::vec3 p, glm::vec3 n) { return n.y < -0.9f && p.y < tip->y + 22; });
    add("ankle_centre", plafond, "centre of the lower joint surface of the tibia");
    add("tibial_plafond_centre", plafond, "area centroid of downward facing distal tibial surface");
  }

  void fibula() {
    const TriMesh* bone = mesh("fibula");
    if (!bone)
      return;
    const Bounds box = bounds_of(*bone);
    const float top = box.upper.y;
    add("fibular_head_apex", furthest(*bone, up), "highest point of fibula");
    add("lateral_malleolus_tip", furthest(*bone, down), "lowest point of fibula");
    add("fibular_head_lateral", furthest(*bone, lateral, between(top - 40, top)), "most lateral point of fibular head");
    add("lateral_malleolus_prominence", furthest(*bone, lateral, between(box.lower.y, box.lower.y + 45)),
        "most lateral point of distal fibula");
    if (const auto neck = extreme_section(*bone, top - 45, top - 15, &Section::area_mm2, 1))
      add("fibular_neck", neck->centroid, "centroid of smallest fibular section 15 to 45 mm below apex");
  }

  void femur() {
    const TriMesh* bone = mesh("femur");
    if (!bone)
      return;
    const float low = bounds_of(*bone).lower.y;
    const Where distal = between(low, low + 60);
    const auto inner = furthest(*bone, medial, distal);
    const auto outer = furthest(*bone, lateral, distal);
    add("femur_medial_epicondyle", inner, "most medial point of distal femur");
    add("femur_lateral_epicondyle", outer, "most lateral point of distal femur");
    if (!inner || !outer)
      return;
    const float middle = 0.5f * (inner->x + outer->x);
    condyle(*bone, "medial", [=](glm::vec3 p) { return distal(p) && p.x > middle; });
    condyle(*bone, "lateral", [=](glm::vec3 p) { return distal(p) && p.x < middle; });
  }

  void condyle(const TriMesh& bone, const std::string& side, const Where& where) {
    const auto behind = furthest(bone, back, where);
    const auto lowest = furthest(bone, down, where);
    add("femur_" + side + "_condyle_posterior", behind, "most posterior point of condyle");
    add("femur_" + side + "_condyle_distal", lowest, "lowest point of condyle");
    if (!behind || !lowest)
      return;
    // The back of the condyle is a wheel: its tread is what stands within 4 mm of the outermost points of each section.
    std::vector<glm::vec2> tread;
    const glm::vec2 hub(behind->z + 20, behind->y);
    for (int step = -60; step <= 60; step += 5) {
      const float angle = glm::radians(static_cast<float>(step));
      const glm::vec3 spoke(0, std::sin(angle), -std::cos(angle));
      const auto point = furthest(bone, spoke, [&](glm::vec3 p) {
        return where(p) && p.z < hub.x && std::abs(p.y - hub.y) < 22 && std::abs(p.x - behind->x) < 9;
      });
      if (point)
        tread.emplace_back(point->z, point->y);
    }
    if (const auto circle = fit_circle(tread))
      add("femur_" + side + "_condyle_centre", glm::vec3(behind->x, circle->centre.y, circle->centre.x),
          "centre of circle fitted to posterior condyle in the sagittal plane");
  }

  void patella() {
    const TriMesh* bone = mesh("patella");
    if (!bone)
      return;
    add("patella_apex", furthest(*bone, down), "lowest point");
    add("patella_base", furthest(*bone, up), "highest point");
    add("patella_front", furthest(*bone, front), "most anterior point");
    glm::dvec3 sum(0);
    for (const glm::vec3& p : bone->positions)
      sum += p;
    add("patella_centre", glm::vec3(sum / static_cast<double>(bone->positions.size())), "mean of vertices");
  }

  void ankle() {
    if (const TriMesh* talus = mesh("talus")) {
      add("talar_dome_top", furthest(*talus, up), "highest point of talus");
      talar_dome(*talus);
    }
    if (const auto inner = found("medial_malleolus_tip"))
      add("talocrural_axis_medial", *inner + glm::vec3(0, -5, 0), "5 mm below medial malleolus tip (Isman and Inman)");
    if (const auto outer = found("lateral_malleolus_tip"))
      add("talocrural_axis_lateral", *outer + glm::vec3(0, -3, 8),
          "3 mm below and 8 mm in front of lateral malleolus tip (Isman and Inman)");
  }

  // A level cylinder through the trochlea: every direction in the horizontal plane is tried, the best fit wins.
  void talar_dome(const TriMesh& talus) {
    TriMesh smooth = talus;
    compute_normals(smooth);
    const auto plafond = found("tibial_plafond_centre");
    const auto top = furthest(talus, up);
    if (!plafond || !top)
      return;
    std::vector<glm::vec3> dome;
    for (std::size_t i = 0; i < talus.positions.size(); ++i) {
      const glm::vec3 p = talus.positions[i];
      const glm::vec2 aside(p.x - plafond->x, p.z - plafond->z);
      if (smooth.normals[i].y > 0.3f && p.y > top->y - 12 && glm::length(aside) < 18)
        dome.push_back(p);
    }
    float best_error = std::numeric_limits<float>::max();
    glm::vec3 best(0);
    for (int degrees = 0; degrees < 60; ++degrees) {
      const float angle = glm::radians(static_cast<float>(degrees));
      const glm::vec3 axis(-std::cos(angle), 0, -std::sin(angle)); // lateral end behind
      const glm::vec3 across(-std::sin(angle), 0, std::cos(angle));
      std::vector<glm::vec2> profile;
      float along = 0;
      for (const glm::vec3& p : dome) {
        profile.emplace_back(glm::dot(across, p), p.y);
        along += glm::dot(axis, p) / static_cast<float>(dome.size());
      }
      const auto circle = fit_circle(profile);
      if (!circle || circle->rms >= best_error || circle->radius > 35)
        continue;
      best_error = circle->rms;
      best = along * axis + circle->centre.x * across + glm::vec3(0, circle->centre.y, 0);
    }
    if (best_error < 3)
      add("talar_dome_axis_point", best, "point on axis of cylinder fitted to talar dome");
  }

  void foot() {
    if (const TriMesh* heel = mesh("calcaneus")) {
      add("calcaneus_posterior", furthest(*heel, back), "most posterior point");
      const Bounds box = bounds_of(*heel);
      add("calcaneal_tuberosity_plantar",
          furthest(*heel, down, [&](glm::vec3 p) { return p.z < box.lower.z + 0.5f * box.size().z; }),
          "lowest point of hind part");
    }
    if (const TriMesh* bone = mesh("navicular"))
      add("navicular_tuberosity", furthest(*bone, medial), "most medial point");
    if (const TriMesh* bone = mesh("metatarsal_5"))
      add("metatarsal_5_base_tuberosity", furthest(*bone, back), "most posterior point of fifth metatarsal");
    for (int i = 1; i <= 5; ++i) {
      const std::string id = "metatarsal_" + std::to_string(i);
      const TriMesh* bone = mesh(id);
      if (!bone)
        continue;
      const glm::vec3 shaft = shaft_direction(*bone);
      const float limit = glm::dot(shaft, *furthest(*bone, shaft)) - 14;
      const Where distal = [=](glm::vec3 p) { return glm::dot(shaft, p) > limit; };
      Bounds head;
      for (const glm::vec3& p : bone->positions)
        if (distal(p))
          head.add(p);
      add(id + "_head_centre", head.centre(), "box centre of distal 14 mm");
      if (i == 1 || i == 5)
        add(id + "_head_plantar", furthest(*bone, down, distal), "lowest point of head");
    }
    for (const int i : {1, 2, 5})
      if (const TriMesh* bone = mesh("phalanx_distal_" + std::to_string(i)))
        add("toe_" + std::to_string(i) + "_tip", furthest(*bone, front), "most anterior point of distal phalanx");
  }

  void muscles() {
    struct Row {
      const char* structure;
      const char* landmark;
    };
    for (const Row& row : {Row{"gastrocnemius_medial_head", "gastrocnemius_medial"},
                           Row{"gastrocnemius_lateral_head", "gastrocnemius_lateral"}, Row{"soleus", "soleus"}})
      if (const TriMesh* muscle = mesh(row.structure)) {
        add(std::string(row.landmark) + "_upper_end", furthest(*muscle, up), "highest point of mesh");
        add(std::string(row.landmark) + "_lower_end", furthest(*muscle, down), "lowest point of mesh");
      }
    const TriMesh* inner = mesh("gastrocnemius_medial_head");
    const TriMesh* outer = mesh("gastrocnemius_lateral_head");
    if (!inner || !outer)
      return;
    RayScene scene;
    scene.add(outer->positions, outer->triangles);
    scene.commit();
    const Where touching = [&](glm::vec3 p) { return scene.nearest(p, 1.0f).has_value(); };
    add("gastrocnemius_heads_meet_upper", furthest(*inner, up, touching),
        "highest point where the two heads are within 1 mm");
    add("gastrocnemius_heads_meet_lower", furthest(*inner, down, touching),
        "lowest point where the two heads are within 1 mm");
  }

  void tendon() {
    const TriMesh* cord = mesh("calcaneal_tendon");
    const TriMesh* heel = mesh("calcaneus");
    if (!cord || !heel)
      return;
    add("calcaneal_tendon_upper_end", furthest(*cord, up), "highest point of mesh (aponeurosis tongue)");
    add("calcaneal_tendon_lower_end", furthest(*cord, down), "lowest point of mesh");
    RayScene scene;
    scene.add(heel->positions, heel->triangles);
    scene.commit();
    constexpr float touching_mm = 1.2f;
    add("calcaneal_tendon_insertion_centre",
        area_centroid(*cord, [&](glm::vec3 p, glm::vec3) { return scene.nearest(p, touching_mm).has_value(); }),
        "centroid of tendon surface within 1.2 mm of calcaneus");
    const auto edge = furthest(*cord, up, [&](glm::vec3 p) { return scene.nearest(p, touching_mm).has_value(); });
    add("calcaneal_tendon_insertion_upper_edge", edge, "highest such point");
    if (!edge)
      return;
    if (const auto narrowest = extreme_section(*cord, edge->y + 10, edge->y + 75, &Section::area_mm2, 1))
      add("calcaneal_tendon_narrowest", narrowest->centroid, "centroid of smallest transverse section");
  }

  void skin() {
    const TriMesh* surface = mesh("skin");
    const auto ankle_centre = found("ankle_centre");
    if (!surface || !ankle_centre)
      return;
    const float ankle_y = ankle_centre->y;
    if (const auto widest = extreme_section(*surface, 0.55f * ankle_y, 0.1f * ankle_y, &Section::length_mm, -1))
      add("calf_girth_maximum", widest->centroid, "centroid of the skin section with largest girth");
    if (const auto narrowest = extreme_section(*surface, 0.94f * ankle_y, 0.7f * ankle_y, &Section::length_mm, 1))
      add("ankle_girth_minimum", narrowest->centroid, "centroid of the skin section with smallest girth");
    const Where below_ankle = [=](glm::vec3 p) { return p.y < ankle_y; };
    add("heel_skin_posterior", furthest(*surface, back, below_ankle), "most posterior point of skin below ankle");
    add("sole_skin_lowest", furthest(*surface, down), "lowest point of skin");
    add("toe_skin_tip", furthest(*surface, front, below_ankle), "most anterior point of skin of foot");
  }

  const Atlas& atlas_;
  std::vector<Landmark> out_;
};

} // namespace

glm::vec3 tibial_plateau_midpoint(const TriMesh& tibia) {
  const auto plateau = plateau_of(tibia);
  return plateau ? 0.5f * (plateau->medial + plateau->lateral) : bounds_of(tibia).centre();
}

std::vector<Landmark> find_landmarks(const Atlas& atlas) {
  return Finder(atlas).run();
}

BellyEnds find_belly_ends(const Atlas& atlas) {
  BellyEnds out;
  const auto knee = atlas.landmark("knee_centre");
  const auto ankle = atlas.landmark("ankle_centre");
  const auto insertion = atlas.landmark("calcaneal_tendon_insertion_centre");
  if (!knee || !ankle || !insertion || glm::distance(*knee, *ankle) < 1)
    return out;
  const glm::vec3 axis = glm::normalize(*ankle - *knee);
  const float length = glm::dot(axis, *insertion - *knee);
  const auto level = [&](const char* id, float& end) {
    if (const auto point = atlas.landmark(id))
      end = glm::dot(axis, *point - *knee) / length;
  };
  level("gastrocnemius_medial_lower_end", out.gastrocnemius_medial);
  level("gastrocnemius_lateral_lower_end", out.gastrocnemius_lateral);
  level("soleus_lower_end", out.soleus);
  return out;
}

} // namespace calfscope
