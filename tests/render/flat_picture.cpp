// Flat drawings become the pixels they say, without any context; letters are never wider than the layout takes them
// for.
#include "render/flat_picture.h"

#include "base/catalogue.h"
#include "compose/structure_names.h"
#include "compose/text_width.h"
#include "import/pack.h"
#include "render/text_sprite.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace calfscope;

namespace {

FlatLine square(glm::vec2 lower, glm::vec2 upper, bool turned_round = false) {
  if (turned_round)
    return {lower, {upper.x, lower.y}, upper, {lower.x, upper.y}};
  return {lower, {lower.x, upper.y}, upper, {upper.x, lower.y}};
}

double reds(const Image& image) {
  double sum = 0;
  for (std::size_t i = 0; i < image.rgba.size(); i += 4)
    sum += image.rgba[i] / 255.0;
  return sum;
}

} // namespace

TEST_CASE("a fill covers its area to a fraction of a pixel, holes left out, and stays within the sheet") {
  FlatDrawing drawing{{60, 50}, {0, 0, 0}, {}};
  drawing.shapes.emplace_back(
      FlatFill{{square({10.3f, 8.25f}, {40.8f, 30.5f}), square({15.5f, 12.25f}, {25.25f, 20.5f}, true)}, {1, 0, 0}, 1});
  CHECK(reds(draw_flat(drawing)) == Approx(30.5 * 22.25 - 9.75 * 8.25).margin(2));
  drawing.shapes.clear();
  drawing.shapes.emplace_back(FlatFill{{square({-500, -500}, {900, 900})}, {1, 0, 0}, 1});
  CHECK(reds(draw_flat(drawing)) == Approx(60 * 50));
  drawing.shapes.clear();
  drawing.shapes.emplace_back(FlatFill{{square({-500, -500}, {-100, 900})}, {1, 0, 0}, 1});
  drawing.shapes.emplace_back(FlatStroke{{{-300, 5}, {-200, 900}}, false, 5, {1, 0, 0}, 1});
  drawing.shapes.emplace_back(FlatDisc{{400, 400}, 20, {1, 0, 0}, 1});
  drawing.shapes.emplace_back(FlatText{"far away", {-900, 20}, FlatAlign::right, 14, {1, 0, 0}, {1, 0, 0}, 1});
  CHECK(reds(draw_flat(drawing)) == 0);
}

TEST_CASE("a stroke is as wide as it says, and its corners are not painted twice") {
  FlatDrawing drawing{{60, 60}, {0, 0, 0}, {}};
  drawing.shapes.emplace_back(FlatStroke{{{10, 10}, {50, 10}, {50, 50}}, false, 4, {1, 0, 0}, 0.5f});
  const Image image = draw_flat(drawing);
  CHECK(image.at(30, 10)[0] == Approx(128).margin(2));
  CHECK(image.at(49, 10)[0] == Approx(128).margin(2));
  CHECK(reds(image) == Approx(0.5 * 4 * 82).epsilon(0.06));
}

TEST_CASE("no name of the leg is written wider than the layout of names takes it for") {
  Catalogue texts;
  IssueList issues;
  REQUIRE(texts.load(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/program/text/en.json", issues));
  auto atlas = read_pack(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg", issues);
  REQUIRE(atlas);
  AppState state;
  state.atlas = std::make_shared<const Atlas>(std::move(*atlas));
  for (const int line_px : {13, 17, 26})
    for (const LabelNames names : {LabelNames::patient, LabelNames::latin, LabelNames::clinician})
      for (std::size_t i = 0; i < state.atlas->structures.size(); ++i) {
        const std::string name = structure_name(state, i, names, texts);
        INFO(name << " at " << line_px);
        const render::TextSprite sprite = render::write_sprite(name, line_px);
        if (sprite.size.x > 0)
          CHECK(static_cast<float>(sprite.size.x) <= widest_text_px(name, static_cast<float>(line_px)));
      }
}
