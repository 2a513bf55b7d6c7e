#pragma once
// The one table of colours and sizes. Panels, legend, markers and the 3D picture read it; no colour stands anywhere
// else. Colours are sRGB 0..1, sizes logical pixels.

#include "frame/frame.h"

#include <array>
#include <string_view>

namespace calfscope {

struct AppState;

struct UiColours {
  glm::vec3 window; // behind everything
  glm::vec3 panel;
  glm::vec3 panel_raised; // cards, popups
  glm::vec3 field;        // inputs, slider troughs
  glm::vec3 border;
  glm::vec3 hover; // rows and buttons under the pointer
  glm::vec3 pressed;
  glm::vec3 selected;   // chosen row
  glm::vec3 text;       // on panel, panel_raised, field, hover, selected: contrast >= 4.5
  glm::vec3 text_quiet; // on panel, panel_raised: contrast >= 4.5
  glm::vec3 text_disabled;
  glm::vec3 accent;    // contrast >= 3 on panel
  glm::vec3 on_accent; // text on accent: contrast >= 4.5
  glm::vec3 focus;     // keyboard ring, contrast >= 3 on panel
  glm::vec3 note;
  glm::vec3 warning; // contrast >= 4.5 on panel, as the next two
  glm::vec3 error;
  glm::vec3 good;
  glm::vec3 shadow;
};

struct UiSizes {
  float text = 15;
  float text_small = 13;
  float text_title = 19;
  float spacing = 8;
  float padding = 12;
  float radius = 8;
  float radius_small = 5;
  float border = 1;
  float target = 28; // smallest height of anything clickable
  float panel_width = 300;
  float top_bar = 44;
  float status_bar = 28;
  float scrollbar = 12;
};

// What lies round the leg while a technique is shown.
struct PropColours {
  glm::vec3 foam, felt, rubber, rod, beads, grip;
  glm::vec3 hand;   // clay, nobody's own
  glm::vec3 figure; // the body round the leg, as glass
  glm::vec3 furniture;
  glm::vec3 glass; // that one drinks from
};

struct SceneColours {
  Background background;
  Lighting lighting;
  std::array<glm::vec3, 12> materials; // by Material
  glm::vec3 outline;
  glm::vec3 stepped_back; // tint of muscles that are not spoken of
  // The calf highlight, told apart with every common kind of colour blindness and by lightness alone.
  glm::vec3 gastrocnemius_medial;
  glm::vec3 gastrocnemius_lateral;
  glm::vec3 soleus;
  glm::vec3 calcaneal_tendon;
  OverlayColours overlay;
  glm::vec3 hotspot; // disc of a trigger point
  glm::vec3 hotspot_chosen;
  glm::vec3 taut_band;
  PropColours props;
  glm::vec3 skin_line;        // drawn on the skin where a tool drags it
  glm::vec3 stretched, slack; // fibres that are longer or shorter than at rest
  glm::vec3 fat;              // below the skin, in cross-sections
};

struct Theme {
  std::string_view id; // "dark", "light"
  bool dark = true;
  UiColours ui;
  UiSizes size;
  SceneColours scene;
};

const Theme& dark_theme();
const Theme& light_theme();
const Theme& theme_of(const AppState& state); // follows the setting and, for "system", the desktop

// WCAG contrast ratio of two colours, 1 … 21.
double contrast_ratio(glm::vec3 a, glm::vec3 b);

} // namespace calfscope
