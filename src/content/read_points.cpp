#include "content/read_points.h"

#include "content/content_values.h"

#include <algorithm>

namespace calfscope {
namespace {

// How far a place may be off. Wider ranges say nothing, and every place in them is tried on every leg.
constexpr float widest_s = 0.3f, widest_a_deg = 120, widest_foot = 0.5f;
constexpr std::array<std::string_view, 2> layer_ids{"calf", "neighbour"};
enum class Layer : std::uint8_t { calf, neighbour };

PointSite read_site(const JsonReader& at) {
  PointSite site;
  site.on_foot = at.has("f");
  if (site.on_foot) {
    at.allow_only({"f", "w", "d", "basis", "confidence"});
    site.f = read_typical(at, "f", 0, 1, widest_foot);
    site.w = read_typical(at, "w", 0, 1, widest_foot);
  } else {
    at.allow_only({"s", "a", "d", "below_medial_belly_mm", "basis", "confidence"});
    site.s = read_typical(at, "s", lowest_s, highest_s, widest_s);
    site.a_deg = read_typical(at, "a", -180, 180, widest_a_deg);
    if (at.has("below_medial_belly_mm"))
      site.below_medial_belly_mm = read_in_range(at, "below_medial_belly_mm", 0, 100);
  }
  site.d_mm = read_typical(at, "d", 0, deepest_mm, deepest_mm);
  site.claim = read_claim(at, false);
  return site;
}

TautBand read_band(const JsonReader& at) {
  at.allow_only({"toward_midline_deg", "deeper_deg", "length_mm", "tolerance_deg", "basis", "confidence"});
  TautBand band;
  band.toward_midline_deg = read_in_range(at, "toward_midline_deg", -90, 90);
  band.deeper_deg = read_in_range(at, "deeper_deg", -90, 90);
  band.length_mm = read_in_range(at, "length_mm", 5, 200);
  band.tolerance_deg = read_in_range(at, "tolerance_deg", 1, 90);
  band.claim = read_claim(at, false);
  return band;
}

RegionPart read_part(const JsonReader& at) {
  at.allow_only({"s", "a", "f", "w"});
  const auto part = [&](const char* key, float lowest, float highest) {
    return at.has(key) ? std::optional(read_span(at, key, lowest, highest, highest - lowest)) : std::nullopt;
  };
  const RegionPart out{part("s", lowest_s, highest_s), part("a", -360, 360), part("f", 0, 1), part("w", 0, 1)};
  if (at.is_object() && !out.narrows())
    at.fault("", say(ContentFault::narrows_nothing));
  return out;
}

std::vector<ReferredPain> read_referred(const JsonReader& from, std::string_view key, std::size_t fewest) {
  std::vector<ReferredPain> out;
  const bool may_be_optional = key == "spillover";
  for (const JsonReader& at : read_list(from, key, fewest)) {
    if (may_be_optional)
      at.allow_only({"region", "within", "optional", "basis", "confidence"});
    else
      at.allow_only({"region", "within", "basis", "confidence"});
    ReferredPain pain;
    pain.region = read_id(at, "region");
    pain.optional = may_be_optional && at.try_boolean("optional").value_or(false);
    if (at.has("within"))
      pain.within = read_part(at.object("within"));
    pain.claim = read_claim(at, false);
    out.push_back(std::move(pain));
  }
  return out;
}

} // namespace

void read_points(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : read_list(root, "points", 1)) {
    at.allow_only({"id", "number", "layer", "muscle", "site", "band", "core_radius_mm", "halo_radius_mm", "referral",
                   "symptoms", "provoked_by", "look_alikes", "finding", "prevalence", "notes"});
    TriggerPoint point;
    point.id = read_id(at, "id");
    point.origin = origin_of(at);
    point.number = read_whole(at, "number", 1, 99);
    point.layer = id_in(layer_ids, read_choice(at, "layer", layer_ids, Layer::calf));
    point.muscle = read_id(at, "muscle");
    point.site = read_site(at.object("site"));
    if (!point.site.on_foot)
      point.band = read_band(at.object("band"));
    else if (at.has("band"))
      at.fault("band", say(ContentFault::foot_with_band));
    point.core_radius_mm = read_in_range(at, "core_radius_mm", 1, 20);
    point.halo_radius_mm = read_in_range(at, "halo_radius_mm", 1, 60);
    const JsonReader referral = at.object("referral");
    referral.allow_only({"essential", "spillover", "local_mm"});
    point.essential = read_referred(referral, "essential", 1);
    point.spillover = read_referred(referral, "spillover", 0);
    point.local_mm = read_in_range(referral, "local_mm", 1, 120);
    point.symptoms = read_claims(at, "symptoms");
    point.provoked_by = read_claims(at, "provoked_by");
    point.prevalence = read_claims(at, "prevalence");
    point.notes = read_claims(at, "notes");
    point.look_alikes = read_ids(at, "look_alikes");
    point.finding = read_ids(at, "finding");
    pack.points.push_back(std::move(point));
  }
  std::stable_sort(pack.points.begin(), pack.points.end(),
                   [](const TriggerPoint& a, const TriggerPoint& b) { return a.number < b.number; });
}

} // namespace calfscope
