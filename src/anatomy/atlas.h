#pragma once
// A leg as the program knows it: structures with their surfaces, landmarks, joints, and where it all comes from.
// Space: millimetres; origin at the knee centre (midpoint of the tibial plateau) for packs that have landmarks;
// X to the subject's left, Y up, Z anterior.

#include "anatomy/kinds.h"
#include "geometry/trimesh.h"

#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

struct Structure {
  std::string id; // "gastrocnemius_medial_head"
  Kind kind = Kind::other;
  std::string name;  // English, without side: "Gastrocnemius, medial head"
  std::string latin; // Terminologia Anatomica; may be empty
  std::vector<std::string> synonyms;
  std::string fma;    // "FMA45956"; empty if unknown
  std::string source; // where its shape comes from, one line
  std::string group;  // finer than kind where pictures need it: "artery", "vein", "cartilage", "nail"; may be empty
  std::shared_ptr<const SurfaceMesh> mesh; // never null in a loaded atlas
};

struct Landmark {
  std::string id; // as in conventions and measurements: "medial_malleolus_tip", "knee_centre", "ankle_centre", …
  glm::vec3 position_mm{0};
  std::string how; // how it was found
};

// A rigid part that a joint moves. Segment 0 is always "shank" and never moves in the model's own space.
struct Segment {
  std::string id;    // "shank", "thigh", "talus", "foot", "toes"
  int parent = -1;   // index of the segment it hangs on; -1 for the shank
  std::string joint; // "knee", "talocrural", "subtalar", "toes"; empty for the shank
  glm::vec3 centre_mm{0};
  glm::vec3 axis{1, 0, 0}; // unit; turning by + about it is + in the conventions (flexion, dorsiflexion, inversion)
  float lowest_deg = 0;
  float highest_deg = 0;
};

// Lower ends of the bellies along the long axis, fraction s; NaN where the pack lacks the muscle.
struct BellyEnds {
  float gastrocnemius_medial = std::numeric_limits<float>::quiet_NaN();
  float gastrocnemius_lateral = std::numeric_limits<float>::quiet_NaN();
  float soleus = std::numeric_limits<float>::quiet_NaN();
};

struct Atlas {
  std::string id; // folder name of the pack, or file name of a single mesh
  std::string title;
  std::filesystem::path folder;
  Side side = Side::right; // the side these coordinates show (after mirroring)
  Side stored_side = Side::right;
  std::string licence;
  std::string attribution; // shown wherever a picture of it is shown
  std::vector<std::string> sources;
  std::vector<std::string> lacks; // what this pack does not have and says so: "nerves"
  std::vector<Structure> structures;
  std::vector<Landmark> landmarks;
  std::vector<Segment> segments; // at least the shank
  BellyEnds belly_ends;
  // For a single foreign mesh: the unit its numbers were taken for ("mm", "cm", "m", "in"); empty for packs.
  std::string guessed_unit;

  int index_of(std::string_view structure_id) const; // -1 if absent
  const Structure* find(std::string_view structure_id) const;
  std::optional<glm::vec3> landmark(std::string_view landmark_id) const;
  int segment_index(std::string_view segment_id) const; // -1 if absent
};

// Box around every structure.
Bounds bounds_of(const Atlas& atlas);

} // namespace calfscope
