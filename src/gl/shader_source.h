#pragma once
// Shader text from files: #include "name.glsl" (relative to the shader folder) and defines for variants.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace calfscope::gl {

struct ShaderSource {
  std::string text;                         // starts with #version 410 core
  std::vector<std::filesystem::path> files; // number n in #line directives and compile messages is files[n]
};

// Each file is taken in once. Throws std::runtime_error naming file and line if a file is missing.
ShaderSource read_shader(const std::filesystem::path& folder, const std::string& name,
                         std::span<const std::string> defines);

// "0:12(3): error …" with the file's name in place of its number.
std::string with_file_names(const std::string& messages, const ShaderSource& source);

} // namespace calfscope::gl
