#include "content/read_content.h"

#include "base/json_document.h"
#include "base/table.h"
#include "content/content_links.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace calfscope {
namespace {

constexpr int known_format = 1;

Origin origin_of(const JsonReader& at) {
  return {at.file(), at.line(), at.pointer()};
}

float real(const JsonReader& from, std::string_view key) {
  return static_cast<float>(from.number(key));
}

float real_or(const JsonReader& from, std::string_view key, float otherwise) {
  return static_cast<float>(from.try_number(key).value_or(otherwise));
}

// A number that must lie in a range; the fault says which.
float in_range(const JsonReader& from, std::string_view key, float otherwise, float lowest, float highest) {
  const float value = real_or(from, key, otherwise);
  if (!(value >= lowest && value <= highest)) {
    from.fault(key, fmt::format("{} is out of range: {} to {} is possible", value, lowest, highest));
    return otherwise;
  }
  return value;
}

template <typename Enum, std::size_t N>
Enum choice(const JsonReader& from, std::string_view key, const std::array<std::string_view, N>& ids, Enum otherwise) {
  const std::string value = from.text(key);
  if (const auto found = find_in<Enum>(ids, value))
    return *found;
  if (!value.empty())
    from.fault(key, fmt::format("\"{}\" is none of: {}", value, fmt::join(ids, ", ")));
  return otherwise;
}

Claim read_claim(const JsonReader& from, bool with_id) {
  Claim claim;
  if (with_id)
    claim.id = from.text("id");
  if (from.has("basis"))
    claim.basis = from.texts("basis");
  if (claim.basis.empty())
    from.fault("basis", "a claim needs at least one source; what has none is \"TU\" (textbook, unconfirmed) or \"DES\" "
                        "(our design choice)");
  claim.origin = origin_of(from);
  claim.confidence = choice(from, "confidence", confidence_ids, Confidence::low);
  return claim;
}

std::vector<Claim> read_claims(const JsonReader& from, std::string_view key) {
  std::vector<Claim> out;
  if (!from.has(key))
    return out;
  for (const JsonReader& element : from.elements(key))
    out.push_back(read_claim(element, true));
  return out;
}

Span read_span(const JsonReader& from, std::string_view key, float lowest, float highest) {
  const JsonReader at = from.object(key);
  Span span{real(at, "from"), real(at, "to")};
  if (!(span.from < span.to))
    at.fault("from", "\"from\" must be less than \"to\"");
  if (span.from < lowest || span.to > highest)
    at.fault("", fmt::format("{} to {} is out of range: {} to {} is possible", span.from, span.to, lowest, highest));
  return span;
}

std::optional<Span> try_span(const JsonReader& from, std::string_view key, float lowest, float highest) {
  if (!from.has(key))
    return std::nullopt;
  return read_span(from, key, lowest, highest);
}

Typical read_typical(const JsonReader& from, std::string_view key, float lowest, float highest) {
  Typical out;
  out.range = read_span(from, key, lowest, highest);
  const JsonReader at = from.object(key);
  out.typical = real(at, "typical");
  if (!out.range.contains(out.typical))
    at.fault("typical", fmt::format("{} does not lie between {} and {}", out.typical, out.range.from, out.range.to));
  return out;
}

constexpr float lowest_s = -0.36f, highest_s = 1.3f, deepest_mm = 120;
constexpr std::array<std::string_view, 3> region_place_ids{"leg", "sole", "off_model"};

RegionShape read_leg_box(const JsonReader& from) {
  RegionShape shape;
  shape.s = read_span(from, "s", lowest_s, highest_s);
  shape.a_deg = read_span(from, "a", -360, 360);
  return shape;
}

void read_regions(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : root.elements("regions")) {
    Region region;
    region.id = at.text("id");
    const RegionPlace place = choice(at, "place", region_place_ids, RegionPlace::off_model);
    if (place == RegionPlace::leg) {
      region.shape = read_leg_box(at);
    } else if (place == RegionPlace::sole) {
      region.shape.f = read_span(at, "f", 0, 1);
      region.shape.w = read_span(at, "w", 0, 1);
      if (const auto wall = at.try_text("side_wall")) {
        region.shape.medial_wall = *wall == "medial";
        if (*wall != "medial")
          at.fault("side_wall", "only \"medial\" is known");
      }
    }
    region.shape.place = place;
    region.claim = read_claim(at, true);
    pack.regions.push_back(std::move(region));
  }
  if (root.has("unions"))
    for (const JsonReader& at : root.elements("unions"))
      pack.unions.push_back({at.text("id"), at.texts("of"), origin_of(at)});
}

PointSite read_site(const JsonReader& at) {
  PointSite site;
  site.on_foot = at.has("f");
  if (site.on_foot) {
    site.f = read_typical(at, "f", 0, 1);
    site.w = read_typical(at, "w", 0, 1);
  } else {
    site.s = read_typical(at, "s", lowest_s, highest_s);
    site.a_deg = read_typical(at, "a", -180, 180);
    if (at.has("below_medial_belly_mm"))
      site.below_medial_belly_mm = in_range(at, "below_medial_belly_mm", 0, -100, 200);
  }
  site.d_mm = read_typical(at, "d", 0, deepest_mm);
  site.claim = read_claim(at, false);
  return site;
}

TautBand read_band(const JsonReader& at) {
  TautBand band;
  band.toward_midline_deg = in_range(at, "toward_midline_deg", 0, -90, 90);
  band.deeper_deg = in_range(at, "deeper_deg", 0, -90, 90);
  band.length_mm = in_range(at, "length_mm", band.length_mm, 5, 200);
  band.tolerance_deg = in_range(at, "tolerance_deg", band.tolerance_deg, 1, 90);
  band.claim = read_claim(at, false);
  return band;
}

std::vector<ReferredPain> read_referred(const JsonReader& from, std::string_view key) {
  std::vector<ReferredPain> out;
  if (!from.has(key))
    return out;
  for (const JsonReader& at : from.elements(key)) {
    ReferredPain pain;
    pain.region = at.text("region");
    pain.optional = at.try_boolean("optional").value_or(false);
    if (at.has("within")) {
      const JsonReader within = at.object("within");
      pain.within_s = try_span(within, "s", lowest_s, highest_s);
      pain.within_f = try_span(within, "f", 0, 1);
    }
    pain.claim = read_claim(at, false);
    out.push_back(std::move(pain));
  }
  return out;
}

std::vector<std::string> read_ids(const JsonReader& from, std::string_view key) {
  return from.has(key) ? from.texts(key) : std::vector<std::string>{};
}

void read_points(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : root.elements("points")) {
    TriggerPoint point;
    point.id = at.text("id");
    point.origin = origin_of(at);
    point.number = static_cast<int>(in_range(at, "number", 0, 1, 99));
    point.layer = at.text("layer");
    point.muscle = at.text("muscle");
    point.site = read_site(at.object("site"));
    if (at.has("band"))
      point.band = read_band(at.object("band"));
    point.core_radius_mm = in_range(at, "core_radius_mm", point.core_radius_mm, 1, 20);
    point.halo_radius_mm = in_range(at, "halo_radius_mm", point.halo_radius_mm, 1, 60);
    const JsonReader referral = at.object("referral");
    point.essential = read_referred(referral, "essential");
    point.spillover = read_referred(referral, "spillover");
    point.local_mm = in_range(referral, "local_mm", point.local_mm, 0, 120);
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

void read_muscles(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : root.elements("muscles"))
    pack.muscles.push_back({at.text("id"), read_claims(at, "facts"), origin_of(at)});
}

void read_zones(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : root.elements("zones")) {
    NoPressZone zone;
    zone.id = at.text("id");
    zone.severity = choice(at, "severity", press_severity_ids, PressSeverity::forbid);
    zone.shape = read_leg_box(at);
    zone.holds = read_ids(at, "holds");
    zone.holds_landmarks = read_ids(at, "holds_landmarks");
    zone.claim = read_claim(at, true);
    pack.zones.push_back(std::move(zone));
  }
}

constexpr std::array<std::string_view, 4> urgency_ids{"emergency", "same_day", "soon", "routine"};
enum class Urgency : std::uint8_t { emergency, same_day, soon, routine };

std::string read_urgency(const JsonReader& at) {
  return std::string(id_in(urgency_ids, choice(at, "urgency", urgency_ids, Urgency::routine)));
}

void read_look_alikes(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : root.elements("look_alikes")) {
    LookAlike other;
    other.id = at.text("id");
    other.urgency = read_urgency(at);
    if (at.has("regions"))
      for (const JsonReader& felt : at.elements("regions"))
        other.regions.push_back({felt.text("region"), in_range(felt, "weight", 1, 0, 1)});
    other.claim = read_claim(at, true);
    pack.look_alikes.push_back(std::move(other));
  }
}

void read_tests(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : root.elements("tests")) {
    TellingTest test;
    test.id = at.text("id");
    for (const JsonReader& group : at.elements("separates")) {
      std::vector<std::string> ids;
      if (group.value() && group.value()->is_array())
        for (const auto& id : *group.value())
          if (id.is_string())
            ids.push_back(id.get<std::string>());
      if (ids.empty())
        group.fault("", "a group is a list of ids of points or look-alikes");
      test.separates.push_back(std::move(ids));
    }
    if (test.separates.size() < 2)
      at.fault("separates", "a test separates at least two groups");
    test.claim = read_claim(at, true);
    pack.tests.push_back(std::move(test));
  }
}

void read_palpation(const JsonReader& root, ContentPack& pack) {
  pack.palpation = read_claims(root, "steps");
}

void read_red_flags(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : root.elements("flags"))
    pack.red_flags.push_back(
        {read_claim(at, true), read_urgency(at), static_cast<int>(at.try_number("question_order").value_or(0))});
  pack.ask_first = read_claims(root, "ask_first");
  pack.stop_signs = read_claims(root, "stop_signs");
  pack.see_professional = read_claims(root, "see_professional");
  pack.after_effects = read_claims(root, "after_effects");
}

void read_explain(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : root.elements("cards"))
    pack.explain.push_back({at.text("id"), read_claims(at, "claims")});
}

void read_sources(const JsonReader& root, ContentPack& pack) {
  for (const JsonReader& at : root.elements("sources"))
    pack.sources.push_back({at.text("id"), at.text("kind"), at.text("citation"), at.try_text("locator").value_or(""),
                            at.try_boolean("weak").value_or(false)});
}

void read_pack_file(const JsonReader& root, ContentPack& pack) {
  pack.id = root.text("id");
  pack.version = root.text("version");
  pack.licence = root.text("licence");
}

struct Part {
  const char* name;
  void (*read)(const JsonReader&, ContentPack&);
};

constexpr std::array<Part, 11> parts{{{"pack.json", read_pack_file},
                                      {"sources.json", read_sources},
                                      {"regions.json", read_regions},
                                      {"points.json", read_points},
                                      {"muscles.json", read_muscles},
                                      {"zones.json", read_zones},
                                      {"look_alikes.json", read_look_alikes},
                                      {"tests.json", read_tests},
                                      {"palpation.json", read_palpation},
                                      {"red_flags.json", read_red_flags},
                                      {"explain.json", read_explain}}};

} // namespace

std::optional<ContentPack> read_content(const std::filesystem::path& folder, IssueList& issues) {
  IssueList found;
  ContentPack pack;
  for (const Part& part : parts) {
    const auto document = JsonDocument::load(folder / part.name, found);
    if (!document)
      continue;
    const JsonReader root(*document, "", found);
    if (!root.is_object()) {
      found.error(document->file(), 1, "", "the file must hold a JSON object");
      continue;
    }
    if (root.number("format") != known_format)
      root.fault("format", fmt::format("only format {} is known", known_format));
    part.read(root, pack);
  }
  pack.text.load(folder / "text" / "en.json", found);
  if (!found.has_errors())
    check_links(pack, found);
  issues.append(found);
  if (found.has_errors())
    return std::nullopt;
  return pack;
}

} // namespace calfscope
