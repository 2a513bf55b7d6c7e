#pragma once
// Any mesh file a person opens (GLB, glTF, OBJ, STL, PLY, FBX), as an atlas of its own.

#include "anatomy/atlas.h"
#include "base/issue.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace calfscope {

// Units a file may be in, as Atlas::guessed_unit names them.
struct LengthUnit {
  std::string_view id;
  float mm;
};
inline constexpr std::array<LengthUnit, 4> length_units{{{"mm", 1}, {"cm", 10}, {"m", 1000}, {"in", 25.4f}}};

// The file is read by a child process with limits on memory and time, so a broken one cannot harm this program.
// Unit: `unit` if given (an id of length_units), else guessed from the size and told by Atlas::guessed_unit. Z-up files
// are stood up, the middle is moved to the origin. nullopt with errors if nothing can be shown; what was mended
// (vertices that are not numbers, triangles without area) is told as warnings.
std::optional<Atlas> read_foreign(const std::filesystem::path& file, std::optional<std::string> unit,
                                  IssueList& issues);

// Must stand first in main(): if the program was started as such a child, does its work and returns the exit code.
std::optional<int> run_as_mesh_reader(int argc, char** argv);

// The program started as the child: by default this executable itself. For programs that do not call
// run_as_mesh_reader (tests).
void set_mesh_reader_program(std::filesystem::path program);

} // namespace calfscope
