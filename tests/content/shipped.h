#pragma once
// The content and the leg that ship, bound together; and the real leg where the reference is at hand.

#include "anatomy/mirror.h"
#include "content/bind.h"
#include "content/read_content.h"
#include "import/pack.h"

#include <catch2/catch.hpp>

#include <filesystem>

namespace calfscope::test {

struct BoundLeg {
  std::shared_ptr<const Atlas> atlas;
  std::shared_ptr<const LegCoordinates> coordinates;
  std::shared_ptr<const BoundContent> content;
};

inline std::filesystem::path content_folder() {
  return std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/calf";
}

inline std::shared_ptr<const ContentPack> shipped_content() {
  static const std::shared_ptr<const ContentPack> pack = [] {
    IssueList issues;
    auto read = read_content(content_folder(), issues);
    INFO(to_string(issues));
    REQUIRE(read);
    return std::make_shared<const ContentPack>(std::move(*read));
  }();
  return pack;
}

inline BoundLeg bound(Atlas atlas) {
  BoundLeg out;
  out.atlas = std::make_shared<const Atlas>(std::move(atlas));
  auto coordinates = LegCoordinates::make(*out.atlas);
  REQUIRE(coordinates);
  out.coordinates = std::make_shared<const LegCoordinates>(std::move(*coordinates));
  out.content = BoundContent::make(shipped_content(), *out.atlas, *out.coordinates);
  return out;
}

inline const BoundLeg& shipped_leg(Side side = Side::right) {
  static const Atlas stored = [] {
    IssueList issues;
    auto read = read_pack(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg", issues);
    INFO(to_string(issues));
    REQUIRE(read);
    return std::move(*read);
  }();
  if (side == Side::left) { // bound only where a test wants it: every test is a program of its own
    static const BoundLeg left = bound(on_side(stored, Side::left));
    return left;
  }
  static const BoundLeg right = bound(on_side(stored, Side::right));
  return right;
}

} // namespace calfscope::test
