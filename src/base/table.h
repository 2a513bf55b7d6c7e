#pragma once
// Enums are declared beside an array of their ids in the same order; these walk any of them.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace calfscope {

template <typename Enum, std::size_t N>
constexpr std::string_view id_in(const std::array<std::string_view, N>& ids, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? ids[index] : std::string_view{};
}

constexpr bool one_of(std::span<const std::string_view> ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

template <typename Enum, std::size_t N>
constexpr std::optional<Enum> find_in(const std::array<std::string_view, N>& ids, std::string_view id) {
  for (std::size_t i = 0; i < N; ++i)
    if (ids[i] == id)
      return static_cast<Enum>(i);
  return std::nullopt;
}

} // namespace calfscope
