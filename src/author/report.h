#pragma once
// What an authored (or any) leg measures, beside what was declared for it.

#include "anatomy/atlas.h"
#include "author/overlaps.h"
#include "author/reference.h"
#include "base/issue.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

struct StructureReport {
  std::string id;
  Kind kind = Kind::other;
  std::size_t triangles = 0;
  double volume_cm3 = 0;
  std::optional<double> declared_cm3; // published, as the description names it ...
  std::string declared_source;        // ... and where it is published
  double length_mm = 0;               // longest side of its box
  double largest_section_mm2 = 0;     // horizontal
  double largest_section_s = 0;       // level of it
  bool closed = false, manifold = false, outward = false;
  int pieces = 0;
  int tunnels = 0;               // genus: holes that go right through
  double smallest_angle_deg = 0; // of its triangles: one in a hundred has a smaller one
  double outside_skin_mm = 0;    // how far its furthest vertex stands out of the skin; 0 if none does
  std::optional<double> reference_cm3;
  std::optional<SurfaceDistance> to_reference; // of the finished structure
  // Of a muscle's belly before it grows to its volume, straight from the description: of the sections it is built from,
  // and, where they were changed by hand since they were fitted, of the fit that the description keeps as `measured`.
  std::optional<SurfaceDistance> sections_distance, fit_distance;
};

// How far a place on the finished leg lies from the same place on the reference, found by the same rule.
struct LandmarkReport {
  std::string id;
  std::string group; // bony, joint, soft, skin
  double off_mm = 0;
};

struct GirthReport {
  double y_mm = 0;
  double declared_mm = 0;
  double found_mm = 0;
};

struct AuthorReport {
  std::vector<StructureReport> structures;
  std::vector<OverlapReport> overlaps; // everything under the skin, by falling depth
  std::vector<GirthReport> girths;
  std::vector<LandmarkReport> landmarks; // by falling distance; empty without a reference
  std::string reference_absent;          // why nothing was compared with a reference; empty if it was
  BellyEnds belly_ends;
  std::size_t triangles = 0;
};

struct ReportOptions {
  std::optional<std::filesystem::path> description = {}; // anatomy.json; without it nothing is called declared
  std::optional<std::filesystem::path> reference = {};   // folder of the reference; without it nothing is compared
  // Sizes that the leg was built to, mm: what is declared is fitted to them, and no reference is asked.
  std::optional<double> leg_length_mm = {}, calf_girth_mm = {};
};

// About 10 s, half a minute with a reference.
std::optional<AuthorReport> report_on(const Atlas& atlas, const ReportOptions& options, IssueList& issues);

std::string to_text(const AuthorReport& report); // Markdown
std::string to_json_text(const AuthorReport& report);

} // namespace calfscope
