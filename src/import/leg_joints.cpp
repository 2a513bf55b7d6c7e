// Joint centres and axes from landmarks. Angles of the axes: Isman and Inman 1969 (talocrural, subtalar), with the
// talocrural slope of an average leg rather than of one skeleton.

#include "import/rig.h"

#include <array>
#include <cmath>

namespace calfscope {
namespace {

constexpr float talocrural_down_deg = 10; // lateral end below the medial one
constexpr float talocrural_back_deg = 25; // and behind it
constexpr float subtalar_up_deg = 42;     // front end above the sole
constexpr float subtalar_medial_deg = 23; // and medial of the foot's axis

glm::vec3 foot_direction(const Atlas& atlas) {
  const auto heel = atlas.landmark("calcaneus_posterior");
  const auto toe = atlas.landmark("metatarsal_2_head_centre");
  if (!heel || !toe)
    return {0, 0, 1};
  glm::vec3 way = *toe - *heel;
  way.y = 0;
  return glm::length(way) > 1 ? glm::normalize(way) : glm::vec3(0, 0, 1);
}

Segment knee(const Atlas& atlas, glm::vec3 knee_centre, float size) {
  const auto medial = atlas.landmark("femur_medial_condyle_centre");
  const auto lateral = atlas.landmark("femur_lateral_condyle_centre");
  const bool known = medial && lateral && glm::distance(*medial, *lateral) > 1;
  return {.id = "thigh",
          .parent = 0,
          .joint = "knee",
          .centre_mm = known ? 0.5f * (*medial + *lateral) : knee_centre + size * glm::vec3(0, 0.068f, -0.02f),
          .axis = known ? glm::normalize(*lateral - *medial) : glm::vec3(-1, 0, 0),
          .lowest_deg = 0,
          .highest_deg = 100};
}

Segment talocrural(const Atlas& atlas, glm::vec3 ankle_centre, float size) {
  const float down = glm::radians(talocrural_down_deg);
  const float back = glm::radians(talocrural_back_deg);
  return {.id = "talus",
          .parent = 0,
          .joint = "talocrural",
          .centre_mm = atlas.landmark("talar_dome_axis_point").value_or(ankle_centre + size * glm::vec3(0, -0.055f, 0)),
          .axis = -glm::vec3(std::cos(down) * std::cos(back), std::sin(down), std::cos(down) * std::sin(back)),
          .lowest_deg = -50,
          .highest_deg = 40};
}

Segment subtalar(const Atlas& atlas, const Segment& talus, float size) {
  const glm::vec3 forward = foot_direction(atlas);
  const glm::vec3 medial = glm::cross(glm::vec3(0, 1, 0), forward);
  const float up = glm::radians(subtalar_up_deg);
  const float aside = glm::radians(subtalar_medial_deg);
  return {.id = "foot",
          .parent = 1,
          .joint = "subtalar",
          .centre_mm = talus.centre_mm + size * (glm::vec3(0, -0.04f, 0) + 0.015f * forward),
          .axis = std::cos(up) * (std::cos(aside) * forward + std::sin(aside) * medial) + glm::vec3(0, std::sin(up), 0),
          .lowest_deg = -15,
          .highest_deg = 15};
}

Segment toes(const Atlas& atlas, const Segment& foot, float size) {
  const glm::vec3 forward = foot_direction(atlas);
  Segment out{.id = "toes",
              .parent = 2,
              .joint = "toes",
              .centre_mm = foot.centre_mm + size * (0.27f * forward - glm::vec3(0, 0.07f, 0)),
              .axis = glm::normalize(-glm::cross(glm::vec3(0, 1, 0), forward)),
              .lowest_deg = -40,
              .highest_deg = 60};
  std::array<glm::vec3, 5> heads{};
  for (int i = 0; i < 5; ++i) {
    const auto head = atlas.landmark("metatarsal_" + std::to_string(i + 1) + "_head_centre");
    if (!head)
      return out;
    heads[static_cast<std::size_t>(i)] = *head;
  }
  out.centre_mm = 0.2f * (heads[0] + heads[1] + heads[2] + heads[3] + heads[4]);
  const glm::vec3 way = heads[3] + heads[4] - heads[0] - heads[1];
  if (glm::length(way) > 1)
    out.axis = glm::normalize(way);
  return out;
}

} // namespace

std::vector<Segment> leg_segments(const Atlas& atlas) {
  const glm::vec3 knee_centre = atlas.landmark("knee_centre").value_or(glm::vec3(0));
  const glm::vec3 ankle_centre = atlas.landmark("ankle_centre").value_or(knee_centre - glm::vec3(0, 363, 0));
  const float size = glm::distance(knee_centre, ankle_centre);
  std::vector<Segment> out;
  out.push_back(Segment{.id = "shank", .joint = ""});
  const Segment talus = talocrural(atlas, ankle_centre, size);
  out.push_back(talus);
  out.push_back(subtalar(atlas, talus, size));
  out.push_back(toes(atlas, out.back(), size));
  out.push_back(knee(atlas, knee_centre, size));
  return out;
}

std::string_view segment_of_bone(std::string_view id) {
  struct Row {
    std::string_view begin;
    std::string_view segment;
  };
  constexpr std::array<Row, 12> rows{{{"femur", "thigh"},
                                      {"tibia", "shank"},
                                      {"fibula", "shank"},
                                      {"talus", "talus"},
                                      {"calcaneus", "foot"},
                                      {"navicular", "foot"},
                                      {"cuboid", "foot"},
                                      {"cuneiform", "foot"},
                                      {"metatarsal", "foot"},
                                      {"sesamoid", "foot"},
                                      {"phalanx", "toes"},
                                      {"nail", "toes"}}};
  // The row's word alone or followed by "_…": "tibia", "metatarsal_2", but not "tibialis_anterior".
  for (const Row& row : rows)
    if (id.starts_with(row.begin) && (id.size() == row.begin.size() || id[row.begin.size()] == '_'))
      return row.segment;
  return {};
}

} // namespace calfscope
