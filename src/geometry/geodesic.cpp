#include "geometry/geodesic.h"

#include <Eigen/Sparse>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

using Eigen::Index;
using Vec3 = glm::dvec3;
using Sparse = Eigen::SparseMatrix<double>;
using Solver = Eigen::SimplicialLDLT<Sparse>;

double cotangent(Vec3 a, Vec3 b) {
  const double across = glm::length(glm::cross(a, b));
  return across > 1e-12 ? glm::dot(a, b) / across : 0;
}

// Within this many mean edges of the source heat is all but a point, and the straight way over the few triangles
// between is nearer to the truth than its flow.
constexpr double straight_edges = 2.0;

// Distance at c if it is da at a and db at b and comes from a point: the triangles are laid flat, and the straight way
// from there has to pass between a and b. Infinity if it does not.
double straight_on(Vec3 a, Vec3 b, Vec3 c, double da, double db) {
  constexpr double none = std::numeric_limits<double>::infinity();
  const double ab = glm::distance(a, b);
  if (!(ab > 1e-9))
    return none;
  const Vec3 along = (b - a) / ab;
  const double cx = glm::dot(c - a, along);
  const double cy = glm::length(c - a - cx * along);
  const double sx = (da * da - db * db + ab * ab) / (2 * ab);
  const double sy2 = da * da - sx * sx;
  if (sy2 < 0 || !(cy > 1e-9))
    return none;
  const double sy = std::sqrt(sy2); // on the other side of ab
  const double crossing = sx + (cx - sx) * sy / (sy + cy);
  if (crossing < -1e-6 * ab || crossing > (1 + 1e-6) * ab)
    return none;
  return std::hypot(cx - sx, cy + sy);
}

} // namespace

struct GeodesicSolver::Matrices {
  std::vector<Vec3> positions;
  std::vector<glm::uvec3> triangles;
  std::vector<std::array<double, 3>> cotangents;  // at the corners of each triangle
  std::vector<std::vector<std::uint32_t>> around; // triangles of each vertex
  std::vector<int> piece;                         // of each vertex; -1 for a vertex without triangles
  double edge_mm = 0;
  Solver heat;
  Solver poisson;

  std::vector<float> sharpened(const std::vector<double>& rough, const std::vector<std::uint32_t>& order,
                               Vec3 source) const;
};

// Heat knows the order in which vertices are reached, but smooths what lies within a few edges and near borders.
// Walking in that order, every vertex takes the straight way on from those before it.
std::vector<float> GeodesicSolver::Matrices::sharpened(const std::vector<double>& rough,
                                                       const std::vector<std::uint32_t>& order, Vec3 source) const {
  std::vector<float> out(positions.size(), std::numeric_limits<float>::infinity());
  std::vector<bool> reached(positions.size(), false);
  for (const std::uint32_t v : order) {
    const double straight = glm::distance(positions[v], source);
    double found = std::numeric_limits<double>::infinity();
    if (straight < straight_edges * edge_mm && rough[v] < 2 * straight_edges * edge_mm) {
      found = straight;
    } else {
      for (const std::uint32_t t : around[v]) {
        const glm::uvec3 corner = triangles[t];
        const int c = corner[0] == v ? 0 : corner[1] == v ? 1 : 2;
        const std::uint32_t a = corner[(c + 1) % 3], b = corner[(c + 2) % 3];
        for (const std::uint32_t next : {a, b})
          if (reached[next])
            found = std::min(found, out[next] + glm::distance(positions[next], positions[v]));
        if (reached[a] && reached[b])
          found = std::min(found, straight_on(positions[a], positions[b], positions[v], out[a], out[b]));
      }
      if (!std::isfinite(found))
        found = rough[v];
    }
    // No way along the surface is shorter than the straight one.
    out[v] = static_cast<float>(std::max(straight, found));
    reached[v] = true;
  }
  return out;
}

GeodesicSolver::GeodesicSolver(std::unique_ptr<Matrices> matrices) : matrices_(std::move(matrices)) {}
GeodesicSolver::~GeodesicSolver() = default;
GeodesicSolver::GeodesicSolver(GeodesicSolver&&) noexcept = default;
GeodesicSolver& GeodesicSolver::operator=(GeodesicSolver&&) noexcept = default;

std::optional<GeodesicSolver> GeodesicSolver::make(const TriMesh& mesh) {
  if (mesh.triangles.empty())
    return std::nullopt;
  auto out = std::make_unique<Matrices>();
  out->positions.assign(mesh.positions.begin(), mesh.positions.end());
  out->triangles = mesh.triangles;
  out->piece.assign(mesh.positions.size(), -1);
  out->around.resize(mesh.positions.size());
  const std::vector<int> piece = connected_pieces(mesh);

  const auto count = static_cast<Index>(mesh.positions.size());
  std::vector<Eigen::Triplet<double>> stiffness;
  Eigen::VectorXd mass = Eigen::VectorXd::Constant(count, 1e-9);
  double edges_mm = 0;
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    const glm::uvec3 corner = mesh.triangles[t];
    const std::array<Vec3, 3> p{out->positions[corner[0]], out->positions[corner[1]], out->positions[corner[2]]};
    const double area = glm::length(glm::cross(p[1] - p[0], p[2] - p[0])) / 2;
    std::array<double, 3> cot{};
    for (int c = 0; c < 3; ++c) {
      const int n = (c + 1) % 3, o = (c + 2) % 3;
      cot[static_cast<std::size_t>(c)] = cotangent(p[n] - p[c], p[o] - p[c]);
      const auto i = static_cast<Index>(corner[n]), j = static_cast<Index>(corner[o]);
      const double w = cot[static_cast<std::size_t>(c)] / 2;
      stiffness.emplace_back(i, j, -w);
      stiffness.emplace_back(j, i, -w);
      stiffness.emplace_back(i, i, w);
      stiffness.emplace_back(j, j, w);
      mass[static_cast<Index>(corner[c])] += area / 3;
      out->piece[corner[c]] = piece[t];
      out->around[corner[c]].push_back(static_cast<std::uint32_t>(t));
      edges_mm += glm::distance(p[n], p[o]);
    }
    out->cotangents.push_back(cot);
  }
  out->edge_mm = edges_mm / (3.0 * static_cast<double>(mesh.triangles.size()));

  Sparse laplacian(count, count);
  laplacian.setFromTriplets(stiffness.begin(), stiffness.end());
  Sparse masses(count, count);
  masses.reserve(Eigen::VectorXi::Constant(count, 1));
  for (Index i = 0; i < count; ++i)
    masses.insert(i, i) = mass[i];
  const double time = out->edge_mm * out->edge_mm; // the authors' choice
  out->heat.compute(masses + time * laplacian);
  // A breath of mass makes the second matrix invertible; it changes distances by far less than a thousandth.
  out->poisson.compute(laplacian + 1e-10 * masses);
  if (out->heat.info() != Eigen::Success || out->poisson.info() != Eigen::Success)
    return std::nullopt;
  return GeodesicSolver(std::move(out));
}

std::vector<float> GeodesicSolver::distances_mm(std::uint32_t triangle, glm::vec3 position) const {
  const Matrices& m = *matrices_;
  const auto count = static_cast<Index>(m.positions.size());
  const glm::uvec3 source = m.triangles[triangle];
  const Vec3 at(position);
  const std::array<Vec3, 3> p{m.positions[source[0]], m.positions[source[1]], m.positions[source[2]]};
  const Vec3 normal = glm::cross(p[1] - p[0], p[2] - p[0]);
  const double twice_area = std::max(glm::length(normal), 1e-12);
  std::array<double, 3> share{};
  double sum = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    const std::size_t n = (c + 1) % 3, o = (c + 2) % 3;
    share[c] = std::max(0.0, glm::dot(glm::cross(p[n] - at, p[o] - at), normal) / (twice_area * twice_area));
    sum += share[c];
  }
  Eigen::VectorXd spark = Eigen::VectorXd::Zero(count);
  for (std::size_t c = 0; c < 3; ++c)
    spark[static_cast<Index>(source[static_cast<int>(c)])] += sum > 0 ? share[c] / sum : 1.0 / 3;
  const Eigen::VectorXd heat = m.heat.solve(spark);

  // Divergence of the unit field that points away from the heat.
  Eigen::VectorXd divergence = Eigen::VectorXd::Zero(count);
  for (std::size_t t = 0; t < m.triangles.size(); ++t) {
    const glm::uvec3 corner = m.triangles[t];
    const std::array<Vec3, 3> q{m.positions[corner[0]], m.positions[corner[1]], m.positions[corner[2]]};
    const Vec3 up = glm::cross(q[1] - q[0], q[2] - q[0]);
    Vec3 slope(0);
    // Far away the heat is tiny; only its ratios count.
    const double largest =
        std::max({std::abs(heat[static_cast<Index>(corner[0])]), std::abs(heat[static_cast<Index>(corner[1])]),
                  std::abs(heat[static_cast<Index>(corner[2])]), 1e-300});
    for (int c = 0; c < 3; ++c)
      slope += heat[static_cast<Index>(corner[c])] / largest * glm::cross(up, q[(c + 2) % 3] - q[(c + 1) % 3]);
    const double length = glm::length(slope);
    if (!(length > 0))
      continue;
    const Vec3 flow = -slope / length;
    for (int c = 0; c < 3; ++c) {
      const int n = (c + 1) % 3, o = (c + 2) % 3;
      divergence[static_cast<Index>(corner[c])] +=
          0.5 * (m.cotangents[t][static_cast<std::size_t>(o)] * glm::dot(q[n] - q[c], flow) +
                 m.cotangents[t][static_cast<std::size_t>(n)] * glm::dot(q[o] - q[c], flow));
    }
  }
  const Eigen::VectorXd potential = m.poisson.solve(-divergence);

  // The level of the source: from the ring of vertices about three edges away, whose straight distance is known.
  double level = 0, weight = 0;
  for (Index i = 0; i < count; ++i) {
    const auto v = static_cast<std::size_t>(i);
    const double straight = glm::distance(m.positions[v], at);
    if (m.piece[v] != m.piece[source[0]] || straight > 4 * m.edge_mm)
      continue;
    const double w = straight < 1.5 * m.edge_mm ? 0.05 : 1.0;
    level += w * (potential[i] - straight);
    weight += w;
  }
  level = weight > 0 ? level / weight : potential[static_cast<Index>(source[0])];

  std::vector<double> rough(m.positions.size(), std::numeric_limits<double>::infinity());
  std::vector<std::uint32_t> order;
  for (std::size_t v = 0; v < rough.size(); ++v) {
    if (m.piece[v] != m.piece[source[0]])
      continue;
    rough[v] = std::max(potential[static_cast<Index>(v)] - level, 0.0);
    order.push_back(static_cast<std::uint32_t>(v));
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return rough[a] < rough[b]; });
  return m.sharpened(rough, order, at);
}

} // namespace calfscope
