#pragma once
// What every authored leg has to be, whatever its size and grid.

#include "anatomy/mirror.h"
#include "author/author.h"
#include "author/report.h"
#include "import/landmarks.h"

#include <catch2/catch.hpp>

#include <filesystem>

namespace calfscope::test {

inline const std::filesystem::path shipped_leg = std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg";

// A leg of other sizes than the declared one.
struct PersonalLeg {
  double length_mm = 407.5; // knee joint line to Achilles insertion
  double girth_mm = 394;
  Side side = Side::right;
  double grid_mm = 1.5;
};

inline Atlas build(const PersonalLeg& wish) {
  IssueList issues;
  auto atlas = author_leg({.description = shipped_leg / "anatomy.json",
                           .leg_length_mm = wish.length_mm,
                           .calf_girth_mm = wish.girth_mm,
                           .side = wish.side,
                           .grid_mm = wish.grid_mm},
                          issues);
  INFO(to_string(issues));
  REQUIRE(atlas.has_value());
  REQUIRE_FALSE(issues.has_errors());
  return std::move(*atlas);
}

// Against what was declared, fitted to the wish.
inline AuthorReport report_of(const Atlas& atlas, const PersonalLeg& wish) {
  IssueList issues;
  auto report = report_on(
      atlas,
      {.description = shipped_leg / "anatomy.json", .leg_length_mm = wish.length_mm, .calf_girth_mm = wish.girth_mm},
      issues);
  INFO(to_string(issues));
  REQUIRE(report.has_value());
  return std::move(*report);
}

inline void is_one_sound_piece(const StructureReport& structure) {
  INFO(structure.id);
  CHECK(structure.closed);
  CHECK(structure.manifold);
  CHECK(structure.outward);
  CHECK(structure.pieces == 1);
  CHECK(structure.outside_skin_mm == 0);
}

inline void is_sound(const AuthorReport& report) {
  CHECK(report.structures.size() > 100);
  for (const StructureReport& structure : report.structures)
    is_one_sound_piece(structure);
  for (const OverlapReport& overlap : report.overlaps) {
    INFO(overlap.first << " and " << overlap.second << ": " << overlap.vertices << " vertices");
    CHECK(overlap.deepest_mm <= overlap_counts_mm);
  }
}

inline void meets_its_girths(const AuthorReport& report) {
  CHECK(report.girths.size() > 20);
  for (const GirthReport& girth : report.girths) {
    INFO("at " << girth.y_mm);
    CHECK(girth.found_mm == Approx(girth.declared_mm).margin(3));
  }
}

// Places on the finished surfaces of a leg, shown as a right one.
class Places {
public:
  explicit Places(const Atlas& atlas) : found_(find_landmarks(atlas.side == Side::left ? mirrored(atlas) : atlas)) {}

  glm::vec3 at(std::string_view id) const {
    for (const Landmark& landmark : found_)
      if (landmark.id == id)
        return landmark.position_mm;
    FAIL("no landmark " << id);
    return {};
  }
  double apart_mm(std::string_view one, std::string_view other) const {
    return static_cast<double>(glm::distance(at(one), at(other)));
  }

private:
  std::vector<Landmark> found_;
};

// Joints and foot follow one factor, the square root of the length; the shank makes up the rest.
inline void joints_scale_and_shafts_stretch(const Atlas& leg, const Atlas& usual, const PersonalLeg& wish) {
  const double usual_length_mm = -static_cast<double>(usual.landmark("calcaneal_tendon_insertion_centre")->y);
  const double factor = std::sqrt(wish.length_mm / usual_length_mm);
  // Sizes of whole bones: a landmark may jump from one edge of a prominence to another.
  const double rounding_mm = 0.45 * wish.grid_mm;
  const auto size_of = [](const Atlas& atlas, const char* id) {
    return bounds_of(atlas.find(id)->mesh->surface).size();
  };
  for (const char* id : {"patella", "talus", "calcaneus", "navicular", "cuboid", "metatarsal_1", "metatarsal_5"})
    for (int axis = 0; axis < 3; ++axis) {
      INFO(id << " along axis " << axis << ", factor " << factor);
      CHECK(static_cast<double>(size_of(leg, id)[axis]) ==
            Approx(factor * static_cast<double>(size_of(usual, id)[axis])).margin(rounding_mm));
    }
  for (const char* id : {"femur", "tibia"}) {
    INFO("condyles of the " << id << ", factor " << factor);
    CHECK(static_cast<double>(size_of(leg, id).x) ==
          Approx(factor * static_cast<double>(size_of(usual, id).x)).margin(rounding_mm));
  }
  const Places now(leg), before(usual);
  const double shank = now.apart_mm("tibial_plateau_midpoint", "tibial_plafond_centre");
  const double usual_shank = before.apart_mm("tibial_plateau_midpoint", "tibial_plafond_centre");
  INFO("shank " << shank << ", usual " << usual_shank);
  // What the joints do not give, the shafts must: everything below the ankle scales evenly.
  const double below = usual_length_mm - usual_shank;
  CHECK(shank == Approx(wish.length_mm - factor * below).margin(3));
}

} // namespace calfscope::test
