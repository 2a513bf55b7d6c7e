#include "geometry/scalar_grid.h"

#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {

GridFrame GridFrame::around(const Bounds& box, float step_mm, float margin_mm) {
  GridFrame frame;
  frame.step_mm = step_mm;
  if (box.empty())
    return frame;
  frame.first = glm::ivec3(glm::floor((box.lower - margin_mm) / step_mm));
  frame.size = glm::ivec3(glm::ceil((box.upper + margin_mm) / step_mm)) - frame.first + 1;
  return frame;
}

std::size_t GridFrame::node_count() const {
  return static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y) * static_cast<std::size_t>(size.z);
}

Bounds GridFrame::box() const {
  Bounds out;
  out.add(position(0, 0, 0));
  out.add(position(size.x - 1, size.y - 1, size.z - 1));
  return out;
}

float ScalarGrid::sample(glm::vec3 p) const {
  const glm::vec3 place = p / frame.step_mm - glm::vec3(frame.first);
  const glm::vec3 held = glm::clamp(place, glm::vec3(0), glm::vec3(frame.size - 1));
  const glm::ivec3 cell = glm::clamp(glm::ivec3(held), glm::ivec3(0), frame.size - 2);
  const glm::vec3 t = held - glm::vec3(cell);
  const std::size_t base = frame.index(cell.x, cell.y, cell.z);
  const std::size_t row = static_cast<std::size_t>(frame.size.x);
  const std::size_t slab = row * static_cast<std::size_t>(frame.size.y);
  const auto along_x = [&](std::size_t at) { return values[at] + t.x * (values[at + 1] - values[at]); };
  const float front0 = along_x(base);
  const float front1 = along_x(base + row);
  const float back0 = along_x(base + slab);
  const float back1 = along_x(base + slab + row);
  const float front = front0 + t.y * (front1 - front0);
  const float back = back0 + t.y * (back1 - back0);
  const float inside = front + t.z * (back - front);
  const glm::vec3 beyond = place - held;
  return inside + frame.step_mm * glm::length(beyond);
}

glm::vec3 ScalarGrid::gradient(glm::vec3 p) const {
  const float half = 0.5f * frame.step_mm;
  glm::vec3 slope(0);
  for (int axis = 0; axis < 3; ++axis) {
    glm::vec3 offset(0);
    offset[axis] = half;
    slope[axis] = (sample(p + offset) - sample(p - offset)) / frame.step_mm;
  }
  return slope;
}

ScalarGrid fill_grid(const GridFrame& frame, const std::function<float(glm::vec3)>& value) {
  ScalarGrid grid(frame);
  parallel_for(0, frame.size.z, [&](int k) {
    for (int j = 0; j < frame.size.y; ++j)
      for (int i = 0; i < frame.size.x; ++i)
        grid.at(i, j, k) = value(frame.position(i, j, k));
  });
  return grid;
}

namespace {

// Blurs `count` values that stand `stride` apart, in place.
void blur_line(float* line, int count, std::ptrdiff_t stride, const std::vector<float>& kernel,
               std::vector<float>& scratch) {
  const int radius = static_cast<int>(kernel.size()) - 1;
  scratch.resize(static_cast<std::size_t>(count + 2 * radius));
  for (int i = -radius; i < count + radius; ++i)
    scratch[static_cast<std::size_t>(i + radius)] = line[stride * std::clamp(i, 0, count - 1)];
  for (int i = 0; i < count; ++i) {
    const float* centre = scratch.data() + i + radius;
    float sum = kernel[0] * centre[0];
    for (int r = 1; r <= radius; ++r)
      sum += kernel[static_cast<std::size_t>(r)] * (centre[-r] + centre[r]);
    line[stride * i] = sum;
  }
}

} // namespace

void blur(ScalarGrid& grid, float sigma_mm) {
  const float sigma = sigma_mm / grid.frame.step_mm;
  const int radius = static_cast<int>(std::ceil(3 * sigma));
  if (radius < 1 || grid.values.empty())
    return;
  std::vector<float> kernel;
  float sum = 0;
  for (int r = 0; r <= radius; ++r) {
    kernel.push_back(std::exp(-0.5f * static_cast<float>(r * r) / (sigma * sigma)));
    sum += (r == 0 ? 1.0f : 2.0f) * kernel.back();
  }
  for (float& weight : kernel)
    weight /= sum;
  const glm::ivec3 size = grid.frame.size;
  const std::ptrdiff_t row = size.x;
  const std::ptrdiff_t slab = row * size.y;
  parallel_for(0, size.z, [&](int k) {
    std::vector<float> scratch;
    float* base = grid.values.data() + slab * k;
    for (int j = 0; j < size.y; ++j)
      blur_line(base + row * j, size.x, 1, kernel, scratch);
    for (int i = 0; i < size.x; ++i)
      blur_line(base + i, size.y, row, kernel, scratch);
  });
  parallel_for(0, size.y, [&](int j) {
    std::vector<float> scratch;
    for (int i = 0; i < size.x; ++i)
      blur_line(grid.values.data() + row * j + i, size.z, slab, kernel, scratch);
  });
}

} // namespace calfscope
