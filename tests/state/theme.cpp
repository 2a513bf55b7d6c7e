#include "state/theme.h"

#include "sample_state.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace calfscope;

namespace {

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

// CIE Lab (D65) of a linear sRGB colour.
glm::dvec3 lab(glm::dvec3 rgb) {
  const glm::dvec3 xyz(0.4124 * rgb.r + 0.3576 * rgb.g + 0.1805 * rgb.b,
                       0.2126 * rgb.r + 0.7152 * rgb.g + 0.0722 * rgb.b,
                       0.0193 * rgb.r + 0.1192 * rgb.g + 0.9505 * rgb.b);
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  const double x = f(xyz.x / 0.9505), y = f(xyz.y), z = f(xyz.z / 1.089);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

// How the colour looks with full protanopia, deuteranopia or tritanopia (Machado, Oliveira, Fernandes 2009).
glm::dvec3 seen_by(int kind, glm::vec3 colour) {
  static const double matrices[4][9] = {
      {1, 0, 0, 0, 1, 0, 0, 0, 1},
      {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
      {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
      {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}};
  const double* m = matrices[kind];
  const glm::dvec3 c(linear(colour.r), linear(colour.g), linear(colour.b));
  return glm::clamp(glm::dvec3(m[0] * c.r + m[1] * c.g + m[2] * c.b, m[3] * c.r + m[4] * c.g + m[5] * c.b,
                               m[6] * c.r + m[7] * c.g + m[8] * c.b),
                    0.0, 1.0);
}

} // namespace

TEST_CASE("all text can be read in both themes") {
  for (const Theme* theme : {&dark_theme(), &light_theme()}) {
    INFO(theme->id);
    const UiColours& ui = theme->ui;
    for (const glm::vec3 ground : {ui.window, ui.panel, ui.panel_raised, ui.field, ui.hover, ui.pressed, ui.selected})
      CHECK(contrast_ratio(ui.text, ground) >= 4.5);
    for (const glm::vec3 ground : {ui.panel, ui.panel_raised, ui.field})
      CHECK(contrast_ratio(ui.text_quiet, ground) >= 4.5);
    for (const glm::vec3 ink : {ui.note, ui.warning, ui.error, ui.good})
      CHECK(contrast_ratio(ink, ui.panel) >= 4.5);
    CHECK(contrast_ratio(ui.on_accent, ui.accent) >= 4.5);
    for (const glm::vec3 mark : {ui.accent, ui.focus})
      CHECK(contrast_ratio(mark, ui.panel) >= 3);
  }
}

TEST_CASE("the three calf muscles stay three colours with every common kind of colour blindness") {
  for (const Theme* theme : {&dark_theme(), &light_theme()})
    for (int kind = 0; kind < 4; ++kind) {
      const SceneColours& scene = theme->scene;
      const glm::vec3 colours[] = {scene.gastrocnemius_medial, scene.gastrocnemius_lateral, scene.soleus};
      for (int i = 0; i < 3; ++i)
        for (int k = 0; k < i; ++k) {
          INFO(theme->id << ", vision " << kind << ", " << i << " and " << k);
          CHECK(glm::distance(lab(seen_by(kind, colours[i])), lab(seen_by(kind, colours[k]))) > 25);
        }
    }
}

TEST_CASE("highlight colours and the outline stand out from the background") {
  for (const Theme* theme : {&dark_theme(), &light_theme()}) {
    const SceneColours& scene = theme->scene;
    for (const glm::vec3 ground : {scene.background.top, scene.background.bottom}) {
      CHECK(contrast_ratio(scene.outline, ground) >= 3);
      for (const glm::vec3 colour : {scene.gastrocnemius_medial, scene.gastrocnemius_lateral, scene.soleus})
        CHECK(contrast_ratio(colour, ground) >= 1.6);
    }
  }
}

TEST_CASE("the theme follows the setting, and for system the desktop") {
  AppState state;
  state.settings.theme = ThemeChoice::light;
  CHECK_FALSE(theme_of(state).dark);
  state.settings.theme = ThemeChoice::system;
  state.system_theme_dark = true;
  CHECK(theme_of(state).dark);
  state.system_theme_dark = false;
  CHECK_FALSE(theme_of(state).dark);
}

TEST_CASE("contrast of black and white is 21, of a colour with itself 1") {
  CHECK(contrast_ratio({0, 0, 0}, {1, 1, 1}) == Approx(21));
  CHECK(contrast_ratio({0.3f, 0.5f, 0.1f}, {0.3f, 0.5f, 0.1f}) == Approx(1));
}
