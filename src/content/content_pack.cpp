#include "content/content_pack.h"

#include <algorithm>

namespace calfscope {
namespace {

template <typename T>
const T* found(const std::vector<T>& list, std::string_view id) {
  const auto it = std::find_if(list.begin(), list.end(), [&](const T& entry) { return entry.id == id; });
  return it == list.end() ? nullptr : &*it;
}

} // namespace

const TriggerPoint* ContentPack::point(std::string_view wanted) const {
  return found(points, wanted);
}
const Region* ContentPack::region(std::string_view wanted) const {
  return found(regions, wanted);
}
const RegionUnion* ContentPack::region_union(std::string_view wanted) const {
  return found(unions, wanted);
}
const Source* ContentPack::source(std::string_view wanted) const {
  return found(sources, wanted);
}
const LookAlike* ContentPack::look_alike(std::string_view wanted) const {
  return found(look_alikes, wanted);
}
const MuscleFacts* ContentPack::muscle(std::string_view wanted) const {
  return found(muscles, wanted);
}
const NoPressZone* ContentPack::zone(std::string_view wanted) const {
  return found(zones, wanted);
}
const Technique* ContentPack::technique(std::string_view wanted) const {
  return found(techniques, wanted);
}
const Tool* ContentPack::tool(std::string_view wanted) const {
  return found(tools, wanted);
}

std::vector<const Region*> ContentPack::regions_named(std::string_view wanted) const {
  std::vector<const Region*> out;
  if (const Region* one = region(wanted))
    out.push_back(one);
  else if (const RegionUnion* several = region_union(wanted))
    for (const std::string& part : several->of)
      if (const Region* member = region(part))
        out.push_back(member);
  return out;
}

const std::string& ContentPack::say(std::string_view key, Audience audience) const {
  const std::string variant = std::string(key) + "." + std::string(audience_ids[static_cast<std::size_t>(audience)]);
  return text.has(variant) ? text(variant) : text(key);
}

} // namespace calfscope
