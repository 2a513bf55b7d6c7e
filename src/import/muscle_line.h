#pragma once
// The line through the middle of a muscle, how thick the muscle is along it, and directions across it.

#include "geometry/trimesh.h"

#include <algorithm>
#include <vector>

namespace calfscope {

// The muscle's centre line: a point per bin of equally many vertices, from the proximal end on.
struct CentreLine {
  std::vector<double> level; // harmonic value in the middle of each bin, rising
  std::vector<glm::vec3> point;
  std::vector<float> way; // 0 .. 1 along the line
  std::vector<float> area_mm2;
  float length_mm = 0;

  // Value of a list at a harmonic level, linear between the bins.
  template <typename T>
  T at(const std::vector<T>& list, double value) const {
    const auto after = std::lower_bound(level.begin(), level.end(), value);
    if (after == level.begin())
      return list.front();
    if (after == level.end())
      return list.back();
    const auto i = static_cast<std::size_t>(after - level.begin());
    const double step = level[i] - level[i - 1];
    const auto t = static_cast<float>(step > 0 ? (value - level[i - 1]) / step : 0.0);
    return list[i - 1] + t * (list[i] - list[i - 1]);
  }
};

// `value` rises over the vertices of the mesh from 0 at the proximal end.
CentreLine centre_line(const TriMesh& mesh, const std::vector<double>& value);

// Section areas as the tendon sees them: the belly reaches to its last thick section, so that a narrow place inside it
// is no tendon; beyond, areas only fall, so that an insertion that fans out is no belly. `cut`: the proximal end was
// cut off, and the belly goes on there.
std::vector<float> falling_from_belly(std::vector<float> area, bool cut);

// Two directions across the line at each bin, the first of which turns as little as possible from bin to bin.
struct Frames {
  std::vector<glm::vec3> first;
  std::vector<glm::vec3> second;
};

// `run`: unit, the way the muscle runs as a whole.
Frames frames_along(const CentreLine& line, glm::vec3 run);

} // namespace calfscope
