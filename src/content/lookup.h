#pragma once
// Backwards: from where it hurts to what could be behind it. Overlaps of areas, best first; never a likelihood, never a
// diagnosis.

#include "content/bind.h"
#include "painmap/pain_overlap.h"

#include <string>
#include <vector>

namespace calfscope {

struct LookupEntry {
  std::string id;
  bool look_alike = false; // else a trigger point
  PainOverlap overlap;
};

struct LookupResult {
  std::vector<LookupEntry> entries; // best first; nothing that has no overlap at all
  float unexplained = 1;            // share of the painted pain that the first entry does not explain
  std::string telling_test;         // id of the test that tells the first two apart; empty if none is known
};

// `painted`: one value 0..1 per skin vertex. `layers`: which points stand in the list ("calf", "neighbour").
LookupResult look_up(const BoundContent& content, const std::vector<float>& painted,
                     const std::vector<std::string>& layers = {"calf"});

// The pain that naming regions means: the strongest weight of any of them.
std::vector<float> painted_regions(const BoundContent& content, const std::vector<std::string>& regions);

// A round patch around a place on the leg.
std::vector<float> painted_at(const BoundContent& content, LegPlace place, float radius_mm);

} // namespace calfscope
