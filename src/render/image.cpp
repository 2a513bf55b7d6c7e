#include "render/image.h"

#include "base/files.h"

#include <stb/stb_image.h>
#include <stb/stb_image_write.h>

namespace calfscope {

std::string png_bytes(const Image& image) {
  std::string bytes;
  const auto append = [](void* target, void* data, int size) {
    static_cast<std::string*>(target)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  };
  if (image.width > 0 && image.height > 0)
    stbi_write_png_to_func(append, &bytes, image.width, image.height, 4, image.rgba.data(), image.width * 4);
  return bytes;
}

bool write_png(const std::filesystem::path& path, const Image& image, IssueList& issues) {
  const std::string bytes = png_bytes(image);
  if (bytes.empty()) {
    issues.error(path.string(), 0, "", "the picture has no pixels");
    return false;
  }
  return write_atomic(path, bytes, issues);
}

std::optional<Image> read_png(const std::filesystem::path& path, IssueList& issues) {
  const auto bytes = read_text(path, issues);
  if (!bytes)
    return std::nullopt;
  Image image;
  int channels = 0;
  stbi_uc* pixels = stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(bytes->data()),
                                          static_cast<int>(bytes->size()), &image.width, &image.height, &channels, 4);
  if (!pixels) {
    issues.error(path.string(), 0, "", std::string("is no picture that can be read: ") + stbi_failure_reason());
    return std::nullopt;
  }
  image.rgba.assign(pixels,
                    pixels + static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
  stbi_image_free(pixels);
  return image;
}

} // namespace calfscope
