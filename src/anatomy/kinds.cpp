#include "anatomy/kinds.h"

namespace calfscope {

std::string_view id_of(Kind kind) {
  for (const KindInfo& info : kind_table)
    if (info.kind == kind)
      return info.id;
  return "other";
}

std::optional<Kind> kind_from(std::string_view id) {
  for (const KindInfo& info : kind_table)
    if (info.id == id)
      return info.kind;
  return std::nullopt;
}

std::string_view id_of(Side side) {
  return side == Side::right ? "right" : "left";
}

std::optional<Side> side_from(std::string_view id) {
  if (id == "right")
    return Side::right;
  if (id == "left")
    return Side::left;
  return std::nullopt;
}

} // namespace calfscope
