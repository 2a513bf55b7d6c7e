#include "import/muscle_line.h"

#include <cmath>
#include <numeric>

namespace calfscope {

CentreLine centre_line(const TriMesh& mesh, const std::vector<double>& value) {
  constexpr std::size_t bins = 40; // along the muscle
  CentreLine line;
  std::vector<std::uint32_t> order;
  std::vector<double> middle(mesh.triangles.size());
  for (std::uint32_t i = 0; i < middle.size(); ++i) {
    const glm::uvec3 t = mesh.triangles[i];
    middle[i] = (value[t.x] + value[t.y] + value[t.z]) / 3;
    if (middle[i] > 0) // the rest is the proximal end itself, or the flat cap of a cut
      order.push_back(i);
  }
  if (order.size() < 2) { // a mesh that is all end
    order.resize(middle.size());
    std::iota(order.begin(), order.end(), 0u);
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return middle[a] < middle[b]; });
  const std::size_t count = std::min(bins, std::max<std::size_t>(order.size() / 8, 2));
  struct Bin {
    glm::dvec3 moment{0};
    double area = 0;
    double level = 0;
    std::vector<std::uint32_t> triangles;
  };
  std::vector<Bin> all(count);
  for (std::size_t n = 0; n < order.size(); ++n) {
    const glm::uvec3 t = mesh.triangles[order[n]];
    Bin& bin = all[n * count / order.size()];
    const glm::vec3 a = mesh.positions[t.x];
    const double area =
        static_cast<double>(glm::length(glm::cross(mesh.positions[t.y] - a, mesh.positions[t.z] - a)) / 2 + 1e-9f);
    bin.moment += area * glm::dvec3(a + mesh.positions[t.y] + mesh.positions[t.z]) / 3.0;
    bin.level += area * middle[order[n]];
    bin.area += area;
    bin.triangles.push_back(order[n]);
  }
  for (const Bin& bin : all) {
    line.point.emplace_back(bin.moment / bin.area);
    line.level.push_back(bin.level / bin.area);
  }
  for (int round = 0; round < 6; ++round) {
    const auto before = line.point;
    for (std::size_t i = 1; i + 1 < count; ++i)
      line.point[i] = 0.25f * before[i - 1] + 0.5f * before[i] + 0.25f * before[i + 1];
  }
  line.way.assign(count, 0.0f);
  for (std::size_t i = 1; i < count; ++i)
    line.way[i] = line.way[i - 1] + glm::distance(line.point[i], line.point[i - 1]);
  line.length_mm = std::max(line.way.back(), 1e-3f);
  for (float& way : line.way)
    way /= line.length_mm;
  // Area of the section by the theorem of Gauss in its plane: half the sum of (p - c) . n over the bin's strip of
  // surface, divided by the strip's width.
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = i > 0 ? i - 1 : 0;
    const std::size_t to = std::min(i + 1, count - 1);
    const glm::vec3 along = glm::normalize(line.point[to] - line.point[from] + glm::vec3(1e-6f));
    const float width = glm::distance(line.point[to], line.point[from]) / static_cast<float>(to - from);
    double sum = 0;
    for (const std::uint32_t index : all[i].triangles) {
      const glm::uvec3 t = mesh.triangles[index];
      const glm::vec3 a = mesh.positions[t.x];
      const glm::vec3 normal = glm::cross(mesh.positions[t.y] - a, mesh.positions[t.z] - a) * 0.5f;
      glm::vec3 arm = (a + mesh.positions[t.y] + mesh.positions[t.z]) / 3.0f - line.point[i];
      arm -= glm::dot(arm, along) * along;
      sum += static_cast<double>(glm::dot(arm, normal)) / 2;
    }
    line.area_mm2.push_back(static_cast<float>(std::max(sum, 0.0)) / std::max(width, 0.1f));
  }
  return line;
}

std::vector<float> falling_from_belly(std::vector<float> area, bool cut) {
  constexpr float thick = 0.4f; // of the largest section
  constexpr int widest_gap = 3; // sections; a thick one further out is another thing (slips spread over the toes)
  const auto most = std::max_element(area.begin(), area.end());
  if (most == area.end())
    return area;
  const float largest = *most;
  const auto count = static_cast<std::ptrdiff_t>(area.size());
  const auto edge_of_belly = [&](std::ptrdiff_t step) {
    std::ptrdiff_t edge = most - area.begin();
    int gap = 0;
    for (std::ptrdiff_t i = edge + step; i >= 0 && i < count && gap <= widest_gap; i += step) {
      const bool is_thick = area[static_cast<std::size_t>(i)] >= thick * largest;
      gap = is_thick ? 0 : gap + 1;
      if (is_thick)
        edge = i;
    }
    return edge;
  };
  const std::ptrdiff_t first = cut ? 0 : edge_of_belly(-1);
  const std::ptrdiff_t last = edge_of_belly(1);
  std::fill(area.begin() + first, area.begin() + last + 1, largest);
  for (auto i = static_cast<std::size_t>(last) + 1; i < area.size(); ++i)
    area[i] = std::min(area[i], area[i - 1]);
  for (auto i = static_cast<std::size_t>(first); i-- > 0;)
    area[i] = std::min(area[i], area[i + 1]);
  return area;
}

Frames frames_along(const CentreLine& line, glm::vec3 run) {
  Frames frames;
  const glm::vec3 wish = std::abs(run.y) > 0.5f ? glm::vec3(0, 0, -1) : glm::vec3(0, -1, 0);
  glm::vec3 current = wish;
  for (std::size_t i = 0; i < line.point.size(); ++i) {
    const std::size_t from = i > 0 ? i - 1 : 0;
    const std::size_t to = std::min(i + 1, line.point.size() - 1);
    const glm::vec3 along = glm::normalize(line.point[to] - line.point[from] + glm::vec3(1e-6f));
    const glm::vec3 next = current - glm::dot(current, along) * along;
    if (glm::length(next) > 1e-3f)
      current = glm::normalize(next);
    frames.first.push_back(current);
    frames.second.push_back(glm::cross(along, current));
  }
  return frames;
}

} // namespace calfscope
