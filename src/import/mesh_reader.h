#pragma once
// What the child process does: a mesh file through Assimp. A broken file may crash it.

#include "import/mesh_stream.h"

#include <filesystem>

namespace calfscope {

// Meshes by the name of their node, node transforms applied, in the file's own unit and axes.
MeshStream read_meshes_here(const std::filesystem::path& file);

} // namespace calfscope
