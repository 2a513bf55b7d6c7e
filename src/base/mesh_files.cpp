#include "base/mesh_files.h"

#include <algorithm>
#include <cctype>

namespace calfscope {

bool is_mesh_file(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return std::find(mesh_file_endings.begin(), mesh_file_endings.end(), ending) != mesh_file_endings.end();
}

} // namespace calfscope
