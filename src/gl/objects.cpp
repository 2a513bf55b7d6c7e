#include "gl/objects.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace calfscope::gl {
namespace {

GLenum target_of(Buffer::Use use) {
  switch (use) {
  case Buffer::Use::vertices:
    return GL_ARRAY_BUFFER;
  case Buffer::Use::indices:
    return GL_ELEMENT_ARRAY_BUFFER;
  case Buffer::Use::uniforms:
    return GL_UNIFORM_BUFFER;
  }
  return GL_ARRAY_BUFFER;
}

Id new_buffer() {
  GLuint id = 0;
  glGenBuffers(1, &id);
  return id;
}

Id new_texture() {
  GLuint id = 0;
  glGenTextures(1, &id);
  return id;
}

struct FormatInfo {
  GLint internal;
  GLenum layout;
  GLenum type;
};

FormatInfo info_of(Format format) {
  switch (format) {
  case Format::r8:
    return {GL_R8, GL_RED, GL_UNSIGNED_BYTE};
  case Format::rg8:
    return {GL_RG8, GL_RG, GL_UNSIGNED_BYTE};
  case Format::rgba8:
    return {GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE};
  case Format::srgb8_a8:
    return {GL_SRGB8_ALPHA8, GL_RGBA, GL_UNSIGNED_BYTE};
  case Format::r16f:
    return {GL_R16F, GL_RED, GL_HALF_FLOAT};
  case Format::rg16f:
    return {GL_RG16F, GL_RG, GL_HALF_FLOAT};
  case Format::rgba16f:
    return {GL_RGBA16F, GL_RGBA, GL_HALF_FLOAT};
  case Format::depth24_stencil8:
    return {GL_DEPTH24_STENCIL8, GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8};
  }
  return {GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE};
}

struct TypeInfo {
  GLenum type;
  bool normalised;
};

TypeInfo info_of(Attribute::Type type) {
  switch (type) {
  case Attribute::Type::float32:
    return {GL_FLOAT, false};
  case Attribute::Type::snorm16:
    return {GL_SHORT, true};
  case Attribute::Type::snorm8:
    return {GL_BYTE, true};
  case Attribute::Type::unorm8:
    return {GL_UNSIGNED_BYTE, true};
  case Attribute::Type::unorm16:
    return {GL_UNSIGNED_SHORT, true};
  case Attribute::Type::uint8:
    return {GL_UNSIGNED_BYTE, false};
  }
  return {GL_FLOAT, false};
}

} // namespace

void delete_buffer(Id id) {
  glDeleteBuffers(1, &id);
}
void delete_vertex_array(Id id) {
  glDeleteVertexArrays(1, &id);
}
void delete_texture(Id id) {
  glDeleteTextures(1, &id);
}
void delete_framebuffer(Id id) {
  glDeleteFramebuffers(1, &id);
}

Buffer::Buffer(Use use, std::span<const std::byte> bytes) : handle_(new_buffer()), use_(use), size_(bytes.size()) {
  // An index buffer binds to the vertex array that is bound: keep it off those of others.
  if (use == Use::indices)
    glBindVertexArray(0);
  glBindBuffer(target_of(use), id());
  glBufferData(target_of(use), static_cast<GLsizeiptr>(bytes.size()), bytes.data(), GL_STATIC_DRAW);
}

Buffer::Buffer(Use use, std::size_t size) : handle_(new_buffer()), use_(use), size_(size) {
  if (use == Use::indices)
    glBindVertexArray(0);
  glBindBuffer(target_of(use), id());
  glBufferData(target_of(use), static_cast<GLsizeiptr>(size), nullptr, GL_DYNAMIC_DRAW);
}

void Buffer::update(std::span<const std::byte> bytes) {
  if (use_ == Use::indices)
    glBindVertexArray(0);
  glBindBuffer(target_of(use_), id());
  size_ = std::max(size_, bytes.size());
  // A fresh store each time, so that the driver need not wait for what still reads the old one.
  glBufferData(target_of(use_), static_cast<GLsizeiptr>(size_), nullptr, GL_DYNAMIC_DRAW);
  glBufferSubData(target_of(use_), 0, static_cast<GLsizeiptr>(bytes.size()), bytes.data());
}

void Buffer::bind_uniforms(unsigned int slot) const {
  glBindBufferBase(GL_UNIFORM_BUFFER, slot, id());
}

VertexArray::VertexArray(const Buffer& vertices, std::size_t stride, std::span<const Attribute> attributes,
                         const Buffer* indices) {
  GLuint id = 0;
  glGenVertexArrays(1, &id);
  handle_ = Handle<delete_vertex_array>(id);
  glBindVertexArray(id);
  glBindBuffer(GL_ARRAY_BUFFER, vertices.id());
  for (const Attribute& attribute : attributes) {
    const TypeInfo info = info_of(attribute.type);
    const void* offset = reinterpret_cast<const void*>(attribute.offset);
    glEnableVertexAttribArray(attribute.slot);
    if (attribute.type == Attribute::Type::uint8)
      glVertexAttribIPointer(attribute.slot, attribute.count, info.type, static_cast<GLsizei>(stride), offset);
    else
      glVertexAttribPointer(attribute.slot, attribute.count, info.type, info.normalised ? GL_TRUE : GL_FALSE,
                            static_cast<GLsizei>(stride), offset);
  }
  if (indices)
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices->id());
  glBindVertexArray(0);
}

VertexArray VertexArray::without_vertices() {
  GLuint id = 0;
  glGenVertexArrays(1, &id);
  VertexArray array;
  array.handle_ = Handle<delete_vertex_array>(id);
  return array;
}

Texture::Texture(Format format, glm::ivec2 size, Filter filter) : handle_(new_texture()), format_(format), size_(size) {
  const FormatInfo info = info_of(format);
  const GLint choice = filter == Filter::linear ? GL_LINEAR : GL_NEAREST;
  glBindTexture(GL_TEXTURE_2D, id());
  glTexImage2D(GL_TEXTURE_2D, 0, info.internal, size.x, size.y, 0, info.layout, info.type, nullptr);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, choice);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, choice);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

namespace {

void check_texels(glm::ivec2 size, std::size_t values, std::size_t per_texel) {
  if (values != static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y) * per_texel)
    throw std::invalid_argument("a picture of " + std::to_string(size.x) + " by " + std::to_string(size.y) + " got " +
                                std::to_string(values) + " values");
}

} // namespace

Texture Texture::picture_rgba8(glm::ivec2 size, std::span<const std::uint8_t> texels) {
  check_texels(size, texels.size(), 4);
  Texture texture(Format::rgba8, size, Filter::linear);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, size.x, size.y, GL_RGBA, GL_UNSIGNED_BYTE, texels.data());
  return texture;
}

Texture Texture::picture_rg8(glm::ivec2 size, std::span<const std::uint8_t> texels) {
  check_texels(size, texels.size(), 2);
  Texture texture(Format::rg8, size, Filter::nearest);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1); // rows follow each other without a gap
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, size.x, size.y, GL_RG, GL_UNSIGNED_BYTE, texels.data());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  return texture;
}

Texture Texture::volume_r8(int edge, std::span<const std::uint8_t> texels) {
  if (texels.size() != static_cast<std::size_t>(edge) * edge * edge)
    throw std::invalid_argument("a volume of edge " + std::to_string(edge) + " got " + std::to_string(texels.size()) +
                                " texels");
  Texture texture;
  texture.handle_ = Handle<delete_texture>(new_texture());
  texture.format_ = Format::r8;
  texture.size_ = {edge, edge};
  texture.volume_ = true;
  glBindTexture(GL_TEXTURE_3D, texture.id());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage3D(GL_TEXTURE_3D, 0, GL_R8, edge, edge, edge, 0, GL_RED, GL_UNSIGNED_BYTE, texels.data());
  glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  for (const GLenum axis : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T, GL_TEXTURE_WRAP_R})
    glTexParameteri(GL_TEXTURE_3D, axis, GL_REPEAT);
  return texture;
}

void Texture::bind(unsigned int unit) const {
  glActiveTexture(GL_TEXTURE0 + unit);
  glBindTexture(volume_ ? GL_TEXTURE_3D : GL_TEXTURE_2D, id());
}

Framebuffer::Framebuffer(std::initializer_list<const Texture*> colours, const Texture* depth) {
  const FramebufferGuard guard;
  GLuint id = 0;
  glGenFramebuffers(1, &id);
  handle_ = Handle<delete_framebuffer>(id);
  glBindFramebuffer(GL_FRAMEBUFFER, id);
  std::array<GLenum, 4> buffers{};
  GLsizei count = 0;
  for (const Texture* colour : colours) {
    const GLenum attachment = GL_COLOR_ATTACHMENT0 + static_cast<GLenum>(count);
    glFramebufferTexture2D(GL_FRAMEBUFFER, attachment, GL_TEXTURE_2D, colour->id(), 0);
    buffers.at(static_cast<std::size_t>(count++)) = attachment;
    size_ = colour->size();
  }
  if (depth) {
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_TEXTURE_2D, depth->id(), 0);
    size_ = depth->size();
  }
  if (count == 0) {
    glDrawBuffer(GL_NONE);
    glReadBuffer(GL_NONE);
  } else {
    glDrawBuffers(count, buffers.data());
  }
  const GLenum status = glCheckFramebufferStatus(GL_FRAMEBUFFER);
  if (status != GL_FRAMEBUFFER_COMPLETE)
    throw std::runtime_error("the driver refuses a framebuffer of " + std::to_string(size_.x) + "x" +
                             std::to_string(size_.y) + " (status " + std::to_string(status) + ")");
}

void Framebuffer::bind() const {
  glBindFramebuffer(GL_FRAMEBUFFER, id());
  glViewport(0, 0, size_.x, size_.y);
}

std::vector<std::uint8_t> Framebuffer::read_rgba() const {
  const FramebufferGuard guard;
  glBindFramebuffer(GL_FRAMEBUFFER, id());
  const std::size_t row = static_cast<std::size_t>(size_.x) * 4;
  std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(size_.y));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, size_.x, size_.y, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  // GL's first row is the lowest.
  for (std::size_t top = 0, bottom = static_cast<std::size_t>(size_.y); top + 1 < bottom; ++top) {
    --bottom;
    std::swap_ranges(pixels.begin() + static_cast<std::ptrdiff_t>(top * row),
                     pixels.begin() + static_cast<std::ptrdiff_t>((top + 1) * row),
                     pixels.begin() + static_cast<std::ptrdiff_t>(bottom * row));
  }
  return pixels;
}

FramebufferGuard::FramebufferGuard() {
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer_);
  glGetIntegerv(GL_VIEWPORT, viewport_);
}

FramebufferGuard::~FramebufferGuard() {
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(framebuffer_));
  glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
}

} // namespace calfscope::gl
