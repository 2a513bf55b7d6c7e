#pragma once
// A picture in memory and on disk.

#include "base/issue.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba; // sRGB, rows from the top

  const std::uint8_t* at(int x, int y) const {
    return rgba.data() +
           (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 4;
  }
  bool operator==(const Image&) const = default;
};

// The bytes of a PNG file; same image, same bytes. Empty if the image has no pixels.
std::string png_bytes(const Image& image);

// Atomic: on failure the old file stays. False and one issue then.
bool write_png(const std::filesystem::path& path, const Image& image, IssueList& issues);

// nullopt and one issue if the file is no picture that can be read.
std::optional<Image> read_png(const std::filesystem::path& path, IssueList& issues);

} // namespace calfscope
