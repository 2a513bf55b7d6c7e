#pragma once
// model.json of a pack (its form stands in pack.h): everything of an Atlas but the meshes.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace calfscope {

struct ModelText {
  Atlas atlas;      // structures without meshes
  std::string mesh; // file name inside the pack, as written
  std::string file; // path of the model.json
  std::map<std::string, int> structure_lines;
  int mesh_line = 0;
};

// Every fault becomes an issue with its line; what could be understood is returned. nullopt if it is no JSON object or
// of another format.
std::optional<ModelText> read_model_text(const std::filesystem::path& folder, IssueList& issues);

// "tibialis_anterior", "FMA22558": what ids of structures, landmarks and joints, and of the anatomy ontology look like.
bool is_id(std::string_view text);
bool is_fma_id(std::string_view text);

std::string model_text_of(const Atlas& atlas, const std::string& mesh);

} // namespace calfscope
