#include "render/noise_volume.h"

#include <cstdint>
#include <vector>

namespace calfscope::render {

gl::Texture make_noise_volume() {
  constexpr int edge = 64;
  std::vector<std::uint8_t> texels(static_cast<std::size_t>(edge) * edge * edge);
  std::uint32_t state = 0x9e3779b9u;
  for (std::uint8_t& texel : texels) {
    // xorshift32: fast, and the same everywhere.
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    texel = static_cast<std::uint8_t>(state >> 24);
  }
  return gl::Texture::volume_r8(edge, texels);
}

} // namespace calfscope::render
