#pragma once
// Move-only owners of OpenGL objects. A default-constructed one is empty and owns nothing; a context must be current
// when a filled one is made or destroyed.

#include <glm/glm.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

namespace calfscope::gl {

using Id = unsigned int;

// One object name, deleted by `Delete` when the owner goes.
template <void (*Delete)(Id)>
class Handle {
public:
  Handle() = default;
  explicit Handle(Id id) : id_(id) {}
  ~Handle() { reset(); }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, 0);
    }
    return *this;
  }
  Id id() const { return id_; }
  explicit operator bool() const { return id_ != 0; }

private:
  void reset() {
    if (id_ != 0)
      Delete(std::exchange(id_, 0));
  }
  Id id_ = 0;
};

void delete_buffer(Id id);
void delete_vertex_array(Id id);
void delete_texture(Id id);
void delete_framebuffer(Id id);

class Buffer {
public:
  enum class Use : std::uint8_t { vertices, indices, uniforms };
  Buffer() = default;
  Buffer(Use use, std::span<const std::byte> bytes); // contents that stay
  Buffer(Use use, std::size_t size);                 // contents that change, see update()
  void update(std::span<const std::byte> bytes);
  void bind_uniforms(unsigned int slot) const;
  Id id() const { return handle_.id(); }
  Use use() const { return use_; }
  std::size_t size() const { return size_; }
  explicit operator bool() const { return static_cast<bool>(handle_); }

private:
  Handle<delete_buffer> handle_;
  Use use_ = Use::vertices;
  std::size_t size_ = 0;
};

// How one attribute lies in a vertex buffer.
struct Attribute {
  enum class Type : std::uint8_t { float32, snorm16, snorm8, unorm8, unorm16, uint8 }; // uint8 stays an integer
  unsigned int slot = 0;
  int count = 0; // components
  Type type = Type::float32;
  std::size_t offset = 0;
};

class VertexArray {
public:
  VertexArray() = default;
  VertexArray(const Buffer& vertices, std::size_t stride, std::span<const Attribute> attributes,
              const Buffer* indices = nullptr);
  static VertexArray without_vertices(); // for full-screen passes
  Id id() const { return handle_.id(); }
  explicit operator bool() const { return static_cast<bool>(handle_); }

private:
  Handle<delete_vertex_array> handle_;
};

enum class Format : std::uint8_t { r8, rg8, rgba8, srgb8_a8, r16f, rg16f, rgba16f, depth24_stencil8 };
enum class Filter : std::uint8_t { nearest, linear };

class Texture {
public:
  Texture() = default;
  Texture(Format format, glm::ivec2 size, Filter filter);                            // picture, clamped at its edges
  static Texture picture_rg8(glm::ivec2 size, std::span<const std::uint8_t> texels); // filled, rows from the bottom
  static Texture picture_rgba8(glm::ivec2 size, std::span<const std::uint8_t> texels); // the same, first row first
  static Texture volume_r8(int edge, std::span<const std::uint8_t> texels);          // cube that repeats, linear
  void bind(unsigned int unit) const;
  Id id() const { return handle_.id(); }
  glm::ivec2 size() const { return size_; }
  Format format() const { return format_; }
  explicit operator bool() const { return static_cast<bool>(handle_); }

private:
  Handle<delete_texture> handle_;
  Format format_ = Format::rgba8;
  glm::ivec2 size_{0};
  bool volume_ = false;
};

class Framebuffer {
public:
  Framebuffer() = default;
  Framebuffer(std::initializer_list<const Texture*> colours, const Texture* depth);
  void bind() const; // and the viewport to its size
  Id id() const { return handle_.id(); }
  glm::ivec2 size() const { return size_; }
  explicit operator bool() const { return static_cast<bool>(handle_); }
  // RGBA, 8 bits each, rows from the top. Waits for drawing to end.
  std::vector<std::uint8_t> read_rgba() const;

private:
  Handle<delete_framebuffer> handle_;
  glm::ivec2 size_{0};
};

// The framebuffer that was bound when this was made is bound again when it goes.
class FramebufferGuard {
public:
  FramebufferGuard();
  ~FramebufferGuard();
  FramebufferGuard(const FramebufferGuard&) = delete;
  FramebufferGuard& operator=(const FramebufferGuard&) = delete;

private:
  int framebuffer_ = 0;
  int viewport_[4] = {0, 0, 0, 0};
};

} // namespace calfscope::gl
