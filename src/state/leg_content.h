#pragma once
// What trigger points look like on the leg that is shown: their bodies and the fields that are painted on its skin.
// Made once per leg, side and content pack; fields are worked out when first asked for and then kept.

#include "content/bind.h"
#include "content/lookup.h"
#include "painmap/painted_skin.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace calfscope {

// A painted skin: frame/frame.h, SurfaceOverlay::field.
using SkinField = std::shared_ptr<const std::vector<glm::vec4>>;

struct PointBodies {
  std::shared_ptr<const SurfaceMesh> core; // the pea-sized spot
  std::shared_ptr<const SurfaceMesh> band; // the taut band it sits in
  std::shared_ptr<const SurfaceMesh> halo; // how sure its place is
};

// Where a person says it hurts: by the names of regions, and painted.
struct Hurting {
  std::set<std::string, std::less<>> regions;
  PaintedSkin painted;
  bool empty() const { return regions.empty() && painted.empty(); }
  bool operator==(const Hurting&) const = default;
};

struct StageCache; // technique_state.h

class LegContent {
public:
  explicit LegContent(std::shared_ptr<const BoundContent> bound);

  const BoundContent& bound() const { return *bound_; }
  const ContentPack& pack() const { return bound_->pack(); }
  const PointBodies& bodies(std::size_t point) const { return bodies_[point]; } // as in the pack

  // Not for several threads at once. An id that has no map gives a field without pain.
  SkinField field_of_point(const std::string& point) const;
  // Where it hurts: x what the entry compared with is felt at as well, y what it is not.
  SkinField field_of_pain(const Hurting& hurting, const std::string& compared_with) const;
  const LookupResult& looked_up(const Hurting& hurting, bool neighbours) const;

  // Of the technique that is shown. Not for several threads at once.
  StageCache& stage_cache() const { return *stage_cache_; }

private:
  std::shared_ptr<StageCache> stage_cache_;
  SkinField kept(const std::string& key, std::vector<glm::vec4> field) const;

  std::shared_ptr<const BoundContent> bound_;
  std::vector<PointBodies> bodies_;
  mutable std::map<std::string, SkinField> fields_;
  const std::vector<float>& weights_of(const Hurting& hurting) const;
  mutable Hurting hurting_; // that the next are for
  mutable std::vector<float> hurting_weights_;
  mutable std::string field_of_pain_for_;
  mutable SkinField field_of_pain_;
  mutable std::string looked_up_for_; // the layers; empty: not yet
  mutable LookupResult looked_up_;
};

} // namespace calfscope
