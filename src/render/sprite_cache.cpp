#include "render/sprite_cache.h"

#include "render/text_sprite.h"

namespace calfscope::render {
namespace {

constexpr std::size_t most_sprites = 64; // while a window's edge is dragged every height brings sizes of its own

} // namespace

const gl::Texture& SpriteCache::find_or_write(const std::string& text, int size_px) {
  const std::pair key(text, size_px);
  if (const auto known = sprites_.find(key); known != sprites_.end())
    return known->second;
  if (sprites_.size() >= most_sprites)
    sprites_.clear();
  const TextSprite written = write_sprite(text, size_px);
  return sprites_
      .emplace(key, written.pairs.empty() ? gl::Texture() : gl::Texture::picture_rg8(written.size, written.pairs))
      .first->second;
}

} // namespace calfscope::render
