#include "geometry/edge_splitting.h"

#include <algorithm>
#include <map>
#include <optional>

namespace calfscope {

SplitMesh split_long_edges(const TriMesh& mesh, float longest_mm, const std::function<bool(glm::vec3)>& wanted) {
  constexpr int most_passes = 6;
  SplitMesh out;
  out.kept = mesh.positions.size();
  out.triangles = mesh.triangles;
  std::vector<glm::vec3> positions = mesh.positions;
  for (int pass = 0; pass < most_passes; ++pass) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
    for (const glm::uvec3& t : out.triangles)
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t a = t[k], b = t[(k + 1) % 3];
        const glm::vec3 middle = 0.5f * (positions[a] + positions[b]);
        if (distance(positions[a], positions[b]) > longest_mm && wanted(middle) &&
            middles.emplace(std::minmax(a, b), static_cast<std::uint32_t>(positions.size())).second) {
          positions.push_back(middle);
          out.middle_of.push_back({a, b});
        }
      }
    if (middles.empty())
      break;
    std::vector<glm::uvec3> finer;
    finer.reserve(out.triangles.size() + 2 * middles.size());
    for (glm::uvec3 t : out.triangles) {
      const auto middle = [&](int k) -> std::optional<std::uint32_t> {
        const auto found = middles.find(std::minmax(t[k], t[(k + 1) % 3]));
        return found == middles.end() ? std::nullopt : std::optional(found->second);
      };
      const int count = static_cast<int>(middle(0).has_value()) + static_cast<int>(middle(1).has_value()) +
                        static_cast<int>(middle(2).has_value());
      // Turned so that the whole edge (of two halves) or the halved one (of one) comes first.
      const auto turn = [&] { t = glm::uvec3(t.y, t.z, t.x); };
      if (count == 0) {
        finer.push_back(t);
      } else if (count == 1) {
        while (!middle(0))
          turn();
        finer.emplace_back(t.x, *middle(0), t.z);
        finer.emplace_back(*middle(0), t.y, t.z);
      } else if (count == 2) {
        while (middle(0))
          turn();
        const std::uint32_t yz = *middle(1), zx = *middle(2);
        finer.emplace_back(yz, t.z, zx);
        // The shorter diagonal of what is left keeps corners wide.
        if (distance(positions[t.x], positions[yz]) < distance(positions[t.y], positions[zx])) {
          finer.emplace_back(t.x, t.y, yz);
          finer.emplace_back(t.x, yz, zx);
        } else {
          finer.emplace_back(t.x, t.y, zx);
          finer.emplace_back(t.y, yz, zx);
        }
      } else {
        const std::uint32_t xy = *middle(0), yz = *middle(1), zx = *middle(2);
        finer.emplace_back(t.x, xy, zx);
        finer.emplace_back(xy, t.y, yz);
        finer.emplace_back(zx, yz, t.z);
        finer.emplace_back(xy, yz, zx);
      }
    }
    out.triangles = std::move(finer);
  }
  return out;
}

} // namespace calfscope
