#pragma once
// Fields of the other declared bodies: melted ellipsoids and cords.

#include "author/description.h"
#include "geometry/scalar_grid.h"

#include <functional>
#include <span>

namespace calfscope {

class EllipsoidField {
public:
  explicit EllipsoidField(const EllipsoidUnion& shape);
  float at(glm::vec3 p) const; // first order distance, mm
  Bounds bounds() const;

private:
  struct Part {
    glm::vec3 centre;
    glm::vec3 radii;
    glm::mat3 to_axes;
  };
  float blend_;
  std::vector<Part> parts_;
};

// A cord resolved into short straight pieces.
class CordPath {
public:
  struct Station {
    glm::vec3 position{0};
    glm::vec3 tangent{0, -1, 0};
    glm::vec3 thin{0, 0, 1}; // unit, the direction of the half thickness
    float half_width = 1, half_thickness = 1;
    float along_mm = 0; // from the first point
  };

  // `lead` is put before the declared points (a belly's own thin end). Points of `off_bones` cords are moved out of the
  // bones; `bones` may be null.
  CordPath(const Cord& cord, std::span<const CordPoint> lead, const ScalarGrid* bones);

  // Moves every station but the first and the last, then smooths the line.
  void move(std::span<const glm::vec3> ways);
  // Moves the line to lie depth_mm under the skin, its flat side to it.
  void settle_under(const ScalarGrid& skin, float depth_mm);
  // The same between skin and flesh: where the fat is too thin for it the line rises and is flattened.
  void settle_in_fat(const ScalarGrid& skin, const ScalarGrid& flesh, float depth_mm);

  const std::vector<Station>& stations() const { return stations_; }
  float length_mm() const { return stations_.back().along_mm; }
  Bounds bounds() const;
  // Lowers the grid's values to the distance from the cord, within reach_mm of it.
  void add_to(ScalarGrid& grid, float reach_mm) const;
  // Nearest station to a point.
  const Station& nearest(glm::vec3 p) const;

private:
  void measure();
  void face(const std::function<glm::vec3(glm::vec3)>& thin_direction);

  std::vector<Station> stations_;
};

} // namespace calfscope
