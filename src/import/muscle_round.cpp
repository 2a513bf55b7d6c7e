#include "import/muscle_round.h"

#include "geometry/plane_section.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace calfscope {
namespace {

// The outline of the muscle in a plane across its line, as points at even steps of the way round.
struct SectionRing {
  std::vector<glm::vec3> point;
  float length_mm = 0;
  float first_turn = 0; // way round of point 0, in turns; steps of 1 / ring_points from there
};
constexpr std::size_t ring_points = 72;

// Points at even steps along a closed curve whose corners are `curve` and whose lengths are those of `measure`.
std::vector<glm::vec3> even_steps(const std::vector<glm::vec3>& curve, const std::vector<glm::vec3>& measure,
                                  float& length_mm) {
  const std::size_t count = curve.size();
  std::vector<float> way{0};
  for (std::size_t i = 0; i < count; ++i)
    way.push_back(way.back() + glm::distance(measure[i], measure[(i + 1) % count]));
  length_mm = way.back();
  std::vector<glm::vec3> out;
  std::size_t edge = 0;
  for (std::size_t k = 0; k < ring_points; ++k) {
    const float at = length_mm * static_cast<float>(k) / ring_points;
    while (edge + 2 < way.size() && way[edge + 1] <= at)
      ++edge;
    const float span = way[edge + 1] - way[edge];
    out.push_back(glm::mix(curve[edge], curve[(edge + 1) % count], span > 0 ? (at - way[edge]) / span : 0.0f));
  }
  return out;
}

SectionRing evenly_spaced(const std::vector<glm::vec3>& outline) {
  SectionRing ring;
  ring.point = even_steps(outline, outline, ring.length_mm);
  // Folds of the surface come and go from section to section; measured along the smoothed outline they count little.
  std::vector<glm::vec3> smooth = ring.point;
  for (int round = 0; round < 12; ++round) {
    const auto before = smooth;
    for (std::size_t k = 0; k < ring_points; ++k)
      smooth[k] = 0.25f * before[(k + ring_points - 1) % ring_points] + 0.5f * before[k] +
                  0.25f * before[(k + 1) % ring_points];
  }
  float smooth_length = 0;
  ring.point = even_steps(ring.point, smooth, smooth_length);
  return ring;
}

// Longest first.
std::vector<SectionRing> rings_at(const TriMesh& mesh, glm::vec3 centre, glm::vec3 first, glm::vec3 second) {
  const glm::vec3 along = glm::normalize(glm::cross(first, second));
  std::vector<SectionRing> rings;
  for (const auto& outline : section_outlines(mesh, {.normal = along, .offset_mm = glm::dot(along, centre)}))
    if (outline.size() >= 3)
      rings.push_back(evenly_spaced(outline));
  std::sort(rings.begin(), rings.end(), [](const auto& a, const auto& b) { return a.length_mm > b.length_mm; });
  return rings;
}

// Turns the counting of `ring` so that it twists as little as possible against `model`, both seen from their middles.
void align(SectionRing& ring, const SectionRing& model) {
  const auto middle = [](const SectionRing& r) {
    glm::vec3 sum(0);
    for (const glm::vec3& p : r.point)
      sum += p;
    return sum / static_cast<float>(ring_points);
  };
  const glm::vec3 shift = middle(model) - middle(ring);
  std::array<double, ring_points> cost{};
  for (std::size_t turn = 0; turn < ring_points; ++turn)
    for (std::size_t k = 0; k < ring_points; ++k) {
      const glm::vec3 apart = ring.point[k] + shift - model.point[(k + turn) % ring_points];
      cost[turn] += static_cast<double>(glm::dot(apart, apart));
    }
  const auto best = static_cast<std::size_t>(std::min_element(cost.begin(), cost.end()) - cost.begin());
  // The lowest point of the parabola through the best and its neighbours lies between the steps.
  const double before = cost[(best + ring_points - 1) % ring_points];
  const double after = cost[(best + 1) % ring_points];
  const double bend = before + after - 2 * cost[best];
  const double fine = bend > 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0.0;
  ring.first_turn = model.first_turn + static_cast<float>((static_cast<double>(best) + fine) / ring_points);
}

// Way round at the point of the rings nearest to p, in turns, not wrapped; 0 if there are none.
float turn_near(const std::vector<SectionRing>& rings, glm::vec3 p) {
  float best = std::numeric_limits<float>::max();
  float turn = 0;
  for (const SectionRing& ring : rings)
    for (std::size_t k = 0; k < ring_points; ++k) {
      const glm::vec3 a = ring.point[k];
      const glm::vec3 way = ring.point[(k + 1) % ring_points] - a;
      const float square = glm::dot(way, way);
      const float t = square > 0 ? glm::clamp(glm::dot(p - a, way) / square, 0.0f, 1.0f) : 0.0f;
      const float apart = glm::distance(p, a + t * way);
      if (apart < best) {
        best = apart;
        turn = ring.first_turn + (static_cast<float>(k) + t) / ring_points;
      }
    }
  return turn;
}

} // namespace

std::vector<float> turns_round(const TriMesh& mesh, const VertexNeighbours& neighbours,
                               const std::vector<double>& value, const CentreLine& line, const Frames& frames) {
  const std::size_t count = line.point.size();
  const auto belly =
      static_cast<std::size_t>(std::max_element(line.area_mm2.begin(), line.area_mm2.end()) - line.area_mm2.begin());
  std::vector<std::vector<SectionRing>> rings;
  for (std::size_t i = 0; i < count; ++i)
    rings.push_back(rings_at(mesh, line.point[i], frames.first[i], frames.second[i]));
  // From the belly to both ends; a level without an outline leaves the last model in force.
  const auto align_from = [&](std::size_t step_count, auto index) {
    const SectionRing* model = rings[belly].empty() ? nullptr : &rings[belly].front();
    for (std::size_t n = 0; n <= step_count; ++n) {
      auto& here = rings[index(n)];
      if (model)
        for (SectionRing& ring : here)
          if (&ring != model)
            align(ring, *model);
      if (!here.empty())
        model = &here.front();
    }
  };
  align_from(belly, [&](std::size_t n) { return belly - n; });
  align_from(count - 1 - belly, [&](std::size_t n) { return belly + n; });

  std::vector<glm::vec2> spoke; // cosine and sine of the way round
  for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
    const auto after = std::upper_bound(line.level.begin(), line.level.end(), value[v]) - line.level.begin();
    const auto high = std::min(static_cast<std::size_t>(after), count - 1);
    const std::size_t low = after > 0 ? static_cast<std::size_t>(after) - 1 : 0;
    const double step = line.level[high] - line.level[low];
    const auto t = static_cast<float>(step > 0 ? std::clamp((value[v] - line.level[low]) / step, 0.0, 1.0) : 0.0);
    const float from = turn_near(rings[low], mesh.positions[v]);
    float way = turn_near(rings[high], mesh.positions[v]) - from;
    way -= std::round(way); // the shorter way round
    const float angle = 2 * std::numbers::pi_v<float> * (from + t * way);
    spoke.emplace_back(std::cos(angle), std::sin(angle));
  }
  // A fold that a section cuts differently from the next one would leave a kink in the strands. Rounds reach as far as
  // their root times the edge length.
  constexpr double reach_mm = 18;
  const double edge_mm = std::sqrt(2 * area_mm2(mesh) / static_cast<double>(mesh.triangles.size()));
  const int rounds = static_cast<int>(std::clamp(reach_mm * reach_mm / (edge_mm * edge_mm), 6.0, 60.0));
  for (int round = 0; round < rounds; ++round) {
    const auto before = spoke;
    for (std::size_t v = 0; v < spoke.size(); ++v) {
      for (const std::uint32_t other : neighbours.of(v))
        spoke[v] += before[other];
      const float length = glm::length(spoke[v]);
      spoke[v] = length > 1e-3f ? spoke[v] / length : before[v];
    }
  }
  std::vector<float> turns;
  for (const glm::vec2& s : spoke) {
    const float turn = std::atan2(s.y, s.x) / (2 * std::numbers::pi_v<float>);
    turns.push_back(turn < 0 ? turn + 1 : turn);
  }
  return turns;
}

} // namespace calfscope
