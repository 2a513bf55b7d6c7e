#pragma once
// The leg that ours is measured against, where it is at hand. Nothing of it is ever written out but single figures.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

struct ReferenceLandmark {
  std::string group; // bony, joint, soft, skin
  glm::vec3 position_mm{0};
};

// Millimetres, project frame.
struct ReferenceLeg {
  std::map<std::string, TriMesh> meshes;
  std::map<std::string, ReferenceLandmark> landmarks;
};

// Where the reference lies: CALFSCOPE_REFERENCE, else ../shared/reference from the working directory.
std::filesystem::path reference_folder();

// The meshes of `ids` that the folder has (bodyparts3d/right/<id>.glb) and its landmarks
// (measurements/landmarks.tsv). nullopt if there is no such folder, which is no fault; files that cannot be read are.
std::optional<ReferenceLeg> read_reference(const std::filesystem::path& folder, const std::vector<std::string>& ids,
                                           IssueList& issues);

// Rigid motion (no scaling) that brings `from` closest to `to` in the least squares sense (Umeyama 1991); identity for
// fewer than three points.
glm::mat4 best_motion(const std::vector<glm::vec3>& from, const std::vector<glm::vec3>& to);

struct SurfaceDistance {
  double mean_mm = 0;
  double p95_mm = 0;
};

// What part of two surfaces is compared: where one of them was cut off, the other goes on.
struct HeightRange {
  float lowest_mm = -1e6f, highest_mm = 1e6f;
};

// Distance from points spread evenly over each surface to the other, both directions together. nullopt if one of them
// has no surface in the range.
std::optional<SurfaceDistance> surface_distance(const TriMesh& a, const TriMesh& b, HeightRange range);

} // namespace calfscope
