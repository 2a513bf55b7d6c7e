#include "gl/debug.h"

#include <epoxy/gl.h>

#include <mutex>
#include <utility>

namespace calfscope::gl {
namespace {

// The driver calls back with no way to know which object asked, possibly from another thread.
std::mutex errors_mutex;
std::vector<std::string> errors;

void remember(std::string message) {
  const std::lock_guard lock(errors_mutex);
  errors.push_back(std::move(message));
}

void GLAPIENTRY on_message(GLenum, GLenum type, GLuint, GLenum, GLsizei length, const GLchar* text, const void*) {
  if (type == GL_DEBUG_TYPE_ERROR || type == GL_DEBUG_TYPE_UNDEFINED_BEHAVIOR)
    remember(std::string(text, static_cast<std::size_t>(length)));
}

} // namespace

void collect_errors() {
  if (!epoxy_has_gl_extension("GL_KHR_debug"))
    return;
  glEnable(GL_DEBUG_OUTPUT);
  glEnable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
  glDebugMessageCallback(&on_message, nullptr);
}

std::vector<std::string> take_errors() {
  for (GLenum code = glGetError(); code != GL_NO_ERROR; code = glGetError())
    remember("glGetError reports " + std::to_string(code));
  const std::lock_guard lock(errors_mutex);
  return std::exchange(errors, {});
}

} // namespace calfscope::gl
