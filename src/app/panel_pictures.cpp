#include "app/panel_pictures.h"

#include "compose/pain_still.h"
#include "render/flat_picture.h"
#include "state/theme.h"

#include <cstdint>

namespace calfscope {
namespace {

ImTextureID id_of(const gl::Texture& texture) {
  return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture.id())); // what ImGui's OpenGL backend takes
}

} // namespace

PanelPictures::StillKey PanelPictures::key_of(const AppState& state, const PictureWish& wish) {
  StillKey key{.document = state.document,
               .seconds = wish.pain_seconds.value_or(0),
               .content = state.leg_content.get(),
               .atlas = state.atlas.get(),
               .theme = theme_of(state).id,
               .size = wish.size};
  key.document.camera = {};
  return key;
}

bool PanelPictures::follow(const AppState& state, const std::map<std::string, PictureWish>& wishes) {
  std::erase_if(made_, [&](const auto& entry) { return !wishes.contains(entry.first); });
  std::erase_if(pictures_, [&](const auto& entry) { return !wishes.contains(entry.first); });
  bool any = false;
  busy_ = false;
  for (const auto& [name, wish] : wishes) {
    if (wish.size.x <= 0 || wish.size.y <= 0)
      continue;
    Made& made = made_[name];
    if (wish.drawing) {
      if (made.drawing == wish.drawing)
        continue;
      const Image image = draw_flat(*wish.drawing);
      made = {gl::Texture::picture_rgba8({image.width, image.height}, image.rgba), wish.drawing, {}};
    } else {
      const StillKey key = key_of(state, wish);
      if (made.still == key)
        continue;
      if (any) {
        busy_ = true;
        continue;
      }
      const Image image = renderer_->picture_of(pain_still(state, key.seconds, key.size, *text_), key.size);
      made = {gl::Texture::picture_rgba8({image.width, image.height}, image.rgba), nullptr, key};
    }
    pictures_[name] = {id_of(made.texture), made.texture.size()};
    any = true;
  }
  return any;
}

} // namespace calfscope
