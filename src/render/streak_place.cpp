#include "render/streak_place.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace calfscope::render {
namespace {

// How place (turns around, share along) changes over a triangle, per mm.
struct PlaceSlope {
  glm::vec3 around{0};
  glm::vec3 along{0};
  float area_mm2 = 0;
};

std::optional<PlaceSlope> slope_of(const SurfaceMesh& mesh, const glm::uvec3& t) {
  const glm::vec3 a = mesh.surface.positions[t.x];
  const glm::vec3 e1 = mesh.surface.positions[t.y] - a, e2 = mesh.surface.positions[t.z] - a;
  const glm::vec3 normal = glm::cross(e1, e2);
  const float twice = glm::length(normal);
  const glm::vec2 p1 = mesh.muscle_place[t.y] - mesh.muscle_place[t.x];
  const glm::vec2 p2 = mesh.muscle_place[t.z] - mesh.muscle_place[t.x];
  // Slivers say nothing, and where belly and cord meet the place may jump.
  if (!(twice > 1e-4f) || std::abs(p1.x) > 0.3f || std::abs(p2.x) > 0.3f)
    return std::nullopt;
  const glm::vec3 n = normal / twice;
  const glm::vec3 b1 = glm::cross(e2, n) / twice, b2 = glm::cross(n, e1) / twice; // gradients of the two corner weights
  return PlaceSlope{p1.x * b1 + p2.x * b2, p1.y * b1 + p2.y * b2, 0.5f * twice};
}

constexpr std::size_t bins = 36;
using Table = std::array<float, bins>; // by share of the turn around the muscle

std::size_t bin_of(float turns) {
  const float fraction = turns - std::floor(turns);
  return std::min(static_cast<std::size_t>(fraction * bins), bins - 1);
}

Table blurred(const Table& table) {
  Table out{};
  for (std::size_t i = 0; i < bins; ++i)
    out[i] = 0.25f * table[(i + bins - 1) % bins] + 0.5f * table[i] + 0.25f * table[(i + 1) % bins];
  return out;
}

// Value of a periodic table between the middles of its bins.
float between_bins(const Table& table, float turns) {
  const float at = (turns - std::floor(turns)) * bins - 0.5f;
  const float floor_at = std::floor(at);
  const std::size_t low = static_cast<std::size_t>(static_cast<int>(floor_at) + static_cast<int>(bins)) % bins;
  return glm::mix(table[low], table[(low + 1) % bins], at - floor_at);
}

// Places around the muscle are told by angles, so that a flat or hollow side has few or many of them to the millimetre.
// This counts turns by the way over the surface instead.
class EvenTurns {
public:
  // Mean millimetres of one turn at the rate of each bin.
  explicit EvenTurns(const Table& mm_per_turn) {
    for (const float mm : mm_per_turn)
      around_mm_ += mm / bins;
    for (std::size_t i = 0; i < bins; ++i) {
      share_[i] = mm_per_turn[i] / (around_mm_ * bins);
      before_[i + 1] = before_[i] + share_[i];
    }
  }
  float around_mm() const { return around_mm_; }
  float rate(float turns) const { return share_[bin_of(turns)] * bins; }
  float operator()(float turns) const {
    const std::size_t bin = bin_of(turns);
    const float whole = std::floor(turns), inside = (turns - whole) * bins - static_cast<float>(bin);
    return whole + before_[bin] + inside * share_[bin];
  }

private:
  float around_mm_ = 0;
  Table share_{};
  std::array<float, bins + 1> before_{};
};

// How fast the fibres cross from turn to turn on each side of the muscle, in turns from end to end, by least squares.
class FibreDrift {
public:
  void add(float turns, float around, float along, float weight) {
    const std::size_t bin = bin_of(turns);
    drift_[bin] += weight * around * along;
    run_[bin] += weight * along * along;
  }
  Table turns() const {
    Table drift = drift_, run = run_, out{};
    for (int i = 0; i < 4; ++i) {
      drift = blurred(drift);
      run = blurred(run);
    }
    for (std::size_t i = 0; i < bins; ++i)
      out[i] = run[i] > 0 ? drift[i] / run[i] : 0.0f;
    return out;
  }

private:
  Table drift_{}, run_{};
};

// Where fibres lean one way on one side and the other way on the next (the front of the soleus), the pattern would be
// pulled apart or folded; it then leans less.
constexpr float most_stretch = 0.5f; // of its width, at either end of the muscle

Table without_folds(Table drift) {
  const auto steepest = [&] {
    float most = 0;
    for (std::size_t i = 0; i < bins; ++i)
      most = std::max(most, std::abs(drift[(i + 1) % bins] - drift[i]) * bins);
    return most;
  };
  while (0.5f * steepest() > most_stretch) // each blurring takes something off, whatever the table
    drift = blurred(drift);
  return drift;
}

} // namespace

StreakPlaces unroll(const SurfaceMesh& mesh) {
  const std::size_t count = mesh.surface.positions.size();
  if (mesh.muscle_place.size() != count || mesh.fibre.size() != count)
    return {};
  struct Piece {
    PlaceSlope slope;
    float turns;
    glm::vec3 fibre; // not unit
  };
  std::vector<Piece> pieces;
  float area = 0, along = 0;
  Table areas{}, arounds{};
  for (const glm::uvec3& t : mesh.surface.triangles) {
    if (t.x >= count || t.y >= count || t.z >= count)
      continue;
    const auto slope = slope_of(mesh, t);
    if (!slope)
      continue;
    const float turns = mesh.muscle_place[t.x].x;
    pieces.push_back({*slope, turns, mesh.fibre[t.x] + mesh.fibre[t.y] + mesh.fibre[t.z]});
    area += slope->area_mm2;
    along += slope->area_mm2 * glm::length(slope->along);
    areas[bin_of(turns)] += slope->area_mm2;
    arounds[bin_of(turns)] += slope->area_mm2 * glm::length(slope->around);
  }
  const auto is_empty = [](float sum) { return !(sum > 0); };
  if (!(along > 0) || std::all_of(arounds.begin(), arounds.end(), is_empty))
    return {};
  do { // a share of the turn that no triangle lies in is like its neighbours
    areas = blurred(areas);
    arounds = blurred(arounds);
  } while (std::any_of(arounds.begin(), arounds.end(), is_empty));
  Table mm_per_turn{};
  for (std::size_t i = 0; i < bins; ++i)
    mm_per_turn[i] = areas[i] / arounds[i];
  const EvenTurns even(mm_per_turn);
  const float length_mm = area / along;

  FibreDrift drift;
  for (const Piece& piece : pieces)
    drift.add(even(piece.turns), even.rate(piece.turns) * glm::dot(piece.slope.around, piece.fibre),
              glm::dot(piece.slope.along, piece.fibre), piece.slope.area_mm2);
  Table turns = drift.turns();
  const float most = 1.5f * length_mm / even.around_mm();
  for (float& value : turns)
    value = std::clamp(value, -most, most);
  turns = without_folds(turns);

  StreakPlaces out;
  out.around_mm = even.around_mm();
  out.places.reserve(count);
  for (const glm::vec2& place : mesh.muscle_place) {
    const float around = even(place.x);
    out.places.emplace_back(around - between_bins(turns, around) * (place.y - 0.5f), place.y * length_mm);
  }
  return out;
}

} // namespace calfscope::render
