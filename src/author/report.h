#pragma once
// What an authored (or any) leg measures, beside what was declared for it.

#include "anatomy/atlas.h"
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
  std::optional<double> declared_cm3;
  double length_mm = 0;           // longest side of its box
  double largest_section_mm2 = 0; // horizontal
  double largest_section_s = 0;   // level of it
  bool closed = false, manifold = false, outward = false;
  int pieces = 0;
  double outside_skin_mm = 0; // how far its furthest vertex stands out of the skin; 0 if none does
};

struct OverlapReport {
  std::string first, second;
  double deepest_mm = 0;    // deepest vertex of one inside the other
  std::size_t vertices = 0; // how many of them
};

struct GirthReport {
  double y_mm = 0;
  double declared_mm = 0;
  double found_mm = 0;
};

struct AuthorReport {
  std::vector<StructureReport> structures;
  std::vector<OverlapReport> overlaps; // bones, muscles and tendons, by falling depth; only those above 0.05 mm
  std::vector<GirthReport> girths;
  BellyEnds belly_ends;
  std::size_t triangles = 0;
};

// `description` names the anatomy.json to compare with; without it nothing is called declared. About 10 s.
std::optional<AuthorReport> report_on(const Atlas& atlas, const std::optional<std::filesystem::path>& description,
                                      IssueList& issues);

std::string to_text(const AuthorReport& report); // Markdown tables
std::string to_json_text(const AuthorReport& report);

} // namespace calfscope
