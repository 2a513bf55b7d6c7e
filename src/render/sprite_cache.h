#pragma once
// Lines of text as textures, written when first needed.

#include "gl/objects.h"

#include <map>
#include <string>
#include <utility>

namespace calfscope::render {

class SpriteCache {
public:
  // Empty without any font. Stays where it is until the next call.
  const gl::Texture& find_or_write(const std::string& text, int size_px);

private:
  std::map<std::pair<std::string, int>, gl::Texture> sprites_; // by text and size
};

} // namespace calfscope::render
