#pragma once
// A content pack on one leg: every point has its place in this leg's muscle, every zone its weight on this leg's skin.

#include "content/content_pack.h"
#include "painmap/pain_map.h"

#include <memory>
#include <optional>
#include <vector>

namespace calfscope {

// A trigger point's place in a leg (neutral pose, mm).
struct BoundPoint {
  std::string id;
  int structure = -1; // of its muscle in the atlas; -1 if this leg lacks it
  bool placed = false;
  glm::vec3 core_mm{0};
  SkinAnchor skin;          // above it
  glm::vec3 skin_normal{0}; // unit, outward
  glm::vec3 band{0, -1, 0}; // unit, along the muscle's fibres, pointing distally
  float band_off_deg = 0;   // angle between that and what the pack says
  float inside_mm = 0;      // from the core to the muscle's surface
  LegPlace place;           // where it came to lie; of a point of the foot, where its skin lies
  std::optional<FootPlace> foot;
  float d_mm = 0;
  bool deeper_than_stated = false; // beyond the range of depths, because this leg carries more tissue there
  float moved_s_mm = 0, moved_a_deg = 0, moved_d_mm = 0; // from the typical place to here
};

class BoundContent {
public:
  // nullopt if the leg cannot carry places (no skin, no landmarks). The atlas must be in its neutral pose and stay
  // alive no longer than the call.
  static std::shared_ptr<const BoundContent> make(std::shared_ptr<const ContentPack> pack, const Atlas& atlas,
                                                  const LegCoordinates& coordinates);

  const ContentPack& pack() const { return *pack_; }
  const SkinPlaces& places() const { return places_; }
  const std::vector<BoundPoint>& points() const { return points_; } // as in the pack
  const BoundPoint* point(std::string_view id) const;

  // Per skin vertex, the strongest no-press zone: 0 free, 0.5 caution, 1 forbid.
  const std::vector<float>& no_press() const { return no_press_; }
  // The zones at a vertex of the skin.
  std::vector<const NoPressZone*> zones_at(std::size_t vertex) const;

  // These two are worked out when first asked for, then kept; not for several threads at once. Null for a point without
  // a place.
  // `rare` adds the parts that the pack marks as optional.
  const PainMap* pain_map(std::string_view point, bool rare = false) const;
  // What a look-alike is felt as, per skin vertex.
  const std::vector<float>& look_alike_weights(const LookAlike& other) const;
  // Weight of a region or union per skin vertex, without mottling.
  std::vector<float> region_weights_of(std::string_view region) const;

  // What a person should know about how the points fit this leg, and what is wrong with the fit.
  void check(const Atlas& atlas, const LegCoordinates& coordinates, IssueList& issues) const;
  // The part of it that says whether what must not be pressed lies in its no-press zone: a leg fails without it.
  void check_zones(const Atlas& atlas, const LegCoordinates& coordinates, IssueList& issues) const;

private:
  BoundContent() = default;
  std::vector<RegionShape> shapes_of(const std::vector<ReferredPain>& pains, bool rare) const;
  const GeodesicSolver* solver() const;

  std::shared_ptr<const ContentPack> pack_;
  SkinPlaces places_;
  std::vector<BoundPoint> points_;
  std::vector<RegionShape> zone_shapes_; // as in the pack, on this leg
  std::vector<float> no_press_;
  struct Kept;
  std::shared_ptr<Kept> kept_;
};

// Least depth of a point below its muscle's surface (conventions, "Binding").
inline constexpr float least_inside_mm = 3;

} // namespace calfscope
