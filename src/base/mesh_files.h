#pragma once
// Which files are taken for meshes.

#include <array>
#include <filesystem>
#include <string_view>

namespace calfscope {

// Endings that can be opened, with the dot, lower case.
inline constexpr std::array<std::string_view, 6> mesh_file_endings{".glb", ".gltf", ".obj", ".stl", ".ply", ".fbx"};
bool is_mesh_file(const std::filesystem::path& file);

} // namespace calfscope
