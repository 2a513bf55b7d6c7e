#pragma once
// A picture in memory and on disk, with the texts that a PNG carries.

#include "base/issue.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

// Keyword (ASCII, at most 79 characters) and UTF-8 text.
using PngTexts = std::vector<std::pair<std::string, std::string>>;

// The bytes of a PNG file; same image and texts, same bytes. Empty if the image has no pixels.
std::string png_bytes(const Image& image, const PngTexts& texts = {});

// Atomic: on failure the old file stays. False and one issue then.
bool write_png(const std::filesystem::path& path, const Image& image, IssueList& issues, const PngTexts& texts = {});

// nullopt and one issue if the file is no picture that can be read.
std::optional<Image> read_png(const std::filesystem::path& path, IssueList& issues);

// Whether the file begins as every PNG does; false also if it cannot be read.
bool looks_like_png(const std::filesystem::path& path);

// The text that a PNG carries under this keyword. nullopt and one issue if the file is no whole PNG, has no such text,
// or one beyond 16 MB.
std::optional<std::string> read_png_text(const std::filesystem::path& path, std::string_view keyword,
                                         IssueList& issues);

} // namespace calfscope
