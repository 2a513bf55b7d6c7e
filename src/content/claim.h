#pragma once
// What every statement of a content pack carries: where it comes from, how sure it is, where it stands in the file.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace calfscope {

enum class Confidence : std::uint8_t { low, medium, high };
inline constexpr std::array<std::string_view, 3> confidence_ids{"low", "medium", "high"};

// Where in a file something stands, for faults that are found later.
struct Origin {
  std::string file;
  int line = 0;
  std::string key; // JSON pointer
};

// Something said; its words stand under the catalogue key that the owner's id and this id make.
struct Claim {
  std::string id;
  std::vector<std::string> basis; // ids of sources
  Confidence confidence = Confidence::medium;
  Origin origin;
};

} // namespace calfscope
