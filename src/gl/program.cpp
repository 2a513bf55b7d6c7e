#include "gl/program.h"

#include "gl/shader_source.h"

#include <epoxy/gl.h>
#include <glm/gtc/type_ptr.hpp>

#include <algorithm>
#include <stdexcept>

namespace calfscope::gl {
namespace {

void delete_shader(Id id) {
  glDeleteShader(id);
}
using Shader = Handle<delete_shader>;

Shader compile(GLenum stage, const std::filesystem::path& folder, const std::string& name,
               const std::vector<std::string>& defines) {
  const ShaderSource source = read_shader(folder, name, defines);
  Shader shader(glCreateShader(stage));
  const GLchar* text = source.text.c_str();
  glShaderSource(shader.id(), 1, &text, nullptr);
  glCompileShader(shader.id());
  GLint fine = 0;
  glGetShaderiv(shader.id(), GL_COMPILE_STATUS, &fine);
  if (!fine) {
    GLint length = 0;
    glGetShaderiv(shader.id(), GL_INFO_LOG_LENGTH, &length);
    std::string message(static_cast<std::size_t>(std::max(length, 1)), '\0');
    glGetShaderInfoLog(shader.id(), length, nullptr, message.data());
    throw std::runtime_error("shader " + name + " does not compile:\n" + with_file_names(message.c_str(), source));
  }
  return shader;
}

} // namespace

void delete_program(Id id) {
  glDeleteProgram(id);
}

Program::Program(const std::filesystem::path& folder, const ProgramFiles& files) {
  const Shader vertex = compile(GL_VERTEX_SHADER, folder, files.vertex, files.defines);
  const Shader fragment = compile(GL_FRAGMENT_SHADER, folder, files.fragment, files.defines);
  handle_ = Handle<delete_program>(glCreateProgram());
  glAttachShader(handle_.id(), vertex.id());
  glAttachShader(handle_.id(), fragment.id());
  glLinkProgram(handle_.id());
  glDetachShader(handle_.id(), vertex.id());
  glDetachShader(handle_.id(), fragment.id());
  GLint fine = 0;
  glGetProgramiv(handle_.id(), GL_LINK_STATUS, &fine);
  if (!fine) {
    GLint length = 0;
    glGetProgramiv(handle_.id(), GL_INFO_LOG_LENGTH, &length);
    std::string message(static_cast<std::size_t>(std::max(length, 1)), '\0');
    glGetProgramInfoLog(handle_.id(), length, nullptr, message.data());
    throw std::runtime_error("shaders " + files.vertex + " and " + files.fragment + " do not link:\n" +
                             message.c_str());
  }
  for (const std::string& name : uniform_names())
    locations_.push_back({name, glGetUniformLocation(handle_.id(), name.c_str())});
  std::sort(locations_.begin(), locations_.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
}

int Program::location(std::string_view name) const {
  const auto found =
      std::lower_bound(locations_.begin(), locations_.end(), name,
                       [](const Location& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != locations_.end() && found->name == name ? found->location : -1;
}

void Program::use() const {
  glUseProgram(handle_.id());
}
void Program::set(std::string_view name, int value) const {
  glUniform1i(location(name), value);
}
void Program::set(std::string_view name, float value) const {
  glUniform1f(location(name), value);
}
void Program::set(std::string_view name, glm::vec2 v) const {
  glUniform2f(location(name), v.x, v.y);
}
void Program::set(std::string_view name, glm::ivec2 v) const {
  glUniform2i(location(name), v.x, v.y);
}
void Program::set(std::string_view name, glm::ivec4 v) const {
  glUniform4i(location(name), v.x, v.y, v.z, v.w);
}
void Program::set(std::string_view name, glm::vec3 v) const {
  glUniform3f(location(name), v.x, v.y, v.z);
}
void Program::set(std::string_view name, glm::vec4 v) const {
  glUniform4f(location(name), v.x, v.y, v.z, v.w);
}
void Program::set(std::string_view name, const glm::mat3& value) const {
  glUniformMatrix3fv(location(name), 1, GL_FALSE, glm::value_ptr(value));
}
void Program::set(std::string_view name, const glm::mat4& value) const {
  glUniformMatrix4fv(location(name), 1, GL_FALSE, glm::value_ptr(value));
}

void Program::bind_block(const char* name, unsigned int slot) const {
  const GLuint index = glGetUniformBlockIndex(handle_.id(), name);
  if (index != GL_INVALID_INDEX)
    glUniformBlockBinding(handle_.id(), index, slot);
}

std::vector<Program::AttributeSlot> Program::attribute_slots() const {
  std::vector<AttributeSlot> slots;
  GLint count = 0;
  glGetProgramiv(handle_.id(), GL_ACTIVE_ATTRIBUTES, &count);
  for (GLint i = 0; i < count; ++i) {
    GLchar name[128];
    GLint size = 0;
    GLenum type = 0;
    glGetActiveAttrib(handle_.id(), static_cast<GLuint>(i), sizeof name, nullptr, &size, &type, name);
    const GLint slot = glGetAttribLocation(handle_.id(), name);
    if (slot >= 0) // built-in inputs such as gl_VertexID have none
      slots.push_back({name, slot});
  }
  return slots;
}

std::vector<std::string> Program::uniform_names() const {
  std::vector<std::string> names;
  GLint count = 0;
  glGetProgramiv(handle_.id(), GL_ACTIVE_UNIFORMS, &count);
  for (GLint i = 0; i < count; ++i) {
    GLchar name[128];
    GLint size = 0;
    GLenum type = 0;
    glGetActiveUniform(handle_.id(), static_cast<GLuint>(i), sizeof name, nullptr, &size, &type, name);
    if (glGetUniformLocation(handle_.id(), name) >= 0)
      names.emplace_back(name);
  }
  return names;
}

} // namespace calfscope::gl
