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

TEST_CASE("texts come back from a PNG letter by letter, short or long, in any script") {
  const PngTexts texts{{"Title", "Right leg"}, {"Source", "© Müller, 下腿"}, {"state", std::string(300000, 'x') + "ü"}};
  IssueList issues;
  REQUIRE(write_png(folder / "texts.png", checker(), issues, texts));
  for (const auto& [keyword, text] : texts)
    CHECK(read_png_text(folder / "texts.png", keyword, issues) == text);
  CHECK(read_png(folder / "texts.png", issues) == checker());
  CHECK(issues.empty());
  CHECK_FALSE(read_png_text(folder / "texts.png", "Author", issues));
  CHECK(issues.all().size() == 1);
}

TEST_CASE("a PNG that breaks off at any byte gives no text and one issue") {
  const std::string whole = png_bytes(checker(), {{"state", "soleus"}});
  for (std::size_t length = 0; length + 12 < whole.size(); ++length) { // the last chunk is empty
    IssueList issues;
    REQUIRE(write_atomic(folder / "cut.png", whole.substr(0, length), issues));
    INFO(length);
    CHECK_FALSE(read_png_text(folder / "cut.png", "state", issues));
    CHECK(issues.all().size() == 1);
  }
}
