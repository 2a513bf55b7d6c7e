#pragma once
// Wavefront OBJ as BodyParts3D writes it: positions and faces, and a header of comments that says what it is.

#include "base/issue.h"
#include "geometry/trimesh.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace calfscope {

struct ObjText {
  TriMesh mesh;                              // in the file's own unit and axes; normals dropped
  std::map<std::string, std::string> header; // "File ID" -> "FJ1397", "English name" -> "…"
};

// nullopt and one issue with its line if a number or an index is wrong or there are no faces. Faces with more than
// three corners are cut into fans.
std::optional<ObjText> parse_obj(std::string_view text, const std::string& file, IssueList& issues);

} // namespace calfscope
