#include "gl/shader_source.h"

#include "base/files.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace calfscope::gl {
namespace fs = std::filesystem;
namespace {

// The name in `#include "name"`; empty if the line is something else.
std::string included_name(const std::string& line) {
  constexpr std::string_view directive = "#include \"";
  if (line.rfind(directive, 0) != 0)
    return {};
  const std::size_t end = line.find('"', directive.size());
  return end == std::string::npos ? std::string() : line.substr(directive.size(), end - directive.size());
}

void append_file(ShaderSource& source, const fs::path& folder, const std::string& name, const std::string& wanted_by) {
  const fs::path path = folder / name;
  if (std::find(source.files.begin(), source.files.end(), path) != source.files.end())
    return;
  IssueList issues;
  const auto text = read_text(path, issues, 1u << 20);
  if (!text)
    throw std::runtime_error("shader " + to_string(issues) +
                             (wanted_by.empty() ? "" : " (wanted by " + wanted_by + ")"));
  const std::size_t number = source.files.size();
  source.files.push_back(path);
  source.text += "#line 1 " + std::to_string(number) + "\n";
  std::istringstream lines(*text);
  int line_number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++line_number;
    const std::string included = included_name(line);
    if (included.empty()) {
      source.text += line + "\n";
      continue;
    }
    append_file(source, folder, included, name + ":" + std::to_string(line_number));
    source.text += "#line " + std::to_string(line_number + 1) + " " + std::to_string(number) + "\n";
  }
}

} // namespace

ShaderSource read_shader(const fs::path& folder, const std::string& name, std::span<const std::string> defines) {
  ShaderSource source;
  source.text = "#version 410 core\n";
  for (const std::string& define : defines)
    source.text += "#define " + define + "\n";
  append_file(source, folder, name, "");
  return source;
}

std::string with_file_names(const std::string& messages, const ShaderSource& source) {
  std::string out;
  std::istringstream lines(messages);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t digits = line.find_first_not_of("0123456789");
    if (digits != 0 && digits != std::string::npos && line[digits] == ':') {
      const std::size_t number = std::stoul(line.substr(0, digits));
      if (number < source.files.size())
        line = source.files[number].filename().string() + line.substr(digits);
    }
    out += line + "\n";
  }
  return out;
}

} // namespace calfscope::gl
