#include "geometry/soft_lattice.h"

#include "geometry/parallel.h"

#include <Eigen/SparseCholesky>
#include <glm/gtc/quaternion.hpp>

#include <algorithm>
#include <array>

namespace calfscope {
namespace {

// Slopes of the eight trilinear shape functions at a place of the unit cell.
using Slopes = std::array<glm::vec3, 8>;
Slopes slopes_at(glm::vec3 u) {
  Slopes out;
  for (int n = 0; n < 8; ++n) {
    const glm::vec3 high(n & 1, (n >> 1) & 1, n >> 2);
    const glm::vec3 value = glm::mix(1.0f - u, u, high);
    const glm::vec3 rate = 2.0f * high - 1.0f;
    out[static_cast<std::size_t>(n)] = {rate.x * value.y * value.z, value.x * rate.y * value.z,
                                        value.x * value.y * rate.z};
  }
  return out;
}

// The rotation nearest to `f`, starting from a good guess.
void turn_towards(const glm::mat3& f, glm::quat& q) {
  for (int round = 0; round < 4; ++round) {
    const glm::mat3 r = glm::mat3_cast(q);
    const glm::vec3 torque = glm::cross(r[0], f[0]) + glm::cross(r[1], f[1]) + glm::cross(r[2], f[2]);
    const float pull = std::abs(glm::dot(r[0], f[0]) + glm::dot(r[1], f[1]) + glm::dot(r[2], f[2])) + 1e-6f;
    const glm::vec3 turn = torque / pull;
    const float angle = glm::length(turn);
    if (angle < 1e-5f)
      return;
    q = glm::normalize(glm::angleAxis(angle, turn / angle) * q);
  }
}

// The nearest matrix of volume 1, nearly.
glm::mat3 of_volume_one(glm::mat3 f) {
  for (int round = 0; round < 3; ++round) {
    const glm::mat3 cofactor(glm::cross(f[1], f[2]), glm::cross(f[2], f[0]), glm::cross(f[0], f[1]));
    const float size =
        glm::dot(cofactor[0], cofactor[0]) + glm::dot(cofactor[1], cofactor[1]) + glm::dot(cofactor[2], cofactor[2]);
    const float excess = glm::dot(f[0], cofactor[0]) - 1;
    if (size < 1e-6f)
      return f;
    f -= (excess / size) * cofactor;
  }
  return f;
}

} // namespace

struct SoftLattice::Body {
  using Corners = std::array<std::uint32_t, 8>;
  std::vector<Corners> cells;
  std::vector<std::array<glm::quat, 8>> turns;
  std::vector<std::array<glm::vec3, 8>> pull;         // of a cell on its corners
  std::vector<std::int32_t> unknown;                  // per node; -1: held or in no cell
  std::vector<std::array<std::uint32_t, 8>> cells_of; // per unknown: cell * 8 + corner, +1; 0: none
  std::vector<std::uint32_t> node_of;
  std::array<Slopes, 8> slopes;
  Slopes middle;
  std::array<std::array<float, 8>, 8> stiffness{};
  float firmness = 1, step = 1;
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> solver;

  glm::mat3 gradient(const std::array<glm::vec3, 8>& at, const Slopes& slope) const {
    glm::mat3 f(0);
    for (std::size_t n = 0; n < 8; ++n)
      for (int axis = 0; axis < 3; ++axis)
        f[axis] += at[n] * slope[n][axis];
    return f / step;
  }

  void pull_of(std::size_t c, const std::vector<glm::vec3>& places) {
    std::array<glm::vec3, 8> at;
    for (std::size_t n = 0; n < 8; ++n)
      at[n] = places[cells[c][n]];
    auto& out = pull[c];
    out.fill(glm::vec3(0));
    for (std::size_t g = 0; g < 8; ++g) {
      turn_towards(gradient(at, slopes[g]), turns[c][g]);
      const glm::mat3 r = glm::mat3_cast(turns[c][g]) * (step / 8);
      for (std::size_t n = 0; n < 8; ++n)
        out[n] += r * slopes[g][n];
    }
    const glm::mat3 p = of_volume_one(gradient(at, middle)) * (firmness * step);
    for (std::size_t n = 0; n < 8; ++n)
      out[n] += p * middle[n];
    for (std::size_t n = 0; n < 8; ++n)
      for (std::size_t m = 0; m < 8; ++m)
        if (unknown[cells[c][m]] < 0)
          out[n] -= stiffness[n][m] * at[m];
  }
};

SoftLattice::SoftLattice(const GridFrame& frame, std::span<const std::uint8_t> used, std::span<const std::uint8_t> held,
                         float firmness)
    : body_(std::make_unique<Body>()) {
  Body& body = *body_;
  body.firmness = firmness;
  body.step = frame.step_mm;
  const float near = 0.5f - 0.5f / std::sqrt(3.0f);
  for (std::size_t g = 0; g < 8; ++g) {
    const glm::vec3 corner(g & 1, (g >> 1) & 1, g >> 2);
    body.slopes[g] = slopes_at(glm::mix(glm::vec3(near), glm::vec3(1 - near), corner));
  }
  body.middle = slopes_at(glm::vec3(0.5f));
  for (std::size_t n = 0; n < 8; ++n)
    for (std::size_t m = 0; m < 8; ++m) {
      float sum = firmness * glm::dot(body.middle[n], body.middle[m]);
      for (std::size_t g = 0; g < 8; ++g)
        sum += glm::dot(body.slopes[g][n], body.slopes[g][m]) / 8;
      body.stiffness[n][m] = sum;
    }
  body.unknown.assign(frame.node_count(), -1);
  for (int k = 0; k + 1 < frame.size.z; ++k)
    for (int j = 0; j + 1 < frame.size.y; ++j)
      for (int i = 0; i + 1 < frame.size.x; ++i) {
        if (!used[frame.index(i, j, k)])
          continue;
        Body::Corners cell;
        bool any = false;
        for (int n = 0; n < 8; ++n) {
          cell[static_cast<std::size_t>(n)] =
              static_cast<std::uint32_t>(frame.index(i + (n & 1), j + ((n >> 1) & 1), k + (n >> 2)));
          any = any || !held[cell[static_cast<std::size_t>(n)]];
        }
        if (any)
          body.cells.push_back(cell);
      }
  for (std::size_t c = 0; c < body.cells.size(); ++c)
    for (std::size_t n = 0; n < 8; ++n) {
      const std::uint32_t node = body.cells[c][n];
      if (held[node])
        continue;
      if (body.unknown[node] < 0) {
        body.unknown[node] = static_cast<std::int32_t>(body.node_of.size());
        body.node_of.push_back(node);
        body.cells_of.push_back({});
      }
      body.cells_of[static_cast<std::size_t>(body.unknown[node])][n] = static_cast<std::uint32_t>(c * 8 + n + 1);
    }
  body.turns.resize(body.cells.size());
  for (auto& turns : body.turns)
    turns.fill(glm::quat(1, 0, 0, 0));
  body.pull.resize(body.cells.size());
  std::vector<Eigen::Triplet<double>> entries;
  for (const Body::Corners& cell : body.cells)
    for (std::size_t n = 0; n < 8; ++n)
      for (std::size_t m = 0; m < 8; ++m)
        if (body.unknown[cell[n]] >= 0 && body.unknown[cell[m]] >= 0 && body.unknown[cell[n]] >= body.unknown[cell[m]])
          entries.emplace_back(body.unknown[cell[n]], body.unknown[cell[m]], static_cast<double>(body.stiffness[n][m]));
  const auto count = static_cast<Eigen::Index>(body.node_of.size());
  Eigen::SparseMatrix<double> matrix(count, count);
  matrix.setFromTriplets(entries.begin(), entries.end());
  if (count > 0)
    body.solver.compute(matrix);
}

SoftLattice::~SoftLattice() = default;

void SoftLattice::settle(std::vector<glm::vec3>& places, int rounds,
                         const std::function<glm::vec3(std::size_t node, glm::vec3 place)>& allowed) {
  Body& body = *body_;
  const auto count = static_cast<Eigen::Index>(body.node_of.size());
  if (count == 0)
    return;
  Eigen::MatrixXd pull(count, 3), found(count, 3);
  constexpr int block = 256;
  for (int round = 0; round < rounds; ++round) {
    parallel_for(0, (static_cast<int>(body.cells.size()) + block - 1) / block, [&](int b) {
      const std::size_t end = std::min(body.cells.size(), static_cast<std::size_t>(b + 1) * block);
      for (std::size_t c = static_cast<std::size_t>(b) * block; c < end; ++c)
        body.pull_of(c, places);
    });
    for (Eigen::Index u = 0; u < count; ++u) {
      glm::vec3 sum(0);
      for (const std::uint32_t entry : body.cells_of[static_cast<std::size_t>(u)])
        if (entry > 0)
          sum += body.pull[(entry - 1) / 8][(entry - 1) % 8];
      for (int axis = 0; axis < 3; ++axis)
        pull(u, axis) = static_cast<double>(sum[axis]);
    }
    parallel_for(0, 3, [&](int axis) { found.col(axis) = body.solver.solve(pull.col(axis)); });
    for (Eigen::Index u = 0; u < count; ++u) {
      const std::size_t node = body.node_of[static_cast<std::size_t>(u)];
      places[node] = allowed(node, glm::vec3(found(u, 0), found(u, 1), found(u, 2)));
    }
  }
}

} // namespace calfscope
