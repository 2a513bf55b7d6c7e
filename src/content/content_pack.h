#pragma once
// What a content pack says: trigger points, their pain, places not to press, look-alikes, red flags. Places are in the
// leg's own coordinates, words are in its catalogue, and every claim names where it comes from.

#include "base/catalogue.h"
#include "content/claim.h"
#include "content/technique.h"
#include "painmap/region_weights.h"

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calfscope {

struct Source {
  std::string id; // "S8", "BASE", "TU", "DER", "DES"
  std::string kind;
  std::string citation;
  std::string locator; // doi, address; may be empty
  bool weak = false;   // practitioner or consumer page
  Origin origin;
};

struct Region {
  std::string id;
  RegionShape shape;
  Claim claim;
  bool words_only = false; // off the model, and not worth a drawing
};

struct RegionUnion {
  std::string id;
  std::vector<std::string> of;
  Origin origin;
};

// A centre with a tolerance.
struct Typical {
  float typical = 0;
  Span range;
};

struct PointSite {
  bool on_foot = false; // f, w instead of s, a
  Typical s, a_deg;
  Typical f, w;
  Typical d_mm;
  // Distance below this pack's own medial belly end, which then decides s; NaN if s itself does.
  float below_medial_belly_mm = std::numeric_limits<float>::quiet_NaN();
  Claim claim;
};

struct TautBand {
  float toward_midline_deg = 0; // of its lower end, from the leg's long axis
  float deeper_deg = 0;         // + sinks away from the skin
  float length_mm = 40;
  float tolerance_deg = 35; // to the model's own fibres
  Claim claim;
};

// What narrows a region: "the rear half".
struct RegionPart {
  std::optional<Span> s, a_deg, f, w;
  bool narrows() const { return s || a_deg || f || w; }
};

struct ReferredPain {
  std::string region;
  RegionPart within;
  bool optional = false; // rare; shown only on demand
  Claim claim;
};

struct TriggerPoint {
  std::string id;
  int number = 0;
  std::string layer; // "calf", "neighbour"
  std::string muscle;
  PointSite site;
  TautBand band;
  float core_radius_mm = 3.5f;
  float halo_radius_mm = 12;
  std::vector<ReferredPain> essential, spillover;
  float local_mm = 35;
  std::vector<Claim> symptoms, provoked_by, prevalence, notes;
  std::vector<std::string> look_alikes;
  std::vector<std::string> finding; // palpation steps, in order
  Origin origin;
};

struct MuscleFacts {
  std::string id; // structure
  std::vector<Claim> facts;
  Origin origin;
};

enum class PressSeverity : std::uint8_t { caution, forbid };
inline constexpr std::array<std::string_view, 2> press_severity_ids{"caution", "forbid"};

struct NoPressZone {
  std::string id;
  PressSeverity severity = PressSeverity::forbid;
  RegionShape shape;
  std::vector<std::string> holds;           // structures that pass through it
  std::vector<std::string> holds_landmarks; // landmarks that must lie in it
  Claim claim;
};

struct LookAlike {
  std::string id;
  std::string urgency; // "emergency", "same_day", "soon", "routine"
  struct Felt {
    std::string region;
    float weight = 1;
  };
  std::vector<Felt> regions;
  Claim claim;
};

// One question or test, and the groups it tells apart.
struct TellingTest {
  std::string id;
  std::vector<std::vector<std::string>> separates;
  Claim claim;
};

struct RedFlag {
  Claim claim; // id: "dvt"
  std::string urgency;
  int question_order = 0;
};

struct ExplainCard {
  std::string id;
  std::vector<Claim> claims;
  Origin origin;
};

// Who the words are for.
enum class Audience : std::uint8_t { patient, clinician };
inline constexpr std::array<std::string_view, 2> audience_ids{"patient", "clinician"};

struct ContentPack {
  std::string id;
  std::string version;
  std::string licence;
  std::vector<std::string> languages; // the first is the one that is shown
  std::vector<Source> sources;
  std::vector<Region> regions;
  std::vector<RegionUnion> unions;
  std::vector<TriggerPoint> points; // by number
  std::vector<MuscleFacts> muscles;
  std::vector<NoPressZone> zones;
  std::vector<LookAlike> look_alikes;
  std::vector<TellingTest> tests;
  std::vector<Claim> palpation;
  std::vector<RedFlag> red_flags;
  std::vector<Claim> ask_first, stop_signs, see_professional, after_effects;
  std::vector<ExplainCard> explain;
  std::vector<Tool> tools;
  std::vector<Technique> techniques; // in the order of technique_ids; empty in a pack without them
  Catalogue text;

  const TriggerPoint* point(std::string_view id) const;
  const Region* region(std::string_view id) const;
  const RegionUnion* region_union(std::string_view id) const;
  const Source* source(std::string_view id) const;
  const LookAlike* look_alike(std::string_view id) const;
  const MuscleFacts* muscle(std::string_view id) const;
  const NoPressZone* zone(std::string_view id) const;
  const Technique* technique(std::string_view id) const;
  const Tool* tool(std::string_view id) const;

  // A region, or all of a union; empty if there is neither.
  std::vector<const Region*> regions_named(std::string_view id) const;

  // The words under a key, in the variant for the audience where there is one.
  const std::string& say(std::string_view key, Audience audience = Audience::patient) const;
};

} // namespace calfscope
