#pragma once
// Where a person says it hurts, painted on the skin. Kept in bins of (s, a) on the leg and (f, w) on the foot
// (conventions, "Space" and "Program"), never by vertex, so that it lies on another leg and on the other side as well.

#include "painmap/skin_places.h"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace calfscope {

// The leg unrolled, the sole from below, the back of the foot from above (there one level s goes half the way to the
// toes, so that (s, a) would not say where).
enum class PaintSheet : std::uint8_t { leg, sole, upper };
inline constexpr std::array<std::string_view, 3> paint_sheet_ids{"leg", "sole", "upper"};

// A place on one of them: (s, a_deg) on the leg, (f, w) on the foot.
struct PaintSpot {
  PaintSheet sheet = PaintSheet::leg;
  glm::vec2 at{0};
  bool operator==(const PaintSpot&) const = default;
};

// About 5 mm each way on a leg of usual size (design choice).
struct PaintGrid {
  int rows = 0, columns = 0;
  glm::vec2 from{0}; // lower end of the first row (s, f) and column (a, w)
  glm::vec2 step{1};
  bool round = false; // columns go all around
};
const PaintGrid& paint_grid(PaintSheet sheet);

// Bins that follow each other in a row, as files hold them: the place of the first one's middle, and a level for each
// as one character, 0 … 9 and a for ten tenths.
struct PaintRun {
  PaintSpot from;
  std::string levels;
  bool operator==(const PaintRun&) const = default;
};

inline constexpr int paint_levels = 10;

// A value that is cheap to copy.
class PaintedSkin {
public:
  bool empty() const { return !cells_; }
  bool operator==(const PaintedSkin& other) const;

  float level(PaintSheet sheet, int row, int column) const; // 0..1
  float at(PaintSpot spot) const;                           // 0..1, smoothly between the bins

  std::vector<PaintRun> runs() const; // nothing of bins without paint
  // False, and nothing changes, if it lies beside the sheet or holds other characters.
  bool add(const PaintRun& run);

private:
  friend class PaintBrush;
  struct Cells {
    std::array<std::vector<std::uint8_t>, paint_sheet_ids.size()> sheets; // tenths
    bool operator==(const Cells&) const = default;
  };
  Cells copied() const;
  void keep(Cells cells);
  std::shared_ptr<const Cells> cells_; // null without paint
};

// How much a vertex belongs to each sheet; the shares sum to 1.
std::array<float, paint_sheet_ids.size()> sheet_shares(const SkinPlaces& places, std::size_t vertex);

// One value 0..1 per vertex of this leg's skin.
std::vector<float> painted_weights(const SkinPlaces& places, const PaintedSkin& painted);

// The place of a point of the skin; nullopt on the cap at the thigh. `barycentric`: weights of corner 1 and 2.
std::optional<PaintSpot> spot_of(const SkinPlaces& places, std::uint32_t triangle, glm::vec2 barycentric);
// The point of this leg's skin at a place; nullopt if this leg has no skin within 15 mm of it.
std::optional<SkinPoint> skin_at(const SkinPlaces& places, PaintSpot spot);

struct BrushStroke {
  float radius_mm = 14;
  float intensity = 1; // 0..1
  bool erase = false;
};
inline constexpr std::size_t most_corners = 1000, most_spots = 4000; // of one stroke
inline constexpr float brush_smallest_mm = 4, brush_largest_mm = 50;

// Paints a round patch of skin around each spot. Painting the same again changes nothing; lighter paint over darker
// makes it lighter. Returns how many spots lie on this leg.
std::size_t paint(PaintedSkin& painted, const SkinPlaces& places, std::span<const PaintSpot> spots,
                  const BrushStroke& stroke);

// Pairs of numbers from a file or a script as places on a sheet; nullopt with the reason if they are none: an odd
// count, more than a person would draw, or no place that a leg could have.
std::optional<std::vector<PaintSpot>> spots_from(PaintSheet sheet, std::span<const double> numbers, std::string& why);

// Spots from corner to corner, no farther from each other than half the radius; only corners on the same sheet are
// joined. Where that would take more than `most_spots`, the corners that are left stand alone.
std::vector<PaintSpot> joined(const SkinPlaces& places, std::span<const PaintSpot> corners, float radius_mm);

} // namespace calfscope
