#pragma once
// Which picture of the leg is drawn when: a quick one while something moves, the full one after a rest, kept as long as
// nothing changes, and faded in.

#include "base/catalogue.h"
#include "compose/structure_labels.h"
#include "render/renderer.h"
#include "state/app_state.h"

#include <optional>

namespace calfscope {

class Picture {
public:
  Picture(Renderer& renderer, const Catalogue& text) : renderer_(&renderer), text_(&text) {}

  // Looks at the state and draws what is needed now; never longer than about one moving picture. `size`: framebuffer
  // pixels.
  void update(const AppState& state, glm::ivec2 size, double now_s);
  // Shows it in the bound framebuffer.
  void present(glm::ivec2 size);

  // 0: wants to be updated at once; else seconds until it wants; nullopt: it is at rest.
  std::optional<double> wants_update_in(double now_s) const;

  // Finishes the full picture of this state now, however long it takes, and gives it.
  Image full(const AppState& state, glm::ivec2 size, double now_s);

private:
  // Everything that the picture depends on.
  struct Key {
    Document document;
    Camera camera;
    std::string hovered;
    std::string hovered_point;
    double pain_s = 0;
    Press press;
    bool brush = false; // the skin is shown for it
    const LegContent* content = nullptr;
    const Atlas* atlas = nullptr;
    std::string_view theme;
    RenderQuality quality = RenderQuality::automatic;
    glm::vec4 free_area{0, 0, 1, 1};
    std::vector<glm::vec4> covered; // where no names may stand
    glm::ivec2 size{0};
    bool operator==(const Key&) const = default;
  };
  static Key key_of(const AppState& state, glm::ivec2 size);

  Frame frame_of(const AppState& state, const Key& key, Quality quality, double now_s);
  void draw_moving(const AppState& state, const Key& key, double now_s);
  bool names_move(double now_s) const { return !labels_.settled() && now_s < names_move_until_s_; }
  void finish_full(const AppState& state, double now_s);

  Renderer* renderer_;
  const Catalogue* text_;
  StructureLabels labels_;
  std::optional<Key> moving_;     // what the moving picture shows
  std::optional<Key> full_;       // what the finished full picture shows
  std::optional<Key> pending_;    // what the unfinished one will show
  double changed_s_ = 0;          // when the picture last changed
  double names_move_until_s_ = 0; // whatever they want: a leg at rest must come to rest
  std::optional<double> fade_began_s_;
  float full_share_ = 0;
  bool wants_full_ = false;
};

inline constexpr double rest_s = 0.15; // stillness before the full picture is begun
inline constexpr double fade_s = 0.14;

} // namespace calfscope
