#include "state/theme.h"

#include "state/app_state.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr glm::vec3 hex(std::uint32_t rgb) {
  return {static_cast<float>((rgb >> 16) & 255) / 255.0f, static_cast<float>((rgb >> 8) & 255) / 255.0f,
          static_cast<float>(rgb & 255) / 255.0f};
}

// In the order of Material: muscle, tendon, ligament, fascia, bone, cartilage, artery, vein, nerve, skin, nail, plain.
constexpr std::array<glm::vec3, 12> dark_materials{hex(0xA8483F), hex(0xE6DCC2), hex(0xD3C7A6), hex(0xD9D2C0),
                                                   hex(0xE3D7BC), hex(0xBFD0D2), hex(0xC4302B), hex(0x3F5FA3),
                                                   hex(0xE3C04A), hex(0xD9A98A), hex(0xE8C9B8), hex(0xB9B4AC)};
constexpr std::array<glm::vec3, 12> light_materials{hex(0xA3433A), hex(0xE2D6B8), hex(0xCDBF9A), hex(0xD2C9B3),
                                                    hex(0xDDCFB0), hex(0xAFC6CA), hex(0xBB2A26), hex(0x37579C),
                                                    hex(0xD9B238), hex(0xD49F7E), hex(0xE3BFAC), hex(0xA9A49B)};

// Pain is the same on both backgrounds: it lies on skin.
void set_pain(SceneColours& scene) {
  scene.overlay = {.essential = hex(0xB3152B),
                   .spillover = hex(0xE8743B),
                   .forbidden = hex(0x23232B),
                   .caution = hex(0xD9B233),
                   .marked = hex(0x4A3BB5)};
  scene.hotspot = hex(0xFFF3D6);
  scene.hotspot_chosen = hex(0xFFD75E);
  scene.taut_band = hex(0xFFE08A);
  scene.skin_line = hex(0x6B3F2E);
  scene.stretched = hex(0xFFD23F);
  scene.slack = hex(0x4F5D8C);
  scene.props = {.foam = hex(0x3F7E8C),
                 .felt = hex(0xC9D64B),
                 .rubber = hex(0xD9663D),
                 .rod = hex(0x8D949B),
                 .beads = hex(0x2F6FA8),
                 .grip = hex(0x3A3F45),
                 .hand = hex(0xD8B79C),
                 .figure = hex(0xAEB9C4),
                 .furniture = hex(0x6C7780),
                 .glass = hex(0xBFE3F2)};
  scene.fat = hex(0xF0DFA8);
}

Theme make_dark() {
  Theme theme;
  theme.id = "dark";
  theme.dark = true;
  UiColours& ui = theme.ui;
  ui.window = hex(0x14181D);
  ui.panel = hex(0x1C2127);
  ui.panel_raised = hex(0x252B33);
  ui.field = hex(0x2C333C);
  ui.border = hex(0x3A434E);
  ui.hover = hex(0x333C47);
  ui.pressed = hex(0x3D4855);
  ui.selected = hex(0x274A57);
  ui.text = hex(0xECEFF2);
  ui.text_quiet = hex(0xA9B4C0);
  ui.text_disabled = hex(0x6B7682);
  ui.accent = hex(0x5CC4D6);
  ui.on_accent = hex(0x0B2229);
  ui.focus = hex(0x8FE3F0);
  ui.note = hex(0x7FC6E8);
  ui.warning = hex(0xF2C14E);
  ui.error = hex(0xFF8A7A);
  ui.good = hex(0x7BD69A);
  ui.shadow = hex(0x05070A);
  SceneColours& scene = theme.scene;
  scene.background.top = hex(0x2B333C);
  scene.background.bottom = hex(0x14181D);
  scene.materials = dark_materials;
  scene.outline = hex(0xFFD75E);
  scene.stepped_back = hex(0x8C7A74);
  scene.gastrocnemius_medial = hex(0xE69F00);
  scene.gastrocnemius_lateral = hex(0x56B4E9);
  scene.soleus = hex(0xD1478C);
  scene.calcaneal_tendon = hex(0xEFE6CE);
  set_pain(scene);
  return theme;
}

Theme make_light() {
  Theme theme;
  theme.id = "light";
  theme.dark = false;
  UiColours& ui = theme.ui;
  ui.window = hex(0xE9ECEF);
  ui.panel = hex(0xF7F8FA);
  ui.panel_raised = hex(0xFFFFFF);
  ui.field = hex(0xE8ECF0);
  ui.border = hex(0xC6CDD5);
  ui.hover = hex(0xDFE6EC);
  ui.pressed = hex(0xD0DAE2);
  ui.selected = hex(0xC9E6EC);
  ui.text = hex(0x1A2026);
  ui.text_quiet = hex(0x4E5A66);
  ui.text_disabled = hex(0x98A2AC);
  ui.accent = hex(0x0F7286);
  ui.on_accent = hex(0xFFFFFF);
  ui.focus = hex(0x0B5C99);
  ui.note = hex(0x1A6291);
  ui.warning = hex(0x8A5A00);
  ui.error = hex(0xB3261E);
  ui.good = hex(0x1E6B3A);
  ui.shadow = hex(0x5A6570);
  SceneColours& scene = theme.scene;
  scene.background.top = hex(0xF3F5F7);
  scene.background.bottom = hex(0xCFD6DD);
  scene.materials = light_materials;
  scene.outline = hex(0xC25400);
  scene.stepped_back = hex(0xB3A59F);
  scene.lighting.ambient = 0.4f;
  scene.lighting.rim = 0.3f;
  scene.gastrocnemius_medial = hex(0xE08E00);
  scene.gastrocnemius_lateral = hex(0x3A9BD9);
  scene.soleus = hex(0xB8336F);
  scene.calcaneal_tendon = hex(0xE6DABB);
  set_pain(scene);
  return theme;
}

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(glm::vec3 c) {
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

} // namespace

const Theme& dark_theme() {
  static const Theme theme = make_dark();
  return theme;
}

const Theme& light_theme() {
  static const Theme theme = make_light();
  return theme;
}

const Theme& theme_of(const AppState& state) {
  const ThemeChoice choice = state.settings.theme;
  const bool dark = choice == ThemeChoice::system ? state.system_theme_dark : choice == ThemeChoice::dark;
  return dark ? dark_theme() : light_theme();
}

double contrast_ratio(glm::vec3 a, glm::vec3 b) {
  const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
  return (lighter + 0.05) / (darker + 0.05);
}

} // namespace calfscope
