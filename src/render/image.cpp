#include "render/image.h"

#include "base/files.h"

#include <png.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>

namespace calfscope {
namespace {

constexpr std::size_t signature_bytes = 8;
constexpr std::size_t most_text_bytes = 16u << 20; // unpacked: a small file may unfold to gigabytes
constexpr std::size_t compressed_from_bytes = 2048;

// libpng reports through a C callback and jumps back to where its caller has set a mark.
void fail(png_structp png, png_const_charp reason) {
  *static_cast<std::string*>(png_get_error_ptr(png)) = reason;
  png_longjmp(png, 1);
}

void ignore_warning(png_structp, png_const_charp) {}

struct Reader {
  std::string reason;
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reason, fail, ignore_warning);
  png_infop info = png_create_info_struct(png);
  std::string_view left;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  explicit Reader(std::string_view bytes) : left(bytes) {}
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
};

struct Writer {
  std::string reason;
  std::string bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &reason, fail, ignore_warning);
  png_infop info = png_create_info_struct(png);
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { png_destroy_write_struct(&png, &info); }
};

png_text text_chunk(const std::pair<std::string, std::string>& entry) {
  const auto& [keyword, text] = entry;
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
  const bool large = text.size() >= compressed_from_bytes;
  png_text chunk{};
  // Plain chunks are what every program reads; only they know no UTF-8.
  if (ascii)
    chunk.compression = large ? PNG_TEXT_COMPRESSION_zTXt : PNG_TEXT_COMPRESSION_NONE;
  else
    chunk.compression = large ? PNG_ITXT_COMPRESSION_zTXt : PNG_ITXT_COMPRESSION_NONE;
  chunk.key = const_cast<char*>(keyword.c_str()); // libpng copies it
  chunk.text = const_cast<char*>(text.c_str());
  chunk.text_length = ascii ? text.size() : 0;
  chunk.itxt_length = ascii ? 0 : text.size();
  return chunk;
}

// From here to the end of the two functions below no object with a destructor may be made: a fault jumps over it.
bool write_all(Writer& writer, const Image& image, const std::vector<png_text>& chunks, png_bytepp rows) {
  if (setjmp(png_jmpbuf(writer.png)))
    return false;
  png_set_write_fn(
      writer.png, &writer.bytes,
      [](png_structp png, png_bytep data, png_size_t size) {
        static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), size);
      },
      nullptr);
  png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(image.width), static_cast<png_uint_32>(image.height),
               8, PNG_COLOR_TYPE_RGBA, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(writer.png, writer.info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_set_compression_level(writer.png, 4); // a third of the time of the default, a few per cent larger
  png_set_text(writer.png, writer.info, chunks.data(), static_cast<int>(chunks.size()));
  png_write_info(writer.png, writer.info);
  png_write_image(writer.png, rows);
  png_write_end(writer.png, nullptr);
  return true;
}

// Goes through all chunks, so that a text behind the pixels is found as well and a file that breaks off is noticed.
bool read_chunks(Reader& reader) {
  if (setjmp(png_jmpbuf(reader.png)))
    return false;
  png_set_read_fn(reader.png, &reader.left, [](png_structp png, png_bytep target, png_size_t size) {
    auto& left = *static_cast<std::string_view*>(png_get_io_ptr(png));
    if (size > left.size())
      png_error(png, "the file breaks off");
    std::memcpy(target, left.data(), size);
    left.remove_prefix(size);
  });
  png_set_chunk_malloc_max(reader.png, most_text_bytes);
  png_read_info(reader.png, reader.info);
  png_start_read_image(reader.png); // else the end would be looked for among the pixels
  png_read_end(reader.png, reader.info);
  return true;
}

} // namespace

std::string png_bytes(const Image& image, const PngTexts& texts) {
  if (image.width <= 0 || image.height <= 0)
    return {};
  std::vector<png_text> chunks;
  for (const auto& entry : texts)
    chunks.push_back(text_chunk(entry));
  std::vector<png_bytep> rows;
  for (int y = 0; y < image.height; ++y)
    rows.push_back(const_cast<png_bytep>(image.at(0, y))); // only read
  Writer writer;
  return write_all(writer, image, chunks, rows.data()) ? std::move(writer.bytes) : std::string();
}

bool write_png(const std::filesystem::path& path, const Image& image, IssueList& issues, const PngTexts& texts) {
  const std::string bytes = png_bytes(image, texts);
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
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  Image image;
  if (png_image_begin_read_from_memory(&header, bytes->data(), bytes->size())) {
    header.format = PNG_FORMAT_RGBA;
    image.width = static_cast<int>(header.width);
    image.height = static_cast<int>(header.height);
    image.rgba.resize(PNG_IMAGE_SIZE(header));
    png_image_finish_read(&header, nullptr, image.rgba.data(), 0, nullptr);
  }
  if (PNG_IMAGE_FAILED(header)) {
    issues.error(path.string(), 0, "", std::string("is no picture that can be read: ") + header.message);
    png_image_free(&header);
    return std::nullopt;
  }
  return image;
}

bool looks_like_png(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  png_byte head[signature_bytes] = {};
  return file.read(reinterpret_cast<char*>(head), signature_bytes) && png_sig_cmp(head, 0, signature_bytes) == 0;
}

std::optional<std::string> read_png_text(const std::filesystem::path& path, std::string_view keyword,
                                         IssueList& issues) {
  const auto bytes = read_text(path, issues);
  if (!bytes)
    return std::nullopt;
  Reader reader(*bytes);
  if (!read_chunks(reader)) {
    issues.error(path.string(), 0, "", "is no whole PNG picture: " + reader.reason);
    return std::nullopt;
  }
  png_textp chunks = nullptr;
  const int count = png_get_text(reader.png, reader.info, &chunks, nullptr);
  for (int i = 0; i < count; ++i)
    if (keyword == chunks[i].key && chunks[i].text) // the length stands in one of two fields, by the kind of chunk
      return std::string(chunks[i].text, std::max(chunks[i].text_length, chunks[i].itxt_length));
  issues.error(path.string(), 0, "",
               "carries no \"" + std::string(keyword) + "\": it was not saved by this program, or its texts are lost");
  return std::nullopt;
}

} // namespace calfscope
