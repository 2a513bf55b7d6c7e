#include "import/obj_text.h"

#include <charconv>
#include <cmath>

namespace calfscope {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Takes the next word off the front of the line.
std::string_view next_word(std::string_view& line) {
  line = trimmed(line);
  const auto end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

std::optional<float> number_in(std::string_view word) {
  float value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

// Vertex index of a corner "7", "7/1" or "7//3"; negative ones count from the end.
std::optional<std::uint32_t> index_in(std::string_view word, std::size_t vertices) {
  long long value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || (end != word.data() + word.size() && *end != '/'))
    return std::nullopt;
  const auto count = static_cast<long long>(vertices);
  if (value < 0)
    value += count + 1;
  if (value < 1 || value > count)
    return std::nullopt;
  return static_cast<std::uint32_t>(value - 1);
}

void read_header(std::string_view comment, ObjText& out) {
  const auto colon = comment.find(':');
  if (colon == std::string_view::npos)
    return;
  const auto key = trimmed(comment.substr(0, colon));
  if (!key.empty())
    out.header.emplace(key, trimmed(comment.substr(colon + 1)));
}

} // namespace

std::optional<ObjText> parse_obj(std::string_view text, const std::string& file, IssueList& issues) {
  ObjText out;
  int number = 0;
  const auto fault = [&](const char* message) {
    issues.error(file, number, "", message);
    return std::nullopt;
  };
  while (!text.empty()) {
    ++number;
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with('#')) {
      if (out.mesh.positions.empty())
        read_header(line.substr(1), out);
      continue;
    }
    const std::string_view word = next_word(line);
    if (word == "v") {
      glm::vec3 p;
      for (int k = 0; k < 3; ++k) {
        const auto value = number_in(next_word(line));
        if (!value)
          return fault("a vertex must be three finite numbers");
        p[k] = *value;
      }
      out.mesh.positions.push_back(p);
    } else if (word == "f") {
      std::vector<std::uint32_t> corners;
      for (auto corner = next_word(line); !corner.empty(); corner = next_word(line)) {
        const auto index = index_in(corner, out.mesh.positions.size());
        if (!index)
          return fault("a face names a vertex that does not stand above it");
        corners.push_back(*index);
      }
      if (corners.size() < 3)
        return fault("a face has fewer than three corners");
      for (std::size_t k = 2; k < corners.size(); ++k)
        out.mesh.triangles.emplace_back(corners[0], corners[k - 1], corners[k]);
    }
  }
  number = 0;
  if (out.mesh.triangles.empty())
    return fault("holds no faces; is it cut off, or no OBJ file?");
  return out;
}

} // namespace calfscope
