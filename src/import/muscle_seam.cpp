#include "import/muscle_fibres.h"

#include <algorithm>
#include <map>

namespace calfscope {

void split_seam(SurfaceMesh& mesh) {
  if (mesh.muscle_place.empty())
    return;
  std::map<std::uint32_t, std::uint32_t> doubled; // vertex beyond the seam -> its copy one turn further
  const auto copy = [&](std::uint32_t vertex) {
    const auto [found, is_new] = doubled.emplace(vertex, static_cast<std::uint32_t>(mesh.surface.positions.size()));
    if (!is_new)
      return found->second;
    const auto repeat = [vertex](auto& list) {
      if (!list.empty())
        list.push_back(list[vertex]);
    };
    repeat(mesh.surface.positions);
    repeat(mesh.surface.normals);
    repeat(mesh.fibre);
    repeat(mesh.muscle_place);
    repeat(mesh.shares);
    repeat(mesh.binding);
    repeat(mesh.bends);
    mesh.muscle_place.back().x += 1;
    return found->second;
  };
  for (glm::uvec3& t : mesh.surface.triangles) {
    const float highest = std::max({mesh.muscle_place[t.x].x, mesh.muscle_place[t.y].x, mesh.muscle_place[t.z].x});
    for (int k = 0; k < 3; ++k)
      if (mesh.muscle_place[t[k]].x < highest - 0.5f)
        t[k] = copy(t[k]);
  }
}

} // namespace calfscope
