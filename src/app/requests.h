#pragma once
// What actions ask of the surrounding program: files, clipboard.

#include "base/issue.h"
#include "render/image.h"
#include "state/app_state.h"

#include <filesystem>
#include <functional>
#include <string>

namespace calfscope {

// "calfscope 2026-11-22 17-05-09.png" in the person's pictures folder, or in the folder the program was started from.
std::filesystem::path new_file_path(const std::string& extension);

// All tell the person where the file went, or why there is none.
void save_picture(AppState& state, const Image& image, const std::string& path);
void save_state_dump(AppState& state, const std::string& path);
// The picture itself, where the program xclip can put it on the clipboard; else it is saved and its path is copied.
void copy_picture(AppState& state, const Image& image, const std::function<void(const std::string&)>& copy_text);

} // namespace calfscope
