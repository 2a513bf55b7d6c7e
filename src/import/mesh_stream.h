#pragma once
// Meshes as bytes, from the child process that reads foreign files to its parent. The parent trusts none of it.

#include "geometry/trimesh.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calfscope {

struct NamedMesh {
  std::string name;
  TriMesh mesh; // positions and normals as in the file
};

// What the child found: meshes, or why there are none.
struct MeshStream {
  std::string fault;
  std::vector<NamedMesh> meshes;
};

std::string to_bytes(const MeshStream& stream);
// nullopt if the bytes are cut off or any length or index in them is wrong.
std::optional<MeshStream> mesh_stream_from(std::string_view bytes);

} // namespace calfscope
