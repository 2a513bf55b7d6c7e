#include "painmap/painted_skin.h"

#include "geometry/scalar_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr std::array<PaintGrid, paint_sheet_ids.size()> grids{
    PaintGrid{136, 72, {-0.40f, -180}, {0.0125f, 5}, true}, PaintGrid{64, 26, {-0.10f, -0.15f}, {0.02f, 0.05f}, false},
    PaintGrid{64, 26, {-0.10f, -0.15f}, {0.02f, 0.05f}, false}};

// The back of the foot: below the ankle, in front of the heel, facing up (design choice).
constexpr float upper_from_s = 0.90f, upper_fully_s = 0.97f;
constexpr float upper_from_f = 0.22f, upper_fully_f = 0.34f;
constexpr float upper_faces_from = 0.30f, upper_faces_fully = 0.60f;

constexpr float least_share = 0.02f; // of a sheet in a vertex, to be painted on it
constexpr float sample_mm = 1.5f;    // less than the narrowest bin
constexpr float bins_reach_mm = 2; // beyond what is painted of them
constexpr float same_way = 0.0f;     // cosine: skin that faces the other way lies on the far side of a thin part
constexpr float on_skin_mm = 15;

constexpr std::size_t index(PaintSheet sheet) {
  return static_cast<std::size_t>(sheet);
}

std::optional<std::size_t> cell_of(const PaintGrid& grid, int row, int column) {
  if (grid.round)
    column = (column % grid.columns + grid.columns) % grid.columns;
  if (row < 0 || row >= grid.rows || column < 0 || column >= grid.columns)
    return std::nullopt;
  return static_cast<std::size_t>(row * grid.columns + column);
}

glm::vec2 cells_from_start(const PaintGrid& grid, glm::vec2 at) {
  return (at - grid.from) / grid.step;
}

// Of a vertex on a sheet.
glm::vec2 place_on(const SkinPlace& place, PaintSheet sheet) {
  return sheet == PaintSheet::leg ? glm::vec2(place.leg.s, place.leg.a_deg) : glm::vec2(place.foot.f, place.foot.w);
}

// Millimetres on the skin from one place of a sheet to another, near `beside`.
glm::vec2 apart_mm(const SkinPlaces& places, PaintSheet sheet, glm::vec2 from, glm::vec2 to, const SkinPlace& beside) {
  if (sheet == PaintSheet::leg)
    return {(to.x - from.x) * places.length_mm,
            glm::radians(std::remainder(to.y - from.y, 360.0f)) * std::max(beside.radius_mm, 5.0f)};
  return (to - from) * glm::vec2(places.foot_length_mm, places.foot_width_mm);
}

float distance_mm(const SkinPlaces& places, PaintSpot spot, const SkinPlace& place) {
  return glm::length(apart_mm(places, spot.sheet, spot.at, place_on(place, spot.sheet), place));
}

using Shares = std::array<float, paint_sheet_ids.size()>;

// Places of a triangle's corners, so that they can be mixed: angles do not jump at the front of the leg.
struct TrianglePlaces {
  std::array<std::array<glm::vec2, 3>, paint_sheet_ids.size()> at{};
  std::array<Shares, 3> shares{};
  bool skin = true;

  TrianglePlaces(const SkinPlaces& places, const glm::uvec3& corners) {
    for (int k = 0; k < 3; ++k) {
      const SkinPlace& place = places.vertices[corners[k]];
      skin &= place.area_mm2 > 0;
      shares[static_cast<std::size_t>(k)] = sheet_shares(places, corners[k]);
      for (std::size_t sheet = 0; sheet < at.size(); ++sheet)
        at[sheet][static_cast<std::size_t>(k)] = place_on(place, static_cast<PaintSheet>(sheet));
    }
    auto& leg = at[index(PaintSheet::leg)];
    for (std::size_t k = 1; k < 3; ++k)
      leg[k].y = leg[0].y + std::remainder(leg[k].y - leg[0].y, 360.0f);
  }
  glm::vec2 mixed(PaintSheet sheet, glm::vec3 w) const {
    const auto& corners = at[index(sheet)];
    return w.x * corners[0] + w.y * corners[1] + w.z * corners[2];
  }
  float share(PaintSheet sheet, glm::vec3 w) const {
    const std::size_t i = index(sheet);
    return w.x * shares[0][i] + w.y * shares[1][i] + w.z * shares[2][i];
  }
};

// The point of the triangle nearest to a place on the sheet, as corner weights.
glm::vec3 nearest_weights(const SkinPlaces& places, const TrianglePlaces& triangle, PaintSpot spot,
                          const SkinPlace& beside) {
  const auto& at = triangle.at[index(spot.sheet)];
  glm::vec2 wanted = spot.at;
  if (spot.sheet == PaintSheet::leg)
    wanted.y = at[0].y + std::remainder(wanted.y - at[0].y, 360.0f);
  const glm::vec2 u = apart_mm(places, spot.sheet, at[0], at[1], beside);
  const glm::vec2 v = apart_mm(places, spot.sheet, at[0], at[2], beside);
  const glm::vec2 p = apart_mm(places, spot.sheet, at[0], wanted, beside);
  const float area = u.x * v.y - u.y * v.x;
  if (std::abs(area) < 1e-6f)
    return {1, 0, 0};
  glm::vec3 w{0, (p.x * v.y - p.y * v.x) / area, (u.x * p.y - u.y * p.x) / area};
  w.x = 1 - w.y - w.z;
  w = glm::max(w, glm::vec3(0));
  return w / (w.x + w.y + w.z);
}

float mixed_level(float old, float cover, const BrushStroke& stroke) {
  const float goal = stroke.erase ? 0.0f : stroke.intensity;
  if (old <= goal)
    return std::max(old, cover * goal);
  return std::max(goal, std::min(old, 1 - cover * (1 - goal)));
}

} // namespace

const PaintGrid& paint_grid(PaintSheet sheet) {
  return grids[index(sheet)];
}

// --- the paint ------------------------------------------------------------------------------------------------------

bool PaintedSkin::operator==(const PaintedSkin& other) const {
  return cells_ == other.cells_ || (cells_ && other.cells_ && *cells_ == *other.cells_);
}

PaintedSkin::Cells PaintedSkin::copied() const {
  if (cells_)
    return *cells_;
  Cells cells;
  for (std::size_t i = 0; i < cells.sheets.size(); ++i)
    cells.sheets[i].resize(static_cast<std::size_t>(grids[i].rows * grids[i].columns), 0);
  return cells;
}

void PaintedSkin::keep(Cells cells) {
  const bool any = std::any_of(cells.sheets.begin(), cells.sheets.end(), [](const auto& sheet) {
    return std::any_of(sheet.begin(), sheet.end(), [](std::uint8_t level) { return level > 0; });
  });
  cells_ = any ? std::make_shared<const Cells>(std::move(cells)) : nullptr;
}

float PaintedSkin::level(PaintSheet sheet, int row, int column) const {
  const auto cell = cell_of(paint_grid(sheet), row, column);
  return cells_ && cell ? static_cast<float>(cells_->sheets[index(sheet)][*cell]) / paint_levels : 0;
}

float PaintedSkin::at(PaintSpot spot) const {
  if (!cells_)
    return 0;
  const glm::vec2 cells = cells_from_start(paint_grid(spot.sheet), spot.at) - 0.5f;
  const glm::vec2 base = glm::floor(cells), t = cells - base;
  const int row = static_cast<int>(base.x), column = static_cast<int>(base.y);
  return glm::mix(glm::mix(level(spot.sheet, row, column), level(spot.sheet, row, column + 1), t.y),
                  glm::mix(level(spot.sheet, row + 1, column), level(spot.sheet, row + 1, column + 1), t.y), t.x);
}

std::vector<PaintRun> PaintedSkin::runs() const {
  std::vector<PaintRun> out;
  if (!cells_)
    return out;
  for (std::size_t i = 0; i < cells_->sheets.size(); ++i) {
    const PaintGrid& grid = grids[i];
    for (int row = 0; row < grid.rows; ++row) {
      bool goes_on = false;
      for (int column = 0; column < grid.columns; ++column) {
        const std::uint8_t tenths = cells_->sheets[i][static_cast<std::size_t>(row * grid.columns + column)];
        if (tenths > 0 && !goes_on)
          out.push_back({{static_cast<PaintSheet>(i), grid.from + (glm::vec2(row, column) + 0.5f) * grid.step}, {}});
        if (tenths > 0)
          out.back().levels.push_back(tenths >= paint_levels ? 'a' : static_cast<char>('0' + tenths));
        goes_on = tenths > 0;
      }
    }
  }
  return out;
}

bool PaintedSkin::add(const PaintRun& run) {
  const PaintGrid& grid = paint_grid(run.from.sheet);
  const glm::vec2 cells = cells_from_start(grid, run.from.at);
  if (!(std::abs(cells.x) < 1e4f && std::abs(cells.y) < 1e4f) ||
      run.levels.find_first_not_of("0123456789a") != std::string::npos ||
      run.levels.size() > static_cast<std::size_t>(grid.columns))
    return false;
  const glm::ivec2 first(glm::floor(cells));
  const int last = first.y + static_cast<int>(run.levels.size()) - 1;
  if (run.levels.empty() || !cell_of(grid, first.x, first.y) || !cell_of(grid, first.x, last))
    return false;
  Cells kept = copied();
  for (std::size_t k = 0; k < run.levels.size(); ++k) {
    const char level = run.levels[k];
    kept.sheets[index(run.from.sheet)][*cell_of(grid, first.x, first.y + static_cast<int>(k))] =
        static_cast<std::uint8_t>(level == 'a' ? paint_levels : level - '0');
  }
  keep(std::move(kept));
  return true;
}

// --- on a leg -------------------------------------------------------------------------------------------------------

std::array<float, paint_sheet_ids.size()> sheet_shares(const SkinPlaces& places, std::size_t vertex) {
  const SkinPlace& place = places.vertices[vertex];
  float upper = 0;
  if (places.foot_length_mm > 0)
    upper = (1 - place.sole) *
            smooth_between(upper_faces_from, upper_faces_fully, places.skin->surface.normals[vertex].y) *
            smooth_between(upper_from_s, upper_fully_s, place.leg.s) *
            smooth_between(upper_from_f, upper_fully_f, place.foot.f);
  return {1 - place.sole - upper, place.sole, upper};
}

std::vector<float> painted_weights(const SkinPlaces& places, const PaintedSkin& painted) {
  std::vector<float> out(places.vertices.size(), 0.0f);
  if (painted.empty())
    return out;
  for (std::size_t v = 0; v < out.size(); ++v) {
    const SkinPlace& place = places.vertices[v];
    if (place.area_mm2 <= 0)
      continue;
    const Shares shares = sheet_shares(places, v);
    for (std::size_t i = 0; i < shares.size(); ++i)
      if (const auto sheet = static_cast<PaintSheet>(i); shares[i] > 0)
        out[v] += shares[i] * painted.at({sheet, place_on(place, sheet)});
    out[v] = std::min(out[v], 1.0f);
  }
  return out;
}

std::optional<PaintSpot> spot_of(const SkinPlaces& places, std::uint32_t triangle, glm::vec2 barycentric) {
  if (triangle >= places.skin->surface.triangles.size())
    return std::nullopt;
  const TrianglePlaces corners(places, places.skin->surface.triangles[triangle]);
  if (!corners.skin)
    return std::nullopt;
  const glm::vec3 w{1 - barycentric.x - barycentric.y, barycentric};
  PaintSheet best = PaintSheet::leg;
  for (const PaintSheet sheet : {PaintSheet::sole, PaintSheet::upper})
    if (corners.share(sheet, w) > corners.share(best, w))
      best = sheet;
  glm::vec2 at = corners.mixed(best, w);
  if (best == PaintSheet::leg)
    at.y = std::remainder(at.y, 360.0f);
  return PaintSpot{best, at};
}

std::optional<SkinPoint> skin_at(const SkinPlaces& places, PaintSpot spot) {
  const TriMesh& surface = places.skin->surface;
  if (spot.sheet != PaintSheet::leg && places.foot_length_mm <= 0)
    return std::nullopt;
  constexpr float counts = 0.3f; // of a sheet, for a vertex to be looked at
  std::size_t nearest = places.vertices.size();
  float least = std::numeric_limits<float>::max();
  for (std::size_t v = 0; v < places.vertices.size(); ++v) {
    const SkinPlace& place = places.vertices[v];
    const float away = distance_mm(places, spot, place);
    if (away < least && place.area_mm2 > 0 && sheet_shares(places, v)[index(spot.sheet)] > counts) {
      least = away;
      nearest = v;
    }
  }
  if (nearest == places.vertices.size())
    return std::nullopt;
  std::optional<SkinPoint> best;
  float best_mm = on_skin_mm;
  for (const glm::uvec3& t : surface.triangles) {
    if (t.x != nearest && t.y != nearest && t.z != nearest)
      continue;
    const TrianglePlaces corners(places, t);
    const glm::vec3 w = nearest_weights(places, corners, spot, places.vertices[nearest]);
    const float away =
        glm::length(apart_mm(places, spot.sheet, spot.at, corners.mixed(spot.sheet, w), places.vertices[nearest]));
    if (away >= best_mm)
      continue;
    best_mm = away;
    const glm::vec3 normal = w.x * surface.normals[t.x] + w.y * surface.normals[t.y] + w.z * surface.normals[t.z];
    best = SkinPoint{w.x * surface.positions[t.x] + w.y * surface.positions[t.y] + w.z * surface.positions[t.z],
                     normal / std::max(glm::length(normal), 1e-6f)};
  }
  return best;
}

// Reaches into the paint for as long as a stroke takes.
class PaintBrush {
public:
  PaintBrush(PaintedSkin& painted, const SkinPlaces& places, const BrushStroke& stroke)
      : painted_(painted), places_(places), stroke_(stroke), cells_(painted.copied()) {}

  void dab(const SkinPoint& centre) {
    const TriMesh& surface = places_.skin->surface;
    for (const glm::uvec3& t : surface.triangles) {
      const std::array corners{surface.positions[t.x], surface.positions[t.y], surface.positions[t.z]};
      Bounds box;
      for (const glm::vec3& corner : corners)
        box.add(corner);
      const glm::vec3 nearest = glm::clamp(centre.position, box.lower, box.upper);
      if (glm::distance(nearest, centre.position) < stroke_.radius_mm)
        dab_triangle(centre, t, corners);
    }
  }
  void finish() { painted_.keep(std::move(cells_)); }

private:
  void dab_triangle(const SkinPoint& centre, const glm::uvec3& t, const std::array<glm::vec3, 3>& corners) {
    const TrianglePlaces triangle(places_, t);
    if (!triangle.skin)
      return;
    const auto& normals = places_.skin->surface.normals;
    const float longest = std::max({glm::distance(corners[0], corners[1]), glm::distance(corners[1], corners[2]),
                                    glm::distance(corners[2], corners[0])});
    const int steps = std::max(1, static_cast<int>(std::ceil(longest / sample_mm)));
    for (int i = 0; i <= steps; ++i)
      for (int j = 0; i + j <= steps; ++j) {
        const glm::vec3 w = glm::vec3(steps - i - j, i, j) / static_cast<float>(steps);
        const glm::vec3 at = w.x * corners[0] + w.y * corners[1] + w.z * corners[2];
        const glm::vec3 normal = w.x * normals[t.x] + w.y * normals[t.y] + w.z * normals[t.z];
        const float cover = smooth_between(stroke_.radius_mm, 0.75f * stroke_.radius_mm,
                                           glm::distance(at, centre.position) + bins_reach_mm);
        if (cover > 0 && glm::dot(normal, centre.normal) > same_way)
          deposit(triangle, w, cover);
      }
  }
  void deposit(const TrianglePlaces& triangle, glm::vec3 w, float cover) {
    for (std::size_t i = 0; i < cells_.sheets.size(); ++i) {
      const auto sheet = static_cast<PaintSheet>(i);
      if (triangle.share(sheet, w) < least_share)
        continue;
      const glm::ivec2 at(glm::floor(cells_from_start(grids[i], triangle.mixed(sheet, w))));
      const auto cell = cell_of(grids[i], at.x, at.y);
      if (!cell)
        continue;
      const float old = static_cast<float>(cells_.sheets[i][*cell]) / paint_levels;
      cells_.sheets[i][*cell] = static_cast<std::uint8_t>(std::lround(paint_levels * mixed_level(old, cover, stroke_)));
    }
  }

  PaintedSkin& painted_;
  const SkinPlaces& places_;
  const BrushStroke& stroke_;
  PaintedSkin::Cells cells_;
};

std::size_t paint(PaintedSkin& painted, const SkinPlaces& places, std::span<const PaintSpot> spots,
                  const BrushStroke& stroke) {
  PaintBrush brush(painted, places, stroke);
  std::size_t count = 0;
  for (const PaintSpot& spot : spots)
    if (const auto centre = skin_at(places, spot)) {
      brush.dab(*centre);
      ++count;
    }
  if (count > 0)
    brush.finish();
  return count;
}

std::optional<std::vector<PaintSpot>> spots_from(PaintSheet sheet, std::span<const double> numbers, std::string& why) {
  constexpr double farthest = 1000; // degrees; levels and shares lie far below it
  std::vector<PaintSpot> spots;
  if (numbers.empty() || numbers.size() % 2 != 0)
    why = "expected pairs of numbers: level s and degrees a on the leg, f and w on the foot";
  else if (numbers.size() / 2 > most_corners)
    why = fmt::format("holds {} places, at most {} are possible", numbers.size() / 2, most_corners);
  else if (!std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::abs(x) <= farthest; }))
    why = "holds a number that is no place on a leg";
  else
    for (std::size_t i = 0; i < numbers.size(); i += 2)
      spots.push_back({sheet, {numbers[i], numbers[i + 1]}});
  return spots.empty() ? std::nullopt : std::optional(std::move(spots));
}

std::vector<PaintSpot> joined(const SkinPlaces& places, std::span<const PaintSpot> corners, float radius_mm) {
  constexpr int most_between = 400;
  std::vector<PaintSpot> out;
  for (const PaintSpot& corner : corners) {
    if (!out.empty() && out.back().sheet == corner.sheet) {
      const PaintSpot from = out.back();
      glm::vec2 by = corner.at - from.at;
      SkinPlace usual; // how wide the leg is does not matter here: more spots than needed do no harm
      usual.radius_mm = 60;
      if (corner.sheet == PaintSheet::leg)
        by.y = std::remainder(by.y, 360.0f);
      const float long_mm = glm::length(apart_mm(places, corner.sheet, from.at, from.at + by, usual));
      const auto room = static_cast<int>(most_spots - std::min(most_spots, out.size()));
      const int steps =
          std::clamp(static_cast<int>(std::ceil(long_mm / (radius_mm / 2))), 1, std::clamp(room, 1, most_between));
      for (int k = 1; k < steps; ++k)
        out.push_back({corner.sheet, from.at + by * (static_cast<float>(k) / static_cast<float>(steps))});
    }
    out.push_back(corner);
  }
  return out;
}

} // namespace calfscope
