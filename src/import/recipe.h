#pragma once
// A recipe says how someone else's meshes become a model pack: which file is which structure, and what is done to it.
// Recipes stand in models/recipes; the meshes themselves are never part of the project.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

// One way the files may lie in the folder or archive. The first layout that holds at least one file is taken.
struct RecipeLayout {
  std::string name;
  std::string file; // "{file}.glb": {file} and {element} are replaced by those of the structure
  double mm_per_unit = 1;
  // Our axes in terms of the file's: {"x", "z", "-y"} takes our Y from the file's z and our Z from its negative y.
  std::array<std::string, 3> axes;
};

// How a muscle runs from its origin to its insertion, as far as that can be told without knowing the muscle.
enum class MuscleRun { down, forward, medial };

struct RecipeStructure {
  Structure structure; // without a mesh
  std::string file;    // stem of its file; the id unless said otherwise
  std::string element; // "FJ1397"
  std::string english; // the data's own name, compared with the file's header
  bool optional = false;
  float remesh_mm = 0;   // > 0: the mesh is open; it is rebuilt from its distance field on a grid of this step
  float thin_out_mm = 0; // > 0: triangles are saved as long as the surface moves by no more than this
  bool refine = false;   // cut every triangle into four, rounding the surface
  MuscleRun run = MuscleRun::down;
  float pennation_deg = 0;
};

struct Recipe {
  std::string id;
  std::string title;
  Side side = Side::right;
  std::string licence;
  std::string attribution;
  std::string changes;
  std::vector<std::string> sources;
  std::vector<std::string> lacks;
  std::vector<RecipeLayout> layouts;
  float crop_s = -0.36f; // conventions, "Crop"
  RecipeStructure skin;  // the structure that is wrapped; its file, where present, guides the outline
  std::vector<RecipeStructure> structures;
};

std::optional<Recipe> read_recipe(const std::filesystem::path& file, IssueList& issues);

} // namespace calfscope
