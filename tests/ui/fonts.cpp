#include "base/font_files.h"
#include "panel_stage.h"

using namespace calfscope;

TEST_CASE("every sign that the texts use has a glyph in every font") {
  test::PanelStage stage;
  stage.frame();
  const Fonts& fonts = stage.panels().fonts();
  std::string everything = "– — ≥ ≤ → ← ↑ ↓ … ° ² ³ µ ’ “ ” · × − ≈ ß é ü ñ ł ő α β";
  for (const std::string& key : test::texts().keys())
    everything += test::texts()(key);
  for (ImFont* font : {fonts.text, fonts.text_strong, fonts.small, fonts.small_strong, fonts.title, fonts.display}) {
    REQUIRE(font);
    for (std::size_t i = 0; i < everything.size();) {
      // Plain UTF-8 decoding: the texts hold nothing beyond three bytes.
      const auto byte = static_cast<unsigned char>(everything[i]);
      const std::size_t length = byte < 0x80 ? 1 : (byte < 0xE0 ? 2 : 3);
      unsigned int sign = length == 1 ? byte : byte & (length == 2 ? 0x1F : 0x0F);
      for (std::size_t k = 1; k < length; ++k)
        sign = sign << 6 | (static_cast<unsigned char>(everything[i + k]) & 0x3F);
      if (sign > ' ') {
        INFO("\"" << everything.substr(i, length) << "\" at " << font->FontSize << " px");
        CHECK(font->FindGlyphNoFallback(static_cast<ImWchar>(sign)) != nullptr);
      }
      i += length;
    }
  }
}

TEST_CASE("Inter is found where Debian keeps it", "[.debian]") {
  CHECK(find_font_folder());
}

TEST_CASE("text grows with the scale, so that it stays sharp") {
  test::PanelStage once({1280, 720}, 1), twice({2560, 1440}, 2);
  once.frame();
  const float size = once.panels().fonts().text->FontSize;
  twice.frame();
  CHECK(twice.panels().fonts().text->FontSize == Approx(2 * size));
}

TEST_CASE("the scale never leaves less than the smallest layout") {
  for (const glm::ivec2 window :
       {glm::ivec2(1024, 640), glm::ivec2(1280, 720), glm::ivec2(2560, 1440), glm::ivec2(3840, 2160)})
    for (const float display : {1.0f, 1.25f, 1.5f, 2.0f})
      for (const float person : {0.75f, 1.0f, 2.0f, 3.0f}) {
        const float scale = effective_scale(window, display, person);
        CHECK(scale <= display * person + 0.001f);
        CHECK(static_cast<float>(window.x) / scale >= smallest_layout.x - 0.5f);
        CHECK(static_cast<float>(window.y) / scale >= smallest_layout.y - 0.5f);
      }
}
