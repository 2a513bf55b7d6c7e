#include "content/lookup.h"

#include "geometry/scalar_grid.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float least_overlap = 0.02f;

bool tells_apart(const TellingTest& test, const std::string& a, const std::string& b) {
  const auto group_of = [&](const std::string& id) {
    return std::find_if(test.separates.begin(), test.separates.end(), [&](const std::vector<std::string>& group) {
      return std::find(group.begin(), group.end(), id) != group.end();
    });
  };
  const auto first = group_of(a), second = group_of(b);
  return first != test.separates.end() && second != test.separates.end() && first != second;
}

} // namespace

LookupResult look_up(const BoundContent& content, const std::vector<float>& painted,
                     const std::vector<std::string>& layers) {
  LookupResult out;
  const ContentPack& pack = content.pack();
  const auto add = [&](const std::string& id, bool look_alike, const std::vector<float>& weights) {
    const PainOverlap overlap = overlap_of(content.places(), painted, weights);
    if (overlap.explained >= least_overlap)
      out.entries.push_back({id, look_alike, overlap});
  };
  for (const TriggerPoint& point : pack.points)
    if (std::find(layers.begin(), layers.end(), point.layer) != layers.end())
      if (const PainMap* map = content.pain_map(point.id))
        add(point.id, false, map_weights(*map));
  for (const LookAlike& other : pack.look_alikes)
    add(other.id, true, content.look_alike_weights(other));
  std::stable_sort(out.entries.begin(), out.entries.end(),
                   [](const LookupEntry& a, const LookupEntry& b) { return a.overlap.score > b.overlap.score; });
  if (out.entries.empty())
    return out;
  out.unexplained = 1 - out.entries.front().overlap.explained;
  if (out.entries.size() > 1)
    for (const TellingTest& test : pack.tests)
      if (tells_apart(test, out.entries[0].id, out.entries[1].id)) {
        out.telling_test = test.id;
        break;
      }
  return out;
}

std::vector<float> painted_regions(const BoundContent& content, const std::vector<std::string>& regions) {
  std::vector<float> out(content.places().vertices.size(), 0.0f);
  for (const std::string& id : regions) {
    const std::vector<float> weights = content.region_weights_of(id);
    for (std::size_t v = 0; v < out.size(); ++v)
      out[v] = std::max(out[v], weights[v]);
  }
  return out;
}

std::vector<float> painted_at(const BoundContent& content, LegPlace place, float radius_mm) {
  const SkinPlaces& places = content.places();
  std::vector<float> out(places.vertices.size(), 0.0f);
  for (std::size_t v = 0; v < out.size(); ++v) {
    const SkinPlace& at = places.vertices[v];
    const float along = (at.leg.s - place.s) * places.length_mm;
    const float around = glm::radians(std::remainder(at.leg.a_deg - place.a_deg, 360.0f)) * at.radius_mm;
    if (at.area_mm2 > 0)
      out[v] = (1 - at.sole) * smooth_between(radius_mm, radius_mm * 0.6f, std::hypot(along, around));
  }
  return out;
}

} // namespace calfscope
