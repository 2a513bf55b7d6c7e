#include "render/image.h"

#include "base/files.h"

#include <catch2/catch.hpp>

using namespace calfscope;
namespace fs = std::filesystem;

namespace {

Image checker() {
  Image image{5, 3, {}};
  for (int i = 0; i < 15; ++i)
    for (const int value : {i * 16, 255 - i, i % 2 * 200, 255})
      image.rgba.push_back(static_cast<std::uint8_t>(value));
  return image;
}

const fs::path folder = fs::path(CALFSCOPE_BINARY_DIR) / "image_test";

} // namespace

TEST_CASE("a picture comes back from its PNG as it was, and the same picture gives the same bytes") {
  IssueList issues;
  REQUIRE(write_png(folder / "checker.png", checker(), issues));
  CHECK(read_png(folder / "checker.png", issues) == checker());
  CHECK(issues.empty());
  CHECK(png_bytes(checker()) == png_bytes(checker()));
}

TEST_CASE("a PNG that cannot be written or read is named") {
  IssueList issues;
  CHECK_FALSE(write_png("/proc/no/such/place.png", checker(), issues));
  CHECK_FALSE(write_png(folder / "empty.png", Image{}, issues));
  REQUIRE(write_atomic(folder / "text.png", "no picture", issues));
  CHECK_FALSE(read_png(folder / "text.png", issues));
  CHECK_FALSE(read_png(folder / "absent.png", issues));
  REQUIRE(issues.all().size() == 4);
  for (const Issue& issue : issues.all())
    CHECK(!issue.file.empty());
}
