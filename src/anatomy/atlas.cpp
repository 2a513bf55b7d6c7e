#include "anatomy/atlas.h"

#include <algorithm>

namespace calfscope {
namespace {

template <typename List>
int position_of(const List& list, std::string_view id) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.id == id; });
  return found == list.end() ? -1 : static_cast<int>(found - list.begin());
}

} // namespace

int Atlas::index_of(std::string_view structure_id) const {
  return position_of(structures, structure_id);
}

const Structure* Atlas::find(std::string_view structure_id) const {
  const int index = index_of(structure_id);
  return index < 0 ? nullptr : &structures[static_cast<std::size_t>(index)];
}

std::optional<glm::vec3> Atlas::landmark(std::string_view landmark_id) const {
  const int index = position_of(landmarks, landmark_id);
  if (index < 0)
    return std::nullopt;
  return landmarks[static_cast<std::size_t>(index)].position_mm;
}

int Atlas::segment_index(std::string_view segment_id) const {
  return position_of(segments, segment_id);
}

Bounds bounds_of(const Atlas& atlas) {
  Bounds bounds;
  for (const Structure& structure : atlas.structures)
    bounds.add(bounds_of(structure.mesh->surface));
  return bounds;
}

} // namespace calfscope
