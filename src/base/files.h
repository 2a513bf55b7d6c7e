#pragma once
// Reading and writing files, and where the program keeps its own.

#include "base/issue.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace calfscope {

// Whole file as text. On failure: nullopt and one issue that names the file and the system's reason.
// Refuses files larger than max_bytes, so that a wrong path (a video, /dev/zero) cannot eat the memory.
std::optional<std::string> read_text(const std::filesystem::path& path, IssueList& issues,
                                     std::size_t max_bytes = 256u << 20);

// Writes beside the target and renames, so that a crash or a full disk leaves the old file whole.
// Creates missing parent folders, follows links, and writes straight into what is no plain file (/dev/stdout, a pipe).
// On failure: false and one issue; the temporary file is removed.
bool write_atomic(const std::filesystem::path& path, std::string_view bytes, IssueList& issues);

// XDG folders with "calfscope" appended; not created here. Empty if neither the XDG variable nor HOME is set.
std::filesystem::path config_folder(); // settings.json
std::filesystem::path data_folder();   // journal, imported packs
std::filesystem::path cache_folder();  // coarse meshes, shader cache

// Folder with shaders/, content/, models/ of the program: CALFSCOPE_ROOT, else beside or above the executable,
// else the source tree it was built from. nullopt if none of them holds "shaders".
std::optional<std::filesystem::path> find_program_root();

} // namespace calfscope
