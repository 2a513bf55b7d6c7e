#pragma once
// The kinds of tissue a structure can be, declared once: files, --layers, menus and materials walk this table.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace calfscope {

enum class Kind : std::uint8_t { skin, fascia, muscle, tendon, ligament, vessel, nerve, bone, other };

struct KindInfo {
  Kind kind;
  std::string_view id; // in files and on the command line; the shown name is catalogue key "kind.<id>"
};

// From the outside in; `other` holds foreign meshes that say nothing about themselves.
inline constexpr std::array<KindInfo, 9> kind_table{{
    {Kind::skin, "skin"},
    {Kind::fascia, "fascia"},
    {Kind::muscle, "muscle"},
    {Kind::tendon, "tendon"},
    {Kind::ligament, "ligament"},
    {Kind::vessel, "vessel"},
    {Kind::nerve, "nerve"},
    {Kind::bone, "bone"},
    {Kind::other, "other"},
}};

// Their ids alone, in the same order.
inline constexpr auto kind_ids = [] {
  std::array<std::string_view, kind_table.size()> ids;
  for (std::size_t i = 0; i < ids.size(); ++i)
    ids[i] = kind_table[i].id;
  return ids;
}();

std::string_view id_of(Kind kind);
std::optional<Kind> kind_from(std::string_view id);

// Which leg. A pack is stored on one side; the other is its mirror image (see mirror.h).
enum class Side : std::uint8_t { right, left };
inline constexpr std::array<std::string_view, 2> side_ids{"right", "left"};
std::string_view id_of(Side side);
std::optional<Side> side_from(std::string_view id);

} // namespace calfscope
