#pragma once
// Pictures that panels wish for, as textures: drawn when first wished for and kept while the wish stays the same.

#include "gl/objects.h"
#include "render/renderer.h"
#include "state/app_state.h"
#include "ui/ui.h"

#include <map>
#include <memory>
#include <string>

namespace calfscope {

class PanelPictures {
public:
  PanelPictures(Renderer& renderer, const Catalogue& text) : renderer_(&renderer), text_(&text) {}

  // Drops what is wished for no longer and makes what is missing; of the stills of the leg at most one a call, so that
  // input is heard between them. True if a picture was made.
  bool follow(const AppState& state, const std::map<std::string, PictureWish>& wishes);

  bool busy() const { return busy_; } // something is still missing
  const std::map<std::string, PanelPicture>& pictures() const { return pictures_; }

private:
  // What a still depends on.
  struct StillKey {
    Document document; // its camera does not matter
    double seconds = 0;
    const LegContent* content = nullptr;
    const Atlas* atlas = nullptr;
    std::string_view theme;
    glm::ivec2 size{0};
    bool operator==(const StillKey&) const = default;
  };
  struct Made {
    gl::Texture texture;
    std::shared_ptr<const FlatDrawing> drawing;
    std::optional<StillKey> still;
  };
  static StillKey key_of(const AppState& state, const PictureWish& wish);

  Renderer* renderer_;
  const Catalogue* text_;
  std::map<std::string, Made> made_;
  std::map<std::string, PanelPicture> pictures_;
  bool busy_ = false;
};

} // namespace calfscope
